"""What message programs and search engines are told about pages without a card of their own."""

from __future__ import annotations

import pytest
from django.test import Client

from clinical.models import Condition
from stretchsite.models import ConditionIndexPage, HomePage
from testing import factories


def told(client: Client, address: str) -> str:
    """The head of a page."""
    return client.get(address, {"utm": "x"}, headers={"host": "testserver"}).content.decode().partition("</head>")[0]


def test_condition_is_named_with_its_own_address_and_language(
    condition_index: ConditionIndexPage, condition: Condition, client: Client
):
    hub = factories.draft_hub(condition, title="Tight <calves>", slug="tight-calves", purpose="What helps.")
    condition_index.add_child(instance=hub)
    head = told(client, "/conditions/tight-calves/")
    assert '<link rel="canonical" href="http://testserver/conditions/tight-calves/">' in head
    assert '<meta property="og:title" content="Tight &lt;calves&gt;">' in head
    assert '<meta property="og:description" content="What helps.">' in head
    assert '<meta property="og:locale" content="en_GB">' in head


@pytest.mark.parametrize("address", ["/"])
def test_front_page_is_named_too(set_up_site: None, db: None, client: Client, address: str):
    assert HomePage.objects.exists()
    assert f'<meta property="og:url" content="http://testserver{address}">' in told(client, address)
