"""The handout: the signs first, an accessible PDF, one page for six lean exercises, and data that stays data."""

from __future__ import annotations

import io
import logging
import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pypdf import PdfReader

from clinical.models import NoteTarget
from clinical.outputs.answers import AskedWrongly
from clinical.safety.rules import reading_order
from clinical.safety.sheet import MissingSafety, Provenance, SafetyBoard, Source
from clinical.words.choices import NoteKind, ReviewState, Tier
from exercises.figure_sheet import FigureFrame, SheetFigure
from exercises.sheet import Step
from figures.engine import library
from figures.engine.render import draw
from figures.engine.words import alternative_text
from routines.models import RoutinePage
from routines.outputs.handout import digest, handout
from routines.outputs.paper import Paper, PaperAsked, paper_asked
from routines.sheet import RoutineSheet, RoutineSheetItem
from testing import factories
from tests.outputs import words_on_paper
from tests.pure_examples import board, effective, exercise_sheet, item, routine_sheet, version

PAPER = Paper(address="https://stretch.example/routines/back/", printed_on=date(2026, 11, 21), site_name="Stretchsite")
STEPS = (
    Step("set_up", "Lie on your back. Bring one knee up towards you slowly."),
    Step("move", "Hold your shin and draw it in until you feel a mild pull at the back."),
    Step("hold", "Stay there and keep breathing. Keep your shoulders down."),
    Step("return", "Let go slowly and change legs."),
)


def usual_board() -> SafetyBoard:
    """A note or two in every callout."""
    notes = [
        effective(version(101, NoteKind.RED_FLAG, Tier.GET_HELP, text="you lose feeling around your back passage")),
        effective(
            version(
                102,
                NoteKind.RED_FLAG,
                Tier.GET_HELP,
                text="one calf is swollen and warm",
                urgency="same_day",
                what_to_do="Do not stretch or rub that leg.",
            )
        ),
        effective(version(103, NoteKind.CONTRAINDICATION, Tier.DO_NOT, text="you have a torn muscle")),
        effective(version(104, NoteKind.DONT, Tier.DO_NOT, text="bounce or force it")),
        effective(version(105, NoteKind.CHECK_FIRST, Tier.CHECK_FIRST, text="Ask first if you are pregnant.")),
        effective(version(106, NoteKind.PREPARATION, text="Warm up by walking for two minutes.")),
    ]
    made = board(*notes, language="en-gb")
    return SafetyBoard(tuple(sorted(made, key=reading_order)), made.emergency_number, "en-gb")


@cache
def figure(name: str) -> SheetFigure:
    """A figure of the site's own library."""
    illustration = library.illustration(name)
    key = illustration.figures[-1].key
    box = draw(illustration, key, "print").box
    frame = FigureFrame(key, "", alternative_text(illustration, key), box, name)
    return SheetFigure((frame,), box)


@cache
def drawn(name: str) -> str:
    """Its drawing for paper."""
    illustration = library.illustration(name)
    return draw(illustration, illustration.figures[-1].key, "print").svg()


def usual_sheet(count: int = 6, has_figures: bool = True, **facts: Any) -> RoutineSheet:
    """A routine as practitioners write them: four steps an exercise, a figure each."""
    safety = usual_board()
    items: list[RoutineSheetItem] = []
    for number, name in enumerate(library.names()[:count], start=1):
        shown = figure(name) if has_figures else None
        words = {"title": f"Exercise {number}", "steps": STEPS, "safety": safety, "language": "en-gb"}
        items.append(item(number, exercise=exercise_sheet(number, figure=shown, **words)))
    usual = {
        "title": "Tight hamstrings: daily routine",
        "language": "en-gb",
        "safety": safety,
        "purpose": "For the back of the thigh.",
        "sessions_per_day": 1,
        "days_per_week": 5,
        "weeks": 4,
        "weeks_most": 6,
        "see_someone": "If it is no better in six weeks.",
        "provenance": Provenance(ReviewState.UNREVIEWED, sources=(Source("A textbook, 2020"),)),
    }
    return routine_sheet(*items, **{**usual, **facts})


