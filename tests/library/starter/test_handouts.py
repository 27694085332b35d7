"""The starter routines on paper: how many pages, nothing torn, no page nearly empty, every note and field there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from clinical.outputs.callouts import callouts
from exercises.models.redrawing import on_paper
from routines.models import RoutinePage
from routines.outputs.handout import handout
from routines.outputs.paper import Paper, PaperAsked
from routines.sheet import RoutineSheet
from tests.outputs import squeezed, words_on_paper

# What paper says does not depend on the database that keeps it.
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("starter_site", "db")]

PAPER = Paper(address="https://stretch.example/r/", printed_on=date(2026, 11, 28), site_name="Stretchsite")
#: Pages at 12 points, and at 16, the notes in full included.
MOST_PAGES = {
    "before-activity": (2, 4),
    "daily-legs": (5, 9),
    "first-minutes-after-getting-up": (2, 4),
    "in-a-chair": (3, 7),
    "in-bed": (2, 4),
    "release-then-stretch": (3, 6),
    "restless-legs-before-bed": (3, 5),
    "restless-legs-during-an-attack": (3, 5),
    "three-hamstring-stretches": (3, 6),
    "warm-up-a-sore-low-back": (3, 5),
}
#: These have so many exercises, or such long ones, that their notes in full begin after the second page.
LONG = {"daily-legs", "in-a-chair", "release-then-stretch"}
IN_FULL = squeezed("All safety notes in full")
#: The foot of a page, in points from its lower edge.
FOOT = 35


@cache
def papers() -> tuple[tuple[str, RoutineSheet, bool, bytes], ...]:
    """Each routine in both sizes, printed once for all tests: nothing in the starter library changes."""
    return tuple(_printed())


def _printed() -> Iterator[tuple[str, RoutineSheet, bool, bytes]]:
    for page in RoutinePage.objects.live().order_by("slug"):
        for is_large in (False, True):
            sheet = page.sheet()
            paper = replace(PAPER, asked=PaperAsked(is_large=is_large))
            yield page.slug, sheet, is_large, handout(sheet, paper, on_paper)


@cache
def read(pdf: bytes) -> tuple[tuple[str, float], ...]:
    """What each page says, and how much of its height is used, from 0 to 1, the foot left out. Each is read once."""
    return tuple(_read(page) for page in words_on_paper(pdf).pages)


def _read(page: Any) -> tuple[str, float]:
    lowest: list[float] = []

    def visit(text: str, around: Any, matrix: Any, _font: Any, _size: float) -> None:
        height = matrix[5] * around[3] + around[5]
        if text.strip() and height > FOOT:
            lowest.append(height)

    return page.extract_text(visitor_text=visit), 1 - min(lowest) / float(page.mediabox.height)


def said_on(pdf: bytes) -> list[str]:
    """What each page says, without spaces."""
    return [squeezed(text) for text, _filled in read(pdf)]


def together(pages: list[str], words: Iterable[str]) -> bool:
    """Whether a single page says all of this."""
    wanted = [squeezed(each) for each in words]
    return any(all(each in page for each in wanted) for page in pages)


def torn(sheet: RoutineSheet, pages: list[str]) -> list[str]:
    """The groups of the card, the exercises and the callouts that no single page holds whole."""
    start = next(number for number, page in enumerate(pages) if IN_FULL in page)
    in_full = [pages[start].partition(IN_FULL)[2], *pages[start + 1 :]]
    found = [group.label for group in sheet.signs.groups if not together(pages, [each.words for each in group.signs])]
    for item in sheet.items:
        words = [item.exercise.title, *(step.text for step in item.exercise.steps)]
        words += [ask.words for ask in item.exercise.asks]
        found += [] if together(pages, words) else [item.exercise.title]
    lists = [each for callout in callouts(sheet.safety) for each in callout.lists]
    return found + [each.label for each in lists if not together(in_full, [note.words for note in each.notes])]


def test_starter_routines_take_few_pages_none_torn_and_none_nearly_empty():
    seen: set[str] = set()
    for slug, sheet, is_large, pdf in papers():
        pages, seen = said_on(pdf), seen | {slug}
        assert len(pages) <= MOST_PAGES[slug][is_large], (slug, is_large, len(pages))
        assert torn(sheet, pages) == [], (slug, is_large)
        assert is_large or slug in LONG or any(IN_FULL in page for page in pages[:2]), slug
        assert squeezed(f"1. {sheet.items[0].exercise.title}") in pages[0] or is_large, slug
        *others, (last, _filled) = read(pdf)
        assert min([1.0, *(filled for _text, filled in others)]) > 0.25, (slug, is_large)
        assert len(last.splitlines()) > 12, (slug, is_large)
    assert seen == set(MOST_PAGES)


def test_paper_says_every_field_of_a_starter_routine():
    for slug, sheet, is_large, pdf in papers():
        whole = "".join(said_on(pdf))
        fields = [sheet.title, sheet.purpose, sheet.frequency, sheet.expect_change, sheet.see_someone, *sheet.dos]
        fields += [*sheet.donts, sheet.provenance.who_it_is_for, *(each.label.lower() for each in sheet.equipment)]
        fields += [item.cue for item in sheet.items] + [item.dosage.intensity_cue for item in sheet.items]
        fields += [item.dosage_words.removesuffix(item.dosage.intensity_cue).rstrip(" .") for item in sheet.items]
        missing = [each for each in fields if squeezed(each) not in whole]
        assert missing == [], (slug, is_large)
        weeks = sheet.weeks_most or sheet.weeks or 4
        assert (squeezed(f"Week {weeks}") in whole) != sheet.often.as_needed, slug
        assert squeezed("1 each side") not in whole
