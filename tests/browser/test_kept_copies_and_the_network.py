"""A kept copy when the network fails, when the site has a new release, and when any of its addresses is gone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.between import Between, between
from tests.browser.meanwhile import meanwhile
from tests.browser.phones import (
    REVOKE,
    ROUTINE,
    SHARE,
    UNPUBLISH,
    WITHDRAW,
    a_phone,
    copies,
    kept,
    wait_until,
)
from tests.browser.serving import StorySite

NOTHING_KEPT = "caches.keys().then(names => names.every(name => !name.startsWith('kept:')))"


@pytest.fixture
def network(written_site: StorySite) -> Iterator[Between]:
    """The network between the phone and a site of the story's own."""
    with between(written_site) as standing:
        yield standing


@pytest.fixture
def phone(chromium: Browser, network: Between) -> Iterator[BrowserContext]:
    """A phone behind it."""
    with a_phone(chromium, network.address) as context:
        yield context


def age(page: Page, days: int) -> None:
    """As if the copies had been confirmed so many days ago."""
    page.evaluate(
        """async days => {
            for (const name of (await caches.keys()).filter(each => each.startsWith("kept:"))) {
                const cache = await caches.open(name);
                const facts = await (await cache.match("/kept-facts")).json();
                facts.savedAt = new Date(Date.now() - days * 86400000).toISOString();
                await cache.put("/kept-facts", new Response(JSON.stringify(facts)));
            }
        }""",
        days,
    )


def confirmed_at(page: Page) -> str:
    return page.evaluate("caches.match('/kept-facts').then(it => it.json()).then(facts => facts.savedAt)")


@pytest.mark.sampled(1)
@pytest.mark.parametrize("status", [502, 503])
def test_a_failure_shows_the_copy_like_no_network(phone: BrowserContext, network: Between, status: int):
    page = kept(phone)
    network.failing, network.status = ("/",), status
    for path in ("", "?utm_source=x&fbclid=y", ")."):
        page.goto(ROUTINE + path)
        expect(page.locator(".kept-banner")).to_contain_text("Saved copy from")
    page.goto(f"{ROUTINE}follow/")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("[data-part=figure] svg").first).to_be_visible()


def test_what_hangs_on_an_address_does_not_matter_without_a_network(phone: BrowserContext):
    page = kept(phone)
    phone.set_offline(True)
    for path in ("?fbclid=x", ")", "follow/?utm_medium=mail", "follow,", "%E2%80%8B"):
        page.goto(ROUTINE + path)
        expect(page.locator(".kept-banner")).to_contain_text("Saved copy from")


@pytest.mark.parametrize("told_by", ["follow/", "handout.pdf", "routine.ics"])
def test_a_link_that_ended_is_forgotten_whichever_address_tells(
    phone: BrowserContext, network: Between, written_site: StorySite, told_by: str
):
    address = f"/s/{meanwhile(written_site, SHARE)}/"
    page = kept(phone, address)
    meanwhile(written_site, REVOKE)
    # No script of a page asks, so what is told by this address alone is what counts.
    tells = "path => fetch(path).then(answer => answer.status)"
    assert page.evaluate(tells, address + told_by) == 410
    assert copies(page) == []
    phone.set_offline(True)
    page.goto(f"{address}follow/")
    expect(page.get_by_role("heading", name="On this device")).to_be_visible()


def test_a_withdrawal_seen_while_following_takes_the_copy_along(
    phone: BrowserContext, network: Between, written_site: StorySite
):
    address = "/exercises/wall-calf-stretch/"
    page = kept(phone, address)
    meanwhile(written_site, WITHDRAW)
    answer = page.goto(f"{address}follow/")
    assert answer is not None
    assert answer.status == 410
    phone.set_offline(True)
    for path in (address, f"{address}follow/"):
        page.goto(path)
        expect(page.get_by_role("heading", name="On this device")).to_be_visible()


def test_a_strange_address_below_it_says_nothing_of_the_copy(phone: BrowserContext):
    page = kept(phone)
    page.goto(f"{ROUTINE}nothing-of-the-kind/")
    assert copies(page) == [f"kept:{ROUTINE}"]


