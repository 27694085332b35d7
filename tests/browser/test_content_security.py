"""A reader's browser loads nothing from elsewhere and never has to refuse anything of ours."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.desk import Desk
from tests.browser.page_kinds import EACH_KIND, PHONE, STATUS, open_page
from tests.browser.serving import StorySite

REMEMBER_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event => {
    window.violations.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`);
    document.documentElement.dataset.violated = "";
});
"""


class Witness:
    """Everything a window loads, and everything it complains of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        page.add_init_script(REMEMBER_VIOLATIONS)
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url} {request.failure}"))
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("console", lambda message: self._hear(message.type, message.text))

    def _hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(f"console: {text}")

    def violations(self) -> list[str]:
        """What the policy made the browser refuse on this page."""
        return self.page.evaluate("window.violations")


@pytest.mark.parametrize("kind", EACH_KIND)
def test_nothing_is_refused_and_nothing_comes_from_elsewhere(page: Page, site: StorySite, kind: str):
    witness = Witness(page)
    open_page(page, kind)
    page.set_viewport_size(PHONE)
    page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true; })")
    page.wait_for_load_state("networkidle")
    assert witness.violations() == []
    assert witness.hosts == {urlsplit(site.address).netloc}
    # A browser says so when the page itself is answered with an error; that is its right.
    expected = [complaint for complaint in witness.complaints if str(STATUS.get(kind, "no status")) in complaint]
    assert witness.complaints == expected


@pytest.mark.parametrize(
    ("planted", "directive"),
    [
        ("const script = document.createElement('script'); script.text = 'window.ran = true';", "script-src"),
        ("const script = document.createElement('style'); script.textContent = 'p { color: red }';", "style-src"),
    ],
    ids=["script", "style"],
)
def test_code_in_the_page_itself_is_refused(page: Page, planted: str, directive: str):
    witness = Witness(page)
    open_page(page, "exercise")
    page.evaluate(f"() => {{ {planted} document.body.append(script); }}")
    page.locator("html[data-violated]").wait_for(state="attached")
    assert [violation for violation in witness.violations() if violation.startswith(directive)]
    assert not page.evaluate("window.ran")


def test_a_picture_from_elsewhere_is_refused(page: Page):
    witness = Witness(page)
    open_page(page, "exercise")
    page.evaluate("() => { new Image().src = 'http://elsewhere.invalid/figure.png'; }")
    page.locator("html[data-violated]").wait_for(state="attached")
    assert witness.violations()[0].startswith("img-src: http://elsewhere.invalid")


def test_screens_of_the_admin_start_all_they_need_and_a_script_planted_in_one_is_refused(page: Page):
    witness = Witness(page)
    for address in ("/admin/password_reset/", "/admin/login/"):
        page.goto(address)
        assert witness.violations() == []
    Desk.signed_in(page, "practitioner")
    page.goto("/admin/routines/")
    page.get_by_role("link", name="Add routine").click()
    page.get_by_role("tab", name="Exercises").wait_for()
    marks = page.locator("script[data-start]")
    assert marks.count()
    assert page.locator("script[data-start]:not([data-started])").count() == 0
    assert witness.violations() == []
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = true\">')")
    page.locator("html[data-violated]").wait_for(state="attached")
    assert witness.violations()[0].startswith("script-src")
    assert not page.evaluate("window.ran")
