"""Records from before libraries had names: the starter library's are its own, all others nobody's."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from wagtail.models import Locale

from clinical.databases.doubles import without_doubles
from clinical.models import SafetyNote
from exercises.models import ExercisePage
from testing import factories

pytestmark = pytest.mark.django_db
migration: Any = import_module("library.migrations.0001_initial")


class Editor:
    """As much of a schema editor as a step of a migration asks for."""

    connection = connection


def notes(ids: list[str]) -> None:
    """A draft of a note for each id."""
    words = {"kind": "stop", "tier": 2, "text": "it hurts", "source": "A guideline", "live": False}
    SafetyNote.objects.bulk_create(
        SafetyNote(library_id=identifier, locale=Locale.get_default(), **words) for identifier in ids
    )


def owners() -> dict[str, str]:
    """Whose each note is."""
    return dict(SafetyNote.objects.values_list("library_id", "from_library"))


def test_records_with_the_starter_librarys_ids_are_its_own_where_it_was_loaded(db: None):
    starters = migration.STARTER["notes"]
    notes([*starters, "mine"])
    migration.give_records_to_the_starter(apps, Editor)
    assert owners() == {**dict.fromkeys(starters, "starter"), "mine": ""}
    migration.give_them_back(apps, Editor)
    assert set(owners().values()) == {""}


def test_a_few_ids_alike_make_no_starter_library(db: None):
    notes([*migration.STARTER["notes"][:20], "mine"])
    migration.give_records_to_the_starter(apps, Editor)
    assert set(owners().values()) == {""}


def test_of_rows_with_one_id_the_first_keeps_it_and_an_alias_has_none(exercise: ExercisePage):
    ExercisePage.objects.filter(pk=exercise.pk).update(library_id="calf")
    alias = exercise.create_alias(update_slug="follower")
    second = factories.draft_exercise(title="Another")
    ExercisePage.objects.filter(pk__in=[alias.pk, second.pk]).update(library_id="", from_library="x")
    ExercisePage.objects.filter(pk=second.pk).update(library_id="calf")
    without_doubles("exercises", "exercisepage")(apps, Editor)
    assert list(ExercisePage.objects.exclude(library_id="").values_list("pk", flat=True)) == [exercise.pk]
