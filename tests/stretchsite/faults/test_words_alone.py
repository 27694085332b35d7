"""R-F18, R-F23: a page without its styles and pictures, and a form that holds too much."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from clinical.models import NoteTarget
from routines.models import RoutinePage
from testing import factories
from tests.clinical.publishing.roads import chief
from tests.stretchsite import small_site

TOO_MANY = {f"field-{number}": "x" for number in range(10_000)}
_site: dict[str, str] = {}


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of every kind, and a share link."""
    with small_site.standing(django_db_blocker):
        _link, _site["token"] = factories.link_to(RoutinePage.objects.get())
        yield


@pytest.fixture(autouse=True)
def site(standing: None, db: None) -> None:
    """The same, each change of which is taken back."""


class Words(HTMLParser):
    """A page's words in the order they stand in, and what stands for its pictures."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.pictures: list[str | None] = []
        self.silent = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A picture says what it shows."""
        self.silent += tag in {"script", "style", "svg", "head"}
        if tag == "img":
            self.pictures.append(dict(attrs).get("alt"))

    def handle_endtag(self, tag: str) -> None:
        """What is no words ends."""
        self.silent -= tag in {"script", "style", "svg", "head"}

    def handle_data(self, data: str) -> None:
        """Words."""
        if data.strip() and not self.silent:
            self.said.append(" ".join(data.split()))


@pytest.fixture(params=["exercise", "routine", "shared"])
def words(request: Any) -> Words:
    """Each page that is followed, with a stop sign of its own, as it is read without styles or pictures."""
    factories.note_at(NoteTarget(everywhere=True), text="your calf swells", kind="stop")
    addresses = {"exercise": "/exercises/wall-calf-stretch/", "routine": "/routines/calves/"}
    answer = Client().get(addresses.get(request.param, f"/s/{_site['token']}/"))
    assert answer.status_code == 200
    return Words(answer.text)


def test_without_styles_every_sign_stands_under_its_label_before_what_to_do(words: Words):
    said = words.said
    begins = next(said.index(each) for each in ("How to do it", "Main part") if each in said)
    before = said[said.index("Before you start") : begins]
    for label, sign in (
        ("now if", "chest pain, cannot get your breath, or collapse"),
        ("today if", "one leg is hot and swollen"),
        ("Stop if", "your calf swells"),
        ("Ask first if", "you had an operation"),
    ):
        assert before.index(label) < before.index(sign)
    assert before[before.index("now if") - 2 : before.index("now if")] == ["Call", "999"]


def test_without_styles_every_note_in_full_stands_under_the_words_of_its_tier(words: Words):
    in_full = words.said[words.said.index("All safety notes in full") :]
    labels = ["Emergency: call", "Get help today if", "Stop if"]
    assert labels == sorted(labels, key=in_full.index)
    assert in_full.index("your calf swells") > in_full.index("Stop if")


def test_without_pictures_each_says_what_it_shows_or_that_it_shows_nothing(words: Words):
    assert None not in words.pictures


# More than a form holds (R-F23)


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/password_reset/", "/code/"])
def test_form_of_ten_thousand_fields_is_refused_in_words(client: Client, address: str):
    answer = client.post(address, TOO_MANY)
    assert answer.status_code == 400
    assert "tel:999" in answer.text


def test_form_of_ten_thousand_fields_is_refused_of_those_who_work_here():
    client = Client(enforce_csrf_checks=True)  # as every browser is asked: that is what reads a form first
    client.force_login(chief())
    client.get("/admin/account/")
    answer = client.post("/admin/account/", TOO_MANY)
    assert answer.status_code == 400
