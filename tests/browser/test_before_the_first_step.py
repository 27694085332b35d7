"""How much stands before the first move: on a phone, for every page of the starter library; and where Start is.

``before_signs_in_short.json`` holds what the same pages had when every note stood in full above the first step: screens
of 740 pixels before it, words before it, screens of the whole page.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewContext
from tests.browser.page_kinds import PHONE
from tests.browser.serving import StorySite

BEFORE: dict[str, dict[str, float]] = json.loads(
    (Path(__file__).parent / "before_signs_in_short.json").read_text(encoding="utf-8")
)
WITH_STEPS = [address for address in BEFORE if not address.startswith("/conditions/")]
#: Pages written since, which never had every note in full above the first step.
SINCE = (
    *("/exercises/chair-chest-stretch/", "/exercises/chair-upper-body-twist/", "/exercises/chair-march/"),
    *("/exercises/chair-ankle-bends/", "/exercises/chair-arm-raises/", "/exercises/chair-head-turns/"),
    *("/exercises/chair-knee-straightening/", "/exercises/chair-hamstring-stretch/", "/exercises/chair-side-bend/"),
    *("/exercises/bed-ankle-bends/", "/exercises/bed-knee-press/", "/exercises/bed-heel-slides/"),
    *("/exercises/bed-arm-lifts/", "/routines/in-a-chair/", "/routines/in-bed/"),
)
#: Words on the card, at most.
WORDS = {"exercises": 150, "routines": 220}
SCREENS, SHARE_OF_WORDS, SHARE_OF_PAGE = 2.2, 0.45, 1.1

#: What stands over a bound, and by how much: their signs are those of back and leg together, or of neck, back and leg.
#: Over budget all stand, nothing folds, and no tier is lowered for it.
CARD_OF = {
    "/exercises/glute-bridge/": 166,
    "/exercises/lying-hamstring-stretch/": 175,
    "/routines/release-then-stretch/": 234,
}
SCREENS_OF = {"/routines/release-then-stretch/": 2.35}
#: The bridge works the low back and the back of the thigh too, and has had their notes only since then.
SHARE_OF_WORDS_OF = {"/exercises/glute-bridge/": 0.6}
SHARE_OF_PAGE_OF = {"/exercises/glute-bridge/": 1.3}
DESKTOP = {"width": 1280, "height": 900}

#: Where the first step begins, where Start ends, how long the page is, in pixels; and the words a reader sees before
#: the first step.
MEASURE = """() => {
  const first = document.querySelector(".steps, .timeline");
  const start = [...document.querySelectorAll(".button--primary")].find(button => button.checkVisibility());
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  let words = 0;
  while (texts.nextNode()) {
    const text = texts.currentNode, element = text.parentElement;
    if (first.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING) break;
    if (element.closest("svg, .visually-hidden") || !element.checkVisibility()) continue;
    words += text.textContent.split(/\\s+/).filter(Boolean).length;
  }
  const card = document.querySelector(".signs").innerText.split(/\\s+/).filter(Boolean).length;
  return {card, first: first.getBoundingClientRect().top, start: start.getBoundingClientRect().bottom, words,
          page: document.documentElement.scrollHeight};
}"""


def measured(page: Page, site: StorySite, address: str) -> dict[str, Any]:
    """What a reader meets on the page, once its scripts have run."""
    page.goto(site.url(address))  # which waits for the scripts
    return page.evaluate(MEASURE)


def over_bounds(address: str, found: dict[str, Any]) -> list[str]:
    """What of a page is over its bound, each with both figures."""
    height, before, kind = PHONE["height"], BEFORE.get(address), address.split("/")[1]
    bounds = {
        "first": SCREENS_OF.get(address, SCREENS) * height,
        "start": height,
        "card": CARD_OF.get(address, WORDS[kind]),
    }
    if before:
        bounds["words"] = SHARE_OF_WORDS_OF.get(address, SHARE_OF_WORDS) * before["words"]
        bounds["page"] = SHARE_OF_PAGE_OF.get(address, SHARE_OF_PAGE) * before["page"] * height
    return [f"{address} {name}: {found[name]} of {most}" for name, most in bounds.items() if found[name] > most]


def test_first_step_is_near_and_start_on_the_first_screen_of_every_page(new_context: NewContext, site: StorySite):
    page = new_context(viewport=PHONE).new_page()
    over = [fault for address in WITH_STEPS for fault in over_bounds(address, measured(page, site, address))]
    assert over == []


def test_first_step_is_near_on_the_pages_written_since(new_context: NewContext, site: StorySite):
    page = new_context(viewport=PHONE).new_page()
    assert [fault for address in SINCE for fault in over_bounds(address, measured(page, site, address))] == []


@pytest.mark.parametrize("address", ["/exercises/wall-calf-stretch/", "/routines/daily-legs/"])
def test_start_is_on_the_first_screen_of_a_wide_window_too(new_context: NewContext, site: StorySite, address: str):
    assert measured(new_context(viewport=DESKTOP).new_page(), site, address)["start"] <= DESKTOP["height"]
