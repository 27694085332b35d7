"""M2, M6, M7 and M8: what the platform as it comes lets happen, shown to happen there, and not here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as PlatformsCommand
from wagtail.models import Locale, Page

from clinical.models import NoteTarget, PublishRefused
from clinical.publishing import approvals
from exercises.models import ExerciseIndexPage, ExercisePage
from testing import factories
from tests.clinical.publishing.page_faults import good_draft
from tests.clinical.publishing.roads import chief, gate_asleep

pytestmark = pytest.mark.usefixtures("everything_is_approved")

WITHOUT_OURS = [name for name in settings.MIDDLEWARE if not name.startswith("clinical.")]


def with_a_blank_step() -> Any:
    draft = good_draft("exercise")
    draft.steps = [("move", {"text": "", "picture": None})]
    draft.full_clean()
    return draft.save_revision()


def test_m2_blank_block_published_from_code(house: None, db: None):
    revision = with_a_blank_step()
    with pytest.raises(PublishRefused, match="Move: Text: This field is required"):
        revision.publish()
    assert not good_draft("exercise").live
    with gate_asleep():
        revision.publish()
    assert ExercisePage.objects.live().count() == 2


def two_due_the_first_broken() -> None:
    index = ExerciseIndexPage.objects.get()
    for title, minutes in (("Broken", 2), ("Good", 1)):
        page = index.add_child(instance=factories.draft_exercise(title=title, slug=title.lower(), live=False))
        page.purpose = "" if title == "Broken" else page.purpose
        revision = page.save_revision(clean=False)
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=minutes)
        revision.save()


def test_m6_one_broken_version_holds_up_every_later_one(house: None, db: None):
    two_due_the_first_broken()
    with transaction.atomic():
        with pytest.raises(ValidationError):
            call_command(PlatformsCommand())
        assert not ExercisePage.objects.live().filter(slug="good").exists()
        transaction.set_rollback(True)
    with pytest.raises(CommandError, match="1 could not be published"):
        call_command("publish_scheduled")
    assert set(ExercisePage.objects.live().values_list("slug", flat=True)) == {"wall-calf-stretch", "good"}


def test_m7_refusal_outside_the_form_is_a_server_error(house: None, db: None, client: Client):
    draft = good_draft("exercise")
    draft.purpose = ""
    draft.save_revision(clean=False)
    address = f"{reverse('wagtail_bulk_action', args=('wagtailcore', 'page', 'publish'))}?id={draft.pk}"
    with override_settings(MIDDLEWARE=WITHOUT_OURS):
        bare = Client(raise_request_exception=False)
        bare.force_login(chief())
        assert bare.post(address).status_code == 500
    client.force_login(chief())
    assert client.post(address).status_code == 302


@pytest.fixture
def welsh(house: None, db: None, settings: Any) -> ExercisePage:
    """The live exercise in another language, live as well."""
    settings.EMERGENCY_NUMBERS = {**settings.EMERGENCY_NUMBERS, "cy": "999"}
    locale = Locale.objects.create(language_code="cy")
    approvals.forget_locales()
    original = ExercisePage.objects.get(live=True)
    original.copy_for_translation(locale, copy_parents=True).save_revision().publish()
    return ExercisePage.objects.get(locale=locale)


def test_m8_translation_follows_a_warning_added_to_its_original(welsh: ExercisePage):
    original = welsh.get_translations().get()
    original.not_feel = "Heat in the calf."
    original.save_revision().publish()
    assert ExercisePage.objects.get(pk=welsh.pk).not_feel == "Pain."  # what is written on the page does not follow
    factories.note_at(NoteTarget(page=Page.objects.get(pk=original.pk)), text="your calf is hot")
    assert "your calf is hot" in [effective.note.text for effective in welsh.board().notes]


def test_m8_translation_does_not_outlive_its_original(welsh: ExercisePage, monkeypatch: pytest.MonkeyPatch):
    welsh.get_translations().get().unpublish()
    assert not ExercisePage.objects.live().exists()
    with pytest.raises(PublishRefused, match="publish that first"):
        ExercisePage.objects.get(pk=welsh.pk).save_revision().publish()
    ExercisePage.objects.get(locale=Locale.get_default(), slug="wall-calf-stretch").save_revision().publish()
    ExercisePage.objects.get(pk=welsh.pk).save_revision().publish()
    monkeypatch.setattr("clinical.publishing.gated_pages.take_translations_off", lambda page: None)
    welsh.get_translations().get().unpublish()
    assert ExercisePage.objects.live().get() == welsh  # the platform as it comes


def test_page_written_in_another_language_alone_needs_no_original(house: None, db: None):
    locale = Locale.objects.create(language_code="cy")
    approvals.forget_locales()
    ExercisePage.objects.filter(live=True).update(locale=locale)
    assert ExercisePage.objects.get(live=True).publish_errors() == {}


def test_draft_of_a_live_original_leaves_its_translations_up(welsh: ExercisePage):
    original = ExercisePage.objects.get(pk=welsh.get_translations().get().pk)
    original.purpose = "Another."
    original.save_revision()
    assert ExercisePage.objects.live().count() == 2
