"""Cards of pages, as every list of the site shows them: each by itself, and none of a page that cannot be shown safely.

A page whose safety notes cannot be put together answers 503; no list leads to it meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from clinical.notes.board import board_for
from clinical.pages.cards import Card
from clinical.safety.parts import alone, never_lost
from clinical.safety.sheet import MissingSafety

#: So many cards of a long list may be on a screen when it is opened.
SEEN_AT_FIRST = 4

_logger = logging.getLogger(__name__)


def listed_cards(pages: Iterable[Any], make: Callable[[Any], Card]) -> tuple[Card, ...]:
    """A card for each page, in order. One query for the notes of all of them; more only where one is broken."""
    shown = list(pages)
    if not _have_boards(shown):
        shown = [page for page in shown if _have_boards([page])]
    return cards_alone(shown, make)


def with_figures_in_time(cards: Iterable[Card]) -> tuple[Card, ...]:
    """The cards of a long list: the figures of those that are not seen at first wait."""
    return tuple(replace(card, is_far_down=number >= SEEN_AT_FIRST) for number, card in enumerate(cards))


def cards_alone(pages: Iterable[Any], make: Callable[[Any], Card]) -> tuple[Card, ...]:
    """The same of pages without safety notes."""
    cards = (alone(f"card “{page.title}”", partial(make, page), None) for page in pages)
    return tuple(card for card in cards if card is not None)


def _have_boards(pages: list[Any]) -> bool:
    """Whether the notes in force on all of them can be put together: what holds for the union holds for each."""
    try:
        with never_lost(f"the safety notes of {len(pages)} in a list"):
            _ask_for_boards(pages)
    except MissingSafety as missing:
        if len(pages) == 1:
            _logger.error("A list leaves out “%s”: %s", pages[0].title, missing)
        return False
    return True


def _ask_for_boards(pages: list[Any]) -> None:
    of_language: dict[str, list[Any]] = {}
    for page in pages:
        of_language.setdefault(page.language, []).extend(page.listed_subjects())
    for language, subjects in of_language.items():
        board_for(subjects, language)
