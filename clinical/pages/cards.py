"""Cards and catalogues: what a list of exercises, routines or conditions shows, as values for the templates.

Pure. A card never carries instructions, so nobody follows an exercise from a list without its safety notes (H17).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Chip:
    """A fact in two or three words. ``icon`` names a symbol of ``icons.svg``; empty for none."""

    label: str
    icon: str = ""


@dataclass(frozen=True)
class CardFigure:
    """A finished drawing: its address with the id inside its file, and the view box it needs."""

    href: str
    view_box: str


@dataclass(frozen=True)
class Card:
    """One entry of a list: where it leads, one line of purpose, a few chips.

    Its figures stand on its stage; where it has none, the body region that it names, else the sign of its ``kind``.
    Of one that ``is_far_down`` a long list figures are drawn when a reader comes near it.
    """

    title: str
    url: str
    purpose: str
    kind: str
    chips: tuple[Chip, ...] = ()
    is_example: bool = False
    figures: tuple[CardFigure, ...] = ()
    region: str = ""
    is_far_down: bool = False


@dataclass(frozen=True)
class FacetOption:
    """One value of a filter; ``is_chosen`` when the query string holds it.

    ``count`` is how long the list would be with it, whatever else is chosen in its group; nothing where nobody counted.
    ``url`` is the list with it, or without it where it is chosen; ``part`` heads those of a long group that belong
    together.
    """

    value: str
    label: str
    is_chosen: bool = False
    count: int | None = None
    url: str = ""
    part: str = ""

    @property
    def is_offered(self) -> bool:
        """Whether choosing it shows anything; what is chosen can always be taken off."""
        return self.is_chosen or self.count != 0


@dataclass(frozen=True)
class Facet:
    """A group of filters that share a name in the query string."""

    name: str
    legend: str
    options: tuple[FacetOption, ...]

    @property
    def chosen_count(self) -> int:
        """How many of them are chosen."""
        return sum(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class ChosenFilter:
    """A filter in force, and the address of the same list without it."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class TakenOff:
    """A filter of an empty list that keeps back everything by itself: how many there are without it, and where."""

    label: str
    url: str
    count: int


@dataclass(frozen=True)
class LeftOut:
    """How many entries are left out for one reason, in words, and where these are listed."""

    words: str
    count: int
    url: str
    is_shown: bool = False


@dataclass(frozen=True)
class PageLink:
    """One entry of the pagination; ``url`` is empty for the gap between distant pages."""

    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Catalogue:
    """A filtered, paginated list ready to be shown.

    ``left_out`` has an entry for each reason to leave out that was asked for, ``asks`` whom they are about, as it
    completes "Ask first if". With ``back_url`` the list is of what was left out. ``is_asked`` is whether the address
    asks for anything, ``holds_unknown`` whether for something there is not. ``take_off`` are the ways out of an empty
    list.
    """

    cards: tuple[Card, ...]
    count: int
    facets: tuple[Facet, ...] = ()
    chosen: tuple[ChosenFilter, ...] = ()
    pages: tuple[PageLink, ...] = ()
    previous_url: str = ""
    next_url: str = ""
    clear_url: str = ""
    left_out: tuple[LeftOut, ...] = ()
    asks: tuple[str, ...] = ()
    back_url: str = ""
    is_asked: bool = False
    holds_unknown: bool = False
    take_off: tuple[TakenOff, ...] = ()

    @property
    def leaves_out(self) -> bool:
        """Whether something was left out, and not only asked to be."""
        return any(reason.count for reason in self.left_out)

    @property
    def region_facet(self) -> Facet | None:
        """The body areas, for the map of the body; nothing where the list is not filtered by them."""
        return next((facet for facet in self.facets if facet.name == "region"), None)
