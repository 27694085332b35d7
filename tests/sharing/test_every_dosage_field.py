"""Every field of a dosage is frozen by a share link, read from there, and shown to its patient."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client

from exercises.choices import Side
from exercises.dosage import LINES, TEMPO, Dosage
from exercises.frequency import FREQUENCY
from exercises.models import ExercisePage
from routines.models import RoutineItem, RoutinePage
from sharing.assembly import shared_sheet
from sharing.models import ShareLink, ShareLinkItem
from sharing.views.forms import ExerciseForm, GivingForm
from testing import factories
from tests.dosage_examples import EQUIPMENT, NAMES, must_have, places
from tests.sharing.share_links import address

#: What whoever shares a routine cannot change, and why. A changed figure takes the place of its range.
STAYS_AS_THE_ROUTINE_SAYS = {
    **{name: "a range" for name in NAMES if name.endswith("_most") and name != "as_needed_most"},
    **dict.fromkeys(("relax_seconds", *TEMPO), "part of how the exercise is done"),
    "steps_up": "part of how the exercise is done",
    "seconds_per_repetition": "part of how the exercise is done",
    "rest_between_seconds": "part of how the exercise is done",
    "rest_seconds": "part of how the exercise is done",
    "intensity_cue": "words typed here could say who the patient is (PD2)",
}

every_field = pytest.mark.parametrize("name", NAMES)


@every_field
def test_a_field_can_be_changed_while_sharing_or_is_known_not_to_be(name: str):
    where = "The form of a share link (label_when_sharing in exercises/dosage.py, or a reason in this test)"
    with must_have(where, name) as each:
        if name in FREQUENCY:
            asked = set(GivingForm(SimpleNamespace(**dict.fromkeys(FREQUENCY, 1))).fields)
            assert (name in asked) != (name in STAYS_AS_THE_ROUTINE_SAYS), "there is neither a field nor a reason"
            return
        asked = set(ExerciseForm(ShareLinkItem(**each.before, side=Side.EACH)).fields)
        assert (name in asked) != (name in STAYS_AS_THE_ROUTINE_SAYS), "there is neither a field nor a reason"


@every_field
def test_what_is_changed_while_sharing_is_what_is_frozen(name: str):
    with must_have("The row that the form of a share link fills", name) as each:
        row = ShareLinkItem(**each.before, side=Side.EACH)
        dosage = Dosage(**each.before)
        form = ExerciseForm(row)
        asked = {field: getattr(dosage, field) for field in form.fields if field != "is_given"}
        if name in asked:
            form = ExerciseForm(row, data={**asked, "is_given": "on", name: each.value})
            assert form.is_valid(), form.errors
            assert getattr(row, name) == each.value


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
