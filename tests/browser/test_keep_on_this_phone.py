"""What is kept on a device: whole, only when asked for, saying its age; and gone when it is gone, or over."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.meanwhile import meanwhile
from tests.browser.phones import ROUTINE, UNPUBLISH, WITHDRAW, a_phone, copies, kept, wait_until
from tests.browser.serving import StorySite


@pytest.fixture
def phone(chromium: Browser, site: StorySite) -> Iterator[BrowserContext]:
    """A phone that may keep things of the site that all stories read."""
    with a_phone(chromium, site.address) as context:
        yield context


@pytest.fixture
def other_phone(chromium: Browser, written_site: StorySite) -> Iterator[BrowserContext]:
    """A phone that may keep things of the story's own site."""
    with a_phone(chromium, written_site.address) as context:
        yield context


def test_nothing_is_kept_before_it_is_asked_for(phone: BrowserContext):
    page = phone.new_page()
    page.goto(ROUTINE)
    expect(page.get_by_role("button", name="Keep on this phone")).to_be_visible()
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert page.evaluate("localStorage.length") == 0


def test_a_kept_routine_is_followed_without_a_network(phone: BrowserContext):
    page = kept(phone)
    phone.set_offline(True)
    page.goto(ROUTINE)
    expect(page.locator(".kept-banner")).to_contain_text("Saved copy from")
    expect(page.get_by_role("heading", name="Stop if").first).to_be_visible()
    page.get_by_role("link", name="Start", exact=True).click()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("#player-title")).to_be_visible()
    expect(page.locator("[data-part=figure] svg").first).to_be_visible()
    page.goto("/exercises/")
    expect(page.get_by_role("heading", name="On this device")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("during an attack", re.I))).to_be_visible()
    phone.set_offline(False)


def test_an_old_copy_says_that_its_advice_may_have_changed(phone: BrowserContext):
    page = kept(phone)
    page.evaluate(
        """async () => {
            const [name] = (await caches.keys()).filter(each => each.startsWith("kept:"));
            const cache = await caches.open(name);
            const facts = await (await cache.match("/kept-facts")).json();
            facts.savedAt = new Date(Date.now() - 31 * 86400000).toISOString();
            await cache.put("/kept-facts", new Response(JSON.stringify(facts)));
        }"""
    )
    phone.set_offline(True)
    page.goto(ROUTINE)
    expect(page.locator(".kept-banner--old")).to_contain_text("more than 30 days old")
    phone.set_offline(False)


def test_a_copy_ends_with_its_link_even_without_a_network(phone: BrowserContext):
    page = kept(phone)
    page.evaluate(
        """async () => {
            const [name] = (await caches.keys()).filter(each => each.startsWith("kept:"));
            const cache = await caches.open(name);
            const facts = await (await cache.match("/kept-facts")).json();
            await cache.put("/kept-facts", new Response(JSON.stringify({...facts, endsAt: "2020-01-01T00:00:00Z"})));
        }"""
    )
    phone.set_offline(True)
    page.goto(ROUTINE)
    expect(page.get_by_role("heading", name="On this device")).to_be_visible()
    expect(page.locator("[data-kept-list]")).to_contain_text("Nothing is kept")
    assert copies(page) == []
    phone.set_offline(False)


def test_what_is_removed_is_gone(phone: BrowserContext):
    page = kept(phone)
    page.get_by_role("button", name="Remove from this phone").click()
    expect(page.locator("[data-keep-said]")).to_have_text("Removed from this device.")
    assert copies(page) == []


def test_nothing_of_the_admin_is_ever_kept(phone: BrowserContext):
    page = kept(phone)
    page.goto("/admin/login/")
    addresses = page.evaluate(
        """async () => {
            const all = [];
            for (const name of await caches.keys()) {
                for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname);
            }
            return all;
        }"""
    )
    assert addresses
    assert [address for address in addresses if address.startswith(("/admin", "/s/"))] == []


def test_a_copy_of_a_page_that_is_gone_goes_at_the_next_contact(other_phone: BrowserContext, written_site: StorySite):
    page = kept(other_phone)
    meanwhile(written_site, UNPUBLISH)
    page.evaluate("dispatchEvent(new Event('online'))")
    wait_until(page, "caches.keys().then(names => names.every(name => !name.startsWith('kept:')))")


def test_a_withdrawal_takes_the_exercise_out_of_a_kept_copy(other_phone: BrowserContext, written_site: StorySite):
    page = kept(other_phone)
    sheet = "caches.match('/routines/restless-legs-during-an-attack/sheet.json').then(it => it?.json())"
    assert "Wall calf stretch" in [item["exercise"]["title"] for item in page.evaluate(sheet)["items"]]
    other_phone.set_offline(True)
    meanwhile(written_site, WITHDRAW)
    other_phone.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    wait_until(page, f"{sheet}.then(sheet => sheet?.taken_out.length === 1)")
    wait_until(page, "caches.match('/kept-facts').then(Boolean)")
    other_phone.set_offline(True)
    page.goto(f"{ROUTINE}follow/")
    expect(page.get_by_role("heading", name="Do not do these: taken out for safety")).to_be_visible()
    assert page.locator(".follow__item", has_text="Wall calf stretch").count() == 0
