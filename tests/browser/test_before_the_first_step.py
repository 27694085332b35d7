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
#: Words before the first step, at most.
WORDS = {"exercises": 150, "routines": 220}
SCREENS, SHARE_OF_WORDS, SHARE_OF_PAGE = 2.2, 0.45, 1.1
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
  return {first: first.getBoundingClientRect().top, start: start.getBoundingClientRect().bottom, words,
          page: document.documentElement.scrollHeight};
}"""


def measured(page: Page, site: StorySite, address: str) -> dict[str, Any]:
    """What a reader meets on the page, once its scripts have run."""
    page.goto(site.url(address), wait_until="networkidle")
    return page.evaluate(MEASURE)


@pytest.mark.parametrize("address", WITH_STEPS)
def test_first_step_is_near_and_start_on_the_first_screen(new_context: NewContext, site: StorySite, address: str):
    height, before = PHONE["height"], BEFORE[address]
    found = measured(new_context(viewport=PHONE).new_page(), site, address)
    assert found["first"] <= SCREENS * height
    assert found["start"] <= height
    assert found["words"] <= min(WORDS[address.split("/")[1]], SHARE_OF_WORDS * before["words"])
    assert found["page"] <= SHARE_OF_PAGE * before["page"] * height


@pytest.mark.parametrize("address", ["/exercises/wall-calf-stretch/", "/routines/daily-legs/"])
def test_start_is_on_the_first_screen_of_a_wide_window_too(new_context: NewContext, site: StorySite, address: str):
    assert measured(new_context(viewport=DESKTOP).new_page(), site, address)["start"] <= DESKTOP["height"]
