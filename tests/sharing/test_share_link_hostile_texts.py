"""XS3, H22: whatever somebody writes into a note or a page, behind a link it is read as words, in every output."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from clinical.models import NoteTarget, SafetyNote
from exercises.models import ExercisePage
from routines.models import RoutinePage
from sharing.models import ShareLink, ShareLinkItem
from testing import factories
from tests.hostile_texts import SCRIPTS
from tests.outputs import ON_LINKS, kind_of
from tests.sharing.share_links import address

pytestmark = pytest.mark.django_db

#: What can be clicked, loaded or sent: a text that got in there could be an address.
ADDRESSES = ("href", "src", "action", "formaction", "data", "srcset", "style")
PAGES = tuple(place.output.path for place in ON_LINKS if kind_of(place.output) == "text/html")


class Shape(HTMLParser):
    """What a browser builds of a page besides its words: elements, the names of their attributes, their addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.shape: list[object] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        addresses = [(name, value) for name, value in attrs if name in ADDRESSES]
        self.shape.append((tag, sorted(name for name, _value in attrs), addresses))

    def handle_endtag(self, tag: str) -> None:
        self.shape.append(tag)

    def handle_comment(self, data: str) -> None:
        self.shape.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.shape.append(("declaration", decl))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def shape_of(page: str) -> Shape:
    shape = Shape()
    shape.feed(page)
    shape.close()
    return shape


def write_everywhere(text: str) -> None:
    """Into every field whose words a link shows, past every form: as an import or a shell could."""
    words: dict[str, Any] = {"title": f"T {text}", "purpose": text, "who_it_is_for": text}
    words["check_first_if"] = one_line(text)  # each line of it is a row of its own on the card
    words |= {"evidence_summary": text, "dos": (text,), "donts": (text,)}
    RoutinePage.objects.update(**words, expect_change=text, see_someone=text)
    exercise = ExercisePage.objects.get()
    exercise.steps = [("set_up", {"text": text, "picture": None})]
    more = {"steps": exercise.steps, "feel": text, "not_feel": text, "clinical_name": text, "target_muscles": (text,)}
    ExercisePage.objects.update(**words, **more)
    # Notes are read in the order of their words, which is to stay the same.
    SafetyNote.objects.update(text=f"it hurts {text}", what_to_do=text, source=text)
    ShareLink.objects.update(note=text)
    ShareLinkItem.objects.update(cue=text)


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_xs3_there_are_enough_of_them():
    assert len(SCRIPTS) >= 120


def test_xs3_no_text_becomes_markup_on_any_page_of_a_link(client: Client, routine: RoutinePage):
    factories.note_at(NoteTarget(everywhere=True))
    _link, token = factories.link_to(routine)
    write_everywhere("harmless")
    usual = {page: shape_of(client.get(address(token) + page).content.decode()).shape for page in PAGES}
    escaped: list[tuple[str, str]] = []
    for text in SCRIPTS:
        write_everywhere(text)
        for page in PAGES:
            read = shape_of(client.get(address(token) + page).content.decode())
            breaks = [each for each in read.shape if each != ("br", [], [])]
            if breaks != usual[page] or one_line(text) not in one_line("".join(read.words)):
                escaped.append((page, text))
    assert escaped == []


def test_xs3_no_text_becomes_anything_else_in_the_data_or_the_calendar(client: Client, routine: RoutinePage):
    factories.note_at(NoteTarget(everywhere=True))
    _link, token = factories.link_to(routine)
    for text in SCRIPTS:
        write_everywhere(text)
        data = client.get(address(token) + "sheet.json")
        assert data["Content-Type"].startswith("application/json")
        assert data["X-Content-Type-Options"] == "nosniff"
        assert json.loads(data.content)["title"] == f"T {text}"
        sessions = client.get(address(token) + "routine.ics")
        assert sessions["Content-Type"].startswith("text/calendar")
        read = Calendar.from_ical(sessions.content)
        assert {part.name for part in read.walk()} == {"VCALENDAR", "VEVENT", "VALARM"}
