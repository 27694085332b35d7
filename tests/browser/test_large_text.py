"""I am 74 and it is 200 %: nothing sticks out, no text is cut off, and the timer and Pause are seen together."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.meanwhile import meanwhile
from tests.browser.page_kinds import PAGE_KINDS
from tests.browser.phones import SHARE
from tests.browser.serving import StorySite
from tests.browser.test_narrow_screens import CUT_OFF, STICKS_OUT, width_needed

#: Windows in pixels and the height of letters: twice as large on phones and on a desk, and a desk's window of 1280 by
#: 1024 enlarged four times.
WINDOWS = [(320, 568, 32), (360, 800, 32), (1280, 800, 32), (320, 256, 16)]
#: Narrow ones: as they are, twice as large, a phone's four times, and a desk's enlarged four times.
NARROW_WINDOWS = [(320, 568, 16), (320, 568, 32), (360, 740, 64), (320, 256, 16)]
PAGES = ["/exercises/", "/exercises/chair-head-turns/", "/routines/in-bed/", "/diary/", "/offline/"]
ROUTINE = "/routines/restless-legs-before-bed/follow/"
CRAMP = "/exercises/calf-cramp-release/follow/?now"
#: From so many letters on a word may be wider than the narrowest column.
LONG_WORD = 10
#: A column that holds fewer is not read but spelt.
LEAST_LETTERS_OF_A_LINE = 8
#: How far down the player's own Start may be; the card before it would fill up to eight.
SCREENS = 4
EXERCISE = "/exercises/wall-calf-stretch/follow/"

#: The boxes of what has to be seen in the player, and of the window.
BOXES = """() => Object.fromEntries(["time", "words", "pause", "head"].map(name => {
    const { left, top, right, bottom } = document.querySelector(`.player__${name}`).getBoundingClientRect();
    return [name, { left, top, right, bottom }];
}))"""

#: Words of a part that are broken between letters: their letters stand in more than one line.
BROKEN_WORDS = """(part) => {
    const walker = document.createTreeWalker(document.querySelector(part), NodeFilter.SHOW_TEXT);
    const broken = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.parentElement.checkVisibility() || node.parentElement.closest("option, .visually-hidden")) continue;
        for (const word of node.data.matchAll(/[^\\s\\-–]+/g)) {
            const range = document.createRange();
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
            if (lines.size > 1) broken.push(word[0]);
        }
    }
    return broken;
}"""

#: Blocks whose words take several lines that have room for fewer letters than these, each half as wide as it is high.
NARROW_COLUMNS = """(letters) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const narrow = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        let block = node.parentElement;
        if (node.data.trim().length < letters || !block.checkVisibility()) continue;
        if (block.closest("svg, .visually-hidden, select, script")) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size < 2) continue;
        const size = parseFloat(getComputedStyle(block).fontSize);
        while (getComputedStyle(block).display === "inline") block = block.parentElement;
        const { paddingLeft, paddingRight } = getComputedStyle(block);
        const width = block.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
        if (width < letters * size / 2) narrow.push(node.data.trim().slice(0, 60));
    }
    return narrow;
}"""


def reader(new_context: NewContext, width: int, height: int, letters: int) -> Page:
    """Somebody whose browser writes its letters so high."""
    page = new_context(viewport={"width": width, "height": height}).new_page()
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": letters}})
    return page


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two boxes share more than an edge."""
    return (
        min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1
    )


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("width", "height", "letters"), WINDOWS)
def test_pages_fit_and_nothing_is_cut_off(new_context: NewContext, width: int, height: int, letters: int):
    page = reader(new_context, width, height, letters)
    for path in [*PAGES, EXERCISE, ROUTINE, "/routines/restless-legs-before-bed/share/"]:
        page.goto(path)
        found = (path, width_needed(page), page.evaluate(STICKS_OUT), page.evaluate(CUT_OFF))
        assert found == (path, width, [], [])
        broken = [word for word in page.evaluate(BROKEN_WORDS, "main") if len(word) < LONG_WORD]
        assert broken == [] or path.endswith("/share/"), (path, broken)  # which shows the page's address


