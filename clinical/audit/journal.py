"""The journal: what took something away from readers or from an account, written down outside the database.

A backup that is brought back undoes whatever was decided after it: what was withdrawn is live again, a link that was
ended opens, somebody who left signs in. So each such decision is also a line of a file, which no restore touches and
``manage.py replay_journal`` reads. It is written when the decision is committed, so that no line tells of what was
taken back, and is on the disk before anybody is answered. A line holds ids alone: no name, no token, no reason.

Where it cannot be written the decision stands all the same. To leave something dangerous on the site because a file is
full would be the greater harm; it is logged with the whole line, tried again with the next, and told on ``/readyz``.

Each line carries a seal, a digest keyed by the ``SECRET_KEY``: who can write to the file alone can take nothing off
the site, in nobody's name.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from clinical.serving.storage import bring_to_disk
from clinical.words.choices import AuditAction

logger = logging.getLogger(__name__)

#: What is told: what takes away first; then what gives it back, and what else people decide again after a restore.
TAKES_AWAY = (
    AuditAction.WITHDRAWN,
    AuditAction.LINK_REVOKED,
    AuditAction.LINK_REPLACED,
    AuditAction.DEACTIVATED,
    AuditAction.ACCOUNT_DELETED,
)
FOR_PEOPLE = (AuditAction.LIFTED, AuditAction.REACTIVATED, AuditAction.FACTOR_TAKEN)
#: How long another process is waited for that writes, in seconds; a line takes it a few thousandths.
LOCK_SECONDS = 2.0
#: Under which name an entry of the audit keeps the id of its line.
KEPT_AS = "journal"
#: And under which name a line keeps its seal.
SEAL = "seal"

Line = dict[str, Any]

_replayed: ContextVar[str] = ContextVar("the line that is carried out again", default="")
_lock = Lock()
#: What could not be written, to go before the next.
_unwritten: list[Line] = []


class Read(NamedTuple):
    """What a journal says: its lines in their order, and which others cannot be read or lack our seal, from one.

    What is ``unsealed`` keeps the id it gives itself.
    """

    lines: list[Line]
    unreadable: list[int]
    unsealed: dict[int, str]


def account_id(account: Any) -> str:
    """What a line knows an account by: its number, and when it was made, since a restore may give a number again."""
    return f"{account.pk}@{account.date_joined:%Y%m%dT%H%M%S.%f}" if account is not None else ""


@contextmanager
def replaying(identifier: str) -> Iterator[None]:
    """Within the block a line is carried out again: what is put on record keeps its id, and no other is written."""
    token = _replayed.set(identifier)
    try:
        yield
    finally:
        _replayed.reset(token)


def lines_of(told: Iterable[tuple[Any, Any]]) -> list[Line]:
    """A line for each of these entries that has one, with what it is about; each entry then keeps its line's id."""
    found = []
    for entry, subject in told if settings.JOURNAL_FILE else ():
        about = _about(subject) if entry.action in {*TAKES_AWAY, *FOR_PEOPLE} else {}
        if not about:
            continue
        line: Line = {"id": _replayed.get() or uuid4().hex, "at": timezone.now().isoformat(), "action": entry.action}
        entry.details = {**entry.details, KEPT_AS: line["id"]}
        if not _replayed.get():
            found.append({**line, "by": account_id(entry.by), "second": account_id(entry.second), **about})
    return found


def _about(subject: Any) -> dict[str, str]:
    """By which ids it is found again; what has none cannot be told of."""
    if hasattr(subject, "in_journal"):
        return dict(subject.in_journal())
    key = getattr(subject, "content_key", None)
    return {"content": str(key)} if key else {}


def write_when_committed(lines: list[Line]) -> None:
    """Write them down as soon as what they tell of holds, before anything is answered."""
    if lines:
        transaction.on_commit(lambda: write(lines))