@pytest.mark.parametrize("seen_on", ["/", "/no-such-page/"])
def test_any_page_with_contact_forgets_what_is_gone(
    phone: BrowserContext, network: Between, written_site: StorySite, seen_on: str
):
    page = kept(phone)
    meanwhile(written_site, UNPUBLISH)
    page.goto(seen_on)
    wait_until(page, NOTHING_KEPT)


@pytest.mark.only_whole
def test_the_list_of_what_is_kept_follows(phone: BrowserContext, network: Between, written_site: StorySite):
    page = kept(phone)
    meanwhile(written_site, UNPUBLISH)
    page.goto("/offline/")
    expect(page.locator("[data-kept-list]")).to_contain_text("Nothing is kept on this device yet.")


@pytest.mark.only_whole
def test_a_page_view_costs_one_request_for_a_copy_that_has_not_changed(phone: BrowserContext, network: Between):
    page = kept(phone)
    age(page, 3)
    before = confirmed_at(page)
    network.paths.clear()
    page.goto("/exercises/", wait_until="networkidle")
    wait_until(page, f"caches.match('/kept-facts').then(it => it.json()).then(facts => facts.savedAt > '{before}')")
    assert [path for path in network.paths if path.startswith(ROUTINE)] == [ROUTINE]


def test_a_copy_that_was_not_checked_for_long_asks_to_connect_before_the_player(
    phone: BrowserContext, network: Between
):
    page = kept(phone)
    age(page, 31)
    phone.set_offline(True)
    page.goto(f"{ROUTINE}follow/")
    expect(page.get_by_text("This copy was not checked for more than 30 days.")).to_be_visible()
    start = page.get_by_role("button", name="Start", exact=True)
    expect(start).to_be_hidden()
    page.get_by_role("button", name="Start without checking").click()
    expect(start).to_be_focused()
    phone.set_offline(False)
    page.goto(f"{ROUTINE}follow/")
    expect(start).to_be_visible()
    expect(page.get_by_text("This copy was not checked for more than 30 days.")).to_be_hidden()


def the_new_worker_takes_over(page: Page) -> None:
    """It does once no page needs the old one, a little later."""
    for _ in range(10):
        page.goto("about:blank")
        page.wait_for_timeout(1000)
        page.goto("/exercises/")
        if page.evaluate("navigator.serviceWorker.getRegistration().then(it => !it.waiting)"):
            return
    raise AssertionError("The old worker stayed.")


def test_a_release_leaves_a_copy_the_parts_it_needs(phone: BrowserContext, network: Between):
    kept(phone).close()
    network.release, network.failing = "next", (ROUTINE, "/figures/")
    page = phone.new_page()
    page.goto("/exercises/")
    parts = "caches.keys().then(names => names.filter(name => name.startsWith('parts-')).length"
    wait_until(page, f"navigator.serviceWorker.getRegistration().then(it => it.update()).then(() => {parts} === 2))")
    the_new_worker_takes_over(page)
    phone.set_offline(True)
    page.goto(f"{ROUTINE}follow/")
    assert "/next/" not in page.content()
    assert page.evaluate("[...document.styleSheets].every(sheet => sheet.cssRules.length > 0)")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("[data-part=figure] svg").first).to_be_visible()
    phone.set_offline(False)
    network.failing = ()
    page.goto("/exercises/")
    wait_until(page, f"caches.match('{ROUTINE}').then(it => it.text()).then(text => text.includes('/next/'))")


def test_a_link_added_to_the_home_screen_opens_that_link(
    phone: BrowserContext, network: Between, written_site: StorySite
):
    address = f"/s/{meanwhile(written_site, SHARE)}/"
    page = phone.new_page()
    for path in (address, f"{address}follow/", ROUTINE):
        page.goto(path)
        browser = phone.new_cdp_session(page)
        found = browser.send("Page.getAppManifest")
        assert found["errors"] == []
        start = page.evaluate(
            "([where, text]) => new URL(JSON.parse(text).start_url, where).href", [found["url"], found["data"]]
        )
        assert start == network.address + path.removesuffix("follow/")
        answer = page.goto(start)
        assert answer is not None
        assert answer.status == 200