def assert_narrow_page_is_read(page: Page, path: str, width: int) -> None:
    """Nothing sticks out or is cut off, and no column is too narrow to read."""
    page.goto(path)
    narrow = page.evaluate(NARROW_COLUMNS, LEAST_LETTERS_OF_A_LINE)
    found = (path, width_needed(page), page.evaluate(STICKS_OUT), page.evaluate(CUT_OFF), narrow)
    assert found == (path, width, [], [], [])


@pytest.mark.parametrize(("width", "height", "letters"), NARROW_WINDOWS)
def test_every_kind_of_page_is_read_on_the_narrowest_screens(
    new_context: NewContext, width: int, height: int, letters: int
):
    page = reader(new_context, width, height, letters)
    for path in [*PAGE_KINDS.values(), *PAGES[-2:], EXERCISE, ROUTINE, CRAMP, "/conditions/leg-cramps/", "/s/code/"]:
        assert_narrow_page_is_read(page, path, width)


def test_what_was_given_to_a_patient_is_read_on_the_narrowest_screens(new_context: NewContext, written_site: StorySite):
    shared = written_site.url(f"/s/{meanwhile(written_site, SHARE)}/")
    for width, height, letters in NARROW_WINDOWS:
        page = reader(new_context, width, height, letters)
        for path in (shared, f"{shared}follow/"):
            assert_narrow_page_is_read(page, path, width)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("width", "height", "letters"), WINDOWS)
def test_start_is_near_and_what_it_passes_is_read_while_getting_ready(
    new_context: NewContext, width: int, height: int, letters: int
):
    page = reader(new_context, width, height, letters)
    page.goto(ROUTINE)
    start = page.get_by_role("button", name="Start", exact=True)
    box = start.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= SCREENS * height
    signs = page.locator("[data-first-signs]")
    expect(signs.get_by_role("heading", name=re.compile("^(Call 999 now if|Stop if)$"))).to_have_count(2)
    start.click()
    rest = page.locator("[data-part=rest]")
    expect(rest.get_by_role("heading", name="Leave it out if")).to_be_visible()
    page.get_by_role("button", name="I am ready").click()
    expect(rest).to_be_hidden()


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("width", "height", "letters"), WINDOWS)
@pytest.mark.parametrize("path", [EXERCISE, ROUTINE])
def test_timer_and_pause_are_seen_together(new_context: NewContext, width: int, height: int, letters: int, path: str):
    page = reader(new_context, width, height, letters)
    page.goto(path)
    page.get_by_role("button", name="Start", exact=True).click()
    kinds: set[str] = set()
    for _ in range(60):
        if page.locator("[data-part=done]").is_visible():
            break
        kind = page.locator("[data-player]").get_attribute("data-kind") or ""
        if kind not in kinds:
            kinds.add(kind)
            assert_seen_together(page, width, height, kind)
        page.locator("[data-play=next]").evaluate("button => button.click()")
    assert {"get_ready", "hold"} <= kinds
    expect(page.locator("[data-part=done] h1")).to_be_visible()
    assert (width_needed(page), page.evaluate(STICKS_OUT), page.evaluate(CUT_OFF)) == (width, [], [])


def assert_seen_together(page: Page, width: int, height: int, kind: str) -> None:
    """Nothing scrolled: the time, what to do and Pause are in the window and cover nothing of each other."""
    page.evaluate("scrollTo(0, 0)")
    boxes: dict[str, Any] = page.evaluate(BOXES)
    for name in ("time", "pause"):
        assert boxes[name]["top"] >= 0, (kind, name)
        assert boxes[name]["bottom"] <= height, (kind, name, boxes)
    names = sorted(boxes)
    assert [
        (one, other) for one in names for other in names if one < other and overlap(boxes[one], boxes[other])
    ] == [], (kind, boxes)
    assert (width_needed(page), page.evaluate(STICKS_OUT), page.evaluate(CUT_OFF)) == (width, [], []), kind
    assert page.evaluate(BROKEN_WORDS, ".player__face") == []
