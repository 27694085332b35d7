"""Inside the consultation: four exercises, two doses, one side, the link copied; counted, by keys, and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewContext, SignIn
from tests.browser.page_kinds import DESKTOP
from tests.browser.serving import StorySite
from tests.browser.test_accessibility import violations

NARROW = {"width": 390, "height": 844}
MOST_CLICKS = 8


@pytest.fixture
def site(written_site: StorySite) -> StorySite:
    """These stories write."""
    return written_site


class Counted:
    """A window in which every click is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, what: Locator) -> None:
        """One more."""
        self.clicks += 1
        what.click()

    def search(self, words: str) -> None:
        """Type where it is searched, and see the answer."""
        self.page.get_by_role("searchbox", name="Search", exact=True).fill(words)
        self.page.wait_for_url(f"**q={words}*")

    def add_first(self, count: int, so_far: int) -> None:
        """Add the first ones of what is found."""
        for number in range(count):
            self.click(self.page.get_by_role("button", name="Add ").nth(number))
            expect(self.page.locator("[data-row]")).to_have_count(so_far + number + 1)

    def figure(self, row: int, label: str, value: str) -> None:
        """Type a figure."""
        field = self.page.locator("[data-row]").nth(row).get_by_label(label, exact=True)
        field.fill(value)
        field.blur()


