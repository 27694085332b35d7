"""What a page makes an old phone load: style sheets of at most 15 KB and scripts of at most 8 KB, 18 with the player.

Measured as they travel: compressed, with every script that a script imports.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.stretchsite import small_site

pytestmark = pytest.mark.django_db

KILOBYTE = 1024
#: Style sheets and scripts of a page, and the scripts of one with the player.
MOST_STYLE, MOST_SCRIPT, MOST_SCRIPT_OF_THE_PLAYER = 15 * KILOBYTE, 8 * KILOBYTE, 18 * KILOBYTE

PAGES = {
    "home": "/",
    "hub": "/conditions/tight-calves/",
    "exercises": "/exercises/",
    "exercise": "/exercises/wall-calf-stretch/",
    "follow an exercise": "/exercises/wall-calf-stretch/follow/",
    "routine": "/routines/calves/",
    "follow a routine": "/routines/calves/follow/",
    "search": "/search/?q=calf",
    "information": "/privacy/",
    "diary": "/diary/",
    "offline": "/offline/",
}
STYLE = re.compile(r'<link rel="stylesheet" href="/static/([^"]+)"')
SCRIPT = re.compile(r'<script[^>]* src="/static/([^"]+)"')
IMPORT = re.compile(r"""(?:from|import)\s*\(?["'](\.[^"']+)["']""")


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    with small_site.standing(django_db_blocker):
        yield


def content(name: str) -> str:
    with open(finders.find(name), encoding="utf-8") as file:  # noqa: PTH123  (finders give text, not paths)
        return file.read()


def weight(names: set[str]) -> int:
    """Bytes of these files, each compressed by itself, as a server sends them."""
    return sum(len(gzip.compress(content(name).encode(), 6)) for name in names)


def with_imports(names: set[str]) -> set[str]:
    """The scripts, and every script they import."""
    loaded: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in loaded:
            continue
        loaded.add(name)
        waiting += [_beside(name, imported) for imported in IMPORT.findall(content(name))]
    return loaded


def _beside(name: str, imported: str) -> str:
    parts = list(PurePosixPath(name).parent.parts)
    for step in PurePosixPath(imported).parts:
        if step == "..":
            parts.pop()
        elif step != ".":
            parts.append(step)
    return "/".join(parts)


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_no_page_loads_more_than_an_old_phone_can_bear(everything: None, client: Client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    html = response.content.decode()
    styles, scripts = set(STYLE.findall(html)), with_imports(set(SCRIPT.findall(html)))
    assert styles
    has_player = address.endswith("/follow/")
    assert weight(styles) <= MOST_STYLE
    assert weight(scripts) <= (MOST_SCRIPT_OF_THE_PLAYER if has_player else MOST_SCRIPT)


def test_the_service_worker_is_small(everything: None):
    assert weight({"stretchsite/js/service-worker.js"}) <= 2.5 * KILOBYTE


def test_imports_are_counted():
    assert "stretchsite/js/memory.js" in with_imports({"stretchsite/js/player/player.js"})
