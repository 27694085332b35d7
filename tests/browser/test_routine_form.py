"""F16 and the routine's form: one line a row, and a chooser that forgets nothing; found, ticked and read by name."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.building import password_of
from tests.browser.conftest import SignIn
from tests.browser.desk import Desk
from tests.browser.page_kinds import DESKTOP
from tests.browser.serving import StorySite
from tests.browser.test_accessibility import violations

MOST_PIXELS = 2400


@pytest.fixture
def site(written_site: StorySite) -> StorySite:
    """These stories write."""
    return written_site


def new_routine(desk: Desk) -> Page:
    """An empty form, at its exercises."""
    desk.open_list("Routines")
    desk.add("routine")
    desk.wait_until_the_editor_watches()
    desk.tab("Exercises")
    return desk.page


def open_chooser(page: Page) -> Locator:
    """The window to choose from, by its name."""
    page.get_by_role("button", name="Add exercise").click()
    return page.get_by_role("dialog", name="Choose an exercise")


def test_f16_ticks_stay_over_search_filter_and_page_and_filters_act_at_once(desk_of: SignIn):
    page = new_routine(desk_of("practitioner"))
    chooser = open_chooser(page)
    expect(chooser.locator(".chooser-picture svg").first).to_be_visible()
    chooser.get_by_role("textbox", name="Search term").fill("calf")
    for title in ("Wall calf stretch", "Calf cramp release"):
        chooser.get_by_role("checkbox", name=title, exact=True).check()
    chooser.get_by_role("textbox", name="Search term").fill("neck")
    expect(chooser.get_by_role("listitem").filter(has_text="Wall calf stretch")).to_be_visible()
    chooser.get_by_role("textbox", name="Search term").fill("")
    # Only the whole list has a second page; what is ticked next is not to be of an answer that is replaced.
    further = chooser.get_by_role("link", name="Next")
    expect(further).to_be_visible()
    chooser.get_by_label("Body region").select_option("neck")
    expect(further).to_have_count(0)
    expect(chooser.get_by_role("row").filter(has_text="Wall calf stretch")).to_have_count(0)
    chooser.get_by_role("checkbox").last.check()
    chooser.get_by_label("Body region").select_option("")
    further.click()
    # The second page is there before anything on it is pressed, or what is pressed may be replaced meanwhile.
    expect(chooser.get_by_role("link", name="Previous")).to_be_visible()
    expect(chooser.get_by_role("checkbox", checked=True)).to_have_count(3)
    chooser.get_by_role("checkbox", name="Calf cramp release", exact=True).uncheck()
    chooser.get_by_role("button", name="Confirm selection").click()
    expect(page.locator("[data-row-line]").filter(has_text="Wall calf stretch")).to_be_visible()
    expect(page.locator("#id_items-FORMS > :not(.deleted)")).to_have_count(2)


@pytest.mark.only_whole
def test_f16_signed_out_the_chooser_says_so_and_opens_after_signing_in(desk_of: SignIn, site: StorySite):
    page = new_routine(desk_of("practitioner"))
    page.wait_for_timeout(1000)
    page.context.clear_cookies(name="sessionid")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Add exercise").click()
    expect(page.locator("#session-bar")).to_contain_text("You are signed out.")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in (opens a new window)").click()
    opened.value.get_by_role("textbox", name="Username").fill("practitioner")
    opened.value.get_by_role("textbox", name="Password").fill(password_of("practitioner"))
    opened.value.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("dialog", name="Choose an exercise")).to_be_visible()
    # The refusal stands there with its trace, as it should.
    os.truncate(site.log, 0)


def test_eight_exercises_are_eight_lines_and_open_on_demand_by_keys(desk_of: SignIn):
    desk = desk_of("reviewer")
    page = desk.page
    page.set_viewport_size(DESKTOP)
    new_routine(desk)
    chooser = open_chooser(page)
    for number in range(8):
        chooser.get_by_role("checkbox").nth(number).check()
    chooser.get_by_role("button", name="Confirm selection").click()
    rows = page.locator("#id_items-FORMS > :not(.deleted)")
    expect(rows).to_have_count(8)
    expect(page.locator("[data-row-line] .item-line__dose")).to_have_count(8)
    assert page.evaluate("document.querySelector('form[data-edit-form]').getBoundingClientRect().height") <= MOST_PIXELS
    toggle = rows.first.get_by_role("button", name="Toggle section").first
    expect(toggle).to_have_attribute("aria-expanded", "false")
    cue = rows.first.locator("[name=items-0-cue]")
    expect(cue).to_be_hidden()
    toggle.focus()
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(cue).to_be_visible()
    rows.first.get_by_role("heading", name="Another dosage here").click()
    line = rows.first.locator("[data-row-line]")
    rows.first.locator("[name=items-0-sets]").fill("3")
    expect(line).to_contain_text("3 sets")
    rows.first.locator("[name=items-0-sets]").fill("0")
    page.keyboard.press("Control+Home")
    assert [each for each in violations(page) if "item" in str(each)] == []
