"""Whoever works here signs in to this site, under its own name and mark, not to the platform it is made with."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from tests.clinical.publishing.roads import chief

pytestmark = pytest.mark.django_db


def heard(text: str) -> str:
    """The title of the tab and what stands in headings."""
    return " ".join(re.findall(r"<(?:title|h1)[^>]*>(.*?)</(?:title|h1)>", text, re.DOTALL))


def test_sign_in_names_the_site_as_the_clinic_calls_it(client: Client, settings: Any):
    settings.WAGTAIL_SITE_NAME = "St. Elsewhere"
    assert "Sign in to St. Elsewhere" in heard(client.get(reverse("wagtailadmin_login")).content.decode())
    client.force_login(chief())
    assert "The desk - St. Elsewhere" in heard(client.get(reverse("wagtailadmin_home")).content.decode())


def test_sign_in_names_the_site(client: Client):
    said = heard(client.get(reverse("wagtailadmin_login")).content.decode())
    assert "Sign in to Stretchsite" in said
    assert "Wagtail" not in said


def test_admin_has_the_sites_name_and_mark_and_no_news_of_the_platform(client: Client):
    client.force_login(chief())
    text = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Stretchsite" in heard(text)
    assert "Wagtail" not in heard(text)
    logo = text.partition("data-wagtail-sidebar-branding-logo")[2].partition("</template>")[0]
    assert "favicon.svg" in logo
    assert finders.find("stretchsite/favicon.svg")
    assert "whats-new" not in text


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/account/", "/admin/nothing-here/"])
def test_nobody_who_works_here_reads_what_the_site_is_made_with(client: Client, address: str):
    if "login" not in address:
        client.force_login(chief())
    text = re.sub(r"<(script|style)\b.*?</\1>", "", client.get(address).content.decode(), flags=re.DOTALL)
    assert re.findall(r".{0,30}Wagtail.{0,30}", re.sub(r"<[^>]*>", " ", text)) == []
