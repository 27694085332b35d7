"""What E4 asks for: budgets that warn an author with the number, and never take anything from a reader."""

from __future__ import annotations

import pytest

from clinical.outputs.signs import sign_card
from clinical.safety.budgets import (
    EXERCISE,
    ROUTINE,
    CardBudget,
    budget_warnings,
    card_warnings,
    without_short_sign,
)
from clinical.safety.rules import EffectiveNote, effective_notes, merge
from clinical.safety.short_signs import Family, words_digest
from clinical.words.choices import NoteKind, Tier
from tests.pure_examples import EVERYTHING, at, board, effective, key, subject, version

LONG = "your back hurts more than it did when you began, and goes on hurting"


def many(count: int, tier: Tier) -> list[EffectiveNote]:
    return [effective(version(number, tier=tier)) for number in range(count)]


def test_budgets_are_those_that_were_measured():
    assert (CardBudget(signs=5, words=150), CardBudget(signs=6, words=220)) == (EXERCISE, ROUTINE)


@pytest.mark.parametrize("budget", [EXERCISE, ROUTINE], ids=["exercise", "routine"])
def test_group_of_the_card_warns_only_above_its_budget(budget):
    most = budget.signs
    assert card_warnings([("Stop if", most), ("Call 999 now if", most)], 0, budget) == ()
    assert card_warnings([("Stop if", most), ("Leave it out if", most + 1)], 0, budget) == (
        f"“Leave it out if” has {most + 1} signs; readers take in at most {most}. All are shown.",
    )


@pytest.mark.parametrize("budget", [EXERCISE, ROUTINE], ids=["exercise", "routine"])
def test_words_before_the_first_step_warn_only_above_their_budget(budget):
    assert card_warnings([], budget.words, budget) == ()
    assert card_warnings([], budget.words + 1, budget) == (
        f"{budget.words + 1} words stand before the first step; readers take in at most {budget.words}. All are shown.",
    )


def test_every_group_above_its_budget_is_named_and_the_words_come_last():
    warnings = card_warnings(iter([("A", 6), ("B", 5), ("C", 7)]), 151, EXERCISE)
    assert [warning[:3] for warning in warnings] == ["“A”", "“C”", "151"]


def test_nothing_folds_and_no_tier_is_lowered_over_budget():
    notes = [effective(version(number, NoteKind.STOP, Tier.DO_NOT, in_short=f"sign {number}")) for number in range(40)]
    crowded = board(*notes)
    card = sign_card(crowded)
    counts = [(group.label, group.number) for group in card.groups]
    assert card_warnings(counts, card.words, EXERCISE)
    assert card.keys == crowded.keys
    assert {item.tier for item in crowded.stop_if} == {Tier.DO_NOT}


# Which notes still stand in their whole text


def lacking(*notes: EffectiveNote) -> set[int]:
    shown = board(*notes)
    return {item.key.int for item in without_short_sign(shown, sign_card(shown).joint)}


@pytest.mark.parametrize(
    ("kind", "tier"),
    [
        (NoteKind.RED_FLAG, Tier.GET_HELP),
        (NoteKind.STOP, Tier.DO_NOT),
        (NoteKind.PREPARATION, Tier.DO_NOT),
        (NoteKind.CHECK_FIRST, Tier.CHECK_FIRST),
    ],
)
def test_note_without_a_sign_is_named_until_it_has_one(kind, tier):
    assert lacking(effective(version(1, kind, tier, text=LONG))) == {1}
    assert lacking(effective(version(1, kind, tier, text=LONG, in_short="your back hurts"))) == set()


def test_text_that_is_no_longer_than_a_sign_needs_none():
    assert lacking(effective(version(1, NoteKind.STOP, Tier.DO_NOT, text="your back hurts"))) == set()
    assert lacking(effective(version(1, NoteKind.STOP, Tier.DO_NOT, text="a b c d e f g h i j k"))) == {1}
    assert lacking(effective(version(1, NoteKind.STOP, Tier.DO_NOT, text="x" * 60))) == set()
    assert lacking(effective(version(1, NoteKind.STOP, Tier.DO_NOT, text="x" * 61))) == {1}


def test_default_notes_need_no_short_sign():
    assert lacking() == set()


def test_concern_is_a_sign_for_tier_3_and_for_no_other():
    words = {"text": LONG, "concerns": ("pregnancy",)}
    assert lacking(effective(version(1, NoteKind.POPULATION, Tier.CHECK_FIRST, **words))) == set()
    assert lacking(effective(version(1, NoteKind.POPULATION, Tier.DO_NOT, **words))) == {1}


def test_note_that_is_good_to_know_stands_nowhere_on_the_card_and_is_not_named():
    assert lacking(effective(version(1, NoteKind.CAVEAT, Tier.GOOD_TO_KNOW, text=LONG))) == set()


def test_member_of_a_family_is_named_only_where_the_joint_sign_does_not_stand():
    family = Family("your back hurts", ((key(2), words_digest(LONG)),))
    lead = effective(version(1, NoteKind.STOP, Tier.DO_NOT, text=f"{LONG} a lot", family=family))
    member = effective(version(2, NoteKind.STOP, Tier.DO_NOT, text=LONG))
    assert lacking(lead, member) == set()
    assert lacking(lead) == {1}
    assert lacking(member) == {2}


# The notes in full


def test_notes_that_are_good_to_know_warn_only_above_ten():
    assert budget_warnings(many(10, Tier.GOOD_TO_KNOW)) == ()
    assert budget_warnings(iter(many(11, Tier.GOOD_TO_KNOW))) == ("11 notes of tier 4; readers take in at most 10.",)


@pytest.mark.parametrize("tier", [Tier.GET_HELP, Tier.DO_NOT, Tier.CHECK_FIRST])
def test_notes_that_stand_on_the_card_are_counted_there(tier):
    assert budget_warnings(many(50, tier)) == ()


@pytest.mark.parametrize(
    ("text_words", "action_words", "warned"),
    [(60, 0, False), (61, 0, True), (40, 20, False), (40, 21, True), (0, 61, True)],
)
def test_note_above_sixty_words_is_warned_of_counting_what_to_do(text_words, action_words, warned):
    note = effective(version(1, text="word " * text_words, what_to_do="act " * action_words))
    warnings = budget_warnings([note])
    assert len(warnings) == warned
    assert all(f"{text_words + action_words} words; keep a note to 60 at most." in warning for warning in warnings)


def test_long_note_is_named_by_its_first_words():
    text = "Stop at once if " + "word " * 60
    (warning,) = budget_warnings([effective(version(1, text=text))])
    assert warning.startswith(f"“{text[:40]}…” has 64 words;")


def test_budgets_never_drop_a_note():
    crowd = merge(many(50, Tier.GOOD_TO_KNOW))
    budget_warnings(crowd)
    assert len(crowd) == 50
    assert len(effective_notes([at(EVERYTHING, number, Tier.DO_NOT) for number in range(50)], [subject()])) == 50
