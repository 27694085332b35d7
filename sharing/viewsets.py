"""The list of routines in the admin, with how often what was shared of each is opened."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from clinical.admin.listings import columns_around
from routines.viewsets import RoutineIndexView, RoutineListing, figures_column, moments_column
from sharing.models.openings import count_in_words, with_openings


def openings_words(routine: Any) -> str:
    """How often links to it, all of them together, were opened in thirty days."""
    return count_in_words(routine.openings_lately)


class SharedRoutineIndexView(RoutineIndexView):
    """The list of routines, with how often what was shared of each is opened."""

    def annotate_queryset(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        """The number comes with the page."""
        return super().annotate_queryset(with_openings(pages))


class SharedRoutineListing(RoutineListing):
    """All routines in one list."""

    index_view_class = SharedRoutineIndexView
    columns = columns_around(
        figures_column,
        moments_column,
        Column("openings", label=_("Shared links opened, 30 days"), accessor=openings_words),
    )


routine_listing = SharedRoutineListing("routines")
