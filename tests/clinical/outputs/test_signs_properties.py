"""The laws of the card: whatever notes there are, each serious one has its sign, and none takes another's away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clinical.outputs.signs import sign_card
from clinical.safety.rules import effective_notes, merge
from clinical.safety.sheet import AskFirst, EmergencyNumber, SafetyBoard
from clinical.words.choices import Tier
from tests.pure_examples import EVERYTHING, at, effective_lists, floor, page, placement_lists, region, subject_lists

ORDER = ["emergency", "today", "leave", "stop", "not", "ask", "check"]


def serious(shown: SafetyBoard) -> set:
    return {item.key for item in shown if item.tier <= Tier.DO_NOT}


def boards_of(notes) -> SafetyBoard:
    """A board of whatever notes, said once each."""
    return SafetyBoard(merge([*floor(), *notes]), EmergencyNumber("999"), "en")


asks = st.lists(
    st.builds(AskFirst, st.sampled_from(["", "kneeling hurts"]), st.sampled_from([(), ("falls",), ("hiccups",)])),
    max_size=3,
)


@given(effective_lists, asks, st.booleans())
def test_every_serious_note_of_any_board_has_its_sign_in_exactly_one_group(notes, asks, by_part):
    shown = boards_of(notes)
    card = sign_card(shown, asks, by_part=by_part)
    serious_groups = (group for group in card.groups if group.style not in {"ask", "check"})
    standing = [key for group in serious_groups for sign in group.signs for key in sign.keys]
    assert len(standing) == len(set(standing))
    assert set(standing) == serious(shown)
    assert card.keys == {item.key for item in shown if item.tier <= Tier.CHECK_FIRST}


@given(effective_lists, effective_lists, st.booleans())
def test_adding_a_note_removes_the_sign_of_no_other(notes, more, by_part):
    before = sign_card(boards_of(notes), by_part=by_part)
    after = sign_card(boards_of([*notes, *more]), by_part=by_part)
    assert before.keys <= after.keys


@given(placement_lists, subject_lists, subject_lists)
def test_routine_has_every_sign_of_each_of_its_exercises(placements, some, others):
    placements = [*placements, at(EVERYTHING, 1), at(page(1), 2, Tier.DO_NOT), at(region("hip"), 3, Tier.GET_HELP)]
    alone = sign_card(boards_of(effective_notes(placements, some)))
    together = sign_card(boards_of(effective_notes(placements, [*some, *others])), by_part=True)
    assert alone.keys <= together.keys


@given(effective_lists)
def test_groups_of_any_card_stand_in_one_order_and_none_is_empty(notes):
    card = sign_card(boards_of(notes))
    styles = [group.style for group in card.groups]
    assert styles == sorted(styles, key=ORDER.index)
    assert all(group.signs and all(each.signs for each in group.lists) for group in card.groups)


@given(effective_lists)
def test_no_note_is_left_without_words_where_it_has_some(notes):
    shown = boards_of(notes)
    said = {one: sign.words for group in sign_card(shown).groups for sign in group.signs for one in sign.keys}
    for item in shown:
        assert item.tier > Tier.CHECK_FIRST or said[item.key].strip() or not item.note.text.strip()
