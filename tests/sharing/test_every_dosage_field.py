"""Every field of a dosage is frozen by a share link, read from there, and shown to its patient."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from exercises.choices import Side
from exercises.dosage import LINES, Dosage
from exercises.frequency import FREQUENCY, UNKNOWN, Frequency
from exercises.models import ExercisePage
from routines.item_weeks import ItemWeeks
from routines.models import RoutineItem, RoutinePage
from sharing.assembly import shared_sheet
from sharing.models import ShareLink, ShareLinkItem
from sharing.views.forms import ExerciseForm, GivingForm
from testing import factories
from tests.dosage_examples import EQUIPMENT, NAMES, must_have, places
from tests.sharing.share_links import address

#: What whoever shares a routine cannot change, and why.
STAYS_AS_THE_ROUTINE_SAYS = {"intensity_cue": "words typed here could say who the patient is (PD2)"}

every_field = pytest.mark.parametrize("name", NAMES)


def form_of(figures: dict[str, Any], changed: dict[str, Any] | None = None) -> ExerciseForm:
    """The form of an exercise given so, unbound; or as it comes back from somebody who changed this of it."""
    shown = ExerciseForm(ShareLinkItem(**figures, side=Side.EACH))
    if changed is None:
        return shown
    data = {name: field.initial for name, field in shown.fields.items() if field.initial is not False}
    return ExerciseForm(ShareLinkItem(**figures, side=Side.EACH), data={**data, "is_given": "on", **changed})


@every_field
def test_all_that_a_patient_gets_is_shown_and_can_be_changed_or_is_known_not_to_be(name: str):
    with must_have("The form of a share link (a reason in this test, or a field)", name) as each:
        asked = set(form_of(each.after).fields)
        assert (name in asked) != (name in STAYS_AS_THE_ROUTINE_SAYS), "there is neither a field nor a reason"
        if name in FREQUENCY:
            assert name in GivingForm(SimpleNamespace(often=Frequency)).fields


@every_field
def test_what_the_form_shows_is_what_is_frozen_and_nothing_is_lost_by_showing_it(name: str):
    with must_have("The row that the form of a share link fills", name) as each:
        form = form_of(each.after, {})
        assert form.is_valid(), form.errors
        assert form.row.dosage() == Dosage(**each.after)
        if name in form_of(each.before).fields:
            form = form_of(each.before, {name: each.value})
            assert form.is_valid(), form.errors
            assert form.row.dosage() == Dosage(**each.after)


FIVE_TO_TEN = {"hold_seconds": 5, "hold_seconds_most": 10, "repetitions": 2}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "Hold 5 to 10 seconds, 2 times"),
        ({"hold_seconds": 7}, "Hold 7 to 10 seconds, 2 times"),
        ({"hold_seconds_most": 20}, "Hold 5 to 20 seconds, 2 times"),
        ({"hold_seconds_most": ""}, "Hold 5 seconds, 2 times"),
    ],
)
def test_both_ends_of_a_range_are_set_each_without_losing_the_other(changed: dict[str, Any], words: str):
    form = form_of(FIVE_TO_TEN, changed)
    assert form.is_valid(), form.errors
    assert form.row.dosage_words(UNKNOWN).startswith(words)


def test_a_refusal_names_other_fields_as_the_screen_does():
    form = form_of(FIVE_TO_TEN, {"hold_seconds": 15})
    assert form.errors == {"hold_seconds_most": ["Write a number above “Hold (seconds)”, or leave it empty."]}


def test_the_weeks_of_an_exercise_are_shown_and_can_be_changed_where_it_has_any():
    assert "from_week" not in form_of(FIVE_TO_TEN).fields
    form = form_of({**FIVE_TO_TEN, "from_week": 3}, {"to_week": 6})
    assert form.is_valid(), form.errors
    assert form.row.item_weeks == ItemWeeks(3, 6)
    assert form_of({**FIVE_TO_TEN, "from_week": 3}, {"to_week": 2}).errors == {
        "to_week": ["The last week comes before the first one."]
    }


@pytest.mark.django_db
@every_field
def test_a_field_is_frozen_read_and_shown(name: str, client: Client, request: pytest.FixtureRequest):
    with must_have("The frozen row of a share link (sharing/models/items.py)", name) as each:
        routine = request.getfixturevalue("routine")
        ExercisePage.objects.update(**(each.columns_before if name in FREQUENCY else each.columns))
        RoutineItem.objects.update(**each.item if name in FREQUENCY else {})
        link, token = factories.link_to(RoutinePage.objects.get(pk=routine.pk))
        assert ShareLinkItem.objects.values_list(name, flat=True).get() == each.value
    with must_have("The reader of a share link's rows (sharing/models/items.py)", name) as each:
        (row,) = link.shared_item_rows()
        assert row.dosage() == Dosage(**each.after)
    with must_have("The copy of a share link's row", name) as each:
        assert getattr(ShareLinkItem.objects.get().copied(), name) == each.value
    with must_have("The page of a share link", name):
        for place in places(client.get(address(token)).content.decode()):
            assert link.shared_sheet().sheet.items[0].dosage_words in place, "a place does not say it"


@pytest.mark.django_db
def test_a_patient_is_told_that_an_exercise_has_other_weeks_now(routine: RoutinePage):
    factories.publish(routine)
    link, _token = factories.link_to(RoutinePage.objects.get(pk=routine.pk))
    RoutinePage.objects.update(live_revision=None)
    RoutineItem.objects.update(from_week=3)
    assert told_of_another_amount(ShareLink.objects.get(pk=link.pk))


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in NAMES if name not in LINES])
def test_a_patient_is_told_that_the_routine_asks_for_another_amount_now(name: str, request: pytest.FixtureRequest):
    with must_have("What has changed since a link was made (sharing/assembly.py)", name) as each:
        routine = request.getfixturevalue("routine")
        ExercisePage.objects.update(**each.columns_before, equipment=EQUIPMENT)
        RoutineItem.objects.update(**each.item_before)
        routine = RoutinePage.objects.get(pk=routine.pk)
        factories.publish(routine)
        link, _token = factories.link_to(RoutinePage.objects.get(pk=routine.pk))
        RoutinePage.objects.update(live_revision=None)
        link = ShareLink.objects.get(pk=link.pk)
        assert not told_of_another_amount(link), "it is told although nothing has changed"
        RoutineItem.objects.update(**each.item)
        assert told_of_another_amount(ShareLink.objects.get(pk=link.pk)), "it is not told"


def told_of_another_amount(link: ShareLink) -> bool:
    return any("this routine asks for has changed" in change for change in shared_sheet(link).changes)
