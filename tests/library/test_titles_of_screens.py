"""The screens about libraries say what they are once, and the list to complete says nothing twice."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from library.completing import lacking
from testing import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]


@pytest.mark.parametrize("screen", ["export_library", "followed_packs", "library_words", "library_to_complete"])
def test_the_title_of_a_screen_is_one_heading(screen: str) -> None:
    """The bar says it, and the text below does not say it again."""
    client = Client()
    client.force_login(factories.UserFactory.create(is_superuser=True))
    answer = client.get(reverse(screen))
    title = str(answer.context["page_title"])
    headings = re.findall(r"<h([1-6])[^>]*>(.*?)</h\1>", answer.content.decode(), re.DOTALL)
    assert [level for level, text in headings if text.strip() == title] == ["1"]


def test_what_a_page_lacks_is_said_once() -> None:
    """Two rules may find the same, and one may find it for two steps."""
    options = SimpleNamespace(get_field=lambda field: SimpleNamespace(verbose_name=field))
    page = SimpleNamespace(_meta=options, completeness_errors=lambda: {"purpose": ["Say it.", "Say it."]})
    assert lacking(page) == [("Purpose", "Say it.")]
