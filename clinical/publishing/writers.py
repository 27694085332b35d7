"""Who wrote what readers do not see yet: none of them is the colleague who approves it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from wagtail.models import Revision

from clinical.publishing.approvals import BY_A_PERSON, BY_TWO, Approval, words_language
from clinical.publishing.origins import keys_of


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
    asked = {} if up_to is None else {"created_at__lte": up_to.created_at}
    return _writers([thing], **asked)[_row(thing)]


def written_by(person: Any, things: Iterable[Any]) -> set[Any]:
    """Those of these pages and notes that the person is among the writers of (:func:`writers_of`), in three queries."""
    asked = list(things)
    writers = _writers(asked, user=person)
    return {thing for thing in asked if person.pk in writers[_row(thing)]}


def _row(thing: Any) -> tuple[int, str]:
    """What its versions are kept under: the number of its kind, and its own as text."""
    return thing.get_base_content_type().pk, str(thing.pk)


def _writers(things: Sequence[Any], **asked: Any) -> dict[tuple[int, str], list[int]]:
    """The writers of each of these, by its row; of its versions only those asked for count. Three queries."""
    saved, unread = _saved_since_live(things, **asked), _unread_writers(things)
    return {
        _row(thing): _each_once(
            *(writer for key in _words_keys(thing) for writer in unread.get(key, ())),
            *([thing.owner_id] if thing.live_revision_id is None and getattr(thing, "owner_id", None) else ()),
            *saved[_row(thing)],
        )
        for thing in things
    }


def _each_once(*writers: int) -> list[int]:
    """Each where it stands last."""
    return list(dict.fromkeys(reversed(writers)))[::-1]


def _saved_since_live(things: Sequence[Any], **asked: Any) -> dict[tuple[int, str], list[int]]:
    """Who saved each version of these that readers have not seen, the newest last. Two queries, one if none is live."""
    live = {_row(thing): thing.live_revision_id for thing in things}
    begun = Revision.objects.filter(pk__in=filter(None, live.values())).values_list("pk", "created_at")
    live_since = dict(begun) if any(live.values()) else {}
    rows = {"base_content_type__in": {kind for kind, _key in live}, "object_id__in": {key for _kind, key in live}}
    versions = Revision.objects.filter(**rows, user__isnull=False, **asked).order_by("created_at", "pk")
    saved = defaultdict[Any, list[int]](list)
    for kind, key, at, writer in versions.values_list("base_content_type_id", "object_id", "created_at", "user_id"):
        since = live_since.get(live.get((kind, key)))
        if since is None or at > since:
            saved[kind, key].append(writer)
    return saved


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
