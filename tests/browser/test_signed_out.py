"""F01, F02, F18: the session ends or the network goes while somebody writes; nothing typed is lost, and it is saved."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.building import password_of
from tests.browser.conftest import SignIn
from tests.browser.desk import Desk
from tests.browser.serving import StorySite

TYPED = "Written while nobody was signed in any more"
SESSION = "sessionid"
AUTOSAVE_FAILS = """
document.body.dataset.before = "";
const form = document.querySelector("form[data-edit-form]");
const fails = { bubbles: true, detail: { type: "server_error" } };
setInterval(() => form.dispatchEvent(new CustomEvent("w-autosave:error", fails)), 300);
"""
ADDING = "**/admin/pages/add/**"
KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('typed|')).length"


@pytest.fixture
def site(written_site: StorySite) -> StorySite:
    """These stories write."""
    return written_site


def open_condition(desk: Desk) -> Locator:
    """A form that saves nothing by itself, with all but one field filled in."""
    desk.page.goto("/admin/snippets/clinical/condition/add/")
    desk.page.locator("[name=name]").fill("Stiff ankles")
    desk.page.locator("[name=slug]").fill("stiff-ankles")
    return desk.page.locator("[name=aliases]")


def open_exercise(desk: Desk) -> Page:
    """A form that the editor saves by itself, and nobody signed in any more."""
    desk.open_list("Exercises")
    desk.add("exercise")
    desk.wait_until_the_editor_watches()
    sign_out_behind_its_back(desk.page)
    return desk.page


def bar(page: Page) -> Locator:
    """What is said above a form that cannot be saved."""
    return page.locator("#session-bar")


def sign_out_behind_its_back(page: Page) -> None:
    """As after twelve hours. An answer on its way would bring the session back."""
    page.wait_for_timeout(1000)
    page.context.clear_cookies(name=SESSION)


def sign_in(page: Page, account: str) -> None:
    """In a window that shows the sign-in page."""
    page.get_by_role("textbox", name="Username").fill(account)
    page.get_by_role("textbox", name="Password").fill(password_of(account))
    page.get_by_role("button", name="Sign in").click()


def be_signed_out_once_more(page: Page) -> None:
    """Signed in again, and out once more before the editor has saved anything."""

    refused: list[Route] = []

    def refuse_who_is_back(route: Route) -> None:
        if refused or not any(cookie["name"] == SESSION for cookie in page.context.cookies()):
            return route.continue_()
        refused.append(route)
        page.context.clear_cookies(name=SESSION)
        return route.fulfill(status=403)

    page.route(ADDING, refuse_who_is_back)


def sign_in_beside(page: Page, account: str) -> None:
    """In the window that the form opens."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in (opens a new window)").click()
    sign_in(opened.value, account)


def save(page: Page) -> None:
    """Press what saves."""
    page.get_by_role("button", name=re.compile("^Save")).first.click()


def expect_saved(page: Page) -> None:
    """See that it worked."""
    expect(page.locator(".messages .success")).to_be_visible()


def test_f01_signed_out_while_writing_signs_in_beside_the_form_and_it_is_saved(desk_of: SignIn):
    desk = desk_of("safety-officer")
    field, page = open_condition(desk), desk.page
    field.fill(TYPED)
    sign_out_behind_its_back(page)
    save(page)
    expect(bar(page)).to_contain_text("You are signed out.")
    expect(field).to_have_value(TYPED)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in (opens a new window)").click()
    sign_in(opened.value, "safety-officer")
    expect(opened.value.get_by_role("heading", name="You are signed in as safety-officer")).to_be_visible()
    expect_saved(page)
    page.get_by_role("link", name="Stiff ankles").first.click()
    expect(field).to_have_value(TYPED)
    assert page.evaluate(KEPT) == 0


def test_f02_signed_in_again_in_a_second_tab_the_first_saves(desk_of: SignIn):
    desk = desk_of("safety-officer")
    field, page = open_condition(desk), desk.page
    field.fill(TYPED)
    sign_out_behind_its_back(page)
    second = page.context.new_page()
    second.goto("/admin/")
    sign_in(second, "safety-officer")
    expect(second.get_by_role("navigation", name="Main menu")).to_be_visible()
    save(page)
    expect_saved(page)


