"""Making this site's own pack: what readers see, what was withdrawn, and the signature over both."""

from __future__ import annotations

import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks import task

from clinical.background.queue import LATER
from clinical.background.retries import LONGEST_DEADLINE, takes_up_to
from clinical.models import Withdrawal, clinic
from clinical.serving.write_lock import write_lock
from library.about import FILE
from library.exporting.about_export import about_export
from library.exporting.outcome import Asked, Outcome
from library.exporting.published import remember_names
from library.exporting.sinks import ZipSink
from library.exporting.whole import export
from library.exporting.yaml_writing import as_yaml
from library.models import PublishedName, PublishedPack
from library.packs.opening import (
    MANIFEST,
    MOST_BYTES_OF_A_FILE,
    MOST_FILES,
    MOST_PACK_BYTES,
    MOST_UNPACKED_BYTES,
    MOST_WITHDRAWN,
    SIGNATURE,
)
from library.packs.pack_keys import signature_of

#: So often a pack is made anew where another run was quicker.
_MOST_ATTEMPTS = 3
#: Files of older versions are deleted, but for the one before.
_MOST_FILES_KEPT = 2


#: Room for what the pack says of itself.
_ROOM = 5 * 1024 * 1024

logger = logging.getLogger(__name__)


class PackTooLarge(Exception):
    """What would be published is more than any site takes."""


@dataclass(frozen=True)
class Published:
    """What came of publishing: the newest pack, what of the site stayed behind, and why all records did, if so."""

    pack: PublishedPack
    outcome: Outcome
    fault: str


class _Signing:
    """A zip that remembers the digest of each file it was given."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digests: dict[str, str] = {}
        self._bytes = 0
        self._zip = ZipSink(file)

    def write(self, name: str, content: bytes, *, is_limited: bool = True) -> None:
        """Write one file. Raises ``PackTooLarge`` where no site would take the pack any more."""
        self.digests[name] = hashlib.sha256(content).hexdigest()
        self._bytes += len(content)
        self._zip.write(name, content)
        if is_limited:
            self._refuse_too_much(name, len(content))

    def _refuse_too_much(self, name: str, size: int) -> None:
        if size > MOST_BYTES_OF_A_FILE:
            raise PackTooLarge(f"{name} is larger than {MOST_BYTES_OF_A_FILE // 1024 // 1024} MB")
        if len(self.digests) > MOST_FILES - 2:
            raise PackTooLarge(f"no site takes a pack of more than {MOST_FILES} files")
        if self._bytes > MOST_UNPACKED_BYTES - _ROOM or self.file.tell() > MOST_PACK_BYTES - _ROOM:
            raise PackTooLarge(f"no site takes a pack of more than {MOST_PACK_BYTES // 1024 // 1024} MB")

    def begin_again(self) -> None:
        """Forget what was written."""
        self.close()
        self.file.seek(0)
        self.file.truncate()
        self.digests, self._bytes, self._zip = {}, 0, ZipSink(self.file)

    def finish(self, manifest: bytes) -> None:
        """Write what the pack says of itself, and its signature, and end it."""
        self._zip.write(MANIFEST, manifest)
        self._zip.write(SIGNATURE, signature_of(manifest, settings.PACK_SIGNING_KEY))
        self.close()

    def close(self) -> None:
        """End the zip, whether or not it is a pack."""
        self._zip.close()


def publish_pack(above: int = 0) -> Published:
    """Make the pack, and publish it as the next version where it says anything else than the last.

    Where another run published meanwhile, this one read older words, and reads them again.
    """
    for _attempt in range(_MOST_ATTEMPTS):
        seen = PublishedPack.objects.first()
        with TemporaryFile() as file, closing(_Signing(file)) as signing:
            outcome, fault = _records(signing)
            with write_lock():
                if PublishedPack.objects.first() != seen:
                    continue
                pack, old = _published(signing, outcome, seen, above), _forget_old()
        for name in old:
            default_storage.delete(name)
        return Published(pack, outcome, fault)
    # Whoever published meanwhile read the withdrawals after this run had begun.
    return Published(PublishedPack.objects.all()[0], Outcome(), "")


def _records(signing: _Signing) -> tuple[Outcome, str]:
    """Write the records; or why that is not possible, and none of them: what is withdrawn goes out all the same."""
    asked = Asked(name=settings.PACK_ID, licence=settings.PACK_LICENCE)
    try:
        return export(signing, asked), ""
    except Exception as error:  # whatever is wrong with the records, nobody may miss a recall for it
        logger.exception("The records could not be published; what is withdrawn is, without them.")
        fault = f"{type(error).__name__}: {error}"
    signing.begin_again()
    about = about_export(asked).model_dump(mode="json", exclude_defaults=True)
    signing.write(FILE, as_yaml(about).encode(), is_limited=False)
    signing.write("README.md", b"Its records could not be published; what was withdrawn is.\n", is_limited=False)
    return Outcome(), fault


def _published(signing: _Signing, outcome: Outcome, last: PublishedPack | None, above: int) -> PublishedPack:
    """The next version, or the last where it says the same. Under the lock: nothing is withdrawn meanwhile."""
    remember_names(outcome.keys)
    withdrawn = list(tombstones())[-MOST_WITHDRAWN:]
    words = hashlib.sha256(json.dumps([signing.digests, withdrawn], sort_keys=True).encode()).hexdigest()
    if last is not None and last.version > above and last.words == words and default_storage.exists(last.file):
        return last
    version = max(last.version if last else 0, above) + 1
    _finish(signing, version, withdrawn)
    signing.file.seek(0)
    name = default_storage.save(f"packs/{settings.PACK_ID}-{version}.zip", File(signing.file))
    return PublishedPack.objects.create(version=version, words=words, file=name)


def _forget_old() -> list[str]:
    """The files nobody fetches any more, which may go; somebody may be fetching the last but one."""
    old = list(PublishedPack.objects.exclude(file="")[_MOST_FILES_KEPT:])
    if old:
        PublishedPack.objects.filter(pk__in=[each.pk for each in old]).update(file="")
    return [each.file for each in old]


def _finish(signing: _Signing, version: int, withdrawn: list[dict[str, str]]) -> None:
    said = {
        "format": 1,
        "id": settings.PACK_ID,
        "publisher": clinic().name,
        "version": version,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "files": dict(sorted(signing.digests.items())),
        "withdrawn": withdrawn,
    }
    signing.finish(json.dumps(said, indent=1, ensure_ascii=False).encode())


def tombstones() -> Iterator[dict[str, str]]:
    """What is withdrawn here now, under every id it was ever published under; of what never was, nothing. Two queries.

    Its page may have another address since, or be gone: whoever follows the pack has it all the same.
    """
    found = Withdrawal.objects.open().filter(content_key__in=PublishedName.objects.values("content_key"))
    names = defaultdict(list)
    rows = PublishedName.objects.filter(content_key__in=Withdrawal.objects.open().values("content_key"))
    for key, folder, identifier in rows.values_list("content_key", "folder", "identifier"):
        names[key].append((folder, identifier))
    for each in found.order_by("in_force_at", "pk"):
        at = (each.in_force_at or each.withdrawn_at).isoformat()
        for folder, identifier in names[each.content_key]:
            yield {"folder": folder, "id": identifier, "title": each.title, "reason": each.reason, "at": at}


@task(backend=LATER)
@takes_up_to(LONGEST_DEADLINE)
def make_pack(about: str) -> None:
    """Publish anew, where this site publishes a pack at all."""
    if settings.PACK_ID and settings.PACK_SIGNING_KEY:
        publish_pack()
