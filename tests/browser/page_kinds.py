"""One address of each kind of page that a reader can meet, and the windows it is met in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

#: By kind. Filters and searches are written as their forms write them.
PAGE_KINDS = {
    "home": "/",
    "conditions": "/conditions/",
    "hub": "/conditions/low-back-pain/",
    "exercises": "/exercises/",
    "exercises filtered": "/exercises/?region=back_thigh&position=standing",
    "exercises, nothing fits": "/exercises/?region=hand&position=prone",
    "exercise": "/exercises/raised-leg-hamstring-stretch/",
    "exercise with a ball": "/exercises/neck-release-with-a-ball/",
    "routines": "/routines/",
    "routines filtered": "/routines/?region=back_thigh&moment=before_bed",
    "routines, nothing fits": "/routines/?region=hand",
    "routine": "/routines/restless-legs-before-bed/",
    "routine to take along": "/routines/restless-legs-before-bed/share/",
    "telling": "/routines/restless-legs-before-bed/tell/",
    "information": "/is-it-safe/",
    "search": "/search/",
    "search with results": "/search/?q=hamstring",
    "search without results": "/search/?q=xylophone",
    "search refused": f"/search/?q={'long' * 510}",
    "code": "/code/",
    "not found": "/exercises/taken-out/",
}

#: The same for tests with a case of each: what looks like another kind already is tried by ``make test-whole``.
EACH_KIND = [
    pytest.param(kind, marks=pytest.mark.only_whole if "," in kind or "filtered" in kind else ()) for kind in PAGE_KINDS
]

#: The kinds that are not answered with 200.
STATUS = {"search refused": 400, "not found": 404}

#: The kinds that carry safety notes, and the heading of what the notes must come before.
CLINICAL_KINDS = {
    "hub": "What it is",
    "exercise": "How to do it",
    "exercise with a ball": "How to do it",
    "routine": "The exercises",
}

#: Pixels.
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


def open_page(page: Page, kind: str) -> None:
    """Open the page of a kind and make sure that it is the one meant."""
    response = page.goto(PAGE_KINDS[kind])
    assert response is not None
    assert response.status == STATUS.get(kind, 200)
