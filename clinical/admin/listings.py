"""What listings of clinical pages in the admin can be narrowed by, and the columns they share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Cast
from django.forms import RadioSelect
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.models import WorkflowState
from wagtail.search.backends import get_search_backend

from clinical.admin.keys_first import keys_first
from clinical.admin.starring import StarColumn
from clinical.admin.title_column import LeadingTitleColumn
from clinical.models import ClinicalPage, User, is_withdrawn
from clinical.notes.offered_conditions import ConditionNamesMixin, offered_to
from clinical.pages.favourites import is_favourite_of
from clinical.publishing.writers import saved_by
from clinical.review.reviews import REMIND_DAYS
from clinical.withdrawal.withdrawing import clinical_page_models, names_withdrawn
from clinical.words.characters import readable
from clinical.words.choices import ReviewState

#: "Soon" in the filter of reviews, in days.
SOON_DAYS = 90

#: A longer question is a mistake or an attack.
LONGEST_QUERY = 200

#: What was begun and not gone on with for so many days has been left lying.
DAYS_LEFT_LYING = 30
LEFT_LYING = "left"

OVERDUE, SOON, NEVER = "overdue", "soon", "never"


class Standing(models.TextChoices):
    """Where something stands, as lists in the admin are narrowed by it."""

    LIVE = "live", _("Live")
    CHANGED = "changed", _("Live, with changes to come")
    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waiting for review")
    REMARKED = "remarked", _("Changes asked for")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DUE = "due", _("Review due")


def standing(value: str, model: Any) -> Q:
    """That a page or note stands so."""
    reviews = {
        Standing.WAITING: WorkflowState.STATUS_IN_PROGRESS,
        Standing.REMARKED: WorkflowState.STATUS_NEEDS_CHANGES,
    }
    if value in reviews:
        base = model(pk=None).get_base_content_type()
        states = WorkflowState.objects.filter(status=reviews[Standing(value)], base_content_type=base)
        return Q(pk__in=states.annotate(thing=Cast("object_id", models.BigIntegerField())).values("thing"))
    withdrawn = Q(is_withdrawn("content_key" if issubclass(model, ClinicalPage) else "translation_key"))
    return {
        Standing.LIVE: Q(live=True),
        Standing.CHANGED: Q(live=True, has_unpublished_changes=True),
        Standing.DRAFT: Q(live=False) & ~withdrawn,
        Standing.WITHDRAWN: withdrawn,
        Standing.DUE: Q(live=True, review_due__lte=timezone.localdate() + timedelta(days=REMIND_DAYS)),
    }[Standing(value)]


def left_lying(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Those that were begun and not gone on with for so long; what waits for a review is no such draft."""
    long_ago = timezone.now() - timedelta(days=DAYS_LEFT_LYING)
    unfinished = Q(live=False) | Q(has_unpublished_changes=True)
    waiting = standing(Standing.WAITING, pages.model)
    return pages.filter(unfinished, latest_revision_created_at__lt=long_ago).exclude(waiting)


class StandingFilterSet(WagtailFilterSet):
    """Where things stand, and whose they are."""

    MINE = "mine"

    standing = django_filters.ChoiceFilter(label=_("Status"), choices=Standing.choices, method="filter_standing")
    whose = django_filters.ChoiceFilter(label=_("Whose"), choices=[(MINE, _("Mine"))], method="filter_whose")

    def filter_standing(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that stand so."""
        return queryset.filter(standing(value, queryset.model))

    def filter_whose(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those this person changed last, and drafts they wrote in, whoever saved them since."""
        written = Q(saved_by(self.request.user, queryset.model), live=False)
        return queryset.filter(written | Q(latest_revision__user=self.request.user))


class _ConditionChoice(ConditionNamesMixin, django_filters.fields.ModelChoiceField):
    """The field of such a filter."""


class ConditionFilter(django_filters.ModelChoiceFilter):
    """Narrows a list to a condition, of those that are offered to whoever looks at it."""

    field_class = _ConditionChoice

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=lambda request: offered_to(request.user), **kwargs)


