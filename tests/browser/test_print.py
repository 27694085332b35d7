"""A page on paper: what can only be pressed is gone, every word that matters is there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.page_kinds import CLINICAL_KINDS, open_page

#: What paper cannot do.
ONLY_FOR_SCREENS = ".site-header, nav, button, .button, form, summary, .skip-link, [data-keep], .screen-only, .player"

#: The longest routine to follow along, exercise by exercise.
FOLLOW = "/routines/daily-legs/follow/"

#: An A4 page less its margins, in CSS pixels, is about this high; the notes begin on the first.
FIRST_PAGE = 1000

PAPER_KINDS = [*CLINICAL_KINDS, "information"]


def printed(page: Page, kind: str) -> Page:
    """The page as its print style sheet shows it, as wide as A4 between its margins."""
    open_page(page, kind)
    return on_paper(page)


def on_paper(page: Page) -> Page:
    """What is open, as wide as A4 between its margins."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 695, "height": FIRST_PAGE})
    return page


def sheets(page: Page) -> int:
    """How many sheets of A4 what is open takes."""
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    return len(re.findall(rb"/Type\s*/Page\b", paper))


@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_nothing_to_press_is_printed(page: Page, kind: str):
    shown = [element for element in printed(page, kind).locator(ONLY_FOR_SCREENS).all() if element.is_visible()]
    assert [element.inner_text() for element in shown] == []


@pytest.mark.parametrize("kind", CLINICAL_KINDS)
def test_every_note_is_printed_and_none_is_cut_by_the_edge_of_a_page(page: Page, kind: str):
    notes = printed(page, kind).locator("[data-note]")
    assert notes.count() >= 3
    assert all(note.is_visible() for note in notes.all())
    breaks = page.locator(".callout").evaluate_all(
        "callouts => callouts.map(callout => getComputedStyle(callout).breakInside)"
    )
    assert set(breaks) == {"avoid"}


@pytest.mark.parametrize("kind", CLINICAL_KINDS)
def test_the_card_of_signs_begins_on_the_first_page(page: Page, kind: str):
    box = printed(page, kind).locator(".signs").first.bounding_box()
    assert box is not None
    assert box["y"] < FIRST_PAGE


@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_paper_says_where_it_came_from_and_whom_to_call(page: Page, kind: str):
    printed(page, kind)
    assert page.locator(".page-address").inner_text().strip().startswith(page.url)
    # "Is it safe for me?" says it at its head too: what every sheet ends with is asked for here.
    line = page.get_by_role("contentinfo").locator(".emergency-line")
    assert line.is_visible()
    assert "999" in line.inner_text()


def test_paper_says_that_no_clinician_has_confirmed_an_example(page: Page):
    assert printed(page, "exercise").locator(".example-banner").is_visible()


def test_the_day_of_printing_is_on_the_paper(page: Page):
    open_page(page, "exercise")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    year = page.evaluate("String(new Date().getFullYear())")
    assert re.search(rf"Printed on \d+ \w+ {year}", page.locator(".page-address").text_content() or "")


@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_a_page_prints_on_a_few_sheets(page: Page, kind: str):
    open_page(page, kind)
    assert 1 <= sheets(page) <= 6


def test_following_along_on_paper_is_every_exercise_with_its_figure_beside_its_steps(page: Page):
    page.goto(FOLLOW)
    page.locator("[data-player-offer]").wait_for()
    shown = [element for element in on_paper(page).locator(ONLY_FOR_SCREENS).all() if element.is_visible()]
    assert [element.inner_text() for element in shown] == []
    items = page.locator(".follow__item")
    assert items.count() == 11
    for item in items.all():
        figure, steps = item.locator(".follow__stage").bounding_box(), item.locator(".steps").bounding_box()
        assert figure is not None
        assert steps is not None
        assert figure["y"] < steps["y"]
        assert figure["x"] > 300
    # One for the card, six for eleven exercises, two for what to expect and the notes in full.
    assert sheets(page) <= 9
    # In a cramp Start stands above the card, and the card is whole below it.
    page.goto(f"{FOLLOW}?now")
    page.locator(".follow__first").wait_for(state="attached")
    card = page.get_by_role("region", name="Before you start")
    for name in (re.compile("^Call 999 now if"), "Stop if"):
        assert card.get_by_role("heading", name=name).is_visible()