@pytest.mark.parametrize(
    "size", [pytest.param(DESKTOP, id="desktop"), pytest.param(NARROW, id="phone", marks=pytest.mark.only_whole)]
)
def test_four_exercises_two_doses_one_side_and_the_link_in_eight_clicks(
    desk_of: SignIn, new_context: NewContext, size: dict[str, int]
):
    desk = desk_of("practitioner")
    page = desk.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size(size)
    page.goto("/admin/")
    counted = Counted(page)
    counted.click(page.get_by_role("main").get_by_role("link", name="New programme"))
    expect(page.get_by_role("heading", name="New programme", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    counted.search("calf")
    counted.add_first(2, 0)
    counted.search("neck")
    counted.add_first(2, 2)
    counted.click(page.get_by_role("button", name="Left", exact=True))
    expect(page.locator("[data-row]").nth(3).get_by_label("Side", exact=True)).to_have_value("left")
    counted.figure(0, "Hold (seconds)", "40")
    counted.figure(3, "Repetitions", "4")
    # At the top, with nothing under way: the head of the admin stays in place, over half of what is scrolled there.
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('*').forEach((each) => { each.scrollTop = 0; })")
    assert violations(page) == []
    counted.click(page.get_by_role("button", name="Make the link now"))
    counted.click(page.get_by_role("button", name="Copy", exact=True))
    expect(page.get_by_text("Copied")).to_be_attached()
    assert counted.clicks <= MOST_CLICKS
    reading = new_context(viewport=NARROW).new_page()
    reading.goto(page.evaluate("navigator.clipboard.readText()"))
    today = reading.get_by_role("region", name="What to do today")
    expect(today).to_contain_text("Hold 40 seconds, once on the left")
    expect(today).to_contain_text("4 times on the left")
    assert desk.refused == []


def test_the_same_by_keys_alone(desk_of: SignIn):
    desk = desk_of("practitioner")
    page = desk.page
    page.goto("/admin/share/programme/")
    expect(page.get_by_role("searchbox", name="Search", exact=True)).to_be_focused()
    page.keyboard.type("calf")
    page.wait_for_url("**q=calf*")
    tab_to(page, page.get_by_role("button", name="Add ").first)
    page.keyboard.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(1)
    tab_to(page, page.get_by_role("button", name="Add ").nth(1))
    page.keyboard.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(2)
    second = page.locator("[data-row] legend").nth(1).inner_text().partition(" ")[2]
    tab_to(page, page.get_by_role("button", name=f"Move {second} up"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-row] legend").first).to_have_text(f"1. {second}")
    tab_to(page, page.get_by_role("button", name="Make the link now"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("The link", exact=True)).to_be_visible()
    assert desk.refused == []


def tab_to(page: Page, goal: Locator) -> None:
    """Press the key that goes on until the goal has the focus."""
    for _press in range(120):
        if goal.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("No key leads there.")


@pytest.mark.only_whole
def test_what_is_asked_while_an_answer_is_on_its_way_is_done_in_turn(desk_of: SignIn):
    page = desk_of("practitioner").page
    page.goto("/admin/share/programme/?q=calf")
    page.get_by_role("button", name="Add ").first.click()
    expect(page.locator("[data-row]")).to_have_count(1)
    page.route("**/share/programme/**", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.get_by_role("button", name="Add ").nth(1).click()
    page.locator("[data-row]").first.get_by_label("Repetitions", exact=True).fill("7")
    expect(page.locator("[data-row]")).to_have_count(2)
    expect(page.locator("[data-row]").first.get_by_label("Repetitions", exact=True)).to_have_value("7")
    page.locator("[data-row]").first.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Make the link now").click()
    expect(page.get_by_label("The link", exact=True)).to_be_visible()
    page.unroute_all(behavior="ignoreErrors")
    page.goto(page.get_by_label("The link", exact=True).input_value())
    expect(page.locator(".given")).to_have_count(1)


def test_a_follow_up_with_two_progressed_doses_in_six_clicks(desk_of: SignIn):
    page = desk_of("practitioner").page
    page.goto("/admin/share/programme/?q=calf")
    for number in range(2):
        page.get_by_role("button", name="Add ").nth(number).click()
        expect(page.locator("[data-row]")).to_have_count(number + 1)
    page.get_by_role("button", name="Make the link now").click()
    expect(page.get_by_label("The link", exact=True)).to_be_visible()  # the form asks who is signed in before it goes
    label = page.get_by_role("heading", level=2).first.inner_text()
    page.goto("/admin/")
    counted = Counted(page)
    counted.click(page.get_by_role("main").get_by_role("link", name="Share links"))
    counted.click(page.get_by_role("link", name=label))
    counted.click(page.get_by_role("button", name="Follow up with a new programme"))
    counted.figure(0, "Repetitions", "6")
    counted.figure(1, "Repetitions", "5")
    counted.click(page.get_by_role("button", name="Make the link now"))
    counted.click(page.get_by_role("button", name="Copy", exact=True))
    assert counted.clicks <= 6


def test_all_of_it_works_without_scripts(desk_of: SignIn, new_context: NewContext):
    signed_in = desk_of("practitioner").page.context.cookies()
    context = new_context(viewport=DESKTOP, java_script_enabled=False)
    context.add_cookies(signed_in)
    page = context.new_page()
    page.goto("/admin/share/programme/")
    page.get_by_role("searchbox", name="Search", exact=True).fill("calf")
    page.get_by_role("button", name="Search", exact=True).last.click()
    for number in range(2):
        page.get_by_role("button", name="Add ").nth(number).click()
        expect(page.locator("[data-row]")).to_have_count(number + 1)
    page.get_by_role("button", name="Right", exact=True).click()
    page.locator("[data-row]").first.get_by_label("Repetitions", exact=True).fill("6")
    page.get_by_role("button", name="Look at it and share").click()
    expect(page.get_by_role("heading", name="What the patient will see")).to_be_visible()
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_label("The link", exact=True)).to_be_visible()


def test_what_cannot_be_sent_is_said_and_stays(desk_of: SignIn):
    page = desk_of("practitioner").page
    page.goto("/admin/share/programme/?q=calf")
    page.get_by_role("button", name="Add ").first.click()
    expect(page.locator("[data-row]")).to_have_count(1)
    page.route("**/share/programme/**", lambda route: route.abort())
    repetitions = page.locator("[data-row]").first.get_by_label("Repetitions", exact=True)
    repetitions.fill("7")
    repetitions.blur()
    expect(page.get_by_text("This was not saved")).to_be_visible()
    expect(repetitions).to_have_value("7")
    page.unroute_all(behavior="ignoreErrors")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("This was not saved")).to_be_hidden()
    page.reload()
    expect(repetitions).to_have_value("7")
