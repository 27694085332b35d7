"""Who wrote what readers do not see yet: none of them is the colleague who approves it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from wagtail.models import Revision

from clinical.publishing.approvals import BY_A_PERSON, BY_TWO, Approval, words_language
from clinical.publishing.origins import keys_of

_MOMENT = timedelta(microseconds=1)


def versions_since_live(thing: Any) -> Any:
    """What somebody saved of it since it was last live, the newest last. All of it, while it never was."""
    versions = thing.revisions.order_by("created_at", "pk")
    return versions.filter(created_at__gt=thing.live_revision.created_at) if thing.live_revision else versions


def saved_by(person: Any, model: Any) -> Exists:
    """Of rows of this model: that the person has saved a version of it, whoever has saved one since."""
    sort = model(pk=None).get_base_content_type()
    key = Cast(OuterRef("pk"), CharField())
    return Exists(Revision.objects.filter(user=person, base_content_type=sort, object_id=key).order_by())


def writers_of(thing: Any, up_to: Revision | None = None) -> list[int]:
    """Every account that has changed it since it was last live, the latest last. All of it, while it never was.

    ``up_to`` leaves out what was saved after that version.

    Whoever approved their own stays among them until a second person has read it: a colleague's comma makes nobody the
    reviewer of their own words, nor does asking for two people again, nor a copy of them.
    """
    versions = versions_since_live(thing).filter(user__isnull=False)
    if up_to is not None:
        versions = versions.filter(created_at__lte=up_to.created_at)
    found = list(versions.values_list("user_id", flat=True))
    if thing.live_revision is None and getattr(thing, "owner_id", None):
        found.insert(0, thing.owner_id)
    unread = _unread_writers([thing])
    found = [*(writer for key in _words_keys(thing) for writer in unread.get(key, ())), *found]
    return list(dict.fromkeys(reversed(found)))[::-1]


def _words_keys(thing: Any) -> list[tuple[str, str]]:
    """Its own words, and those a copy was made of while it was never live: by key and language."""
    if not hasattr(thing, "content_key"):  # a page by its tree alone, which the platform asks about too
        return []
    keys = [str(thing.content_key)] if thing.live_revision_id else sorted(keys_of(thing))
    return [(key, words_language(thing)) for key in keys]


def _unread_writers(things: Iterable[Any]) -> dict[tuple[str, str], list[int]]:
    """Of each of these, by key and language, who approved their own since a second person last read it. One query."""
    keys = {key for thing in things for key, _language in _words_keys(thing)}
    given = Approval.objects.filter(content_key__in=keys, basis__in=BY_A_PERSON)
    unread, read = defaultdict[Any, list[int]](list), set[Any]()
    for found, language, basis, writers in given.values_list("content_key", "language", "basis", "writers"):
        key = str(found)
        if basis in BY_TWO:
            read.add((key, language))
        elif (key, language) not in read:
            unread[key, language] = [*writers, *unread[key, language]]
    return unread


def written_by(person: Any, things: Iterable[Any]) -> set[Any]:
    """Those of these pages and notes that the person is among the writers of (:func:`writers_of`), in three queries."""
    of_key = {(thing.get_base_content_type().pk, str(thing.pk)): thing for thing in things}
    begun = Revision.objects.filter(pk__in=[thing.live_revision_id for thing in of_key.values()])
    live_since = dict(begun.values_list("pk", "created_at"))
    own = Revision.objects.filter(user=person, object_id__in=[key for _kind, key in of_key])
    found = {
        thing
        for kind, key, saved in own.values_list("base_content_type_id", "object_id", "created_at")
        if (thing := of_key.get((kind, key))) and not saved <= live_since.get(thing.live_revision_id, saved - _MOMENT)
    }
    never_live = (thing for thing in of_key.values() if thing.live_revision_id is None)
    unread = _unread_writers(of_key.values())
    own_again = {
        thing for thing in of_key.values() if any(person.pk in unread.get(key, ()) for key in _words_keys(thing))
    }
    return found | own_again | {thing for thing in never_live if getattr(thing, "owner_id", None) == person.pk}
