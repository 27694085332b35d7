"""The starter library in short: every serious note has a sign, and no card has more than readers take in."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
import yaml

from clinical.models import SafetyNote
from clinical.outputs.signs import SignCard, sign_card
from clinical.pages.asking import asked_first
from clinical.safety.budgets import WORDS_PER_NOTE
from clinical.safety.short_signs import LETTERS_OF_A_SIGN, MOST_WORDS
from clinical.words.choices import NoteKind
from clinical.words.concerns import PHRASES, Concern, said_together
from exercises.models import ExercisePage
from routines.models import RoutinePage
from stretchsite.models import ConditionPage
from tests.conftest import STARTER_LIBRARY


def records(folder: str) -> dict[str, dict[str, Any]]:
    """The records of a folder of the starter library, by their id."""
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (STARTER_LIBRARY / folder).glob("*.yaml")}


NOTES = records("notes")
EXERCISES = records("exercises")
PAGES = EXERCISES | records("routines") | {f"{name} (condition)": each for name, each in records("conditions").items()}
FAMILIES = {name: note["family"] for name, note in NOTES.items() if "family" in note}
MODELS: dict[str, Any] = {"exercise": ExercisePage, "routine": RoutinePage, "condition": ConditionPage}
#: How many signs of a group readers take in, by the sort of page.
MOST_SIGNS = {"exercise": 5, "routine": 6, "condition": 6}


# The records


@pytest.mark.parametrize("name", [name for name, note in NOTES.items() if note["tier"] <= 2])
def test_note_that_forbids_or_sends_for_help_has_a_short_sign(name: str):
    assert NOTES[name]["in_short"]


@pytest.mark.parametrize("name", [name for name, note in NOTES.items() if note["tier"] == 3])
def test_note_to_ask_first_has_a_short_sign_or_says_whom_it_concerns(name: str):
    assert NOTES[name].get("in_short") or NOTES[name].get("concerns")


@pytest.mark.parametrize("name", [name for name, note in NOTES.items() if note["tier"] <= 3])
def test_sign_completes_its_label(name: str):
    note = NOTES[name]
    for sign in (note.get("in_short"), note.get("family", {}).get("sign")):
        assert sign is None or (sign[0].islower() and not sign.endswith("."))


@pytest.mark.parametrize("name", NOTES)
def test_note_is_short_enough_to_be_read(name: str):
    assert len(f"{NOTES[name]['text']} {NOTES[name].get('what_to_do', '')}".split()) <= WORDS_PER_NOTE


@pytest.mark.parametrize("name", FAMILIES)
def test_family_is_read_under_one_label(name: str):
    labels = {
        (NOTES[each]["kind"], NOTES[each]["tier"], NOTES[each].get("urgency")) for each in FAMILIES[name]["notes"]
    }
    assert labels == {(NOTES[name]["kind"], NOTES[name]["tier"], NOTES[name].get("urgency"))}


def test_no_note_has_two_families():
    spoken_for = Counter(each for name, family in FAMILIES.items() for each in (name, *family["notes"]))
    assert set(spoken_for.values()) == {1}


@pytest.mark.parametrize("name", PAGES)
def test_line_of_who_asks_first_is_read_at_a_glance(name: str):
    for line in PAGES[name].get("check_first", ()):
        assert len(line) <= LETTERS_OF_A_SIGN
        assert len(line.split()) <= MOST_WORDS
        assert line[0].islower()
        assert not line.endswith(".")


@pytest.mark.parametrize("name", PAGES)
def test_line_says_nothing_that_the_list_of_concerns_has(name: str):
    phrases = {str(phrase) for phrase in PHRASES.values()}
    assert not phrases.intersection(PAGES[name].get("check_first", ()))


@pytest.mark.parametrize("number", range(len(Concern) + 1))
def test_concerns_said_together_lose_none(number: int):
    said = said_together(Concern.values[:number])
    assert [concern for _words, row in said for concern in row] == Concern.values[:number] or number > 3
    assert sorted(concern for _words, row in said for concern in row) == sorted(Concern.values[:number])


def test_concerns_that_begin_alike_are_one_line():
    said = said_together(["new_joint", "thin_bones", "pregnancy"])
    assert [words for words, _row in said] == ["you are pregnant", "you have thin bones, a new hip or knee"]


def test_every_concern_has_words_that_are_read_at_a_glance():
    assert set(PHRASES) == set(Concern)
    for phrase in map(str, PHRASES.values()):
        assert len(phrase) <= LETTERS_OF_A_SIGN
        assert len(phrase.split()) <= MOST_WORDS


@pytest.mark.parametrize("name", [name for name, each in EXERCISES.items() if each["position"] == "standing"])
def test_standing_exercise_names_an_easier_version_sitting_or_lying(name: str):
    easier = [each.get("text", "") for each in EXERCISES[name]["variations"] if each["kind"] == "regression"]
    assert any(re.search(r"\b(sit|lie|lying|sitting)\b", text, re.IGNORECASE) for text in easier)


# The cards


@pytest.fixture(scope="module")
def cards(starter_site: None, django_db_blocker: Any) -> dict[tuple[str, str], SignCard]:
    """The card of every page, with what the page itself asks."""
    with django_db_blocker.unblock():
        return {
            (kind, page.library_id): sign_card(page.board(), asked_first(page), by_part=kind != "exercise")
            for kind, model in MODELS.items()
            for page in model.objects.live()
        }


@pytest.mark.slow
def test_no_card_has_more_signs_under_a_label_than_readers_take_in(cards: dict[tuple[str, str], SignCard], db: None):
    assert len(cards) == len(PAGES)
    for (kind, name), card in cards.items():
        for group in card.groups:
            assert group.number <= MOST_SIGNS[kind], (name, group.label)


@pytest.mark.slow
def test_every_sign_is_read_at_a_glance(cards: dict[tuple[str, str], SignCard], db: None):
    for (_kind, name), card in cards.items():
        for group in card.groups:
            for sign in group.signs:
                words = sign.words.partition(". ")[0]  # what two people added for a usual sensation follows the sign
                assert len(words.removeprefix("Do not ").split()) <= MOST_WORDS, (name, sign.words)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in FAMILIES if NOTES[name]["tier"] <= 3])
def test_family_speaks_for_its_notes_where_all_are_in_force(
    name: str, cards: dict[tuple[str, str], SignCard], db: None
):
    ids = dict(SafetyNote.objects.exclude(library_id="").values_list("library_id", "translation_key"))
    keys = {ids[each] for each in (name, *FAMILIES[name]["notes"])}
    signs = [sign for card in cards.values() if keys <= card.keys for group in card.groups for sign in group.signs]
    joint = [sign for sign in signs if keys == set(sign.keys)]
    assert joint
    assert {sign.words for sign in joint} == {FAMILIES[name]["sign"]}
    assert len(joint) == sum(keys <= card.keys for card in cards.values())


def test_signs_are_of_kinds_that_complete_a_label():
    whole = {NoteKind.PREPARATION, NoteKind.DO, NoteKind.CAVEAT}
    assert not [name for name, note in NOTES.items() if note["tier"] <= 3 and note["kind"] in whole]
