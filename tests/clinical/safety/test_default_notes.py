"""The two notes that stand on every sheet, whatever the database holds."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from clinical.safety.default_notes import (
    DEFAULT_KEYS,
    EMERGENCY_KEY,
    STOP_KEY,
    default_placements,
    holds_the_default_notes,
)
from clinical.safety.reach import Part
from clinical.safety.rules import effective_notes, merge
from clinical.words.choices import NoteKind, PlaceKind, Tier
from tests.pure_examples import floor, subject


def note(key):
    return next(item.note for item in default_placements("en") if item.note.key == key)


def test_floor_is_two_notes_on_everything():
    placements = default_placements()
    assert {item.note.key for item in placements} == {STOP_KEY, EMERGENCY_KEY} == DEFAULT_KEYS
    assert STOP_KEY != EMERGENCY_KEY
    assert [(item.place.kind, item.place.value) for item in placements] == [(PlaceKind.EVERYTHING, "")] * 2


def test_keys_of_the_floor_never_change():
    assert str(STOP_KEY) == "5f0e2f0a-6c1d-5d0e-8a58-000000000001"
    assert str(EMERGENCY_KEY) == "5f0e2f0a-6c1d-5d0e-8a58-000000000002"


def test_floor_stops_at_pain_numbness_weakness_and_dizziness():
    stop = note(STOP_KEY)
    assert (stop.kind, stop.tier, stop.urgency) == (NoteKind.STOP, Tier.DO_NOT, "")
    assert all(sign in stop.text for sign in ("pain", "numbness", "weakness", "dizziness"))


def test_floor_calls_for_help_in_an_emergency():
    emergency = note(EMERGENCY_KEY)
    assert (emergency.kind, emergency.tier, emergency.urgency) == (NoteKind.RED_FLAG, Tier.GET_HELP, "emergency")
    assert all(sign in emergency.text for sign in ("chest pain", "breath", "collapse"))


def test_floor_completes_the_sentence_of_its_callout():
    assert all(item.note.text.startswith("you ") for item in default_placements())
    assert not any(item.note.text.endswith(".") for item in default_placements())


@pytest.mark.parametrize("part", Part, ids=lambda part: part.name)
def test_floor_stands_on_every_sheet_even_of_something_untagged(part):
    found = effective_notes(default_placements(), [subject(part=part)])
    assert [item.key for item in found] == [EMERGENCY_KEY, STOP_KEY]
    assert holds_the_default_notes(found)


def test_floor_says_which_language_it_is_in():
    assert {item.note.language for item in default_placements("en-gb")} == {"en-gb"}
    assert {item.note.language for item in default_placements()} == {""}


def test_floor_is_read_in_the_language_of_the_moment_not_of_the_start():
    class Shouting(trans_real.DjangoTranslation):
        """A language in which everything is shouted."""

        def __init__(self):
            self.plural = None

        def to_language(self):
            return "loud"

        def gettext(self, message):
            return message.upper()

    before = default_placements()[0].note.text
    active = vars(trans_real)["_active"]
    with translation.override("en"):
        active.value = Shouting()
        assert default_placements()[0].note.text == before.upper()
    assert default_placements()[0].note.text == before


@pytest.mark.parametrize("missing", DEFAULT_KEYS, ids=str)
def test_floor_with_one_note_missing_is_no_floor(missing):
    assert not holds_the_default_notes(tuple(item for item in floor() if item.key != missing))


def test_no_notes_are_no_floor():
    assert not holds_the_default_notes(())


def test_floor_is_held_among_other_notes_and_said_twice():
    assert holds_the_default_notes((*floor(), *floor()))
    assert merge((*floor(), *floor())) == floor()
