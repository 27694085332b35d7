"""When something goes on record that ``/changes/`` may list, a task looks what is new there and has it sent.

The addresses and secrets are settings, so no row and no task holds one: a task names the host and a digest of the
address. Each message has a task of its own, which is tried again as every background task is.
"""

from __future__ import annotations

import hashlib
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django_tasks import task

from clinical.background.queue import LATER
from clinical.background.retries import takes_up_to
from clinical.models import SafetyNote
from clinical.serving.write_lock import write_lock
from clinical.words.choices import AuditAction
from stretchsite import __version__
from stretchsite.changes_feed import Told, changes_since
from stretchsite.models.told_changes import ToldChange
from stretchsite.webhooks.posting import post
from stretchsite.webhooks.signing import signed_headers

#: A change came to be so a little before it went on record: a withdrawal's moment is when it was asked for.
_BEFORE = timedelta(minutes=10)
#: A receiver that answers a byte at a time keeps what waits behind its message no longer than this.
ONE_MESSAGE = timedelta(seconds=30)
#: What waits beside a message goes first: a person's letter does not wait for another machine.
AFTER_LETTERS = -10


def hear(action: AuditAction, subject: Any) -> None:
    """Something went on record: have somebody look, where anybody is to be told. In the decision's own transaction."""
    if settings.WEBHOOK_ADDRESSES and _is_news(action, subject) and not _Asked.in_this_transaction():
        tell_changes.enqueue(about=_("Look what is to be told by webhook"), since=timezone.now().isoformat())
        transaction.on_commit(_Asked())


def _is_news(action: AuditAction, subject: Any) -> bool:
    """Whether the feed may list it: a warning that went live, or a page that was withdrawn, but no withdrawn note."""
    if action == AuditAction.PUBLISHED:
        return isinstance(subject, SafetyNote)
    kind = getattr(subject, "content_type_id", None)
    is_note = kind is not None and ContentType.objects.get_for_id(kind).model_class() is SafetyNote
    return action == AuditAction.WITHDRAWN and not is_note


class _Asked:
    """Remembers that this transaction has asked for a look; one finds all of it, however much goes on record.

    It stands among what follows the commit: a part of the transaction that is undone takes it away with the task.
    """

    is_over = False

    def __call__(self) -> None:
        """The transaction has ended: the next one asks for a look of its own."""
        self.is_over = True

    @classmethod
    def in_this_transaction(cls) -> bool:
        """Whether a look was asked for that will be taken with what goes on record now."""
        later = [follows[1] for follows in transaction.get_connection().run_on_commit]
        return any(isinstance(each, cls) and not each.is_over for each in later)


@task(backend=LATER)
def tell_changes(about: str, since: str) -> None:
    """Ask for a message to each address, of each change that is new; what is older than this one was never news."""
    oldest = (parse_datetime(since) or timezone.now()) - _BEFORE
    found = changes_since(oldest)
    known = set(ToldChange.objects.filter(name__in=[change.name for change in found]).values_list("name", flat=True))
    for change in reversed(found):
        if change.name not in known:
            _ask_to_send(change)


def _ask_to_send(change: Told) -> None:
    """The messages and that they were asked for: both or neither."""
    with write_lock():
        _known, is_new = ToldChange.objects.get_or_create(name=change.name)
        for address in settings.WEBHOOK_ADDRESSES if is_new else ():
            about = _("Webhook to %(host)s: %(title)s") % {"host": urlsplit(address).hostname, "title": change.title}
            send_change.enqueue(about=about, to=digest_of(address), name=change.name, message=message_of(change))


@task(backend=LATER, priority=AFTER_LETTERS)
@takes_up_to(ONE_MESSAGE)
@sensitive_variables("address")
def send_change(about: str, to: str, name: str, message: dict[str, Any]) -> None:
    """Send one message to one address; nothing where that is no longer set."""
    address = next((each for each in settings.WEBHOOK_ADDRESSES if digest_of(each) == to), "")
    if not address:
        return
    send(address, name, message)


@sensitive_variables("address")
def send(address: str, name: str, message: dict[str, Any]) -> int:
    """Sign and send it now; the answer's number. Raises ``NotSent``."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Stretchsite/{__version__}",
        **signed_headers(name, int(time.time()), body, settings.WEBHOOK_SECRETS),
    }
    return post(address, body, headers, may_be_private=settings.WEBHOOKS_MAY_BE_PRIVATE)


def message_of(change: Told) -> dict[str, Any]:
    """What is sent: which sort of change, when it came to be so, and what ``/changes/`` says of it."""
    address = settings.WAGTAILADMIN_BASE_URL + urlsplit(change.address).path
    said = {"title": change.title, "text": change.said, "language": change.language}
    data = {"key": change.key, **said, "url": address}
    return {"type": change.what, "timestamp": _in_utc(change.at), "data": data}


def trial_message() -> tuple[str, dict[str, Any]]:
    """A name and a message of which nobody need do anything, with all that every message has."""
    now = timezone.now()
    said = {"title": _("A trial of this site's webhooks"), "text": _("Nobody need do anything.")}
    data = {"key": "test", **said, "language": settings.LANGUAGE_CODE, "url": settings.WAGTAILADMIN_BASE_URL + "/"}
    return f"test:{now:%Y%m%dT%H%M%S%f}", {"type": "test", "timestamp": _in_utc(now), "data": data}


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def digest_of(address: str) -> str:
    """What a task knows an address by: it may hold a secret itself."""
    return hashlib.sha256(address.encode()).hexdigest()[:16]
