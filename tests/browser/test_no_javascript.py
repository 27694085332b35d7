"""Without scripts a page says and does the same: everything is in the page itself, and every form is a form."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.page_kinds import CLINICAL_KINDS, DESKTOP, PAGE_KINDS, PHONE, open_page

#: Buttons that need a script, and are not there without one.
NEED_A_SCRIPT = {
    "Print",
    "Play movement",
    "Keep on this phone",
    "What is kept on this device",
    "Copy the link",
    "Share",
}


@pytest.fixture
def scriptless_phone(new_context: NewContext) -> Page:
    """A phone whose reader has turned scripts off."""
    return new_context(java_script_enabled=False, viewport=PHONE).new_page()


@pytest.mark.sampled(6)
@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_a_page_says_the_same_without_scripts(new_context: NewContext, page: Page, kind: str):
    scriptless = new_context(java_script_enabled=False, viewport=DESKTOP).new_page()
    said = []
    for reader in (page, scriptless):
        open_page(reader, kind)
        assert reader.locator("h1").is_visible()
        lines = reader.locator("body").inner_text().split("\n")
        said.append([line for line in lines if line.strip() not in {"", *NEED_A_SCRIPT}])
    assert len(said[0]) > 10
    assert said[0] == said[1]


@pytest.mark.parametrize("kind", CLINICAL_KINDS)
def test_all_notes_that_matter_are_seen_without_scripts(scriptless_phone: Page, kind: str):
    open_page(scriptless_phone, kind)
    notes = scriptless_phone.locator("[data-tier='1'], [data-tier='2'], [data-tier='3']")
    assert notes.count() >= 3
    for note in notes.all():
        assert note.is_visible()
        assert note.inner_text().strip()
    assert scriptless_phone.locator("details [data-note]").count() == 0


def test_the_menu_opens_without_scripts(scriptless_phone: Page):
    open_page(scriptless_phone, "exercise")
    link = scriptless_phone.locator(".menu nav").get_by_role("link", name="Routines")
    assert not link.is_visible()
    scriptless_phone.locator("summary", has_text="Menu").click()
    link.click()
    expect(scriptless_phone.locator("h1")).to_have_text("Routines")


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_filters_narrow_the_list_without_scripts(new_context: NewContext, window: dict[str, int]):
    reader = new_context(java_script_enabled=False, viewport=window).new_page()
    open_page(reader, "exercises")
    everything = reader.locator("main .card").count()
    folded = reader.locator("summary", has_text="Filters")
    if folded.is_visible():
        folded.click()
    reader.get_by_role("checkbox", name="Back of thigh").check()
    reader.get_by_role("button", name="Apply filters").click()
    expect(reader).to_have_url(re.compile("region=back_thigh"))
    unfilter = reader.get_by_role("link", name="Remove filter: Body area: Back of thigh")
    expect(unfilter).to_be_visible()
    some = reader.locator("main .card").count()
    assert 0 < some < everything
    expect(reader.locator("#results")).to_have_text(f"{some} exercises")
    unfilter.click()
    expect(reader.locator("main .card")).to_have_count(everything)


def test_search_finds_without_scripts(scriptless_phone: Page):
    open_page(scriptless_phone, "home")
    scriptless_phone.get_by_role("searchbox").fill("hamstring")
    scriptless_phone.get_by_role("button", name="Search").click()
    expect(scriptless_phone).to_have_url(re.compile("q=hamstring"))
    scriptless_phone.get_by_role("link", name="Lying hamstring stretch", exact=True).click()
    expect(scriptless_phone.locator("h1")).to_have_text("Lying hamstring stretch")
