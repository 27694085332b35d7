"""What changed its place among others between two versions: a step or a row that was sorted says so."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

Places = dict[Hashable, tuple[int, int]]


def moved(before: Sequence[Hashable], after: Sequence[Hashable]) -> Places:
    """Those of two lists that stand elsewhere among the others: where each was and is, counted from 1.

    As few as explain the new order: where the third comes first, the others have not moved, though each has another
    number. What is in one list only has no other place.
    """
    was = {key: number for number, key in enumerate(before, start=1)}
    now = {key: number for number, key in enumerate(after, start=1)}
    stayed = _longest_rising([was[key] for key in after if key in was])
    return {key: (was[key], now[key]) for key in after if key in was and was[key] not in stayed}


def moved_words(places: tuple[int, int]) -> str:
    """The same in words."""
    return _("Moved from %(before)d to %(after)d.") % {"before": places[0], "after": places[1]}


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The numbers of the longest part that rises, others left out between them."""
    best: list[list[int]] = []
    for number in numbers:
        shorter = [rising for rising in best if rising[-1] < number]
        best.append([*_longest(shorter), number])
    return set(_longest(best))


def _longest(lists: Sequence[list[int]]) -> list[int]:
    return max(lists, key=len) if lists else []


class RowsInPlaces:
    """The platform's comparison of a page's rows, that knows which were only sorted: it asks about the fields alone."""

    is_field = False

    def __init__(self, compared: Any) -> None:
        self._compared = compared
        self.field_label = compared.field_label

    def has_changed(self) -> bool:
        """Whether a row was added, taken away or changed, or stands elsewhere."""
        return bool(self._moved) or bool(self._compared.has_changed())

    def get_child_comparisons(self) -> Iterator[Any]:
        """The rows as the platform compares them: those there are now, in order, then those that are gone.

        ``moved_words`` says of each where it was before, if it moved.
        """
        for number, row in enumerate(self._compared.get_child_comparisons()):
            row.moved_words = self._moved.get(number, "")
            yield row

    @cached_property
    def _moved(self) -> dict[int, str]:
        """By the number of a row as it is now, that it moved. Rows that have no order do not."""
        before, after = list(self._compared.val_a.all()), list(self._compared.val_b.all())
        if not all(hasattr(row, "sort_order") for row in (*before, *after)):
            return {}
        _forwards, backwards, _added, _deleted = self._compared.get_mapping(before, after)
        found = moved(_sorted(before), [backwards.get(number, -1 - number) for number in _sorted(after)])
        return {number: moved_words(found[was]) for number, was in backwards.items() if was in found}


def compared_in_places(compared: Iterable[Any]) -> Iterator[Any]:
    """The platform's comparisons of two versions, those of rows with their places."""
    return (each if each.is_field else RowsInPlaces(each) for each in compared)


def _sorted(rows: Sequence[Any]) -> list[int]:
    """The numbers of rows, in the order in which they are read."""
    return sorted(range(len(rows)), key=lambda number: (rows[number].sort_order or 0, number))
