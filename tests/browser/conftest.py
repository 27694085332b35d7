"""The browser stories: a whole site under gunicorn, read in a real Chromium.

Without a browser they are skipped, and say so. They share one site, which takes a while to build, and two servers of
it: with pytest-xdist, ``--dist loadgroup`` keeps the stories of each on one worker.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from testing.browsers import answers, installed_browser
from tests.browser import serving
from tests.browser.desk import Desk
from tests.browser.page_kinds import DESKTOP
from tests.browser.serving import StorySite

HERE = Path(__file__).parent

#: Why a story was not told; ``.ci/run`` looks for the words.
NO_BROWSER = "NO BROWSER: the browser stories were NOT run. Install Chromium, or name one: STRETCHSITE_BROWSER=/path"

BROWSER_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

#: Nothing on this site takes longer, even on a busy machine; milliseconds.
PATIENCE = 20_000

NewContext = Callable[..., BrowserContext]
SignIn = Callable[[str], Desk]


# First, because xdist reads the groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser story. Those that write belong on one worker, those that read on one."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            writes = "written_site" in getattr(item, "fixturenames", ())
            item.add_marker(pytest.mark.xdist_group("browser, writing" if writes else "browser, reading"))
            # Chromium on a busy machine may be late once; pytest's summary counts the reruns, so it is never hidden.
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The browser that was named, or one that is installed; else the stories are skipped. Nothing is installed here."""
    named = os.environ.get("STRETCHSITE_BROWSER", "")
    if named and not answers(named):
        pytest.fail(f"STRETCHSITE_BROWSER={named} does not start")
    path = named or installed_browser()
    if path is None:
        pytest.skip(NO_BROWSER)
    return path


@pytest.fixture(scope="session")
def site(browser_path: str, built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StorySite]:
    """The site, served until the last story is told. Stories only read it; one that writes has a copy of its own."""
    folder = shutil.copytree(built_site, tmp_path_factory.mktemp("site"), dirs_exist_ok=True)
    with serving.served(folder) as running:
        yield running


@pytest.fixture(scope="package")
def writing_server(
    browser_path: str, built_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StorySite]:
    """A second site, served for the stories that write: one after the other, each from the same beginning."""
    folder = shutil.copytree(built_site, tmp_path_factory.mktemp("written"), dirs_exist_ok=True)
    with serving.served(folder) as running:
        yield running


@pytest.fixture
def written_site(writing_server: StorySite, built_site: Path) -> Iterator[StorySite]:
    """The site of one story that may write to it: its ``site``. A story told again starts afresh."""
    serving.begin_again(built_site, writing_server)
    yield writing_server
    assert writing_server.errors() == []


# Not for the whole session: while Playwright runs, its event loop makes Django refuse the database to other tests.
@pytest.fixture(scope="package")
def chromium(browser_path: str) -> Iterator[Browser]:
    """The running browser."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        running = playwright.chromium.launch(executable_path=browser_path, args=BROWSER_OPTIONS)
        yield running
        running.close()


@pytest.fixture
def new_context(chromium: Browser, site: StorySite) -> Iterator[NewContext]:
    """Makes a reader: a profile without history or cookies. Takes Playwright's options for a context."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = chromium.new_context(base_url=site.address, **options)
        context.set_default_timeout(PATIENCE)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """A reader's window of 1280 by 800 pixels."""
    return new_context(viewport={"width": 1280, "height": 800}).new_page()


@pytest.fixture
def desk_of(new_context: NewContext, site: StorySite) -> Iterator[SignIn]:
    """Somebody at work, each in a browser profile of their own. In the end, no browser may have refused anything.

    They are signed in already, with no page open. How one signs in is told by ``test_signed_out.py`` and
    ``test_content_security.py``.
    """
    desks: list[Desk] = []

    def sign_in(account: str) -> Desk:
        desks.append(Desk.with_session(new_context(viewport=DESKTOP).new_page(), account, site))
        return desks[-1]

    yield sign_in
    assert [refusal for desk in desks for refusal in desk.refused] == []
