"""The starter library as readers meet it: every fact of its sources is looked for on the rendered pages.

``library_facts.py`` says where each fact went. Here the pages are fetched as any reader would, once each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import singledispatch
from typing import Any
from uuid import UUID

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from django.test import Client

from clinical.models import ClinicalPage, SafetyNote
from clinical.outputs.signs import sign_card
from clinical.safety.sheet import SafetyBoard
from clinical.safety.short_signs import is_too_wordy
from clinical.words.choices import Moment, StepKind
from exercises.frequency import Frequency
from exercises.frequency_words import frequency
from exercises.models import ExercisePage
from routines.models import RoutinePage
from stretchsite.models import ConditionPage, InformationPage
from testing.small_library import load
from tests.conftest import STARTER_LIBRARY
from tests.exercises.reading_words import from_words
from tests.library import library_facts
from tests.library.library_facts import (
    FACTS,
    Absent,
    Fact,
    FiguresAre,
    GapFilled,
    InOrder,
    MomentIs,
    NoteShown,
    PageSays,
    StepSays,
)
from tests.library.loading import everything_stored
from tests.library.notes_seen import AT_ITS_STEP, IN_SHORT, SEEN

# What a page says does not depend on the database that keeps it.
pytestmark = pytest.mark.slow

ADDRESS = {
    "exercise": "/exercises/{}/",
    "routine": "/routines/{}/",
    "condition": "/conditions/{}/",
    "information": "/{}/",
}
MODELS = {"exercise": ExercisePage, "routine": RoutinePage, "condition": ConditionPage, "information": InformationPage}
BANNER = "Example content, not yet confirmed by a clinician"
#: The headings a note of each tier may stand under.
HEADINGS = {
    1: {"Emergency: call 999 now if", "Get help today if"},
    2: {"Do not do this if", "Stop if", "Do not", "Do not leave this out", "Do not start before you have checked"},
    3: {"Check first"},
    4: {"Good to know"},
}
#: Where telling people what to do begins, by the sort of page: no warning may stand behind it.
BEGINNING = {
    "exercise": "[aria-labelledby=how-to-do-it] li",
    "routine": "[aria-labelledby=the-exercises] li",
    "condition": "[aria-labelledby=what-it-is]",
}
SIDES = {"each": "each side", "left": "on the left", "right": "on the right"}

FILES = {
    "exercise": sorted(path.stem for path in (STARTER_LIBRARY / "exercises").glob("*.yaml")),
    "routine": sorted(path.stem for path in (STARTER_LIBRARY / "routines").glob("*.yaml")),
    "condition": sorted(path.stem for path in (STARTER_LIBRARY / "conditions").glob("*.yaml")),
    "information": sorted(path.stem for path in (STARTER_LIBRARY / "information").glob("*.yaml")),
}
CLINICAL = [library_facts.Page(kind, name) for kind in ("exercise", "routine", "condition") for name in FILES[kind]]
EVERY = [*CLINICAL, *(library_facts.Page("information", name) for name in FILES["information"])]
#: A row of the table and one of its pages at a time.
ON_ITS_PAGE = [(fact, page) for fact in FACTS if hasattr(fact, "pages") for page in fact.pages]


class Reader:
    """Fetches each page once, as anybody would, and says what is on it."""

    def __init__(self) -> None:
        self._pages: dict[str, Tag] = {}
        self._boards: dict[library_facts.Page, SafetyBoard] = {}
        self._keys = {note.library_id: str(note.translation_key) for note in SafetyNote.objects.exclude(library_id="")}

    def main(self, page: library_facts.Page) -> Tag:
        """The main part of a page."""
        address = ADDRESS[page.kind].format(page.id)
        if address not in self._pages:
            response = Client().get(address)
            assert response.status_code == 200, address
            self._pages[address] = BeautifulSoup(response.content, "html.parser").main
        return self._pages[address]

    def board(self, page: library_facts.Page) -> SafetyBoard:
        """The notes in force on a page, as its rules say."""
        if page not in self._boards:
            self._boards[page] = record_of(page).board()
        return self._boards[page]

    def note(self, page: library_facts.Page, note: str) -> Tag:
        """A safety note of the library on a page: exactly one list item."""
        (item,) = self.main(page).select(f'li[data-note="{self._keys[note]}"]')
        return item


@pytest.fixture(scope="module")
def reader(starter_site: None, django_db_blocker: Any) -> Iterator[Reader]:
    """One reader for all tests of the module, so that no page is fetched twice."""
    with django_db_blocker.unblock():
        yield Reader()


def text_of(tag: Tag) -> str:
    """What a reader reads, with every run of white space as one space."""
    return " ".join(tag.get_text().split())


def says(phrase: str, tag: Tag) -> bool:
    """Whether the phrase is among the words, wherever its lines break; a list may begin it with a capital."""
    return " ".join(phrase.split()).casefold() in text_of(tag).casefold()


def written_on(main: Tag) -> str:
    """What authors wrote: the page without its chips, in which the site counts and names by itself."""
    return " ".join(" ".join(text for text in main.strings if not text.find_parent(class_="chip")).split()).lower()


def name_of(value: object) -> str | None:
    """Rows by their fact, so that a failure names it."""
    if isinstance(value, library_facts.Page):
        return value.id
    return f"{value.fact}-{type(value).__name__}" if hasattr(value, "fact") else None


def items_of(main: Tag) -> dict[str, Tag]:
    """The rows of a routine, in order, by the exercise each links to."""
    rows = main.select(f"{BEGINNING['routine']}[value]")
    return {row.select_one("h4 a")["href"].strip("/").partition("/")[2]: row for row in rows}


def glance_at(main: Tag, name: str) -> Tag:
    """What the box at the side says under this name."""
    (term,) = [term for term in main.select("[aria-labelledby=at-a-glance] dt") if text_of(term) == name]
    found = term.find_next_sibling("dd")
    assert found
    return found


# The table, one check for each sort of row


@singledispatch
def check(fact: Fact, reader: Reader, page: library_facts.Page) -> None:
    """Look for the fact on one of its pages."""
    raise NotImplementedError(type(fact))


@check.register
def _(fact: NoteShown, reader: Reader, page: library_facts.Page) -> None:
    assert SEEN[fact.note].tier == fact.tier
    assert_seen(reader, page, fact.note)


@check.register
def _(fact: GapFilled, reader: Reader, page: library_facts.Page) -> None:
    for note in fact.notes:
        assert_seen(reader, page, note)


def assert_seen(reader: Reader, page: library_facts.Page, note: str) -> None:
    """The whole note stands on the page under its tier, and in short, or at its step, where the table says so."""
    seen, item = SEEN[note], reader.note(page, note)
    assert text_of(item), note
    assert int(item["data-tier"]) == seen.tier, note
    assert text_of(item.find_previous(["h2", "h3", "h4"])) in HEADINGS[seen.tier], note
    key, board = UUID(item["data-note"]), reader.board(page)
    signs = [sign.words for group in sign_card(board).groups for sign in group.signs if key in sign.keys]
    assert len(signs) == (seen.how == IN_SHORT), note
    assert not any(is_too_wordy(sign.removeprefix("Do not ")) for sign in signs), note
    at_a_step = {each.key for step in StepKind.values for each in board.beside(step)}
    assert (key in at_a_step) == (seen.how == AT_ITS_STEP), note


@check.register
def _(fact: StepSays, reader: Reader, page: library_facts.Page) -> None:
    steps = reader.main(page).select(BEGINNING["exercise"])
    assert any(says(fact.phrase, step) for step in steps)


@check.register
def _(fact: PageSays, reader: Reader, page: library_facts.Page) -> None:
    assert says(fact.phrase, reader.main(page))


@check.register
def _(fact: FiguresAre, reader: Reader, page: library_facts.Page) -> None:
    main = reader.main(page)
    if page.kind == "routine" and not fact.of:
        assert text_of(glance_at(main, "How often")).lower() == frequency(Frequency(**fact.figures)).lower()
        return
    place = items_of(main)[fact.of].select_one(".row__dosage") if fact.of else main.select_one(".dosage-words")
    words = text_of(place)
    figures = {**fact.figures}
    side = figures.pop("side", "")
    assert not side or SIDES[side] in words
    said = from_words(words)
    assert {name: getattr(said, name) for name in figures} == figures


def test_each_condition_has_a_picture_of_its_own():
    paths = sorted((STARTER_LIBRARY / "conditions").glob("*.yaml"))
    pictured = [yaml.safe_load(path.read_text("utf-8"))["pictured"] for path in paths]
    assert len(set(pictured)) == len(pictured) == 5


def test_table_says_of_every_note_how_it_is_seen():
    assert sorted(SEEN) == sorted(path.stem for path in (STARTER_LIBRARY / "notes").glob("*.yaml"))


def test_every_fact_of_the_five_articles_has_its_row():
    numbers = {0: 13, 1: 9, 2: 15, 3: 12, 4: 17}
    wanted = {f"D{article}.{number}" for article, last in numbers.items() for number in range(1, last + 1)}
    assert {fact.fact for fact in FACTS} == wanted


@pytest.mark.parametrize(("fact", "page"), ON_ITS_PAGE, ids=name_of)
def test_fact_is_on_its_page(reader: Reader, db: None, fact: Fact, page: library_facts.Page):
    check(fact, reader, page)


@pytest.mark.parametrize("fact", [fact for fact in FACTS if isinstance(fact, InOrder)], ids=name_of)
def test_order_is_kept_in_the_routine(reader: Reader, db: None, fact: InOrder):
    main = reader.main(library_facts.Page("routine", fact.routine))
    shown = [name for name in items_of(main) if name in fact.exercises]
    assert shown == list(fact.exercises)


@pytest.mark.parametrize("fact", [fact for fact in FACTS if isinstance(fact, MomentIs)], ids=name_of)
def test_moment_is_said_of_the_routine(reader: Reader, db: None, fact: MomentIs):
    when = glance_at(reader.main(library_facts.Page("routine", fact.routine)), "When")
    assert [text_of(item) for item in when.select("li")] == [str(Moment(moment).label) for moment in fact.moments]


@pytest.fixture(scope="module")
def all_words(reader: Reader) -> dict[str, str]:
    """What stands on every page and in every file of the library, by its name, in lower case."""
    pages = {page.id: written_on(reader.main(page)) for page in EVERY}
    files = {path.name: path.read_text(encoding="utf-8").lower() for path in STARTER_LIBRARY.rglob("*.yaml")}
    return {**pages, **files}


@pytest.mark.parametrize("fact", [fact for fact in FACTS if isinstance(fact, Absent)], ids=name_of)
def test_claim_or_advert_is_on_no_page_and_in_no_file(all_words: dict[str, str], db: None, fact: Absent):
    for word in fact.words:
        assert [name for name, text in all_words.items() if word in text] == [], word


# The pages as a whole


def record_of(page: library_facts.Page) -> ClinicalPage:
    """The page itself, for what its rules say is in force."""
    return MODELS[page.kind].objects.get(library_id=page.id)


def test_whole_library_is_live(reader: Reader, db: None):
    assert {kind: len(names) for kind, names in FILES.items()} == {
        "exercise": 34,
        "routine": 10,
        "condition": 5,
        "information": 5,
    }
    for kind, model in MODELS.items():
        assert sorted(model.objects.live().values_list("library_id", flat=True)) == FILES[kind]
    assert SafetyNote.objects.filter(live=True).count() == len(list((STARTER_LIBRARY / "notes").glob("*.yaml")))


@pytest.mark.parametrize("page", EVERY, ids=name_of)
def test_page_is_read_by_anybody(reader: Reader, db: None, page: library_facts.Page):
    record = MODELS[page.kind].objects.get(library_id=page.id)
    assert text_of(reader.main(page).h1) == record.title


@pytest.mark.parametrize("page", CLINICAL, ids=name_of)
def test_page_says_that_no_clinician_has_confirmed_it(reader: Reader, db: None, page: library_facts.Page):
    main = reader.main(page)
    (banner,) = [tag for tag in main.select(".example-banner") if text_of(tag) == BANNER]
    assert banner.find_parent("details") is None
    assert "Not yet confirmed by a clinician" in text_of(main.select_one("[aria-labelledby=about-this-page]"))


@pytest.mark.parametrize("page", CLINICAL, ids=name_of)
def test_notes_on_the_page_are_those_in_force_each_once(reader: Reader, db: None, page: library_facts.Page):
    board = record_of(page).board()
    shown = Counter(item["data-note"] for item in reader.main(page).select("li[data-note]"))
    assert shown == Counter(str(item.key) for item in board)
    tiers = {item["data-note"]: int(item["data-tier"]) for item in reader.main(page).select("li[data-note]")}
    assert tiers == {str(item.key): int(item.tier) for item in board}


@pytest.mark.parametrize("page", CLINICAL, ids=name_of)
def test_warnings_stand_before_the_first_step_and_are_never_folded(reader: Reader, db: None, page: library_facts.Page):
    main = reader.main(page)
    first = main.select_one(BEGINNING[page.kind])
    signs = first.find_all_previous("li", attrs={"data-sign": True})
    before = {key for tag in signs for key in tag["data-sign"].split()}
    grave = {str(item.key) for item in record_of(page).board() if item.tier <= 2}
    assert grave
    assert grave <= before
    for item in main.select("li[data-note], li[data-sign]"):
        assert item.find_parent("details") is None
        assert item.find_parent(attrs={"hidden": True}) is None
        assert item.find_parent(attrs={"aria-hidden": "true"}) is None


@pytest.mark.parametrize("page", CLINICAL, ids=name_of)
def test_every_note_stands_under_the_label_of_its_tier(reader: Reader, db: None, page: library_facts.Page):
    for item in reader.main(page).select("li[data-note]"):
        assert text_of(item.find_previous(["h2", "h3", "h4"])) in HEADINGS[int(item["data-tier"])]


def test_loaded_twice_nothing_changes(starter_site: None, db: None):
    before = everything_stored()
    out, _ = load(STARTER_LIBRARY, publish=True)
    assert "0 created, 0 changed, 124 unchanged." in out
    assert everything_stored() == before
