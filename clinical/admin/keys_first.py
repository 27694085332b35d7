"""A page of a long list, found by keys alone first: what is said of each entry is asked of those on the page only."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.query import PageQuerySet


class _KeysFirst(PageQuerySet):
    """Of the rows before the page asked for, a database works out all columns too, whatever each takes to find."""

    def __getitem__(self, place: Any) -> Any:
        """A slice costs one query, for its keys; it is a list to be asked as any other."""
        if not isinstance(place, slice) or self.query.is_sliced:
            return super().__getitem__(place)
        keys = QuerySet.__getitem__(self.values_list("pk", flat=True), place)
        return self.filter(pk__in=list(keys))


def keys_first(pages: PageQuerySet) -> PageQuerySet:
    """The same pages; a slice of them is found so."""
    same: Any = pages.all()
    # Another question made of the same parts would lose what is fetched along with the pages.
    same.__class__ = _KeysFirst
    found: PageQuerySet = same
    return found
