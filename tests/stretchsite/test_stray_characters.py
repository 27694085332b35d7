"""An address with what a message hung on to it leads to its page: on the site, under a link, and never elsewhere."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from routines.models import RoutinePage
from sharing.guessing import MOST_MISSES
from sharing.middleware import HEADERS
from stretchsite.middleware import STRAY, StrayCharacters
from testing import factories

pytestmark = pytest.mark.django_db

ENDINGS = [")", ",", ".", ").", "\u200b", "…”", "/)", ")/", "/\u200b"]


def landed(client: Client, address: str) -> str:
    """Where a reader ends up, having read a page."""
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.redirect_chain[-1][0] if answer.redirect_chain else address


@pytest.mark.parametrize("ending", ENDINGS)
def test_public_page_opens_with_it(routine: RoutinePage, client: Client, ending: str):
    assert landed(client, f"/routines/calves{ending}") == "/routines/calves/"
    assert landed(client, f"/routines/calves/follow{ending}?fbclid=x") == "/routines/calves/follow/?fbclid=x"


@pytest.mark.parametrize("ending", ENDINGS)
def test_link_opens_with_it_and_counts_as_no_guess(routine: RoutinePage, client: Client, ending: str):
    _link, token = factories.link_to(routine)
    for _number in range(MOST_MISSES + 1):
        assert landed(client, f"/s/{token}{ending}") == f"/s/{token}/"
    answer = client.get(f"/s/{token}{ending}")
    assert {name: answer[name] for name in HEADERS} == HEADERS


def test_file_opens_with_it(routine: RoutinePage, client: Client):
    assert landed(client, "/routines/calves/sheet.json).") == "/routines/calves/sheet.json"


@pytest.mark.parametrize("query", ["utm_source=x&utm_medium=mail", "fbclid=IwAR0_x", "gclid=y"])
def test_what_networks_add_to_a_link_does_not_matter(routine: RoutinePage, client: Client, query: str):
    _link, token = factories.link_to(routine)
    for address in ("/routines/calves/", f"/s/{token}/", f"/s/{token}/follow/", f"/s/{token}/routine.ics"):
        assert client.get(f"{address}?{query}").status_code == 200


@pytest.mark.parametrize("path", ["//elsewhere.example)", "/\\elsewhere.example)", "///elsewhere.example.)", "/x?y#z)"])
def test_it_never_leads_to_another_site(rf: RequestFactory, path: str):
    request = rf.get("/")
    request.path = path
    target = StrayCharacters(lambda _request: HttpResponse())(request)["Location"]
    assert target.startswith("/")
    assert not target.startswith(("//", "/\\"))
    assert "?" not in target


def test_nothing_is_led_away_but_readings(routine: RoutinePage, client: Client):
    assert client.post("/routines/calves/)").status_code in {403, 404, 405}
    assert client.get("/)").status_code == 302
    assert client.get("/admin/pages/)").get("Location", "") != "/admin/pages"


def test_no_address_of_ours_ends_so():
    assert not any(character in STRAY for character in "abcxyz0189-_/~")
