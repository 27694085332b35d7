"""The laws of merging and inheritance for generated libraries and routines: B4.1 to B4.3, and B4.5 for languages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clinical.safety.reach import Part, Subject
from clinical.safety.rules import EffectiveNote, concerning, effective_notes, merge, reading_order
from clinical.words.choices import NoteKind, PlaceKind, Tier
from tests.pure_examples import effective_lists, placement_lists, subject_lists, subjects, subjects_of

KINDS = list(NoteKind)
wholes = subjects_of(Part.WHOLE)
ingredients = st.lists(subjects_of(Part.INGREDIENT), max_size=5)


def by_key(notes) -> dict:
    return {item.key: item for item in notes}


def assert_nothing_lost(before, after) -> None:
    """Every note of ``before`` is in ``after``, at least as cautious, at least as urgent, with all its reasons."""
    after = by_key(after)
    for item in before:
        kept = after[item.key]
        assert kept.tier <= item.tier
        assert KINDS.index(kept.note.kind) <= KINDS.index(item.note.kind)
        assert kept.reasons >= item.reasons
        if item.urgency == "emergency":
            assert kept.urgency == "emergency"
        if item.urgency == "same_day":
            assert kept.urgency in {"same_day", "emergency"}


#: Once more by the letter: what lies within what, and what is like what.
WIDER = {"elbow": "arm", "forearm": "arm", "ankle": "foot"}
LIKE = {"in_bed": "supine", "wheelchair": "sitting", "leaning": "standing"}


def core_by_the_letter(placements, exercise: Subject) -> set:
    """E3.1 once more, written without the code under test."""
    tiers: dict[Any, Any] = {}
    always: set[Any] = set()
    for placement in placements:
        note = placement.note
        tiers[note.key] = min(tiers.get(note.key, Tier.GOOD_TO_KNOW), note.tier)
        # A note travels unless every version of it is marked.
        always |= set() if note.only_with_condition else {note.key}
    reached = set()
    for placement in placements:
        kind, value = placement.place.kind, placement.place.value
        if (
            kind == PlaceKind.EVERYTHING
            or (kind == PlaceKind.REGION and value in exercise.regions | {WIDER.get(each) for each in exercise.regions})
            or (kind == PlaceKind.POSITION and value in exercise.positions | {LIKE.get(p) for p in exercise.positions})
            or (kind == PlaceKind.EQUIPMENT and value in exercise.equipment)
            or (kind == PlaceKind.KIND and value == exercise.kind)
            or (kind == PlaceKind.PAGE and value == str(exercise.key))
            or (
                kind == PlaceKind.CONDITION
                and value in exercise.conditions
                and tiers[placement.note.key] == 1
                and (placement.note.key in always or not exercise.among or value in exercise.among)
            )
        ):
            reached.add(placement.note.key)
    return reached


# B4.1: nothing lost


@given(placement_lists, wholes, ingredients)
def test_routine_contains_the_core_of_each_of_its_exercises(placements, routine, exercises):
    whole = effective_notes(placements, [routine, *exercises])
    for exercise in exercises:
        core = effective_notes(placements, [exercise])
        assert set(by_key(core)) == core_by_the_letter(placements, exercise)
        assert_nothing_lost(core, whole)


@given(placement_lists, wholes, ingredients)
def test_routine_contains_every_note_of_each_of_its_conditions_and_its_own(placements, routine, exercises):
    found = set(by_key(effective_notes(placements, [routine, *exercises])))
    for placement in placements:
        place = placement.place
        if place.kind is PlaceKind.CONDITION and place.value in routine.conditions:
            assert placement.note.key in found
        if place.kind is PlaceKind.PAGE and place.value == str(routine.key):
            assert placement.note.key in found


@given(placement_lists, subject_lists)
def test_note_on_everything_is_on_every_sheet(placements, readers):
    for reader in readers:
        found = set(by_key(effective_notes(placements, [reader])))
        assert found >= {item.note.key for item in placements if item.place.kind is PlaceKind.EVERYTHING}


@given(placement_lists, subject_lists)
def test_every_note_says_why_it_is_there_and_none_is_made_up(placements, readers):
    hung = {(item.note.key, item.place.kind, item.place.value) for item in placements}
    for item in effective_notes(placements, readers):
        assert item.reasons
        assert {(item.key, reason.place, reason.value) for reason in item.reasons} <= hung
        assert {reason.brought_by for reason in item.reasons} <= {reader.title for reader in readers}


@given(placement_lists, subject_lists)
def test_what_concerns_one_subject_of_a_sheet_is_what_it_would_be_shown_alone(placements, readers):
    readers = list({reader.key: reader for reader in readers}.values())
    together = effective_notes(placements, readers)
    assert concerning(together, readers) == [effective_notes(placements, [reader]) for reader in readers]


@given(effective_lists)
def test_merging_loses_no_note_and_repeats_none(notes):
    merged = merge(notes)
    assert len(merged) == len(by_key(merged)) == len(by_key(notes))
    for item in notes:
        assert_nothing_lost([item], merged)


# B4.2: monotone


@given(placement_lists, subject_lists, subjects)
def test_adding_an_exercise_removes_and_lowers_nothing(placements, readers, another):
    before = effective_notes(placements, readers)
    after = effective_notes(placements, [*readers, another])
    assert_nothing_lost(before, after)
    assert {item.key: item.tier for item in before}.items() <= {item.key: item.tier for item in after}.items()


@given(placement_lists, placement_lists, subject_lists)
def test_adding_notes_removes_and_lowers_nothing(placements, more, readers):
    assert_nothing_lost(effective_notes(placements, readers), effective_notes([*placements, *more], readers))


@given(placement_lists, subjects, st.sampled_from(["regions", "conditions"]), st.sampled_from(["hip", "back-pain"]))
def test_tagging_a_subject_more_removes_and_lowers_nothing(placements, reader, facts, tag):
    tagged = replace(reader, **{facts: getattr(reader, facts) | {tag}})
    assert_nothing_lost(effective_notes(placements, [reader]), effective_notes(placements, [tagged]))


@given(placement_lists, subjects_of(Part.INGREDIENT))
def test_own_page_carries_all_that_an_exercise_brings_into_a_routine_and_a_whole_all_of_both(placements, exercise):
    in_routine, on_page, whole = (
        effective_notes(placements, [replace(exercise, part=part)])
        for part in (Part.INGREDIENT, Part.EXERCISE, Part.WHOLE)
    )
    assert_nothing_lost(in_routine, on_page)
    assert_nothing_lost(on_page, whole)


# B4.3: order, nesting, duplication; the laws of merging


@given(st.data(), placement_lists, subject_lists)
def test_order_and_duplication_change_nothing(data, placements, readers):
    shuffled = data.draw(st.permutations([*placements, *placements]))
    readers_shuffled = data.draw(st.permutations([*readers, *readers]))
    assert effective_notes(shuffled, readers_shuffled) == effective_notes(placements, readers)


@given(placement_lists, subject_lists, subject_lists)
def test_nesting_changes_nothing(placements, some, others):
    together = effective_notes(placements, [*some, *others])
    assert merge([*effective_notes(placements, some), *effective_notes(placements, others)]) == together


@given(effective_lists)
def test_merging_is_idempotent(notes):
    merged = merge(notes)
    assert merge(merged) == merged
    assert merge([*merged, *merged]) == merged
    assert merge([*notes, *merged]) == merged


@given(effective_lists, effective_lists)
def test_merging_is_commutative(some, others):
    assert merge([*some, *others]) == merge([*others, *some])


@given(effective_lists, effective_lists, effective_lists)
def test_merging_is_associative(some, others, rest):
    left = merge([*merge([*some, *others]), *rest])
    right = merge([*some, *merge([*others, *rest])])
    assert left == right == merge([*some, *others, *rest])


@given(effective_lists)
def test_merged_notes_stand_in_reading_order_most_serious_first(notes):
    merged = merge(notes)
    assert list(merged) == sorted(merged, key=reading_order)
    assert [item.tier for item in merged] == sorted(item.tier for item in merged)


# B4.5: no language makes a note disappear or milder


@given(st.data(), placement_lists, subject_lists)
def test_language_of_the_reader_changes_only_the_words(data, placements, readers):
    ranks = data.draw(st.permutations([0, 1, 2]))
    translated = [
        replace(item, note=replace(item.note, language_rank=ranks[item.note.language_rank])) for item in placements
    ]

    def without_words(notes) -> dict:
        return {item.key: (item.tier, item.urgency, item.note.kind, item.reasons) for item in notes}

    assert without_words(effective_notes(translated, readers)) == without_words(effective_notes(placements, readers))


@given(placement_lists, subject_lists)
def test_words_shown_are_those_of_a_version_and_never_empty_where_one_has_words(placements, readers):
    for item in effective_notes(placements, readers):
        written = {version.note.text for version in placements if version.note.key == item.key}
        assert item.note.text in written
        assert item.note.text.strip() or not any(text.strip() for text in written)


@given(effective_lists)
def test_urgency_is_said_for_tier_1_and_for_no_other(notes):
    for item in [*notes, *merge(notes)]:
        assert isinstance(item, EffectiveNote)
        assert (item.urgency in {"emergency", "same_day"}) == (item.tier == Tier.GET_HELP)
