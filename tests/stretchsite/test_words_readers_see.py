"""Every word a reader can see is code or has gone through two people, or stands on a short list that says why not."""

from __future__ import annotations

from django.db import models

from clinical.models import Practitioner
from tests.stretchsite.words_readers_see import AGREEMENT, CLOSED, ELSEWHERE, FINGERPRINT, guard_of, place_of, texts


def test_every_text_has_its_guard_or_its_place_on_the_closed_list(db: None):
    unknown = {place_of(field) for model, field in texts() if not guard_of(model, field)}
    assert not unknown, "Say what guards it, or why nothing needs to, in words_readers_see.py:\n" + "\n".join(
        sorted(unknown)
    )


def test_closed_list_names_nothing_that_is_gone_or_guarded_otherwise(db: None):
    needed = {place_of(field) for model, field in texts() if guard_of(model, field) == ELSEWHERE.get(place_of(field))}
    assert set(ELSEWHERE) == needed


def test_words_of_pages_notes_and_shared_records_are_among_them(db: None):
    guards = {f"{model._meta.label}.{field.name}": guard_of(model, field) for model, field in texts()}
    for place in ("InformationPage.body", "HomePage.introduction", "ConditionIndexPage.title", "HubSource.title"):
        assert guards[f"stretchsite.{place}"] == FINGERPRINT
    for place in ("Condition.name", "Condition.aliases", "Picture.alternative_text", "Picture.source"):
        assert guards[f"clinical.{place}"] == AGREEMENT
    assert guards["clinical.SafetyNote.text"] == guards["exercises.ExercisePage.steps"] == FINGERPRINT
    assert guards["clinical.Practitioner.name"] == CLOSED


def test_new_text_has_no_guard_until_it_is_classified():
    field = models.CharField(max_length=20)
    field.name, field.attname, field.model = "slogan", "slogan", Practitioner
    assert guard_of(Practitioner, field) == ""
