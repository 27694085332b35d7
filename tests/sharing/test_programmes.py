"""A programme for one patient: what a routine gives, without a routine; no rule of safety is softer for it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import Page

from clinical.models import AuditEntry, Condition, NoteTarget, Practitioner, SafetyNote, User
from clinical.withdrawal import withdrawing
from clinical.withdrawal.impact import affected_by
from clinical.words.choices import NoteKind, Tier
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.choices import Phase
from routines.models import RoutinePage
from sharing.models import Programme, ProgrammeItem, ShareLink, ShareTotal
from sharing.models.purging import purge
from testing import factories
from testing.programmes import as_programme, programme_of
from tests.built_once import built_once
from tests.outputs import ON_LINKS
from tests.sharing.share_links import address

pytestmark = pytest.mark.django_db


@pytest.fixture
@built_once
def giver() -> User:
    """A practitioner whom patients know."""
    person = factories.UserFactory.create(username="giver")
    Practitioner.objects.create(account=person, name="Ana Ruiz", role="Physiotherapist")
    return person


@pytest.fixture
@built_once
def three(exercise_index: ExerciseIndexPage) -> list[ExercisePage]:
    """Three live exercises of different regions."""
    named = {"calf": "lower_leg", "heel": "foot", "neck": "neck"}
    return [
        exercise_index.add_child(
            instance=factories.draft_exercise(title=slug.title(), slug=slug, body_regions=[region])
        )
        for slug, region in named.items()
    ]


def told(client: Client, token: str) -> tuple[list[str], list[str]]:
    """What the data says is to be asked about, and what is on the list."""
    data = client.get(address(token) + "sheet.json").json()
    return data["ask_about"], [item["exercise"]["title"] for item in data["items"]]


# What it gives


def test_every_output_of_a_link_works_and_says_whose_choice_it_is(client: Client, giver: User, routine: RoutinePage):
    link, token = factories.link_to(as_programme(routine, giver), giver, note="Slowly.")
    answers = {place.output.name: client.get(address(token) + place.output.path) for place in ON_LINKS}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 200)
    day = f"{timezone.localdate():%-d %B %Y}"
    words = f"Put together by Ana Ruiz, Physiotherapist, on {day}."
    paper = "".join(page.extract_text() for page in PdfReader(BytesIO(answers["handout"].content)).pages)
    for said in (answers[""].text, answers["data"].json()["put_together"], " ".join(paper.split())):
        assert words in said
    # What is read outside of an output names no clinician (SL11).
    events = answers["calendar"].content.decode().replace("\r\n ", "")
    assert "Ruiz" not in events + answers["app"].text
    assert "Review of the exercises" in answers[""].text
    assert answers["data"].json()["address"] == ""
    assert (link.given.content_key, link.label) == (link.programme.content_key, str(link))
    assert AuditEntry.objects.filter(content_key=link.content_key, action="link_made").exists()


def test_it_carries_the_notes_of_a_routine_with_the_same_exercises_for_the_same(routine: RoutinePage):
    factories.note_at(NoteTarget(region="lower_leg"))
    factories.note_at(NoteTarget(condition=Condition.objects.get()), tier=Tier.GOOD_TO_KNOW, kind=NoteKind.CAVEAT)
    mine, theirs = (factories.link_to(given).link.shared_sheet().sheet for given in (as_programme(routine), routine))
    assert mine.safety.keys == theirs.safety.keys
    assert [item.exercise.safety.keys for item in mine.items] == [item.exercise.safety.keys for item in theirs.items]
    unnamed = programme_of([item.exercise for item in routine.items.all()])
    assert factories.link_to(unnamed).link.shared_sheet().sheet.safety.keys < mine.safety.keys


def test_what_differs_from_the_exercise_is_kept_and_printed(client: Client, three: list[ExercisePage]):
    row = {"hold_seconds": 45, "side": "left", "cue": "Only to the first pull.", "from_week": 2}
    programme = programme_of(three[:1], items=row, weeks=6)
    link, token = factories.link_to(programme)
    data = client.get(address(token) + "sheet.json").json()
    (item,) = data["items"]
    assert link.items.get().side == "left"
    assert data["weeks"] == 6
    assert (item["cue"], item["from_week"]) == ("Only to the first pull.", 2)
    assert "Hold 45 seconds" in client.get(address(token)).text


@pytest.mark.parametrize("text", ["For Mr Smith", "Ring 07700 900123", "www.x.example", "x" * 141])
def test_pd2_a_line_beside_an_exercise_names_nobody(three: list[ExercisePage], text: str):
    item = ProgrammeItem(programme=programme_of(three), exercise=three[0], sort_order=9, cue=text)
    with pytest.raises(ValidationError) as refused:
        item.full_clean()
    assert "cue" in refused.value.message_dict


def test_the_number_of_queries_does_not_grow_with_it(client: Client, exercise_index: Any, condition: Condition):
    exercises = [exercise_index.add_child(instance=factories.draft_exercise(slug=f"e-{n}")) for n in range(12)]
    counts = []
    for size in (4, 12):
        _link, token = factories.link_to(programme_of(exercises[:size], [condition]))
        client.get(address(token))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(token)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 9


# A link is of one thing, a programme of one patient


def test_a_link_is_made_from_a_routine_or_a_programme_and_never_from_both(routine: RoutinePage):
    link, _token = factories.link_to(routine)
    for values in ({"programme": as_programme(routine)}, {"routine": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ShareLink.objects.filter(pk=link.pk).update(**values)


def test_it_stays_as_it_was_given_and_a_new_address_changes_nothing(client: Client, three: list[ExercisePage]):
    programme = programme_of(three)
    link, token = factories.link_to(programme)
    given_at = Programme.objects.get().given_at
    again = link.replace(link.created_by)
    assert given_at is not None
    assert Programme.objects.get().given_at == given_at
    assert client.get(address(token)).status_code == 410
    assert told(client, again.token) == ([], ["Calf", "Heel", "Neck"])
    assert ShareLink.objects.live().get() == again.link


def test_pd6_it_is_removed_with_its_last_link_and_nothing_of_it_is_counted(three: list[ExercisePage]):
    link, _token = factories.link_to(programme_of(three))
    fresh, old = programme_of(three), programme_of(three, changed_at=timezone.now() - timedelta(days=31))
    assert purge() == 0
    assert set(Programme.objects.all()) == {link.programme, fresh}
    assert not Programme.objects.filter(pk=old.pk).exists()
    end = timezone.now() - timedelta(days=31)
    ShareLink.objects.update(created_at=end - timedelta(days=1), expires_at=end)
    assert purge() == 1
    assert Programme.objects.get() == fresh
    assert not ShareTotal.objects.exists()


def test_it_is_given_once_however_often_the_button_is_pressed(three: list[ExercisePage]):
    programme = programme_of(three)
    again = Programme.objects.get(pk=programme.pk)
    factories.link_to(programme)
    with pytest.raises(ValidationError, match="It was given already"):
        factories.link_to(again)
    assert ShareLink.objects.count() == 1


# What is refused, and says what to do


def test_what_only_some_may_see_is_refused_and_taken_out_of_what_was_given(client: Client, three: list[ExercisePage]):
    _link, token = factories.link_to(programme_of(three))
    three[0].view_restrictions.create(restriction_type="login")
    assert client.get(address(token) + "sheet.json").json()["taken_out"] == ["Calf"]
    with pytest.raises(ValidationError, match="“Calf” is withdrawn, not published or not open to everybody"):
        factories.link_to(programme_of(three))


def test_what_cannot_be_done_is_not_given(three: list[ExercisePage]):
    calf, heel, neck = three
    with pytest.raises(ValidationError, match="Add at least one exercise"):
        factories.link_to(Programme(pk=0))
    Page.objects.filter(pk=calf.pk).update(live=False)
    Page.objects.filter(pk=heel.pk).update(expire_at=timezone.now() - timedelta(days=1))
    ExercisePage.objects.filter(pk=neck.pk).update(review_due=timezone.localdate() - timedelta(days=91))
    with pytest.raises(ValidationError) as refused:
        factories.link_to(programme_of(three))
    said = refused.value.messages
    assert [words.split("”")[0] for words in said] == ["“Calf", "“Heel", "The review of “Neck"]
    assert "Choose another exercise." in said[0]


def test_h01_a_withdrawn_exercise_is_refused_and_taken_out_of_what_was_given(client: Client, three: list[ExercisePage]):
    _link, token = factories.link_to(programme_of(three))
    counted = [affected.count for affected in affected_by(three[0]) if "share links" in str(affected.what)]
    withdrawing.withdraw(three[0], by=factories.UserFactory.create(), reason="It hurt.")
    assert counted == [1]
    assert client.get(address(token) + "sheet.json").json()["taken_out"] == ["Calf"]
    assert told(client, token) == ([], ["Heel", "Neck"])
    with pytest.raises(ValidationError, match="“Calf” is withdrawn"):
        factories.link_to(programme_of(three))


RULED_OUT = {"kind": NoteKind.CONTRAINDICATION, "tier": Tier.DO_NOT}
DO = {"kind": NoteKind.DO, "tier": Tier.GOOD_TO_KNOW, "action_code": "ice", "polarity": "do"}
DONT = {"kind": NoteKind.DONT, "tier": Tier.GOOD_TO_KNOW, "action_code": "ice", "polarity": "dont"}
SET_UP = {"kind": NoteKind.PREPARATION, "concerns_step": "set_up"}
LIMIT = {"dose_figure": "hold_seconds", "dose_least": 1, "dose_most": 5}


def write(rule: str, exercise: ExercisePage, condition: Condition) -> None:
    """A note or two, in force from now on, by which the rule finds something at this exercise."""
    here = {
        "a": {"rules_out": condition, **RULED_OUT},
        "b": DO,
        "c": LIMIT,
        "d": {"needs_warm_up": True},
        "d, a step": SET_UP,
    }
    factories.note_at(NoteTarget(page=exercise), text="Mind this.", **here[rule])
    if rule == "d, a step":
        exercise.steps = factories.STEPS[1:]
        ExercisePage.objects.filter(pk=exercise.pk).update(steps=exercise.steps)
    if rule == "b":
        factories.note_at(NoteTarget(region="foot"), text="Mind that.", **DONT)


@pytest.mark.parametrize("rule", ["a", "b", "c", "d", "d, a step"])
def test_e3_9_a_rule_refuses_it_and_takes_out_what_was_given_before(
    client: Client, three: list[ExercisePage], condition: Condition, rule: str
):
    _link, token = factories.link_to(programme_of(three, [condition]))
    assert told(client, token) == ([], ["Calf", "Heel", "Neck"])
    write(rule, three[1], condition)
    assert told(client, token) == (["Heel"], ["Calf", "Neck"])
    assert "Ask your practitioner how much to do" in client.get(address(token) + "follow/").text
    with pytest.raises(ValidationError, match="Mind"):
        factories.link_to(programme_of(three, [condition]))
    factories.link_to(programme_of([three[0], three[2]], [condition]))


def test_e3_9_d_without_its_warm_up_what_needs_one_goes_too(client: Client, three: list[ExercisePage]):
    factories.note_at(NoteTarget(page=three[2]), text="Warm up first.", needs_warm_up=True)
    programme = programme_of(three)
    programme.items.filter(exercise=three[0]).update(phase=Phase.WARM_UP)
    _link, token = factories.link_to(programme)
    assert told(client, token) == ([], ["Calf", "Heel", "Neck"])
    factories.note_at(NoteTarget(page=three[0]), text="Hold less.", **LIMIT)
    assert told(client, token) == (["Calf", "Neck"], ["Heel"])


def test_e3_9_e_for_a_condition_without_a_red_flag_nothing_is_given(
    client: Client, three: list[ExercisePage], condition: Condition
):
    _link, token = factories.link_to(programme_of(three, [condition]))
    SafetyNote.objects.filter(targets__condition=condition).update(live=False)
    assert told(client, token) == (["Calf", "Heel", "Neck"], [])
    with pytest.raises(ValidationError, match="has no red flag of its own"):
        factories.link_to(programme_of(three, [condition]))


def test_e3_9_a_note_on_all_of_it_takes_all_of_it_out(client: Client, three: list[ExercisePage], condition: Condition):
    _link, token = factories.link_to(programme_of(three, [condition]))
    factories.note_at(NoteTarget(condition=condition), text="Warm up first.", needs_warm_up=True)
    assert told(client, token) == (["Calf", "Heel", "Neck"], [])
    assert client.get(address(token)).status_code == 200
