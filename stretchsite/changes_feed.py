"""``/changes/``: what was withdrawn, and which warnings are new or were changed, for programs that tell people.

Who has printed a page, or kept it on a phone, hears of neither by itself. Only what readers could see is named: pages
and notes that were live once and are open to everybody, in the words they are told it anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from clinical.addresses import whole_address
from clinical.models import AuditEntry, SafetyNote, Withdrawal, clinic
from clinical.publishing.approvals import language_of
from clinical.publishing.withdrawals import is_withdrawn
from clinical.withdrawal.withdrawing import clinical_page_models
from clinical.words.choices import AuditAction

#: What has happened, as programs are told it.
WITHDRAWN, NEW_WARNING, CHANGED_WARNING = "page.withdrawn", "warning.new", "warning.changed"
#: That a page went live, or its words did anew: for those alone who ask for every change.
PUBLISHED = "page.published"
#: For them too: that a page went off the site without being withdrawn, and that a warning holds no longer.
TAKEN_OFF, ENDED_WARNING = "page.taken_off", "warning.ended"
#: So many are named, the latest first; who asks once a week misses none.
MOST = 50


class Told(NamedTuple):
    """One entry: ``what`` it is, the ``key`` of what it is about, ``at`` when it came to be so.

    The key is the same in every language, and so is the moment of a withdrawal; the ``language`` tells two apart.
    """

    what: str
    key: str
    at: datetime
    title: str
    said: str
    address: str
    language: str

    @property
    def name(self) -> str:
        """Another for each change of the same thing, in each language."""
        return f"{self.key}:{self.at:%Y%m%dT%H%M%S%f}{self._in_language}"

    @property
    def guid(self) -> str:
        """The same for readers of the feed, by the second."""
        return f"urn:stretchsite:{self.key}:{self.at:%Y%m%dT%H%M%S}{self._in_language}"

    @property
    def _in_language(self) -> str:
        """Nothing for the site's main language, whose entries were named before there was another."""
        return "" if self.language == settings.LANGUAGE_CODE else f":{self.language}"


class Gone(NamedTuple):
    """How something went off the site. Without a ``reason`` it was taken off, else withdrawn."""

    at: datetime
    reason: str = ""


def changes() -> list[Told]:
    """The latest, first. A query for the withdrawals, one for each kind of page, and one for the notes."""
    pages = _pages_of_everybody()
    withdrawn = _withdrawn(_of_any(pages, _withdrawals())[:MOST])
    return _latest_first([*_pages_gone(pages, withdrawn), *_warnings(_notes()[:MOST])])[:MOST]


def changes_since(moment: datetime) -> list[Told]:
    """All that came to be so since then, however many: whoever is sent each of them must miss none. As few queries."""
    pages = _pages_of_everybody()
    withdrawn = _withdrawn(_of_any(pages, _withdrawals().filter(in_force_at__gte=moment)))
    notes = _notes().filter(last_published_at__gte=moment)
    return _latest_first([*_pages_gone(pages, withdrawn), *_warnings(notes)])


def changes_from(moment: datetime, most: int) -> list[Told]:
    """The first so many that came to be so since then, the oldest first, with the pages that were published.

    What was taken off is told too, and so are notes that no longer hold, for whoever keeps a copy. What is told of
    nothing is left out before the rows are counted, or the last of many would never be told. Two queries for each kind
    of page, and five.
    """
    pages, notes = _pages_of_everybody(), _notes().filter(last_published_at__gte=moment)
    known = [*pages, _notes_gone()]
    withdrawals = _withdrawals().filter(in_force_at__gte=moment).order_by("in_force_at", "pk")
    gone = _withdrawn(_of_any(known, withdrawals)[:most]) | _taken_off(known, moment, most)
    published = _published_pages(moment, most)
    warnings = _warnings(notes.order_by("last_published_at", "pk")[:most])
    found = [*_pages_gone(pages, gone), *_warnings_gone(gone), *warnings, *published]
    return sorted(found, key=lambda each: (each.at, each.name))[:most]


def _published_pages(moment: datetime, most: int) -> Iterator[Told]:
    for model in clinical_page_models():
        pages = model.objects.shown().filter(last_published_at__gte=moment).order_by("last_published_at", "pk")
        columns = ("pk", "title", "slug", "content_key", "url_path", "locale", "purpose", "last_published_at")
        for page in pages.only(*columns)[:most]:
            key, at, language = str(page.content_key), page.last_published_at, language_of(page.locale_id)
            yield Told(PUBLISHED, key, at, page.title, page.purpose, page.get_url() or "/", language)


