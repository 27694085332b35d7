"""Finding what a record was loaded into before, and whether it is to be, and may be, written again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from wagtail.models import ModelLogEntry

from clinical.models import Withdrawal
from library.faults import Fault, LibraryFaults
from library.saving import was_loaded


class TakenOver(LibraryFaults):
    """Raised when a record has changed but an account has had the last word on what it was loaded into."""


def existing(model: Any, identifier: str, library: str) -> Any:
    """What was loaded from this id of this library before; ``None`` where there is nothing. Never another library's."""
    return model.objects.filter(library_id=identifier, from_library=library).order_by("pk").first()


def referred(model: Any, identifier: str, library: str) -> Any:
    """What a record of this library means by an id: its own library's first, or else the only other one here.

    That there is one, and no more than one, was checked before. Raises ``LibraryFaults`` where that changed meanwhile.
    """
    own = existing(model, identifier, library)
    if own is not None:
        return own
    others = list(model.objects.filter(library_id=identifier).order_by("pk")[:2])
    if len(others) > 1:
        raise LibraryFaults([Fault("", "", f"several libraries have “{identifier}”; load it again")])
    return others[0] if others else None


def key_if_withdrawn(model: Any, identifier: str, library: str) -> dict[str, Any]:
    """The key of what was loaded from this id before, if it is withdrawn: deleted and loaded again it stays so."""
    key = Withdrawal.objects.key_of_record(model, identifier, library)
    field = "content_key" if any(each.name == "content_key" for each in model._meta.fields) else "translation_key"
    return {field: key} if key else {}


def is_settled(thing: Any, digests: Collection[str], *, publish: bool) -> bool:
    """Whether there is nothing to do: the record says what was loaded before, and that is as public as was asked.

    What somebody has edited or taken off the site since stays as they left it while its record does not change.
    """
    if thing.library_digest not in digests:
        return False
    return not publish or is_taken_over(thing) or (thing.live and not thing.has_unpublished_changes)


def is_taken_over(thing: Any) -> bool:
    """Whether an account has had the last word on it since it was loaded."""
    return _is_edited(thing) or _is_taken_off(thing)


def refuse_if_edited(thing: Any) -> None:
    """Somebody's decision on the site is never overruled by a file. Raises ``TakenOver``."""
    if _is_edited(thing):
        done = "has been edited on the site"
    elif _is_taken_off(thing):
        done = "has been taken off the site"
    else:
        return
    message = f"{done} since it was loaded; give the record another id, or leave it as it was"
    raise TakenOver([Fault("", "id", message)])


def refuse_if_another(thing: Any, record: Any) -> None:
    """A record that has nothing in common with what is here under its id is another library's. Raises LibraryFaults."""
    words = ("title", "purpose", "who_it_is_for", "evidence_summary", "introduction")
    said = [name for name in words if hasattr(thing, name) and hasattr(record, name)]
    if not any(getattr(thing, name).strip() == getattr(record, name).strip() for name in said):
        message = f"is that of “{thing.title}” here, of which this record says nothing; give it another id"
        raise LibraryFaults([Fault("", "id", message)])


def remember(thing: Any) -> None:
    """Note which record a draft came from. Saving a revision leaves the row itself as it was, digest and all."""
    type(thing).objects.filter(pk=thing.pk).update(library_digest=thing.library_digest)


def _is_edited(thing: Any) -> bool:
    """Whether its latest words are an account's. What has no revisions has a log."""
    if hasattr(thing, "latest_revision"):
        latest = thing.latest_revision
        return latest is not None and latest.user_id is not None and not was_loaded(latest)
    edits = ModelLogEntry.objects.for_instance(thing).filter(action="wagtail.edit", user__isnull=False)
    return thing.pk is not None and edits.exists()


def _is_taken_off(thing: Any) -> bool:
    """Whether it was public once and is no longer: unpublished or expired, which a file never undoes."""
    return getattr(thing, "first_published_at", None) is not None and not thing.live