def write(lines: Iterable[Line] = ()) -> None:
    """Write them down now, after what could not be written before. Never raises: see the top."""
    with _lock:
        _unwritten.extend(lines)
        if not _unwritten:
            return
        try:
            _append("".join(f"{sealed(line)}\n" for line in _unwritten))
        except OSError as error:
            for line in _unwritten:
                logger.error("The journal could not be written (%s): %s", error, sealed(line))
        else:
            _unwritten.clear()


def is_failing() -> bool:
    """Whether something waits to be written, which is tried again, or the next line could not be."""
    if not settings.JOURNAL_FILE:
        return False
    write()
    path = Path(str(settings.JOURNAL_FILE))
    return bool(_unwritten) or not os.access(path if path.exists() else path.parent, os.W_OK)


def read(*, any_seal: bool = False) -> Read:
    """All of it; of ``any_seal`` where its key is lost. Raises ``OSError`` where it cannot be read, or is not there.

    Not there is not the same as empty.
    """
    lines, unreadable, unsealed = [], [], {}
    for number, written in enumerate(Path(str(settings.JOURNAL_FILE)).read_bytes().splitlines(), start=1):
        if not written.strip():
            continue  # as where files were joined
        try:
            line = json.loads(written)
            if not all(isinstance(line[name], str) for name in ("id", "action", "at")):
                raise TypeError
            seal = str(line.pop(SEAL, ""))
        except (ValueError, TypeError, KeyError, AttributeError):
            unreadable.append(number)
            continue
        if any_seal or _is_ours(line, seal):
            lines.append(dict(line))
        else:
            unsealed[number] = line["id"]
    return Read(lines, unreadable, unsealed)


def sealed(line: Line) -> str:
    """It as it stands in the file."""
    return json.dumps({**line, SEAL: _seal(line, settings.SECRET_KEY)})


def _seal(line: Line, key: str) -> str:
    said = json.dumps(line, sort_keys=True)
    return salted_hmac("clinical.audit.journal", said, secret=key, algorithm="sha256").hexdigest()


def _is_ours(line: Line, seal: str) -> bool:
    return any(constant_time_compare(seal, _seal(line, key)) for key in _keys())


def seal_anew() -> tuple[int, int]:
    """Have the ``SECRET_KEY`` in force seal every line one of the keys has sealed; how many it did, and how many not.

    In its place, each seal as long as the one before, while nobody else writes. Raises ``OSError``.
    """
    done, left = 0, 0
    with Path(str(settings.JOURNAL_FILE)).open("r+b") as file:
        _take_turn(file.fileno())
        begin = 0
        for written in file.read().splitlines(keepends=True):
            anew = _anew(written)
            if anew is not None and len(anew) == len(written):
                os.pwrite(file.fileno(), anew, begin)
                done += 1
            else:
                left += bool(written.strip())
            begin += len(written)
        os.fsync(file.fileno())
    return done, left


def _anew(written: bytes) -> bytes | None:
    """A line with the seal of today; nothing where it is none of ours."""
    try:
        line = json.loads(written)
        seal = line.pop(SEAL)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    end = written[len(written.rstrip()) :]
    return sealed(line).encode() + end if _is_ours(line, str(seal)) else None


def _keys() -> list[str]:
    return [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _append(text: str) -> None:
    """To the end of the file and to the disk: all of it, or nothing and ``OSError``."""
    path = Path(str(settings.JOURNAL_FILE))
    is_new = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        _take_turn(file)
        size = os.fstat(file).st_size
        # What a power cut has torn stays a line of its own.
        torn = size and os.pread(file, 1, size - 1) != b"\n"
        data = f"{chr(10) if torn else ''}{text}".encode()
        try:
            if os.write(file, data) != len(data):
                raise OSError("only a part of it was written")
            os.fsync(file)
        except OSError:
            with suppress(OSError):
                os.ftruncate(file, size)
            raise
    finally:
        os.close(file)
    if is_new:
        bring_to_disk(path.parent)


def _take_turn(file: int) -> None:
    end = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return