def _latest_first(found: list[Told]) -> list[Told]:
    return sorted(found, key=lambda each: each.at, reverse=True)


def _withdrawals() -> Any:
    return Withdrawal.objects.open().order_by("-in_force_at")


def _notes() -> Any:
    return SafetyNote.objects.filter(live=True, last_published_at__isnull=False).order_by("-last_published_at")


def _pages_of_everybody() -> list[Any]:
    """The pages readers could see at some time, a query set for each kind."""
    return [model.objects.public().filter(first_published_at__isnull=False) for model in clinical_page_models()]


def _notes_gone() -> Any:
    """The notes that held once and do not any more."""
    return SafetyNote.objects.filter(live=False, first_published_at__isnull=False)


def _of_any(things: list[Any], rows: Any) -> Any:
    """The rows that are about one of these, by their content key."""
    return rows.filter(
        reduce(or_, (Exists(each.filter(**{_key_of(each): OuterRef("content_key")})) for each in things))
    )


def _key_of(things: Any) -> str:
    return "translation_key" if things.model is SafetyNote else "content_key"


def _withdrawn(withdrawals: Any) -> dict[UUID, Gone]:
    return {each.content_key: Gone(each.in_force_at or each.withdrawn_at, each.reason) for each in withdrawals}


def _taken_off(things: list[Any], moment: datetime, most: int) -> dict[UUID, Gone]:
    """What went off the site without a withdrawal, and when it did last. Why is said to colleagues alone."""
    entries = AuditEntry.objects.filter(action=AuditAction.TAKEN_OFF)
    later = entries.filter(content_key=OuterRef("content_key"), at__gt=OuterRef("at"))
    last = entries.filter(~Exists(later), ~is_withdrawn(), at__gte=moment).order_by("at", "pk")
    off = [each.filter(live=False) for each in things]
    return {key: Gone(at) for key, at in _of_any(off, last).values_list("content_key", "at")[:most]}


def _pages_gone(kinds: list[Any], gone: dict[UUID, Gone]) -> Iterator[Told]:
    columns = ("pk", "title", "slug", "content_key", "url_path", "locale", "live")
    for pages in kinds:
        for page in pages.filter(content_key__in=gone).order_by("pk").only(*columns):
            at, reason = gone[page.content_key]
            if reason or not page.live:
                what = WITHDRAWN if reason else TAKEN_OFF
                title = (_("Withdrawn: %s") if reason else _("Taken off: %s")) % page.title
                said, address = reason or _off_words(), page.get_url() or "/"
                yield Told(what, str(page.content_key), at, title, said, address, page.language)


def _warnings_gone(gone: dict[UUID, Gone]) -> Iterator[Told]:
    for note in _notes_gone().filter(translation_key__in=gone).order_by("pk"):
        at, reason = gone[note.content_key]
        title = _("No longer a warning: %s") % note.get_kind_display()
        language = language_of(note.locale_id)
        yield Told(ENDED_WARNING, str(note.content_key), at, title, reason or note.text, reverse("home"), language)


def _off_words() -> str:
    return _("It was taken off the site. Do not show it any more.")


def _warnings(notes: Any) -> Iterator[Told]:
    for note in notes:
        is_new = note.first_published_at == note.last_published_at
        title = (_("New warning: %s") if is_new else _("Changed warning: %s")) % note.get_kind_display()
        said = " ".join(part for part in (note.text, note.what_to_do) if part)
        what = NEW_WARNING if is_new else CHANGED_WARNING
        language = language_of(note.locale_id)
        yield Told(what, str(note.content_key), note.last_published_at, title, said, reverse("home"), language)


class ChangesFeed(Feed):
    """The same as Atom."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """With whole addresses at the host the site calls its own."""
        self.request = request
        return super().__call__(request, *args, **kwargs)

    def title(self) -> str:
        """Whose it is."""
        return _("%s: withdrawals and warnings") % clinic().name

    def link(self) -> str:
        """Where people read."""
        return whole_address(self.request, reverse("home"))

    def feed_url(self) -> str:
        """Where it is itself."""
        return whole_address(self.request, reverse("changes"))

    def items(self) -> list[Told]:
        """The entries."""
        return changes()

    def item_title(self, item: Told) -> str:
        """What became of what."""
        return item.title

    def item_description(self, item: Told) -> str:
        """In the words readers are told."""
        return item.said

    def item_link(self, item: Told) -> str:
        """Where it is told."""
        return whole_address(self.request, item.address)

    def item_guid(self, item: Told) -> str:
        """Another for each change of the same thing."""
        return item.guid

    def item_updateddate(self, item: Told) -> datetime:
        """When it came to be so."""
        return item.at
