"""A phone that keeps things of the site, and what happens at the site meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE

ROUTINE = "/routines/restless-legs-during-an-attack/"

#: Programs for the site's own process: what an editor does meanwhile.
WITHDRAW = """
from clinical.models import User, Withdrawal
from exercises.models import ExercisePage
calf = ExercisePage.objects.get(slug="wall-calf-stretch")
by = User.objects.get(username="reviewer")
Withdrawal.objects.create(content_key=calf.content_key, title=calf.title, reason="It did harm.", withdrawn_by=by)
"""

UNPUBLISH = """
from routines.models import RoutinePage
RoutinePage.objects.get(slug="restless-legs-during-an-attack").unpublish()
"""

#: Hands the routine to a patient; prints the token.
SHARE = """
from clinical.models import User
from routines.models import RoutinePage
from tools.bench.shared_link import link_to
routine = RoutinePage.objects.get(slug="restless-legs-during-an-attack")
print(link_to(routine, User.objects.get(username="practitioner")))
"""

REVOKE = """
from sharing.models import ShareLink
for link in ShareLink.objects.all():
    link.revoke()
"""


@contextmanager
def a_phone(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """A phone that may keep things of the site at this address."""
    context = chromium.new_context(base_url=address, viewport={"width": 360, "height": 800})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def kept(phone: BrowserContext, address: str = ROUTINE) -> Page:
    """The page, kept."""
    page = phone.new_page()
    page.goto(address)
    page.get_by_role("button", name="Keep on this phone").click()
    expect(page.locator("[data-keep-said]")).to_contain_text("Kept on this device since")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def wait_until(page: Page, promise: str) -> None:
    """Wait until what the promise gives is true; a promise itself always is, so it is asked again and again."""
    for _ in range(PATIENCE // 200):
        if page.evaluate(promise):
            return
        page.wait_for_timeout(200)
    raise AssertionError(promise)


def copies(page: Page) -> list[str]:
    """The names of what is kept."""
    return page.evaluate("caches.keys().then(names => names.filter(name => name.startsWith('kept:')))")
