"""A site that was only set up leads to no page that is not there; the page about safety is led to once it is live."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches
from django.test import Client

from stretchsite.models import HomePage, InformationPage
from testing import factories

#: Each frame there is, and each way the site's own words send somebody to the page about safety.
WHERE = ("/", "/exercises/", "/routines/", "/conditions/", "/search/?q=numb", "/search/?q=zzzzzz", "/diary/")
SAFETY = 'href="/is-it-safe/"'

pytestmark = pytest.mark.usefixtures("set_up_site", "db")


def own_links(client: Client, address: str) -> set[str]:
    """The addresses of this site that a page links to, without their places within the page."""
    words = client.get(address).content.decode()
    return {link.partition("#")[0] for link in re.findall(r'<a [^>]*href="(/[^"]*)"', words)} - {""}


def test_site_made_by_setting_up_alone_has_no_dead_link(client: Client):
    links = {link for address in (*WHERE, "/nowhere/") for link in own_links(client, address)}
    assert {"/", "/exercises/", "/routines/", "/conditions/", "/search/"} <= links
    assert [link for link in sorted(links) if client.get(link.replace("&amp;", "&")).status_code >= 400] == []
    assert not InformationPage.objects.exists(), "no words of safety are made that nobody approved"


def test_page_about_safety_is_led_to_from_everywhere_once_it_is_live_and_no_longer_than_that(client: Client):
    page = factories.InformationPageFactory(parent=HomePage.objects.get(), title="Is it safe?", slug="is-it-safe")
    caches["process"].clear()
    assert [address for address in WHERE if SAFETY not in client.get(address).content.decode()] == []
    page.unpublish()
    caches["process"].clear()
    assert [address for address in WHERE if SAFETY in client.get(address).content.decode()] == []
