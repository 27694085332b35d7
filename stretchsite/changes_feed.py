"""``/changes/``: what was withdrawn, and which warnings are new or were changed, for programs that tell people.

Who has printed a page, or kept it on a phone, hears of neither by itself. Only what readers could see is named: pages
and notes that were live once and are open to everybody, in the words they are told it anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from clinical.addresses import whole_address
from clinical.models import SafetyNote, Withdrawal, clinic
from clinical.publishing.approvals import language_of
from clinical.withdrawal.withdrawing import clinical_page_models

#: What has happened, as programs are told it.
WITHDRAWN, NEW_WARNING, CHANGED_WARNING = "page.withdrawn", "warning.new", "warning.changed"
#: That a page went live, or its words did anew: for those alone who ask for every change.
PUBLISHED = "page.published"
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


def changes() -> list[Told]:
    """The latest, first. A query for the withdrawals, one for each kind of page, and one for the notes."""
    found = [*_withdrawn_pages(_withdrawals()[: 4 * MOST]), *_warnings(_notes()[:MOST])]
    return _latest_first(found)[:MOST]


def changes_since(moment: datetime) -> list[Told]:
    """All that came to be so since then, however many: whoever is sent each of them must miss none. As few queries."""
    withdrawals, notes = _withdrawals().filter(in_force_at__gte=moment), _notes().filter(last_published_at__gte=moment)
    return _latest_first([*_withdrawn_pages(withdrawals), *_warnings(notes)])


def changes_from(moment: datetime, most: int) -> list[Told]:
    """The first so many that came to be so since then, the oldest first, with the pages that were published.

    A query for the withdrawals, one for the notes, and two for each kind of page.
    """
    withdrawals = _withdrawals().filter(in_force_at__gte=moment).order_by("in_force_at", "pk")[:most]
    notes = _notes().filter(last_published_at__gte=moment).order_by("last_published_at", "pk")[:most]
    found = [*_withdrawn_pages(withdrawals), *_warnings(notes), *_published_pages(moment, most)]
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


def _withdrawn_pages(withdrawals: Any) -> Iterator[Told]:
    latest = {each.content_key: each for each in withdrawals}
    for model in clinical_page_models():
        pages = model.objects.public().filter(content_key__in=latest, first_published_at__isnull=False)
        for page in pages.order_by("pk").only("pk", "title", "slug", "content_key", "url_path", "locale"):
            withdrawal = latest[page.content_key]
            title = _("Withdrawn: %s") % page.title
            at = withdrawal.in_force_at or withdrawal.withdrawn_at
            address = page.get_url() or "/"
            yield Told(WITHDRAWN, str(page.content_key), at, title, withdrawal.reason, address, page.language)


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
