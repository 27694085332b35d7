"""PD1, PD5 to PD8, H22: nothing about a patient is kept, and what is kept is removed."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.utils import timezone

from routines.models import RoutinePage
from sharing.models import (
    DailyOpenings,
    Programme,
    ProgrammeCondition,
    ProgrammeItem,
    ShareLink,
    ShareLinkItem,
    ShareTotal,
)
from sharing.models.purging import purge
from testing import factories
from tests.sharing.share_links import address

pytestmark = pytest.mark.django_db


XSS = [
    "<script>boom()</script>",
    "<img src=x onerror=boom()>",
    '"><svg onload=boom()>',
    "<a href=javascript:boom()>x</a>",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "</textarea><b>x</b>",
    "&lt;script&gt;",
    "<!--",
]


# H22: the note


@pytest.mark.parametrize("text", XSS)
def test_h22_a_note_is_plain_text(client: Client, routine: RoutinePage, text: str):
    _link, token = factories.link_to(routine, note=text)
    page = client.get(address(token)).content.decode()
    note = page[page.index('<p class="practitioners-note">') :]
    shown = note[len('<p class="practitioners-note">') : note.index("</p>")]
    assert "<" not in shown.replace("<br>", "")


def test_pd2_the_model_refuses_a_note_with_an_identity(routine: RoutinePage):
    for note in ("For Mr Smith", "Ring 07700 900123", "www.x.example", "x" * 281):
        with pytest.raises(ValidationError) as refused:
            factories.link_to(routine, note=note)
        assert "note" in refused.value.message_dict


# PD1, PD6, PD7, PD8


def test_pd1_no_field_can_hold_who_the_patient_is():
    """A new text field on these models fails here until somebody has thought about what can be written in it."""
    texts = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
    found = {
        f"{model.__name__}.{field.name}"
        for model in (ShareLink, ShareLinkItem, ShareTotal, DailyOpenings, Programme, ProgrammeCondition, ProgrammeItem)
        for field in model._meta.get_fields()
        if isinstance(field, texts)
    }
    allowed = {
        "digest",
        "code_digest",
        "key_id",
        "code_key_id",
        "language",
        "note",
        "mark",
    }  # the note is read by the identity detector, the mark is the site's
    copied_from_the_routine = {"phase", "side", "cue", "intensity_cue", "exercise_measure", "band", "steps_up"}
    of_a_programme = {
        "phase",
        "side",
        "cue",
        "intensity_cue",
        "exercise_measure",
        "band",
        "steps_up",
    }  # the two lines are read by the detector
    assert found == {
        *(f"ShareLink.{name}" for name in allowed),
        *(f"ShareLinkItem.{name}" for name in copied_from_the_routine),
        *(f"ProgrammeItem.{name}" for name in of_a_programme),
        "Programme.kept_as",  # of templates, which are no patient's; read by the detector
    }


def test_pd1_the_label_is_generated_and_stays_with_the_list(routine: RoutinePage):
    giver = factories.UserFactory.create()
    first, second = (factories.link_to(routine, by=giver).link for _number in range(2))
    day = f"{timezone.localdate():%-d %B}"
    assert re.fullmatch(rf"[A-Z][2-9] [A-Z][a-z]+, {day}", first.label)
    assert first.mark != second.mark
    assert first.replace(giver).link.mark == first.mark
    first.mark = ""  # made before there were any
    assert first.label == f"Link 1, {day}"


def test_pd5_opening_a_link_counts_and_remembers_nothing(client: Client, routine: RoutinePage):
    link, token = factories.link_to(routine)
    before = ShareLink.objects.filter(pk=link.pk).values().get()
    client.get(address(token))
    assert ShareLink.objects.filter(pk=link.pk).values().get() == before


@pytest.mark.parametrize(("days", "left"), [(30.1, 0), (29.9, 1)])
@pytest.mark.parametrize("ending", ["expired", "revoked"])
def test_pd6_links_are_removed_thirty_days_after_their_end(routine: RoutinePage, ending: str, days: float, left: int):
    link, _token = factories.link_to(routine)
    end = timezone.now() - timedelta(days=days)
    started = end - timedelta(days=20)
    changed = (
        {"expires_at": end} if ending == "expired" else {"expires_at": end + timedelta(days=60), "revoked_at": end}
    )
    ShareLink.objects.filter(pk=link.pk).update(created_at=started, **changed)
    call_command("purge_share_links", stdout=io.StringIO())
    assert ShareLink.objects.count() == left
    assert ShareLinkItem.objects.count() == left
    removed = ShareTotal.objects.filter(routine=routine).values_list("removed", flat=True).first() or 0
    assert removed + left == 1


def test_pd6_totals_add_up(routine: RoutinePage):
    for _round in range(2):
        link, _token = factories.link_to(routine)
        end = timezone.now() - timedelta(days=31)
        ShareLink.objects.filter(pk=link.pk).update(created_at=end - timedelta(days=1), expires_at=end)
        assert purge() == 1
    assert ShareTotal.objects.get().removed == 2


def test_pd7_pd8_no_address_of_a_link_takes_anything_from_a_patient(client: Client, routine: RoutinePage):
    _link, token = factories.link_to(routine)
    plain = client.get(address(token)).content
    kinds = set(re.findall(rb'<input[^>]* type="(\w+)"', plain))
    assert kinds <= {b"date", b"time", b"number", b"checkbox"}  # when the calendar's sessions are, and nothing else
    assert set(re.findall(rb'<form[^>]* method="(\w+)"', plain)) == {b"get"}
    assert b"<textarea" not in plain
    assert client.get(address(token), {"age": "70", "condition": "x", "weeks": "90"}).content == plain
