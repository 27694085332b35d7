"""What listings of clinical pages in the admin can be narrowed by, and the columns they share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import RadioSelect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView

from clinical.admin.starring import StarColumn
from clinical.models import Condition
from clinical.pages.favourites import is_favourite_of
from clinical.words.choices import ReviewState

#: "Soon" in the filter of reviews, in days.
SOON_DAYS = 90

OVERDUE, SOON, NEVER = "overdue", "soon", "never"


class ClinicalFilterSet(WagtailFilterSet):
    """Condition and review, for any clinical page with conditions."""

    condition = django_filters.ModelChoiceFilter(
        label=_("Used for"),
        queryset=lambda request: Condition.objects.all(),
        field_name="condition_uses__tag",
    )
    review = django_filters.ChoiceFilter(
        label=_("Next review"),
        choices=[
            (OVERDUE, _("Overdue")),
            (SOON, _("Due within %d days") % SOON_DAYS),
            (NEVER, _("Never reviewed")),
        ],
        method="filter_review",
        widget=RadioSelect,
        empty_label=_("Any"),
    )

    favourites = django_filters.ChoiceFilter(
        label=_("Favourites"),
        choices=[("mine", _("My favourites"))],
        method="filter_favourites",
        widget=RadioSelect,
        empty_label=_("Any"),
    )

    def filter_favourites(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those this person has put a star on."""
        return queryset.filter(is_favourite_of(self.request.user))

    def filter_review(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those whose review is overdue, due soon, or has never been."""
        today = timezone.localdate()
        if value == OVERDUE:
            return queryset.filter(review_due__lt=today)
        if value == SOON:
            return queryset.filter(review_due__gte=today, review_due__lte=today + timedelta(days=SOON_DAYS))
        return queryset.filter(reviewed_on__isnull=True)


class ClinicalIndexView(IndexView):
    """A listing that fetches what its columns show along with the pages."""

    def annotate_queryset(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        """Conditions in two queries, however many pages, and the stars of whoever looks in none."""
        starred = pages.annotate(is_favourite=is_favourite_of(self.request.user))
        return super().annotate_queryset(starred).prefetch_related("condition_uses__tag")


def condition_names(page: Any) -> str:
    """The conditions a page is used for, as one line."""
    return ", ".join(use.tag.name for use in page.condition_uses.all())


def review_words(page: Any) -> Any:
    """Whether a clinician stands behind the page, in two words."""
    if page.review_state == ReviewState.UNREVIEWED:
        return _("Example")
    if page.review_state == ReviewState.SAME_PERSON:
        return _("By its writer")
    return _("Reviewed") if page.reviewed_on else _("Not yet")


def columns_around(*own: Column) -> list[Column]:
    """The columns every clinical listing has, with those of its own between title and review."""
    return [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        *own,
        Column("conditions", label=_("Used for"), accessor=condition_names),
        Column("review", label=_("Review"), accessor=review_words),
        Column("review_due", label=_("Review due"), sort_key="review_due"),
        DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
        StarColumn(),
    ]
