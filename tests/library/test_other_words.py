"""What people write who do not know our words: each is answered with ours, or with where it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from django.db.models import TextChoices

from clinical.words import choices, exercising
from clinical.words.choices import BodyRegion, DoseFigure, EvidenceLevel, StartingPosition
from clinical.words.exercising import Equipment, ExerciseKind
from exercises import choices as of_exercises
from library.faults import LibraryFaults
from library.fields import Record
from library.other_words import NO_WORD_FOR, OUR_WORDS, word_instead
from library.reading import read_library
from library.records import RECORD_OF_FOLDER
from testing import small_library

STRETCH = "exercises/calf-stretch"


def vocabularies() -> Iterator[type[TextChoices]]:
    """Every closed vocabulary a library may write a word of."""
    for module in (choices, exercising, of_exercises):
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, TextChoices) and thing is not TextChoices:
                yield thing


def records_of(annotation: Any) -> Iterator[type[Record]]:
    """The records within a field, and those within them."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
        for field in annotation.model_fields.values():
            yield from records_of(field.annotation)
    for each in get_args(annotation):
        yield from records_of(each)


WORDS = {word for vocabulary in vocabularies() for word in vocabulary.values}


def fields_of_all_records() -> set[str]:
    """Every field that a record of a library may have, within others too."""
    kinds = (record for kind in RECORD_OF_FOLDER.values() for record in records_of(kind))
    return {field for record in kinds for field in record.model_fields}


def test_every_word_that_is_suggested_is_one_of_ours():
    suggested = {ours for many in OUR_WORDS.values() for ours in many} | {
        beside for beside, _said in NO_WORD_FOR.values()
    }
    assert suggested - WORDS == set()


@pytest.mark.parametrize(
    ("written", "vocabulary", "told"),
    [
        ("neurodynamic", ExerciseKind, "write 'nerve_glide' instead of 'neurodynamic'"),
        ("Half-lying", StartingPosition, "write 'in_bed' instead of 'half_lying'"),
        ("hamstrings", BodyRegion, "write 'back_thigh' instead of 'hamstrings'"),
        ("bed", StartingPosition, "write 'in_bed' instead of 'bed'"),
        ("theraband", Equipment, "write 'band' instead of 'theraband'"),
        ("dumbell", Equipment, "did you mean 'dumbbell'? Write 'dumbbell'"),
        ("against", EvidenceLevel, "write 'guideline_against' instead of 'against'"),
        ("xyzzy", ExerciseKind, ""),
        (7, ExerciseKind, ""),
        ("", ExerciseKind, ""),
    ],
)
def test_word_is_answered_with_ours(written: object, vocabulary: type[TextChoices], told: str):
    assert word_instead(written, vocabulary.values) == told


def test_whole_body_and_grades_are_answered_with_what_to_write_instead():
    assert word_instead("whole_body", BodyRegion.values).startswith("name each part that is worked")
    assert "statement" in word_instead("low", EvidenceLevel.values)
    assert word_instead("low", BodyRegion.values) == ""
    assert word_instead("load_kg", DoseFigure.values) == "write 'load_grams', with least and most in grams"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("kind", "neurodynamic", "kind: write 'nerve_glide' instead of 'neurodynamic'"),
        ("position", "tall_kneeling", "position: write 'kneeling' instead of 'tall_kneeling'"),
        ("position", ["standing", "seated"], "position[2]: write 'sitting' instead of 'seated'"),
        ("stages", ["early"], "stages: write a condition of its own for each stage"),
        ("title", {"en": "Clam"}, "title: write one text; all of a library is in one language"),
        ("aliases", None, "aliases: is empty; leave it out, or write a list"),
        ("purpose", "p" * 256, "purpose: is too long; shorten it to 255 characters (it has 256)"),
    ],
)
def test_record_is_refused_in_words_that_say_what_to_write(tmp_path: Any, field: str, value: object, told: str):
    library = small_library.small_library()
    library[STRETCH][field] = value
    with pytest.raises(LibraryFaults) as refused:
        read_library(small_library.write(tmp_path, library))
    (fault,) = refused.value.faults
    assert str(fault).startswith(f"{STRETCH}.yaml: {told}")
