"""The movement of a figure: it plays when asked, stops by itself, can be paused, and respects a wish for calm."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.page_kinds import DESKTOP, PAGE_KINDS


def shown_frame(page: Page) -> int:
    """Which of the seven pictures of the movement is to be seen."""
    return page.locator(".figure-pair__movement").evaluate(
        "svg => [...svg.children].findIndex(frame => frame.getAttribute('visibility') !== 'hidden')"
    )


@pytest.fixture
def strips(page: Page) -> list[str]:
    """The movements the page has fetched so far."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "fetch" else None)
    return asked


def test_the_movement_is_fetched_and_played_only_when_asked(page: Page, strips: list[str]):
    page.clock.install()
    page.goto(PAGE_KINDS["exercise"])
    figure = page.locator(".figure-pair")
    play = page.get_by_role("button", name="Play movement")
    expect(play).to_be_visible()
    page.clock.run_for(10_000)
    expect(page.locator(".figure-pair__movement")).to_have_count(0)
    assert strips == []

    play.click()
    expect(page.locator(".figure-pair__movement")).to_be_visible()
    assert len(strips) == 1
    page.clock.run_for(2_300)
    assert shown_frame(page) == 6
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(3_000)
    assert shown_frame(page) == 6

    play.click()
    page.clock.run_for(2_600)
    assert shown_frame(page) == 0
    page.clock.run_for(3 * 5_200)
    expect(play).to_be_visible()
    expect(figure).not_to_contain_class("figure-pair--moving")
    assert len(strips) == 1


def test_whoever_wants_less_motion_switches_between_the_positions(new_context: NewContext):
    page = new_context(reduced_motion="reduce", viewport=DESKTOP).new_page()
    page.goto(PAGE_KINDS["exercise"])
    page.get_by_role("button", name="Show end position").click()
    back = page.get_by_role("button", name="Show start position")
    expect(back).to_be_visible()
    assert shown_frame(page) == 6
    page.wait_for_timeout(700)
    assert shown_frame(page) == 6
    back.click()
    expect(page.get_by_role("button", name="Show end position")).to_be_visible()
    assert shown_frame(page) == 0


def test_without_its_movement_both_positions_still_stand_there(page: Page):
    page.route(
        "**/figures/**", lambda route: route.continue_() if route.request.resource_type != "fetch" else route.abort()
    )
    page.goto(PAGE_KINDS["exercise"])
    play = page.get_by_role("button", name="Play movement")
    play.click()
    expect(play).to_be_hidden()
    expect(page.locator(".figure-pair svg[role=img]")).to_have_count(2)
