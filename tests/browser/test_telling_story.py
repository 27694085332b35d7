"""A reader whom an exercise hurt tells so on a phone: when to stop and whom to call come first; no cookie is set."""

from __future__ import annotations

from tests.browser.conftest import NewContext
from tests.browser.page_kinds import PHONE, open_page
from tests.browser.test_accessibility import violations
from tests.browser.test_narrow_screens import width_needed


def test_reader_tells_that_a_step_hurt(new_context: NewContext):
    page = new_context(viewport=PHONE).new_page()
    open_page(page, "exercise")
    page.get_by_role("link", name="Did it hurt, or was something unclear?").click()
    page.get_by_label("It hurt, or I felt unwell").check()
    page.get_by_label("What is it about?").select_option("1")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="First: stop, and look after yourself").wait_for()
    assert "Nobody reads this at once" in page.inner_text("main")
    assert page.locator("main a[href='tel:999']").first.is_visible()
    send = page.get_by_role("button", name="I have read this. Send it")
    stop = page.get_by_role("heading", name="Stop if").bounding_box()
    assert stop["y"] < send.bounding_box()["y"]
    assert violations(page) == []
    assert width_needed(page) <= PHONE["width"]
    for call in page.locator("main .tell-calls a").all():
        box = call.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert width_needed(page) <= PHONE["width"]
    open_page(page, "exercise")
    page.go_back()
    send.wait_for()
    send.click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert violations(page) == []
    assert page.context.cookies() == []
