"""Every kind of page is free of faults that axe can find, and reads in the right order to those who cannot see it."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import NewContext
from tests.browser.page_kinds import CLINICAL_KINDS, DESKTOP, EACH_KIND, PHONE, open_page

#: Rules of WCAG 2.2 that axe leaves out unless asked.
AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


#: In the dark only the colours are others.
OF_COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}


def violations(page: Page, options: dict[str, Any] = AXE_OPTIONS) -> list[str]:
    """What axe finds wrong, with the elements concerned."""
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:160]} {node['failureSummary']}" for fault in found for node in fault["nodes"]
    ]


@pytest.mark.parametrize("kind", EACH_KIND)
def test_axe_finds_nothing(new_context: NewContext, kind: str):
    # Without motion, since colours that are still changing are nobody's.
    page = new_context(viewport=DESKTOP, color_scheme="light", reduced_motion="reduce").new_page()
    open_page(page, kind)
    found = {"desktop": violations(page)}
    page.set_viewport_size(PHONE)
    found["phone"] = violations(page)
    page.emulate_media(color_scheme="dark")
    found["phone in the dark"] = violations(page, OF_COLOURS)
    page.set_viewport_size(DESKTOP)
    found["desktop in the dark"] = violations(page, OF_COLOURS)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("opened", ["Menu", "Filters (2)"])
def test_axe_finds_nothing_in_what_a_phone_folds_away(new_context: NewContext, opened: str, scheme: str):
    page = new_context(viewport=PHONE, color_scheme=scheme).new_page()
    open_page(page, "exercises filtered")
    page.locator(":is(summary, button):visible", has_text=opened).click()
    page.locator("main details details, .filters__form details").evaluate_all(
        "groups => groups.forEach(group => { group.open = true; })"
    )
    assert violations(page) == []


@pytest.mark.parametrize(("scheme", "faint"), [("light", "#eee"), ("dark", "#333")])
def test_axe_finds_what_is_planted(new_context: NewContext, scheme: str, faint: str):
    page = new_context(color_scheme=scheme).new_page()
    open_page(page, "information")
    page.evaluate(
        """faint => {
            const line = document.querySelector("main p");
            line.style.color = faint;
            document.querySelector("h1").innerHTML += "<img src='data:,'>";
        }""",
        faint,
    )
    assert {fault.split(":")[0] for fault in violations(page)} == {"color-contrast", "image-alt"}
    assert {fault.split(":")[0] for fault in violations(page, OF_COLOURS)} == {"color-contrast"}


@pytest.mark.parametrize(("kind", "instructions"), CLINICAL_KINDS.items())
def test_a_screen_reader_meets_the_safety_notes_before_what_to_do(page: Page, kind: str, instructions: str):
    open_page(page, kind)
    headings = [line for line in page.locator("main").aria_snapshot().splitlines() if "heading " in line]
    after = _place(headings, instructions)
    assert _place(headings, "Stop if") < after
    groups = [label.strip() for label in page.locator(".signs__group > h3").all_inner_texts()]
    assert {"Leave it out if", "Stop if"} <= set(groups)
    assert all(_place(headings, label) < after for label in groups)


def _place(headings: list[str], label: str) -> int:
    """Where the first heading that begins with the label stands."""
    return next(number for number, line in enumerate(headings) if f'heading "{label}' in line)


@pytest.mark.parametrize("kind", CLINICAL_KINDS)
def test_every_label_of_a_callout_is_a_heading_that_names_its_region(page: Page, kind: str):
    open_page(page, kind)
    tree = page.locator(".callouts").aria_snapshot()
    labels = page.locator(".callouts > .callout, .callouts__urgent > .callout").evaluate_all(
        "all => all.map(callout => document.getElementById(callout.getAttribute('aria-labelledby')).innerText)"
    )
    assert len(labels) >= 2
    for label in labels:
        assert f'region "{label}"' in tree
        assert f'heading "{label}' in tree


def test_the_first_key_press_offers_to_skip_to_the_content(page: Page):
    open_page(page, "exercise")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to main content"
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
