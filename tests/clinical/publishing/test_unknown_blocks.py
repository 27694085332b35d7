"""M4 and H16: a block whose name the site no longer knows is never lost without a word."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from wagtail import blocks
from wagtail.fields import StreamField

from clinical.publishing.blocks import LosesNothing
from clinical.words.choices import NoteKind
from exercises.blocks import StepsBlock
from exercises.models import ExercisePage
from stretchsite.models import HomePage, InformationPage
from testing import factories
from testing.editor import edit_address, page_as_posted
from tests.clinical.publishing.roads import chief

pytestmark = pytest.mark.usefixtures("everything_is_approved")

#: Every name a stored stream or note may hold, since the first release. A name leaves only with the migration that
#: renames it in what is stored: move it to "migrated", with the migration as its value ("exercises.0007_rename_hold").
RELEASED = json.loads((Path(__file__).parent / "released_names.json").read_text(encoding="utf-8"))


OURS = {"clinical", "exercises", "routines", "sharing", "stretchsite"}


def names_of_today() -> dict[str, list[str]]:
    streams = {
        str(field): sorted(_names(field.stream_block))
        for model in apps.get_models()
        if model.__module__.partition(".")[0] in OURS
        for field in model._meta.local_fields
        if isinstance(field, StreamField)
    }
    return {**streams, "kinds of notes": sorted(NoteKind.values)}


def _names(block: Any, above: str = "") -> set[str]:
    """The names of blocks in a block, those inside others with the names of those round them."""
    inside: dict[str, Any] = getattr(block, "child_blocks", {})
    if isinstance(block, blocks.ListBlock):
        inside = {"item": block.child_block}
    found = {f"{above}{name}" for name in inside}
    return found.union(*(_names(child, f"{above}{name}.") for name, child in inside.items()))


def test_no_released_name_disappears_without_a_migration():
    today = names_of_today()
    known = {place: names for place, names in RELEASED.items() if place != "migrated"}
    gone = {f"{place}: {name}" for place, names in known.items() for name in set(names) - set(today.get(place, ()))}
    assert gone == set(), "write a data migration, and move the name to “migrated” in released_names.json"
    migrations = {".".join(key) for key in MigrationLoader(None).graph.nodes}
    assert set(RELEASED["migrated"].values()) <= migrations


def test_every_name_of_today_is_on_the_list_before_it_is_released():
    assert names_of_today() == {place: names for place, names in RELEASED.items() if place != "migrated"}


def test_every_stream_refuses_to_lose_a_block():
    streams = [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, StreamField) and model.__module__.partition(".")[0] in OURS
    ]
    assert streams
    assert all(isinstance(field.stream_block, LosesNothing) for field in streams)


@pytest.fixture
def renamed(house: None, db: None) -> ExercisePage:
    """A live exercise one of whose blocks was stored under a name that is gone."""
    exercise = ExercisePage.objects.get(live=True)
    stored = [{"type": "warning", "value": {"text": "Stop if it burns."}, "id": "1"}, *exercise.steps.raw_data]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE exercises_exercisepage SET steps = %s WHERE page_ptr_id = %s",
            [json.dumps([dict(block) for block in stored]), exercise.pk],
        )
    return ExercisePage.objects.get(pk=exercise.pk)


def in_the_table(page: ExercisePage) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT steps FROM exercises_exercisepage WHERE page_ptr_id = %s", [page.pk])
        return str(cursor.fetchone()[0])


def test_the_platform_as_it_comes_deletes_it_with_the_next_save(renamed: ExercisePage):
    with (
        patch.object(StepsBlock, "to_python", blocks.StreamBlock.to_python),
        patch.object(LosesNothing, "to_python", blocks.StreamBlock.to_python),
    ):
        ExercisePage.objects.get(pk=renamed.pk).save()
    assert "Stop if it burns." not in in_the_table(renamed)


def test_reading_it_raises_the_alarm(renamed: ExercisePage, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR, "clinical.publishing.blocks"):
        assert [block.block_type for block in ExercisePage.objects.get(pk=renamed.pk).steps] == ["set_up", "move"]
    assert "warning" in caplog.text


@pytest.mark.parametrize("step", ["save", "save_revision"])
def test_saving_it_is_refused(renamed: ExercisePage, step: str):
    page = ExercisePage.objects.get(pk=renamed.pk)
    with pytest.raises(ValidationError, match="a sort this version of the site does not know"):
        getattr(page, step)()
    assert "Stop if it burns." in in_the_table(renamed)


def test_audit_names_it(renamed: ExercisePage):
    assert list(renamed.publish_errors()) == ["steps"]


@pytest.mark.parametrize("button", [{}, {"action-publish": "1"}])
def test_editor_refuses_and_says_why(renamed: ExercisePage, client: Client, button: dict[str, str]):
    client.force_login(chief())
    posted = page_as_posted(ExercisePage.objects.get(pk=renamed.pk), chief())
    response = client.post(edit_address(renamed), {**posted, **button})
    assert response.status_code == 200
    assert "warning" in response.context["form"].errors.as_text()
    assert "Stop if it burns." in in_the_table(renamed)


def test_draft_version_with_it_is_refused_too(renamed: ExercisePage, client: Client):
    renamed.refresh_from_db()
    good = [block for block in renamed.steps.raw_data if block["type"] != "warning"]
    draft = ExercisePage.objects.get(pk=renamed.pk)
    draft.steps = StepsBlock().to_python([dict(block) for block in good])
    revision = draft.save_revision()
    renamed_block = {"type": "warning", "value": {"text": "Hot."}, "id": "2"}
    revision.content["steps"] = json.dumps([renamed_block, *good], default=str)
    revision.save()
    with pytest.raises(ValidationError):
        revision.publish()
    client.force_login(chief())
    posted = page_as_posted(revision.as_object(), chief())
    assert client.post(edit_address(renamed), posted).status_code == 200


@pytest.mark.parametrize("button", [{}, {"action-publish": "1"}])
def test_page_about_the_site_is_guarded_too(house: None, db: None, client: Client, button: dict[str, str]):
    page: Any = factories.InformationPageFactory(parent=HomePage.objects.get(), slug="privacy")
    stored = [{"type": "warning", "value": "Read this.", "id": "1"}, *page.body.raw_data]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE stretchsite_informationpage SET body = %s WHERE page_ptr_id = %s",
            [json.dumps([dict(block) for block in stored]), page.pk],
        )
    client.force_login(chief())
    posted = page_as_posted(InformationPage.objects.get(), chief())
    response = client.post(edit_address(page), {**posted, **button})
    assert response.status_code == 200
    assert "a sort this version of the site does not know (warning)" in response.context["form"].errors.as_text()
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM stretchsite_informationpage")
        assert "Read this." in str(cursor.fetchone()[0])
