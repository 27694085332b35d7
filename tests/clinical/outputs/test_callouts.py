"""Every note of a board stands in exactly one list of its callouts, under the label the page gives it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given

from clinical.outputs.callouts import callouts, labels
from clinical.safety.rules import EffectiveNote, merge
from clinical.words.choices import NoteKind, Tier
from tests.pure_examples import board, effective, effective_lists, version


def of(*notes: EffectiveNote) -> dict[str, list[str]]:
    """The words of each list, by its label."""
    return {
        notes_of.label: [item.words for item in notes_of.notes]
        for callout in callouts(board(*notes))
        for notes_of in callout.lists
    }


@given(effective_lists)
def test_no_note_is_lost_or_said_twice(notes: list[EffectiveNote]):
    notes = [item for item in merge(notes) if item.key not in board().keys]
    made = board(*notes)
    shown = [item.key for callout in callouts(made) for each in callout.lists for item in each.notes]
    assert sorted(shown) == sorted(item.key for item in made)
    assert labels(made).keys() == {str(key) for key in made.keys}


def test_callouts_come_in_the_order_of_their_tiers():
    every = [
        effective(version(100 + number, kind, tier, urgency=urgency))
        for number, (kind, tier, urgency) in enumerate(product(NoteKind, Tier, ["emergency", "same_day"]))
    ]
    assert [callout.style for callout in callouts(board(*every))] == ["emergency", "today", "stop", "check", "note"]


@pytest.mark.parametrize(
    ("kind", "tier", "label"),
    [
        (NoteKind.CONTRAINDICATION, Tier.DO_NOT, "Do not do this if"),
        (NoteKind.STOP, Tier.DO_NOT, "Stop if"),
        (NoteKind.DONT, Tier.DO_NOT, "Do not"),
        (NoteKind.PREPARATION, Tier.DO_NOT, "Do not leave this out"),
        (NoteKind.POPULATION, Tier.DO_NOT, "Do not start before you have checked"),
        (NoteKind.POPULATION, Tier.CHECK_FIRST, "Check first"),
        (NoteKind.CAVEAT, Tier.GOOD_TO_KNOW, "Good to know"),
        (NoteKind.DO, Tier.GET_HELP, "To get help"),
        (NoteKind.RED_FLAG, Tier.GET_HELP, "Emergency: call 999 now if"),
    ],
)
def test_a_note_stands_under_the_label_of_its_kind_and_tier(kind: NoteKind, tier: Tier, label: str):
    assert "you fall" in " ".join(of(effective(version(kind=kind, tier=tier, text="you fall")))[label])