def test_nothing_is_saved_in_the_name_of_somebody_else(desk_of: SignIn):
    desk = desk_of("safety-officer")
    field, page = open_condition(desk), desk.page
    field.fill(TYPED)
    sign_out_behind_its_back(page)
    second = page.context.new_page()
    second.goto("/admin/")
    sign_in(second, "second-safety-officer")
    expect(second.get_by_role("navigation", name="Main menu")).to_be_visible()
    save(page)
    expect(bar(page)).to_contain_text("Somebody else is signed in now: second-safety-officer.")
    expect(field).to_have_value(TYPED)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in as yourself").click()
    opened.value.get_by_role("button", name="Sign in as somebody else").click()
    sign_in(opened.value, "safety-officer")
    expect_saved(page)


def test_what_the_editor_saves_by_itself_is_saved_after_signing_in_too(desk_of: SignIn):
    page = open_exercise(desk_of("practitioner"))
    title = page.locator("#id_title")
    title.fill(TYPED)
    expect(bar(page)).to_contain_text("You are signed out.")
    expect(title).to_be_focused()
    title.press_sequentially(", and on")
    be_signed_out_once_more(page)
    with page.expect_response(lambda answer: answer.status == 403 and "/admin/pages/add/" in answer.url):
        sign_in_beside(page, "practitioner")
    expect(bar(page)).to_contain_text("You are signed out.")
    sign_in_beside(page, "practitioner")
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.reload()
    expect(title).to_have_value(f"{TYPED}, and on")
    expect(page.get_by_role("region", name="What was typed before")).to_have_count(0)


def test_what_was_sent_while_signed_out_is_not_forgotten_for_what_the_editor_saves_by_itself(desk_of: SignIn):
    page = open_exercise(desk_of("practitioner"))
    page.locator("#id_title").fill("Sent while nobody was signed in")
    save(page)
    expect(bar(page)).to_contain_text("You are signed out.")
    # What it had tried to save by itself fails meanwhile, and is asked about before the form itself tries again.
    page.evaluate(AUTOSAVE_FAILS)
    second = page.context.new_page()
    second.goto("/admin/")
    sign_in(second, "practitioner")
    expect(page.locator("body:not([data-before]) .messages li").first).to_be_visible()


def test_a_reload_offers_what_was_typed_and_it_comes_back_with_its_rows(desk_of: SignIn):
    desk = desk_of("safety-officer")
    field, page = open_condition(desk), desk.page
    field.fill(TYPED)
    page.get_by_role("button", name="Add code").click()
    page.locator("[name=codes-0-code]").fill("G25.81")
    page.wait_for_timeout(500)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(field).not_to_have_value(TYPED)
    page.get_by_role("button", name=re.compile(r"Bring back what was typed at \d\d:\d\d")).click()
    expect(field).to_have_value(TYPED)
    expect(page.locator("[name=codes-0-code]")).to_have_value("G25.81")
    assert page.evaluate(KEPT) == 1
    page.goto("/admin/")
    page.get_by_role("button", name=re.compile("safety-officer")).click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("textbox", name="Password")).to_be_visible()
    assert page.evaluate(KEPT) == 0


def test_f18_without_a_connection_a_form_stays_and_is_saved_when_it_is_back(desk_of: SignIn):
    desk = desk_of("safety-officer")
    field, page = open_condition(desk), desk.page
    field.fill(TYPED)
    page.context.set_offline(True)
    save(page)
    expect(bar(page)).to_contain_text("There is no connection.")
    expect(field).to_have_value(TYPED)
    page.context.set_offline(False)
    expect_saved(page)


@pytest.mark.only_whole
def test_a_programme_and_the_share_screen_wait_for_signing_in(desk_of: SignIn):
    page = desk_of("practitioner").page
    page.goto("/admin/share/programme/?q=calf")
    page.get_by_role("button", name="Add ").first.click()
    expect(page.locator("[data-row]")).to_have_count(1)
    sign_out_behind_its_back(page)
    repetitions = page.locator("[data-row]").first.get_by_label("Repetitions", exact=True)
    repetitions.fill("7")
    repetitions.blur()
    expect(bar(page)).to_contain_text("You are signed out.")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in (opens a new window)").click()
    sign_in(opened.value, "practitioner")
    expect(bar(page)).to_be_hidden()
    opened.value.close()
    page.get_by_role("button", name="Look at it and share").click()
    page.get_by_label("Note to the patient").fill("Slowly on the stairs.")
    page.wait_for_timeout(500)
    assert page.evaluate(KEPT) == 0
    page.reload()
    expect(page.get_by_label("Note to the patient")).to_have_value("Slowly on the stairs.")
    sign_out_behind_its_back(page)
    page.get_by_role("button", name="Make the link").click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in (opens a new window)").click()
    sign_in(opened.value, "practitioner")
    expect(page.get_by_label("The link", exact=True)).to_be_visible()
    page.wait_for_timeout(500)
    assert page.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('typed')).length") == 0
