"""Something turns out to be harmful: a safety officer takes it away from everybody, and two people give it back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, SignIn
from tests.browser.desk import Desk
from tests.browser.serving import StorySite

EXERCISE = "/exercises/raised-leg-hamstring-stretch/"
ROUTINE = "/routines/restless-legs-before-bed/"
TITLE, INSTEAD = "Raised-leg hamstring stretch", "Standing hamstring stretch"
WHY = "People slipped when the surface moved."


@pytest.fixture
def site(written_site: StorySite) -> StorySite:
    """This story writes."""
    return written_site


def given_to_a_patient(desk: Desk) -> str:
    """The address of a live link to the routine."""
    page = desk.page
    page.goto(ROUTINE)
    page.get_by_role("button", name="View Wagtail quick actions").click()
    page.get_by_role("menuitem", name="Share with a patient").click()
    page.get_by_role("button", name="Make the link").click()
    return page.get_by_label("The link", exact=True).input_value()


def withdraw(desk: Desk) -> None:
    """From the exercise's page to its form, and on to the withdrawal by way of what it reaches."""
    page = desk.page
    page.goto(EXERCISE)
    page.get_by_role("button", name="View Wagtail quick actions").click()
    page.get_by_role("menuitem", name="Edit this page").click()
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Withdraw", exact=True).click()
    reached = page.get_by_role("region", name="What this reaches")
    expect(reached.get_by_role("heading", name="Routines it would be taken out of: 2")).to_be_visible()
    expect(reached.get_by_role("link", name="Restless legs: before bed")).to_be_visible()
    expect(reached.get_by_role("heading", name="Condition pages that list it: 1")).to_be_visible()
    expect(reached.get_by_role("heading", name="Share links that patients can open now: 1")).to_be_visible()
    page.get_by_label("Why").fill(WHY)
    page.get_by_role("button", name="Choose a page (Exercise)").click()
    chooser = page.get_by_role("dialog")
    chooser.get_by_role("textbox", name="Search term").fill(INSTEAD)
    chooser.get_by_role("link", name=INSTEAD, exact=True).click()
    page.get_by_role("checkbox", name="I have read what this reaches").check()
    page.get_by_role("button", name="Withdraw now").click()
    expect(page.locator(".messages .success")).to_contain_text(TITLE)


def status_of(reader: Page, address: str) -> int:
    """What a reader is answered there."""
    answer = reader.goto(address)
    assert answer is not None
    return answer.status


def test_withdrawn_at_once_for_every_reader_and_lifted_by_two(desk_of: SignIn, new_context: NewContext):
    officer = desk_of("safety-officer")
    link = given_to_a_patient(officer)
    reader = new_context().new_page()
    assert status_of(reader, EXERCISE) == 200
    withdraw(officer)

    assert status_of(reader, EXERCISE) == 410
    expect(reader.get_by_role("main")).to_contain_text(WHY)
    expect(reader.get_by_role("link", name=INSTEAD)).to_be_visible()
    for address in (ROUTINE, link):
        assert status_of(reader, address) == 200
        taken_out = reader.get_by_role("region", name="Do not do these: taken out for safety")
        expect(taken_out.get_by_text(TITLE)).to_be_visible()

    officer.page.get_by_label("Why it should no longer be withdrawn").fill("The step now asks for a fixed surface.")
    officer.page.get_by_role("button", name="Ask to lift it").click()
    officer.expect_not_offered("Lift the withdrawal")
    assert status_of(reader, EXERCISE) == 410
    colleague = desk_of("second-safety-officer")
    colleague.page.goto(officer.page.url)
    colleague.page.get_by_role("button", name="Lift the withdrawal").click()
    expect(colleague.page.locator(".messages .success")).to_contain_text("Lifted")
    assert status_of(reader, EXERCISE) == 404
