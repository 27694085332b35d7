"""A save never overtakes the editor's own: one person in one window is not taken for two."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import APIResponse, Page, Request, Route, expect

from tests.browser.conftest import PATIENCE, SignIn
from tests.browser.desk import Desk
from tests.browser.serving import StorySite


@pytest.fixture
def site(written_site: StorySite) -> StorySite:
    """These stories write."""
    return written_site


def is_autosave(request: Request) -> bool:
    """Whether the editor asks this of its own accord, to save."""
    is_of_a_page = "/admin/pages/" in request.url
    return is_of_a_page and request.method == "POST" and request.headers.get("accept") == "application/json"


def says(request: Request, words: str) -> bool:
    """Whether these words are sent with it."""
    return words.encode() in (request.post_data_buffer or b"")


class LateAnswers:
    """The server does what the editor asks of its own accord, but the editor hears of it only when it is told to."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.is_late = True
        self.kept: list[tuple[Route, APIResponse]] = []
        page.route(re.compile("/admin/pages/"), self._keep)

    def _keep(self, route: Route) -> None:
        if self.is_late and is_autosave(route.request):
            self.kept.append((route, route.fetch()))
        else:
            route.continue_()

    def wait_for_one(self) -> None:
        """Until the server has done something."""
        while not self.kept:
            self.page.wait_for_timeout(100)

    def arrive(self) -> None:
        """Tell the editor, and be late no more."""
        self.is_late = False
        for route, response in self.kept:
            route.fulfill(response=response)


def save_while_it_saves_by_itself(desk: Desk, title: str) -> None:
    """Press "Save draft" after the server has kept the autosave and before the editor knows."""
    desk.wait_until_the_editor_watches()
    answers = LateAnswers(desk.page)
    desk.entitle("The exercise", title)
    answers.wait_for_one()
    desk.page.get_by_role("button", name="Save draft").click()
    answers.arrive()
    expect(desk.page.locator(".messages .success")).to_contain_text(re.compile("created|updated|saved"))
    expect(desk.page.get_by_role("heading", level=1, name=title)).to_be_visible()


@pytest.mark.only_whole
def test_save_waits_for_the_editors_own(desk_of: SignIn):
    desk = desk_of("practitioner")
    desk.open_list("Exercises")
    desk.add("exercise")
    save_while_it_saves_by_itself(desk, "Saved at the same moment")
    save_while_it_saves_by_itself(desk, "Saved at the same moment again")


def test_f21_what_is_typed_while_the_answer_is_on_its_way_is_saved_too(desk_of: SignIn):
    desk = desk_of("practitioner")
    desk.open_list("Exercises")
    desk.add("exercise")
    desk.wait_until_the_editor_watches()
    answers = LateAnswers(desk.page)
    desk.entitle("The exercise", "First words")
    answers.wait_for_one()
    title = desk.page.locator("#id_title")
    title.evaluate("(field) => { field.value = 'First words, and the last'; }")
    saved: list[str] = []
    desk.page.on("requestfinished", lambda request: saved.append(request.url) if is_autosave(request) else None)
    answers.arrive()
    # The save that was late, and one of its own accord for what was typed since.
    for _ in range(PATIENCE // 100):
        if len(saved) > 1:
            break
        desk.page.wait_for_timeout(100)
    desk.page.reload()
    expect(title).to_have_value("First words, and the last")


def test_nothing_is_saved_once_it_has_been_sent_to_approve(desk_of: SignIn):
    """A slow answer left time for that: a draft in the approver's name, who could approve nothing of it any more."""
    desk = desk_of("practitioner")
    desk.open_list("Exercises")
    desk.add("exercise")
    desk.wait_until_the_editor_watches()
    sent: list[str] = []
    desk.page.route(re.compile("/admin/pages/"), lambda route: (sent.append(route.request.method), route.abort()))
    desk.entitle("The exercise", "Sent to approve")
    desk.page.evaluate("window.jQuery('form[data-edit-form]').submit()")
    desk.page.wait_for_timeout(1500)
    assert sent == ["POST"]


def test_what_is_typed_after_a_refusal_or_at_once_is_saved_by_the_editor_as_ever(desk_of: SignIn):
    """A form that was refused counts as changed from the first; saved once so, it was not watched any more."""
    desk = desk_of("practitioner")
    desk.open_list("Exercises")
    desk.add("exercise")
    desk.entitle("The exercise", "Not ready")
    desk.save_draft()
    desk.wait_until_the_editor_watches()
    with desk.page.expect_event("requestfinished", is_autosave):
        desk.submit()
        expect(desk.page.locator(".messages .error")).to_be_visible()
    title = desk.tab("The exercise").locator("#id_title")
    title.fill("Not ready, yet")
    with desk.page.expect_event("requestfinished", lambda request: is_autosave(request) and says(request, "yet")):
        title.blur()
    # A reload would send what was refused once more, and with the name of its tab nothing would be fetched.
    desk.page.goto(desk.page.url.partition("#")[0])
    expect(title).to_have_value(re.compile("yet"))
    # Typed before the editor watches, and nothing after it.
    assert desk.page.locator("html[data-editor-watches]").count() == 0
    with desk.page.expect_event("requestfinished", lambda request: is_autosave(request) and says(request, "at once")):
        title.press_sequentially(" at once")
