"""``/changes/``: what was withdrawn, and which warnings are new or were changed, for programs that tell people.

Who has printed a page, or kept it on a phone, hears of neither by itself. Only what readers could see is named: pages
and notes that were live once and are open to everybody, in the words they are told it anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from clinical.addresses import whole_address
from clinical.models import SafetyNote, Withdrawal, clinic
from clinical.withdrawal.withdrawing import clinical_page_models

#: What has happened, as programs are told it.
WITHDRAWN, NEW_WARNING, CHANGED_WARNING = "page.withdrawn", "warning.new", "warning.changed"
#: So many are named, the latest first; who asks once a week misses none.
MOST = 50


class Told(NamedTuple):
    """One entry: ``what`` it is, the ``key`` of what it is about, ``at`` when it came to be so."""

    what: str
    key: str
    at: datetime
    title: str
    said: str
    address: str

    @property
    def name(self) -> str:
        """Another for each change of the same thing."""
        return f"{self.key}:{self.at:%Y%m%dT%H%M%S%f}"


def changes() -> list[Told]:
    """The latest, first. A query for the withdrawals, one for each kind of page, and one for the notes."""
    found = [*_withdrawn_pages(), *_warnings()]
    return sorted(found, key=lambda each: each.at, reverse=True)[:MOST]


def _withdrawn_pages() -> Iterator[Told]:
    latest = {each.content_key: each for each in Withdrawal.objects.open().order_by("-in_force_at")[: 4 * MOST]}
    for model in clinical_page_models():
        pages = model.objects.public().filter(content_key__in=latest, first_published_at__isnull=False)
        for page in pages.order_by("pk").only("pk", "title", "slug", "content_key", "url_path", "locale"):
            withdrawal = latest[page.content_key]
            title = _("Withdrawn: %s") % page.title
            at = withdrawal.in_force_at or withdrawal.withdrawn_at
            yield Told(WITHDRAWN, str(page.content_key), at, title, withdrawal.reason, page.get_url() or "/")


def _warnings() -> Iterator[Told]:
    notes = SafetyNote.objects.filter(live=True, last_published_at__isnull=False).order_by("-last_published_at")
    for note in notes[:MOST]:
        is_new = note.first_published_at == note.last_published_at
        title = (_("New warning: %s") if is_new else _("Changed warning: %s")) % note.get_kind_display()
        said = " ".join(part for part in (note.text, note.what_to_do) if part)
        what = NEW_WARNING if is_new else CHANGED_WARNING
        yield Told(what, str(note.content_key), note.last_published_at, title, said, reverse("home"))


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
        return f"urn:stretchsite:{item.key}:{item.at:%Y%m%dT%H%M%S}"

    def item_updateddate(self, item: Told) -> datetime:
        """When it came to be so."""
        return item.at
