"""SL8 to SL11, PD3: what every answer under the address says, and what it never tells."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from routines.models import RoutinePage
from sharing import assembly as sharing
from sharing import guessing as misses
from sharing.middleware import HEADERS
from sharing.tokens import new_token
from testing import factories
from tests.sharing.share_links import address

pytestmark = pytest.mark.django_db


AGENTS = {
    "Slack": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "WhatsApp": "WhatsApp/2.23.20.0",
    "Facebook": "facebookexternalhit/1.1",
    "X": "Twitterbot/1.0",
    "Telegram": "TelegramBot (like TwitterBot)",
    "Skype": "Mozilla/5.0 SkypeUriPreview Preview/0.5",
    "LinkedIn": "LinkedInBot/1.0",
    "Apple": "Mozilla/5.0 (Macintosh) AppleWebKit/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
}


# SL8, PD3: headers and cookies


def assert_private(answer: Any) -> None:
    for name, value in HEADERS.items():
        assert answer[name] == value
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert not answer.cookies
    assert "ETag" not in answer


def test_sl8_every_answer_is_private_whatever_its_status(routine: RoutinePage, monkeypatch: pytest.MonkeyPatch):
    client = Client(raise_request_exception=False)
    _link, token = factories.link_to(routine)
    ended, gone = factories.link_to(routine)
    ended.revoke()
    seen = {}
    for each in (token, gone, new_token()):
        answer = client.get(address(each))
        seen[answer.status_code] = answer
    for _number in range(misses.MOST_MISSES + 1):
        answer = client.get(address(new_token()))
        seen[answer.status_code] = answer
    monkeypatch.setattr(sharing, "shared_sheet", lambda link: 1 / 0)
    answer = client.get(address(token))
    seen[answer.status_code] = answer
    seen["output"] = client.get(f"{address(gone)}sheet.json")
    assert set(seen) == {200, 404, 410, 429, 500, "output"}
    for answer in seen.values():
        assert_private(answer)


def test_pd3_not_even_somebody_signed_in_gets_a_cookie_or_the_editors_bar(client: Client, routine: RoutinePage):
    client.force_login(factories.UserFactory.create(is_superuser=True))
    _link, token = factories.link_to(routine)
    answer = client.get(address(token))
    assert_private(answer)
    assert "wagtail-userbar" not in answer.content.decode()


# SL9 to SL11: nothing of it leaves the page


def test_sl9_the_page_asks_no_other_host(client: Client, routine: RoutinePage):
    _link, token = factories.link_to(routine)
    text = client.get(address(token)).content.decode()
    loaded = re.findall(r'<(?:script|img|iframe|source)[^>]+src="([^"]+)"|<link[^>]+href="([^"]+)"', text)
    assert loaded
    assert all((first or second).startswith("/") or second == "app.webmanifest" for first, second in loaded)
    for link in re.findall(r'<a [^>]*href="https?://[^>]*>', text):
        assert "noopener" in link


def test_sl10_no_token_stands_on_the_site_and_crawlers_may_see_that_it_should_not_be_listed(
    client: Client, routine: RoutinePage
):
    _link, token = factories.link_to(routine)
    robots = client.get("/robots.txt").content.decode()
    assert "/s/" not in robots
    for path in ("/", "/sitemap.xml", reverse("routine", kwargs={"slug": routine.slug}), "/search/?q=calves"):
        assert "/s/" not in client.get(path).content.decode()
    text = client.get(address(token)).content.decode()
    assert "canonical" not in text
    assert token not in text


@pytest.mark.parametrize("agent", AGENTS)
def test_sl11_a_preview_of_the_link_says_nothing_about_the_patient(client: Client, routine: RoutinePage, agent: str):
    _link, token = factories.link_to(routine)
    text = client.get(address(token), headers={"user-agent": AGENTS[agent]}).content.decode()
    head = text[: text.index("</head>")].lower()
    told = " ".join(re.findall(r"<title>(.*?)</title>", head) + re.findall(r'content="([^"]*)"', head))
    assert "your stretching routine" in told
    for word in ("calves", "calf", "tight", "og:image", "account-"):
        assert word not in told
    assert "og:image" not in head
