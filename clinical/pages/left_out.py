"""Leaving out of a list what asks for something, or names something about the body, that its reader has ticked.

What is left out follows from what authors wrote and from the safety notes in force, is said with its reason, and can
be looked at. What is left was checked for nobody, and the page says so (PD8). Nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from clinical.pages.bit_sets import Bits, Sets, any_of
from clinical.pages.cards import Facet, FacetOption, LeftOut
from clinical.pages.entries import Entries
from clinical.words.concerns import Concern, said_together

#: What a query string calls it, and what shows those that were left out for one reason.
WITHOUT, SHOW = "without", "show"


@dataclass(frozen=True)
class LeavingOut:
    """What is to be left out: every reason there is, in words, those chosen, and the one that is to be shown.

    ``find_in`` says which entries of a list each reason is about, ticked or not, so that it says nothing of who asked.
    ``parts`` says under which heading each reason is found, in their order.
    """

    options: tuple[tuple[str, str], ...] = ()
    chosen: tuple[str, ...] = ()
    find_in: Callable[[Entries], Sets] = lambda entries: Sets()
    shown: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    def applied(self, found: Bits, reasons: Mapping[str, Bits]) -> Bits:
        """A list without them; or only those of the one reason that is to be shown."""
        if self.shown:
            return found & reasons[self.shown]
        return found & ~any_of(reasons[value] for value in self.chosen)

    def named(self) -> list[tuple[str, str, tuple[tuple[str, str], ...], tuple[str, ...]]]:
        """Its name in the query string, its legend, its options and what is chosen; nothing where there is none."""
        return [(WITHOUT, _("Leave out"), self.options, self.chosen)] if self.options else []

    def facets(self) -> list[Facet]:
        """The same as a group of filters. How many each leaves out is said when it is chosen."""
        return [
            Facet(name, legend, tuple(self._option(*option) for option in self._in_parts(options)))
            for name, legend, options, _chosen in self.named()
        ]

    def _option(self, value: str, label: str) -> FacetOption:
        return FacetOption(value, label, value in self.chosen, part=self.parts.get(value, ""))

    def _in_parts(self, options: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """What belongs together stands together."""
        places = {value: place for place, value in enumerate(self.parts)}
        return sorted(options, key=lambda option: places.get(option[0], -1))

    def said(self, found: Bits, reasons: Mapping[str, Bits], query: QueryDict) -> tuple[LeftOut, ...]:
        """For each reason how many of the list it leaves out, none included, and where they are."""
        return tuple(self._said(value, (found & reasons[value]).bit_count(), query) for value in self.chosen)

    def _said(self, value: str, count: int, query: QueryDict) -> LeftOut:
        asked = query.copy()
        asked.pop("page", None)
        asked[SHOW] = value
        words = {"count": count, "reason": _lowered(dict(self.options)[value])}
        # Not that nothing names it: a note on everything leaves nothing out, and may.
        none = _("Nothing here is left out because of %(reason)s")
        said = _("%(count)d left out because of %(reason)s") if count else none
        return LeftOut(said % words, count, f"?{asked.urlencode()}" if count else "", value == self.shown)

    @property
    def asks(self) -> tuple[str, ...]:
        """Whom the reasons are about, as it completes "Ask first if"."""
        about = [value for value in self.chosen if value in Concern.values]
        return tuple(words for words, _each in said_together(about))

    def back(self, query: QueryDict) -> str:
        """From what was left out back to what is left; nothing where the latter is shown."""
        if not self.shown:
            return ""
        asked = query.copy()
        for name in (SHOW, "page"):
            asked.pop(name, None)
        return f"?{asked.urlencode()}"


#: Where nothing can be left out.
NOTHING = LeavingOut()


def asked_for(query: QueryDict, options: tuple[tuple[str, str], ...]) -> tuple[tuple[str, ...], str]:
    """Which reasons a query string names, and which one is to be shown; what is no reason is left aside."""
    asked = set(query.getlist(WITHOUT))
    chosen = tuple(value for value, _label in options if value in asked)
    shown = query.get(SHOW, "")
    return chosen, shown if shown in chosen else ""


def kept_nowhere(request: HttpRequest, response: Any) -> Any:
    """What somebody ticked about their body is in the address: no cache keeps that answer, the browser's neither."""
    if WITHOUT in request.GET:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