class ClinicalFilterSet(StandingFilterSet):
    """Status, author, condition and review, for any clinical page with conditions."""

    author = django_filters.ModelChoiceFilter(
        label=_("Author"), queryset=lambda request: User.objects.filter(pk__in=authors()), field_name="author"
    )

    condition = ConditionFilter(label=_("Used for"), field_name="condition_uses__tag")
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
    whose = django_filters.ChoiceFilter(
        label=_("Whose"),
        choices=[
            (StandingFilterSet.MINE, _("Mine")),
            (LEFT_LYING, _("My drafts, left lying for %d days") % DAYS_LEFT_LYING),
        ],
        method="filter_whose",
    )

    def filter_favourites(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those this person has put a star on."""
        return queryset.filter(is_favourite_of(self.request.user))

    def filter_whose(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those this person began, is named as the author of, or changed last; all, or what was left lying."""
        person = self.request.user
        own = queryset.filter(Q(owner=person) | Q(author=person) | Q(latest_revision__user=person))
        return left_lying(own) if value == LEFT_LYING else own

    def filter_review(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those whose review is overdue, due soon, or has never been."""
        today = timezone.localdate()
        if value == OVERDUE:
            return queryset.filter(review_due__lt=today)
        if value == SOON:
            return queryset.filter(review_due__gte=today, review_due__lte=today + timedelta(days=SOON_DAYS))
        return queryset.filter(reviewed_on__isnull=True)


@hooks.register("construct_explorer_page_queryset")
def with_withdrawals(parent_page: Any, pages: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """In the tree of pages, too, whether one is withdrawn is known without a query for each."""
    return pages.annotate(is_withdrawn_now=ExpressionWrapper(names_withdrawn(), models.BooleanField()))


@hooks.register("construct_explorer_page_queryset", order=1000)
def by_keys_first(parent_page: Any, pages: Any, request: HttpRequest) -> Any:
    """A page far down the tree comes as soon as the first one. What is searched for is sliced by the search."""
    return pages if request.GET.get("q") else keys_first(pages)


@hooks.register("construct_page_chooser_queryset")
def with_what_choosers_say(pages: Any, request: HttpRequest) -> QuerySet[Any]:
    """The same where a page is chosen, and what else its status says, as the tree has it from the platform.

    The search takes the specific pages itself, but only after this; which workflows are asked for depends on it.
    """
    specific = pages if pages.is_specific else pages.specific()
    return with_withdrawals(None, specific.prefetch_workflow_states().annotate_approved_schedule(), request)


class FiguresColumn(Column):
    """What a page is known by at a glance: its figure, or nothing."""

    cell_template_name = "clinical/admin/figures_cell.html"


class ListMenuItem(MenuItem):
    """A list of pages in the menu, for whoever may open it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whoever may do something with pages."""
        return bool(user_has_any_page_permission(request.user))


def authors() -> QuerySet[Any]:
    """The accounts that any clinical page names as its author, by key."""
    first, *others = [
        model.objects.exclude(author=None).order_by().values("author") for model in clinical_page_models()
    ]
    return first.union(*others)


def found_by(query: str, model: Any) -> set[Any]:
    """The keys of what the public search finds, and of titles that begin with the letters typed. Two queries."""
    words = readable(query[:LONGEST_QUERY])
    everything: Any = model._default_manager.only("pk")
    backend = get_search_backend()
    asked = (ask(words, everything, order_by_relevance=False) for ask in (backend.search, backend.autocomplete))
    return {thing.pk for found in asked for thing in found}


#: What it is mixed into; the platform's views have no types.
_ListView: Any = object


class FindsAsReadersDoMixin(_ListView):
    """A list that finds what the public search finds, and titles by the letters typed so far besides."""

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What is found, narrowed by the filters; they need not be known to the search. Two queries more."""
        if not self.is_searching:
            return queryset
        return queryset.filter(pk__in=found_by(self.search_query, self.model))


class ClinicalIndexView(FindsAsReadersDoMixin, IndexView):
    """A listing that fetches what its columns show along with the pages."""

    default_ordering = "title"

    @cached_property
    def show_locale_labels(self) -> bool:
        """The language of each page, where the site has more than one."""
        return len(settings.WAGTAIL_CONTENT_LANGUAGES) > 1

    def annotate_queryset(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        """Conditions in two queries; whether each is withdrawn, or has a star, in none, however many pages."""
        starred = pages.annotate(is_favourite=is_favourite_of(self.request.user))
        known = super().annotate_queryset(starred).annotate(is_withdrawn_now=is_withdrawn())
        return known.prefetch_related("condition_uses__tag")


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


def columns_around(figures: Column, *own: Column) -> list[Column]:
    """The columns every clinical listing has, with its figures before and those of its own after the title."""
    return [
        BulkActionsColumn("bulk_actions"),
        figures,
        LeadingTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        *own,
        Column("conditions", label=_("Used for"), accessor=condition_names),
        Column("review", label=_("Review"), accessor=review_words),
        Column("review_due", label=_("Review due"), sort_key="review_due"),
        DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
        StarColumn(),
    ]