def pages(pdf: bytes) -> list[str]:
    """The words of each page."""
    return [page.extract_text() for page in words_on_paper(pdf).pages]


def squeezed(words: str) -> str:
    """Words without spaces, since lines may break anywhere."""
    return re.sub(r"\s", "", words)


def elements(node: Any) -> list[Any]:
    """Every element of the structure tree, in reading order."""
    if isinstance(node, pikepdf.Array):
        return [found for each in node for found in elements(each)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    here = [node] if "/S" in node else []
    return here + (elements(node.K) if "/K" in node else [])


@pytest.fixture(scope="module")
def usual() -> bytes:
    """The handout of six exercises."""
    return handout(usual_sheet(), PAPER, drawn)


def test_pdf_is_tagged_titled_and_in_its_language(usual: bytes):
    with pikepdf.open(io.BytesIO(usual)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.docinfo["/Title"] == "Tight hamstrings: daily routine"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_headings_lists_and_pictures_are_tagged_with_their_words(usual: bytes):
    with pikepdf.open(io.BytesIO(usual)) as pdf:
        tree = elements(pdf.Root.StructTreeRoot.K)
        kinds = [str(each.S) for each in tree]
        alts = [str(each.Alt) for each in tree if str(each.S) == "/Figure"]
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/Figure", "/Table", "/TH"} <= set(kinds)
    assert kinds.index("/H1") < kinds.index("/H2") < kinds.index("/H3")
    assert alts[0] == "QR code of https://stretch.example/routines/back/"
    assert alts[1:] == [each.exercise.figure.end.alt for each in usual_sheet().items]
    assert all(alts)


def test_the_card_and_six_lean_exercises_fit_on_the_first_page_of_a4(usual: bytes):
    first, second = pages(usual)
    assert squeezed("Call 999 now if") in squeezed(first)
    assert "6. Exercise 6" in first
    assert "Page 1 of 2" in first
    assert second.index("Week 6") < second.index("All safety notes in full")
    box = PdfReader(io.BytesIO(usual)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


@pytest.mark.parametrize(("asked", "most"), [(PaperAsked(size="letter"), 2), (PaperAsked(is_large=True), 3)])
def test_letter_takes_two_pages_and_large_print_three(asked: PaperAsked, most: int):
    pdf = handout(usual_sheet(), replace(PAPER, asked=asked), drawn)
    assert len(pages(pdf)) == most
    if asked.size == "letter":
        assert round(PdfReader(io.BytesIO(pdf)).pages[0].mediabox.height) == 792


@pytest.mark.parametrize(("is_large", "body", "least"), [(False, 12, 10), (True, 16, 14)])
def test_instructions_are_set_in_12_points_or_16_and_nothing_is_much_smaller(is_large: bool, body: float, least: float):
    pdf = handout(usual_sheet(), replace(PAPER, asked=PaperAsked(is_large=is_large)), drawn)
    sizes = letter_sizes(pdf)
    assert min(sizes) >= least
    words = [*(step.text for step in STEPS), "one calf is swollen and warm", "Hold 30 seconds, 2 times each side."]
    for each in words:
        assert max(size for size, said in sizes.items() if squeezed(each) in said) >= body, each


def letter_sizes(pdf: bytes) -> dict[float, str]:
    """What is set in each size, in points, without spaces."""
    sizes: dict[float, str] = {}

    def visit(text: str, _around: Any, matrix: Any, _font: Any, size: float) -> None:
        if text.strip():
            points = round(abs(size * matrix[3]), 2)
            sizes[points] = sizes.get(points, "") + squeezed(text)

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=visit)
    return sizes


def test_every_sign_stands_before_the_first_exercise_and_every_note_in_full_at_the_end(usual: bytes):
    whole = squeezed("".join(pages(usual)))
    begin, in_full = whole.index(squeezed("1. Exercise 1")), whole.index(squeezed("All safety notes in full"))
    for sign in (sign for group in usual_sheet().signs.groups for sign in group.signs):
        assert -1 < whole.find(squeezed(sign.words)) < begin
    for note in usual_board():
        assert whole.rfind(squeezed(note.words)) > in_full
        assert whole.rfind(squeezed(note.note.what_to_do)) > in_full


def test_serious_note_without_a_sign_on_the_card_stops_the_paper():
    sheet = usual_sheet()
    sheet.__dict__["signs"] = replace(sheet.signs, groups=sheet.signs.groups[1:])
    with pytest.raises(MissingSafety, match="signs are missing"):
        handout(sheet, PAPER, drawn)


@pytest.mark.parametrize("is_large", [False, True])
def test_no_exercise_is_split_over_two_pages(is_large: bool):
    sheet = usual_sheet(count=12)
    pdf = handout(sheet, replace(PAPER, asked=PaperAsked(is_large=is_large)), drawn)
    found = [squeezed(page) for page in pages(pdf)]
    assert len(found) > 1
    for number in range(1, 13):
        [here] = [page for page in found if f"{number}.Exercise{number}Hold" in page]
        after = here[here.index(f"{number}.Exercise{number}Hold") :]
        assert squeezed(STEPS[-1].text) in after


def test_every_further_page_begins_with_when_to_stop_and_whom_to_call():
    for page in pages(handout(usual_sheet(count=20), PAPER, drawn))[1:]:
        assert page.startswith("Stop if you feel pain, numbness, weakness or dizziness. Emergency: call 999.")


def test_paper_says_what_is_behind_it(usual: bytes):
    page = squeezed("".join(pages(usual)))
    for words in (
        "Example content, not yet confirmed by a clinician",
        "A textbook, 2020",
        "Printed on 21 November 2026, version ",
        "https://stretch.example/routines/back/",
        "once a day, 5 days a week, for 4 to 6 weeks",
        "If it is no better in six weeks.",
        "Hold 30 seconds, 2 times each side.",
        "For the back of the thigh.",
    ):
        assert squeezed(words) in page


def test_link_of_one_reader_says_until_when_and_carries_the_note():
    paper = replace(PAPER, note="Start with the left leg.", ends_on=date(2026, 12, 24))
    page = squeezed(pages(handout(usual_sheet(), paper, drawn))[0])
    assert squeezed("works until 24 December 2026") in page
    assert squeezed("Start with the left leg.") in page


@pytest.mark.parametrize(
    ("count", "asked"),
    [
        (1, PaperAsked()),
        (6, PaperAsked()),
        (10, PaperAsked()),
        (6, PaperAsked(size="letter")),
        (6, PaperAsked(is_large=True)),
    ],
)
def test_sl16_code_to_type_stands_under_the_square_and_takes_no_further_page(count: int, asked: PaperAsked):
    paper = replace(PAPER, asked=asked, note="Start with the left leg.", ends_on=date(2026, 12, 24), is_shared=True)
    without = pages(handout(usual_sheet(count), paper, drawn))
    code = {"code": "7K4M-92QX-B3TF-C", "code_address": "stretch.example/code/"}
    found = pages(handout(usual_sheet(count), replace(paper, **code), drawn))
    assert len(found) == len(without)
    assert "7K4M-92QX-B3TF-C" in found[0].splitlines()
    said = "No camera? Type the code under the square at stretch.example/code/."
    assert squeezed(said) in squeezed(found[0])
    assert squeezed("Type the code") not in squeezed("".join(without))


def test_table_to_tick_can_be_left_out_and_what_was_taken_out_is_said():
    paper = replace(PAPER, asked=PaperAsked(has_ticks=False))
    found = pages(handout(usual_sheet(taken_out=("Neck roll",)), paper, drawn))
    page = found[0]
    assert "Week 1" not in "".join(found)
    assert page.index("Neck roll") < page.index("1. Exercise 1")


def test_exercise_without_a_figure_or_whose_drawing_is_gone_is_printed_without_one():
    for pdf in (handout(usual_sheet(has_figures=False), PAPER, drawn), handout(usual_sheet(), PAPER, lambda _name: "")):
        with pikepdf.open(io.BytesIO(pdf)) as read:
            assert [str(each.S) for each in elements(read.Root.StructTreeRoot.K)].count("/Figure") == 1


def test_letter_that_no_typeface_has_is_logged_and_the_paper_is_still_made(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING, logger="clinical.outputs.typesetting"):
        pdf = handout(usual_sheet(title="你好 😀"), PAPER, drawn)
    assert "without the standard" in caplog.text
    with pikepdf.open(io.BytesIO(pdf)) as read:
        assert read.Root.MarkInfo.Marked


def test_the_same_content_gives_the_same_bytes_and_any_change_another_digest():
    sheet = usual_sheet()
    assert handout(sheet, PAPER, drawn) == handout(usual_sheet(), PAPER, drawn)
    assert digest(sheet, PAPER) == digest(usual_sheet(), PAPER)
    others = [
        digest(usual_sheet(title="Another"), PAPER),
        digest(usual_sheet(safety=board(language="en-gb")), PAPER),
        digest(sheet, replace(PAPER, printed_on=date(2026, 11, 22))),
        digest(sheet, replace(PAPER, address="https://other.example/")),
        digest(sheet, replace(PAPER, asked=PaperAsked(is_large=True))),
        digest(sheet, replace(PAPER, site_name="St. Elsewhere")),
        digest(sheet, replace(PAPER, imprint=("In Elsewhere.",))),
        digest(sheet, replace(PAPER, logo="<svg/>")),
    ]
    assert len({digest(sheet, PAPER), *others}) == 9


@pytest.mark.parametrize(
    ("query", "field"), [({"paper": "a3"}, "paper"), ({"size": "huge"}, "size"), ({"ticks": "yes"}, "ticks")]
)
def test_what_cannot_be_made_is_refused_by_name(query: dict[str, str], field: str):
    with pytest.raises(AskedWrongly) as refused:
        paper_asked(query, "en-gb")
    assert refused.value.field == field
    assert "write one of" in refused.value.message


def test_paper_is_the_one_of_the_readers_country():
    assert paper_asked({}, "en-gb").size == "a4"
    assert paper_asked({}, "en-us").size == "letter"
    assert paper_asked({"paper": "a4", "size": "large", "ticks": "0"}, "en-us").name == "a4-large-no-ticks"


ADDRESS = "/routines/calves/handout.pdf"


def kept_files() -> list[str]:
    """Every handout in storage."""
    found: list[str] = []
    if not default_storage.exists("handouts"):
        return found
    for key in default_storage.listdir("handouts")[0]:
        for kind in default_storage.listdir(f"handouts/{key}")[0]:
            found += [f"{kind}/{name}" for name in default_storage.listdir(f"handouts/{key}/{kind}")[1]]
    return found


@pytest.fixture
def _own_storage(settings: Any) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}


@pytest.mark.usefixtures("_own_storage")
def test_handout_is_beside_the_page_and_kept_until_something_changes(routine: RoutinePage, client: Client):
    first = client.get(ADDRESS)
    assert (first.status_code, first.headers["Content-Type"]) == (200, "application/pdf")
    assert first.headers["Content-Disposition"] == 'inline; filename="calves.pdf"'
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.content.startswith(b"%PDF")
    [before] = kept_files()
    assert client.get(ADDRESS).content == first.content
    assert client.get(ADDRESS, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    factories.note_at(NoteTarget(region="lower_leg"), text="your calf swells")
    changed = client.get(ADDRESS, headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert squeezed("your calf swells") in squeezed("".join(pages(changed.content)))
    [after] = kept_files()
    assert before != after


@pytest.mark.usefixtures("_own_storage")
def test_handout_that_only_some_may_see_is_kept_nowhere(routine: RoutinePage, client: Client):
    routine.view_restrictions.create(restriction_type="login")
    assert client.get(ADDRESS).status_code == 302
    client.force_login(factories.UserFactory.create())
    assert client.get(ADDRESS).content.startswith(b"%PDF")
    assert kept_files() == []


@pytest.mark.usefixtures("_own_storage")
def test_wish_that_cannot_be_met_is_answered_with_what_to_write(routine: RoutinePage, client: Client):
    answer = client.get(ADDRESS, {"paper": "<b>a3"})
    assert answer.status_code == 400
    assert "<strong>paper</strong>: write one of: a4, letter." in answer.content.decode()
    assert client.get(ADDRESS, {"paper": "letter", "size": "large", "ticks": "0"}).status_code == 200
