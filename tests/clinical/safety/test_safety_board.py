"""A safety board: never without the floor or a number, and every note in exactly one of its callouts."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.safety.default_notes import DEFAULT_KEYS, EMERGENCY_KEY, STOP_KEY
from clinical.safety.rules import merge
from clinical.safety.sheet import (
    ConditionLink,
    EmergencyNumber,
    Labelled,
    MissingSafety,
    Provenance,
    SafetyBoard,
    SheetPicture,
    Source,
    example_banner,
)
from clinical.words.choices import EvidenceLevel, NoteKind, ReviewState, StepKind, Tier
from tests.pure_examples import board, effective, effective_lists, floor, key, version

CALLOUTS = (
    "emergency",
    "same_day",
    "stop_if",
    "never",
    "do_not_if",
    "check_first",
    "preparation",
    "dos",
    "donts",
    "good_to_know",
)

#: Which callout a note stands in, by tier and kind, urgency aside.
CALLOUT_OF = {
    **{(Tier.DO_NOT, kind): "do_not_if" for kind in NoteKind},
    (Tier.DO_NOT, NoteKind.STOP): "stop_if",
    (Tier.DO_NOT, NoteKind.DONT): "never",
    **{(Tier.CHECK_FIRST, kind): "check_first" for kind in NoteKind},
    **{(Tier.GOOD_TO_KNOW, kind): "good_to_know" for kind in NoteKind},
    (Tier.GOOD_TO_KNOW, NoteKind.PREPARATION): "preparation",
    (Tier.GOOD_TO_KNOW, NoteKind.DO): "dos",
    (Tier.GOOD_TO_KNOW, NoteKind.DONT): "donts",
}


def callouts_with(safety: SafetyBoard, number: int) -> list[str]:
    return [name for name in CALLOUTS if key(number) in {item.key for item in getattr(safety, name)}]


# It cannot be made without what it must carry


@pytest.mark.parametrize("missing", DEFAULT_KEYS, ids=str)
def test_board_without_a_note_of_the_floor_is_refused(missing):
    notes = tuple(item for item in floor() if item.key != missing)
    with pytest.raises(MissingSafety, match="every sheet"):
        SafetyBoard((*notes, effective()), EmergencyNumber("999"))


def test_board_without_any_note_is_refused():
    with pytest.raises(MissingSafety):
        SafetyBoard((), EmergencyNumber("999"))


@pytest.mark.parametrize("number", ["", " ", "\t\n"])
def test_board_without_an_emergency_number_is_refused(number):
    with pytest.raises(MissingSafety, match="emergency number"):
        SafetyBoard(floor(), EmergencyNumber(number))


def test_missing_safety_is_a_fault_of_the_value():
    assert issubclass(MissingSafety, ValueError)


@pytest.mark.parametrize(
    ("number", "tel"), [("999", "tel:999"), ("112 ", "tel:112"), ("+44 20 7946-0000", "tel:+442079460000")]
)
def test_emergency_number_is_a_telephone_link(number, tel):
    assert EmergencyNumber(number).tel == tel


# Every note in exactly one callout


@given(effective_lists, st.booleans())
def test_every_note_stands_in_exactly_one_callout(notes, merged_first):
    notes = (*floor(), *notes)
    safety = SafetyBoard(merge(notes) if merged_first else notes, EmergencyNumber("999"))
    shown = [item for name in CALLOUTS for item in getattr(safety, name)]
    assert sorted(map(repr, shown)) == sorted(map(repr, safety.notes))
    assert {item.key for item in shown} == safety.keys


@pytest.mark.parametrize(("tier", "kind"), CALLOUT_OF, ids=lambda value: value.name)
def test_callout_follows_from_tier_and_kind(tier, kind):
    assert callouts_with(board(effective(version(7, kind, tier))), 7) == [CALLOUT_OF[tier, kind]]


@pytest.mark.parametrize("kind", NoteKind, ids=lambda kind: kind.name)
@pytest.mark.parametrize(
    ("urgency", "callout"), [("emergency", "emergency"), ("same_day", "same_day"), ("", "emergency")]
)
def test_tier_1_stands_in_the_card_of_its_urgency_whatever_its_kind(kind, urgency, callout):
    assert callouts_with(board(effective(version(7, kind, Tier.GET_HELP, urgency=urgency))), 7) == [callout]


def test_floor_stands_in_the_emergency_card_and_under_stop_if():
    safety = board()
    assert [item.key for item in safety.emergency] == [EMERGENCY_KEY]
    assert [item.key for item in safety.stop_if] == [STOP_KEY]
    assert not any(getattr(safety, name) for name in CALLOUTS if name not in {"emergency", "stop_if"})


@given(effective_lists)
def test_callouts_keep_the_reading_order(notes):
    safety = SafetyBoard(merge((*floor(), *notes)), EmergencyNumber("999"))
    for name in CALLOUTS:
        places = [safety.notes.index(item) for item in getattr(safety, name)]
        assert places == sorted(places)


def test_board_is_read_like_its_notes():
    note = effective(version(7))
    safety = board(note)
    assert tuple(safety) == safety.notes == (*floor(), note)
    assert safety.keys == DEFAULT_KEYS | {key(7)}


def test_board_carries_the_language_of_its_sheet_and_notes_their_own():
    safety = board(effective(version(7, language="de")), language="en-gb")
    assert safety.language == "en-gb"
    assert [item.note.language for item in safety.dos] == ["de"]
    assert SafetyBoard(floor(), EmergencyNumber("999")).language == ""


# Beside a step


def test_note_that_names_a_step_is_repeated_beside_it_and_stays_in_its_callout():
    safety = board(effective(version(7, tier=Tier.CHECK_FIRST, concerns_step="hold")), effective(version(8)))
    assert [item.key for item in safety.beside("hold")] == [key(7)]
    assert callouts_with(safety, 7) == ["check_first"]


@pytest.mark.parametrize("step", ["move", "", "hol"])
def test_note_is_not_beside_another_step_or_none(step):
    assert board(effective(version(7, concerns_step="hold")), effective(version(8))).beside(step) == ()


@given(effective_lists, st.sampled_from(StepKind))
def test_beside_a_step_stand_exactly_the_notes_that_name_it(notes, step):
    safety = SafetyBoard((*floor(), *notes), EmergencyNumber("999"))
    assert safety.beside(step.value) == tuple(item for item in notes if item.note.concerns_step == step.value)


# Who stands behind it


@pytest.mark.parametrize(("state", "is_example"), [(ReviewState.REVIEWED, False), (ReviewState.UNREVIEWED, True)])
def test_unreviewed_page_is_an_example(state, is_example):
    assert Provenance(state).is_example is is_example
    assert Provenance(state.value).is_example is is_example


@pytest.mark.parametrize(
    ("due", "is_overdue"),
    [(None, False), (date(2026, 5, 2), True), (date(2026, 5, 3), False), (date(2026, 5, 4), False)],
)
def test_review_is_overdue_the_day_after_it_was_due(due, is_overdue):
    assert Provenance(ReviewState.REVIEWED, review_due=due).is_overdue(date(2026, 5, 3)) is is_overdue


def test_banner_says_that_no_clinician_has_confirmed_it():
    assert example_banner() == "Example content, not yet confirmed by a clinician"


def test_labelled_member_is_the_same_with_or_without_its_household_substitute():
    assert Labelled("mat", "Mat", "a rug") == Labelled("mat", "Mat")
    assert len({Labelled("mat", "Mat", "a rug"), Labelled("mat", "Mat")}) == 1
    assert Labelled("mat", "Mat") != Labelled("mat", "Matte")


def test_condition_link_says_its_evidence_aloud():
    link = ConditionLink("Cramp", "cramp", evidence=EvidenceLevel.TRIAL, statement="A small trial supports it.")
    assert (link.evidence, link.statement) == (EvidenceLevel.TRIAL, "A small trial supports it.")


VALUES = [
    (EmergencyNumber("999"), {"number": "999"}),
    (Source("A guideline"), {"title": "A guideline", "url": ""}),
    (
        Provenance(ReviewState.REVIEWED),
        {
            "author": "",
            "author_role": "",
            "reviewer": "",
            "reviewer_role": "",
            "reviewed_on": None,
            "review_due": None,
            "evidence_summary": "",
            "who_it_is_for": "",
            "check_first": (),
            "sources": (),
        },
    ),
    (ConditionLink("Cramp", "cramp"), {"url": "", "evidence": None, "statement": ""}),
    (SheetPicture("/media/a.webp", 800, 600), {"alt": "", "credit": ""}),
    (Labelled("mat", "Mat"), {"substitute": ""}),
    (board(), {"language": "en"}),
]


@pytest.mark.parametrize(("value", "fields"), VALUES, ids=lambda value: type(value).__name__)
def test_nothing_is_made_up_where_nothing_was_said(value, fields):
    assert {name: getattr(value, name) for name in fields} == fields


@pytest.mark.parametrize(("value", "fields"), VALUES, ids=lambda value: type(value).__name__)
def test_what_a_sheet_carries_never_changes(value, fields):
    for name in fields:
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, "changed")
