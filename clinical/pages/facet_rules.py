"""A group of filters of a list: its options, what choosing some of them leaves, and how many each would leave."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict

from clinical.pages.bit_sets import Bits, any_of


def _itself(text: str) -> tuple[str, ...]:
    return (text,)


def _in_no_database(value: str) -> Q:
    raise NotImplementedError(f"This filter is asked in memory alone, for {value} too.")


@dataclass(frozen=True)
class FacetRule:
    """One group of filters: its name in the query string, its options, and what choosing one means.

    ``condition`` says it to the database. A list that is read into memory is asked there: ``read_in`` names the source
    (see :class:`clinical.pages.entries.Scan`), and ``stands_under`` says of one of its texts which options it has. With
    ``is_linked`` each option has an address.
    """

    name: str
    legend: str
    options: tuple[tuple[str, str], ...]
    condition: Callable[[str], Q] = _in_no_database
    read_in: str = ""
    stands_under: Callable[[str], Iterable[str]] = _itself
    is_linked: bool = False

    def chosen(self, query: QueryDict) -> tuple[str, ...]:
        """The values of this group in the query string that really are options."""
        asked = set(query.getlist(self.name))
        return tuple(value for value, _label in self.options if value in asked)

    def wanted(self, chosen: Collection[str]) -> Q:
        """What a list in the database is narrowed to by these values."""
        wanted = Q(pk__in=[])
        for value in chosen:
            wanted |= self.condition(value)
        return wanted

    def left_by(self, chosen: Collection[str], under: Mapping[str, Bits]) -> Bits:
        """What a list in memory is narrowed to; ``under`` says which entries stand under each option."""
        return any_of(under.get(value, 0) for value in chosen)

    def counts(self, chosen: Collection[str], under: Mapping[str, Bits], among: Bits) -> dict[str, int]:
        """How long the list would be with each option, where all other filters leave ``among``."""
        return {value: (among & under.get(value, 0)).bit_count() for value, _label in self.options}


class OnlyWhatIsThere(FacetRule):
    """A group that is ticked for what somebody has: the list keeps what needs nothing else.

    ``NOTHING_AT_ALL`` is the option for what needs nothing. Asked in memory alone.
    """

    NOTHING_AT_ALL = "nothing"

    def left_by(self, chosen: Collection[str], under: Mapping[str, Bits]) -> Bits:
        """What needs none of the things that were not ticked."""
        things = (value for value, _label in self.options if value != self.NOTHING_AT_ALL)
        return ~any_of(under.get(thing, 0) for thing in things if thing not in chosen)

    def counts(self, chosen: Collection[str], under: Mapping[str, Bits], among: Bits) -> dict[str, int]:
        """With one thing more there is what could be done before, and what needed this alone."""
        return {value: (among & self.left_by({*chosen, value}, under)).bit_count() for value, _label in self.options}
