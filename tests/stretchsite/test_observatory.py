"""What the public pages would score in Mozilla's HTTP Observatory, by its published table of tests and modifiers.

A hundred to begin with; penalties are taken off, and bonuses added where ninety are left. What depends on lists outside
(whether browsers have the host in their preloaded list) counts for nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.test import Client

from tests.stretchsite import small_site

WANTED, HALF_A_YEAR = 110, 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
UNSAFE = {"'unsafe-inline'", "'unsafe-eval'", "data:", "https:", "http:", "*"}


def policy_modifier(policy: str) -> int:
    if not policy:
        return -25
    directives = {name: set(sources) for name, *sources in (each.split() for each in policy.split(";") if each.strip())}
    default = directives.get("default-src", {"*"})
    scripts, objects = directives.get("script-src", default), directives.get("object-src", default)
    if (scripts | objects) & UNSAFE:
        return -20
    if "http:" in {source for sources in directives.values() for source in sources}:
        return -10
    if directives.get("style-src", default) & UNSAFE:
        return 0
    return 10 if default == {"'none'"} else 5


def modifiers(headers: Mapping[str, str], has_cookies: bool, scripts: list[str]) -> dict[str, int]:
    """What each of its tests adds or takes."""
    policy = headers.get("Content-Security-Policy", "")
    referrer = headers.get("Referrer-Policy", "")
    seconds = re.match(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    return {
        "policy": policy_modifier(policy),
        "cookies": -20 if has_cookies else 0,
        "cross-origin": -50 if headers.get("Access-Control-Allow-Origin") == "*" else 0,
        "referrer": 5 if referrer in PRIVATE else 0 if not referrer else -5,
        "transport": -20 if not seconds else 0 if int(seconds[1]) >= HALF_A_YEAR else -10,
        "sniffing": 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "framing": 5 if "frame-ancestors" in policy else 0 if headers.get("X-Frame-Options") else -20,
        "scripts": 0 if all(each.startswith("/") and not each.startswith("//") for each in scripts) else -5,
        "resources": 10 if headers.get("Cross-Origin-Resource-Policy") in {"same-origin", "same-site"} else 0,
    }


def score(told: Mapping[str, int]) -> int:
    """As it is counted there, in two rounds."""
    without_bonuses = 100 + sum(each for each in told.values() if each < 0)
    return (
        without_bonuses + sum(each for each in told.values() if each > 0) if without_bonuses >= 90 else without_bonuses
    )


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with small_site.standing(django_db_blocker):
        yield


@pytest.mark.parametrize(
    "address", ["/", "/exercises/wall-calf-stretch/", "/routines/calves/", "/s/unknown/", "/code/"]
)
def test_public_pages_score_110_and_more(everything: None, db: None, settings: Any, address: str):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    answer = Client().get(address, secure=True)
    told = modifiers(answer.headers, bool(answer.cookies), re.findall(r'<script[^>]* src="([^"]+)"', answer.text))
    assert score(told) >= WANTED, told
    assert min(told.values()) >= 0, told


def test_plain_http_leads_to_the_same_host(everything: None, db: None, settings: Any):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/exercises/").headers["Location"] == "https://testserver/exercises/"


@pytest.mark.parametrize(
    ("worse", "by"),
    [
        ({"Content-Security-Policy": ""}, 25),
        ({"Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline'"}, 20),
        ({"Referrer-Policy": "unsafe-url"}, 5),
        ({"Strict-Transport-Security": ""}, 20),
        ({"Strict-Transport-Security": "max-age=3600"}, 10),
        ({"X-Content-Type-Options": ""}, 5),
        ({"Access-Control-Allow-Origin": "*"}, 50),
    ],
)
def test_what_is_missing_costs_what_it_costs_there(worse: dict[str, str], by: int):
    good = {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
        "Referrer-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    assert score(modifiers(good, has_cookies=False, scripts=["/static/a.js"])) == 120
    assert -sum(each for each in modifiers({**good, **worse}, False, []).values() if each < 0) == by
