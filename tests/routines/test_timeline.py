"""A row of a routine's timeline, and what a sheet counts only once."""

from __future__ import annotations

import dataclasses

import pytest

from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import AskFirst, Labelled, Provenance
from clinical.words.choices import NoteKind, ReviewState, Tier
from routines.sheet import RoutineSheetItem
from routines.templatetags.timeline_tags import timeline_row
from tests.pure_examples import board, effective, exercise_sheet, item, routine_sheet, version

BOARD = board()


def row_of(prescribed: RoutineSheetItem, *notes: EffectiveNote, is_shared: bool = False) -> str:
    """A row with these notes at it."""
    return timeline_row(prescribed, notes, BOARD, is_shared)


HOSTILE = '<b onmouseover="x">\'&</b>'


@pytest.mark.parametrize("facts", [{"cue": HOSTILE}, {"exercise": exercise_sheet(1, purpose=HOSTILE)}])
def test_a_row_escapes_what_authors_have_written(facts):
    row = row_of(item(1, **facts))
    assert "<b" not in row
    assert "<p>&lt;b onmouseover=&quot;x&quot;&gt;&#x27;&amp;&lt;/b&gt;</p>" in row


def test_a_row_escapes_title_and_address():
    row = row_of(item(1, exercise=exercise_sheet(1, title=HOSTILE, url='/"/')))
    assert "<b" not in row
    assert 'href="/&quot;/"' in row


def test_a_row_leads_to_the_exercise_or_to_its_place_on_the_same_page():
    exercise = exercise_sheet(3)
    assert f'href="{exercise.url}"' in row_of(item(3, exercise=exercise))
    assert 'href="#exercise-3"' in row_of(item(3, exercise=exercise), is_shared=True)


def test_the_authors_cue_stands_in_place_of_the_purpose():
    exercise = exercise_sheet(1, purpose="Loosens the calf.")
    assert "Loosens the calf." in row_of(item(1, exercise=exercise))
    row = row_of(item(1, exercise=exercise, cue="Heel down."))
    assert "<p>Heel down.</p>" in row
    assert "Loosens" not in row


def test_a_row_carries_its_notes_in_short_and_who_should_ask_first():
    set_up = effective(version(7, NoteKind.PREPARATION, Tier.GOOD_TO_KNOW, text="Hold <on>.", what_to_do="Why."))
    serious = effective(
        version(8, NoteKind.CONTRAINDICATION, Tier.DO_NOT, text="a hip hurts a good deal", in_short="a hip is sore")
    )
    asks = (AskFirst("kneeling <hurts>"), AskFirst(concerns=("pregnancy",)))
    exercise = exercise_sheet(1, provenance=Provenance(ReviewState.REVIEWED, check_first=asks))
    row = row_of(item(1, exercise=exercise), set_up, serious)
    assert f'data-repeated-note="{set_up.key}"' in row
    assert "Hold &lt;on&gt;." in row
    assert "Why." not in row
    assert "<strong>Leave it out if:</strong> a hip is sore<" in row
    assert "<strong>Ask first if:</strong> kneeling &lt;hurts&gt;<" in row


def test_a_sheet_that_was_changed_counts_anew_and_stays_what_it_was():
    sheet = routine_sheet(item(1), item(2, exercise=exercise_sheet(2, equipment=(Labelled("mat", "Mat"),))))
    same = dataclasses.replace(sheet)
    assert (sheet.minutes, sheet.equipment, len(sheet.segments)) == (sheet.minutes, (Labelled("mat", "Mat"),), 2)
    assert sheet == same
    assert hash(sheet) == hash(same)
    shorter = dataclasses.replace(sheet, items=sheet.items[:1])
    assert shorter.total_seconds < sheet.total_seconds
    assert (shorter.equipment, len(shorter.segments)) == ((), 1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        sheet.minutes = 1
