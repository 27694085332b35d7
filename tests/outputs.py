"""Every output with every place it stands at, and how its notes are read, for the tests that ask something of each.

The lists of outputs are the site's own. An output that is added there is in these tests at once; one of a content type
that nobody can read yet fails them, and says that it needs a reader here.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pikepdf
import pytest
from django.http import QueryDict
from icalendar import Calendar
from pypdf import PdfReader

from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import SafetyBoard
from exercises.outputs.output import Asked, FileOutput, Output
from exercises.outputs.registry import OUTPUTS as OF_EXERCISES
from routines.outputs.registry import OUTPUTS as OF_ROUTINES


@dataclass(frozen=True)
class Place:
    """An output where a reader finds it: of an exercise, of a routine, or under a share link ("shared")."""

    owner: str
    output: Output[Any]

    def __str__(self) -> str:
        return self.output.url_name(self.owner)


PLACES = (
    *(Place("exercise", output) for output in OF_EXERCISES if output.on_pages),
    *(Place("routine", output) for output in OF_ROUTINES if output.on_pages),
    *(Place("shared", output) for output in OF_ROUTINES if output.on_links),
)
WITH_NOTES = tuple(place for place in PLACES if place.output.has_notes)
ON_PAGES = tuple(place for place in PLACES if place.owner != "shared")
ON_LINKS = tuple(place for place in PLACES if place.owner == "shared")


def each_of(places: Sequence[Place]) -> Any:
    """A test for each of these places, called by its name."""
    return pytest.mark.parametrize("place", places, ids=str)


def plainly_asked(**more: Any) -> Asked:
    """What a reader asks who asks for nothing in particular."""
    usual = {
        "query": QueryDict(),
        "today": date(2026, 11, 21),
        "address": "https://stretch.example/r/",
        "site_name": "S",
        "drawing_of": lambda _name: "",
    }
    return Asked(**{**usual, **more})


def files_of(outputs: Iterable[Output[Any]]) -> list[FileOutput[Any]]:
    """Those that are made from the sheet alone."""
    return [output for output in outputs if isinstance(output, FileOutput)]


def kind_of(output: Output[Any]) -> str:
    """Its content type without what follows."""
    return output.content_type.partition(";")[0]


def squeezed(words: str) -> str:
    """Without the spaces, which break where a line is full."""
    return re.sub(r"\s", "", words)


def on_page(html: str) -> set[str]:
    """The notes of a page's own callouts."""
    return set(re.findall(r'data-note="([0-9a-f-]{36})"', html))


def in_data(data: str) -> set[str]:
    """The notes of a sheet as data."""
    return {note["id"] for note in json.loads(data)["safety"]}


def in_words(words: str, notes: Iterable[EffectiveNote]) -> set[str]:
    """The notes that are said whole in a text, with what to do."""
    said = squeezed(words)
    return {str(note.key) for note in notes if squeezed(note.words) in said and squeezed(note.note.what_to_do) in said}


def body(html: bytes) -> str:
    """What a page shows, in its marks, without what its head tells other programs."""
    return html.decode().partition("<body")[2]


def in_calendar(file: bytes) -> set[str]:
    """The notes every event of a calendar carries."""
    events = Calendar.from_ical(file).walk("VEVENT")
    sets = [frozenset(str(each) for each in event["x-safety-note"]) for event in events]
    assert len(set(sets)) == 1
    return set(sets[0])


def described(file: bytes) -> str:
    """What the first event of a calendar says."""
    return str(Calendar.from_ical(file).walk("VEVENT")[0]["description"])


#: What places and shows words on paper, and how they are marked; all else is drawn.
_OF_WORDS = "q Q cm BT ET Tf Tc Tw Tz TL Ts Tr Td TD Tm T* Tj TJ ' \" BMC BDC EMC"


def words_on_paper(pdf: bytes) -> PdfReader:
    """A file to read words from, without the drawings: to read through their lines takes four fifths of the time."""
    undrawn = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        for page in paper.pages:
            of_words = pikepdf.parse_content_stream(page, _OF_WORDS)
            page.Contents = paper.make_stream(pikepdf.unparse_content_stream(of_words))
        paper.save(undrawn)
    return PdfReader(undrawn)


def printed(pdf: bytes) -> str:
    """The words on paper, without what stands at the top and foot of each page."""
    lines = [line for page in words_on_paper(pdf).pages for line in page.extract_text().splitlines()]
    return "".join(
        line for line in lines if not re.search(r"^Stop if .* Emergency: call|Page \d+ of \d+|https?:", line)
    )


def in_resource(content: bytes) -> set[str]:
    """The notes of a FHIR resource: those that have a section of the composition within it."""
    contained = json.loads(content)["contained"]
    (safety,) = (each for each in contained if each["resourceType"] == "Composition")
    return {section["id"] for section in safety["section"][1]["section"]}


#: The words of an answer, by its content type.
WORDS: dict[str, Callable[[bytes], str]] = {
    "text/html": body,
    "text/plain": bytes.decode,
    "application/json": bytes.decode,
    "application/fhir+json": bytes.decode,
    "application/manifest+json": bytes.decode,
    "application/pdf": printed,
    "text/calendar": described,
}
#: The notes of an answer, where they stand there by their identity and not by their words alone.
BY_IDENTITY: dict[str, Callable[[bytes], set[str]]] = {
    "text/html": lambda content: on_page(content.decode()),
    "application/json": lambda content: in_data(content.decode()),
    "application/fhir+json": in_resource,
    "text/calendar": in_calendar,
}
#: Where words are written in marks of their own, such as ``&amp;``, so that only identity tells.
SAID_IN_MARKUP = {"text/html", "application/json", "application/fhir+json"}


def words_of(output: Output[Any], content: bytes) -> str:
    """What an answer says."""
    kind = kind_of(output)
    assert kind in WORDS, f"say in tests/outputs.py how the words of {kind} are read, for the output {output.name!r}"
    return WORDS[kind](content)


def says(output: Output[Any], content: bytes, words: str) -> bool:
    """Whether an answer says these words, wherever its lines break."""
    return squeezed(words) in squeezed(words_of(output, content))


def notes_in(output: Output[Any], content: bytes, board: SafetyBoard) -> set[str]:
    """The notes an answer carries. Where they have both their identity and their words there, only those with both."""
    kind, words = kind_of(output), words_of(output, content)
    if kind not in BY_IDENTITY:
        return in_words(words, board)
    named = BY_IDENTITY[kind](content)
    return named if kind in SAID_IN_MARKUP else named - ({str(key) for key in board.keys} - in_words(words, board))
