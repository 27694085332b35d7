"""Whether a page is open to everybody, asked as seldom as possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction

if TYPE_CHECKING:
    from django.db.models import QuerySet


class AsksOnceWhoMaySee:
    """Mixed into a page: the platform asks twice for view restrictions, for every reader of every page."""

    if TYPE_CHECKING:
        alias_of_id: int | None
        path: str
        steplen: int

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """The restrictions on this page and its ancestors in one query instead of two.

        None at all where the page was fetched together with the answer that there are none.
        """
        if self.alias_of_id:
            return super().get_view_restrictions()  # type: ignore[misc]  # mixed into a page
        if not getattr(self, "is_restricted", True):
            return PageViewRestriction.objects.none()
        ancestors = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=ancestors)


def is_restricted(path: str = "path") -> Exists:
    """For annotations: whether a page, by the name of its path, may be seen by some only."""
    here = ExpressionWrapper(OuterRef(path), output_field=CharField())
    return Exists(PageViewRestriction.objects.annotate(here=here).filter(here__startswith=F("page__path")))
