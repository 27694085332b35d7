"""On the desk: which of a practitioner's links need them, because they end soon or tell their patient to ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils import timezone
from wagtail.admin.ui.components import Component

from clinical.models import User, is_withdrawn
from sharing.models import ShareLink, ShareLinkItem
from sharing.models.standing import DAYS_BEFORE_THE_END, marks_of

#: So many are named; all are in the list of links.
MOST_NAMED = 5


def links_that_need(person: User) -> QuerySet[ShareLink]:
    """The person's links that end soon, or hold or are of what is not live any more; those that ask first."""
    gone = Q(exercise__live=False) | is_withdrawn("exercise__content_key")
    has_gone = Exists(ShareLinkItem.objects.filter(gone, link=OuterRef("pk"), is_left_out=False))
    asks = Case(When(Q(routine__live=False) | has_gone, then=True), default=False)
    soon = Q(expires_at__lt=timezone.now() + timedelta(days=DAYS_BEFORE_THE_END))
    own = ShareLink.objects.not_ended().filter(created_by=person).annotate(asks=asks)
    return own.filter(soon | Q(asks=True)).for_list().order_by("-asks", "expires_at")


class LinksPanel(Component):
    """My links."""

    name = "own_links"
    order = 50
    template_name = "sharing/admin/links_panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """How many open, and the few that need their maker, each with what the list of links says of it."""
        person = parent_context["request"].user
        number = ShareLink.objects.live().filter(created_by=person).count()
        links = list(links_that_need(person)[:MOST_NAMED])
        marks = marks_of(links)
        return {"number": number, "links": [(link, marks[link.pk]) for link in links]}
