"""The routine library in the admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet

from clinical.admin.listings import (
    ClinicalFilterSet,
    ClinicalIndexView,
    FiguresColumn,
    ListMenuItem,
    columns_around,
)
from clinical.pages.cards import CardFigure
from clinical.words.choices import BodyRegion, Moment
from exercises.assembly import card_figures
from exercises.querysets import works
from routines.models import RoutineItem, RoutinePage
from routines.models.routines import with_items
from routines.sheet import main_part_first


def moment_words(routine: RoutinePage) -> str:
    """When it is done, as one line."""
    return ", ".join(str(Moment(moment).label) for moment in routine.moments)


def first_figure(routine: RoutinePage) -> tuple[CardFigure, ...]:
    """The figure a routine is known by, draft or not: the first of its main part that has one. Its items are there."""
    items: list[Any] = main_part_first(routine.items.all())
    return next(filter(None, (card_figures(item.exercise, item.chosen_side) for item in items)), ())


figures_column = FiguresColumn("figures", label=_("Figure"), accessor=first_figure)
moments_column = Column("moments", label=_("When"), accessor=moment_words)


class RoutineFilterSet(ClinicalFilterSet):
    """Condition, region, moment and review."""

    region = django_filters.ChoiceFilter(label=_("Body region"), choices=BodyRegion.choices, method="filter_region")
    moment = django_filters.ChoiceFilter(label=_("When"), choices=Moment.choices, method="filter_moment")

    class Meta:
        model = RoutinePage
        fields: list[str] = []

    def filter_region(self, queryset: QuerySet[RoutinePage], name: str, value: str) -> QuerySet[RoutinePage]:
        """Those with an exercise for the region."""
        items = RoutineItem.objects.filter(works(value, "exercise__"))
        return queryset.filter(pk__in=items.values("page"))

    def filter_moment(self, queryset: QuerySet[RoutinePage], name: str, value: str) -> QuerySet[RoutinePage]:
        """Those done at this moment."""
        return queryset.filter(moments__contains=f"|{value}|")


class RoutineIndexView(ClinicalIndexView):
    """The list of routines, each with its exercises, for its figure."""

    def annotate_queryset(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        """In two queries, however many routines."""
        return with_items(super().annotate_queryset(pages))


class RoutineListing(PageListingViewSet):
    """All routines in one list. Whoever adds a column registers it."""

    name = "routines"
    model = RoutinePage
    icon = "list-ol"
    menu_label = _("Routines")
    menu_order = 201
    add_to_admin_menu = True
    menu_item_class = ListMenuItem
    index_view_class = RoutineIndexView
    filterset_class = RoutineFilterSet
    columns = columns_around(figures_column, moments_column)
