"""The admin's screens for withdrawing: what is shown beforehand, who may, what is refused, and the list."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinical.admin.reports import inert
from clinical.models import Condition, NoteTarget, User, Withdrawal
from clinical.withdrawal.withdrawing import ask_to_lift, lift, withdraw
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage
from stretchsite import group_permissions, setting_up
from testing import factories
from tests.built_once import built_once

GOOD = {"reason": "It can tear a healing tendon.", "understood": "on"}


@pytest.fixture
@built_once
def groups(exercise: ExercisePage, routine_index: RoutineIndexPage) -> None:
    """The groups every site has."""
    factories.ConditionIndexPageFactory(parent=routine_index.get_parent())
    setting_up.set_up(lambda line: None)


def member(group: str, name: str = "") -> User:
    """Somebody in a group."""
    person = factories.UserFactory.create(username=name or group)
    person.groups.add(Group.objects.get(name=group))
    return person


@pytest.fixture
def officer(groups: None) -> User:
    """A safety officer."""
    return member(group_permissions.SAFETY_OFFICERS, "officer")


@pytest.fixture
def colleague(groups: None) -> User:
    """Another safety officer."""
    return member(group_permissions.SAFETY_OFFICERS, "colleague")


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    """The admin, with a safety officer signed in."""
    client.force_login(officer)
    return client


def screen_of(thing: Any) -> str:
    """Where something is withdrawn."""
    name = "clinical_withdraw_page" if hasattr(thing, "url_path") else "clinical_withdraw_note"
    return reverse(name, args=[thing.pk])


def used_in(exercise: ExercisePage, count: int, condition: Condition) -> None:
    """So many live routines with this exercise."""
    for number in range(count):
        draft = factories.draft_routine([exercise], [condition], title=f"Plan {number}", slug=f"plan-{number}")
        RoutineIndexPage.objects.get().add_child(instance=draft)


def test_screen_shows_first_what_the_withdrawal_reaches(desk: Client, exercise: ExercisePage, condition: Condition):
    used_in(exercise, 3, condition)
    said = desk.get(screen_of(exercise)).content.decode()
    assert "Routines it would be taken out of: 3" in said
    for number in range(3):
        assert f"Plan {number}</a>" in said
    assert said.index("What this reaches") < said.index('name="reason"')


def test_what_it_reaches_costs_the_same_queries_for_three_routines_and_thirty(
    desk: Client, exercise: ExercisePage, condition: Condition
):
    def asked() -> int:
        desk.get(screen_of(exercise))
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(screen_of(exercise)).status_code == 200
        return len(queries)

    used_in(exercise, 3, condition)
    few = asked()
    for number in range(3, 30):
        draft = factories.draft_routine([exercise], [condition], title=f"Plan {number}", slug=f"plan-{number}")
        RoutineIndexPage.objects.get().add_child(instance=draft)
    assert asked() == few
    said = desk.get(screen_of(exercise)).content.decode()
    assert "Routines it would be taken out of: 30" in said
    assert "and 10 more" in said


def test_withdrawing_takes_a_reason_and_a_tick(desk: Client, exercise: ExercisePage):
    for missing in GOOD:
        response = desk.post(screen_of(exercise), {**GOOD, missing: ""})
        assert response.status_code == 200
        assert response.context["form"].errors.get(missing)
        assert not Withdrawal.objects.exists()
    response = desk.post(screen_of(exercise), GOOD)
    withdrawal = Withdrawal.objects.get()
    assert response["Location"] == reverse("clinical_withdrawal", args=[withdrawal.pk])
    assert (withdrawal.withdrawn_by.username, withdrawal.reason) == ("officer", GOOD["reason"])
    assert not ExercisePage.objects.get(pk=exercise.pk).live


def test_replacement_is_another_one_and_not_withdrawn(desk: Client, officer: User, exercise: ExercisePage):
    other = ExerciseIndexPage.objects.get().add_child(instance=factories.draft_exercise(title="Ankle circles"))
    response = desk.post(screen_of(exercise), {**GOOD, "replaced_by": exercise.pk})
    assert "this is what you are withdrawing" in str(response.context["form"].errors)
    desk.post(screen_of(exercise), {**GOOD, "replaced_by": other.pk})
    assert Withdrawal.objects.get().replaced_by == other.page_ptr


@pytest.mark.parametrize(
    "group", [group_permissions.PRACTITIONERS, group_permissions.REVIEWERS, group_permissions.MANAGERS]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_safety_officers_withdraw(client: Client, groups: None, exercise: ExercisePage, group: str, method: str):
    client.force_login(member(group))
    note = factories.note_at(NoteTarget(everywhere=True))
    for thing in (exercise, note):
        response = getattr(client, method)(screen_of(thing), GOOD)
        assert response.status_code == 302
        assert response["Location"] == reverse("wagtailadmin_home")
    assert not Withdrawal.objects.exists()


def test_reviewers_read_the_list_and_decide_nothing(client: Client, officer: User, exercise: ExercisePage):
    withdrawal = withdraw(exercise, by=officer, reason="Harm.")
    client.force_login(member(group_permissions.REVIEWERS))
    address = reverse("clinical_withdrawal", args=[withdrawal.pk])
    assert client.get(reverse("clinical_withdrawals")).status_code == 200
    assert "Ask to lift it" not in client.get(address).content.decode()
    client.post(address, {"decision": "ask", "reason": "Why not."})
    withdrawal.refresh_from_db()
    assert withdrawal.lifted_by is None


def test_withdrawal_is_offered_to_safety_officers_alone(desk: Client, exercise: ExercisePage):
    note = factories.note_at(NoteTarget(everywhere=True))
    index = ExerciseIndexPage.objects.get()
    places = [
        (reverse("wagtailadmin_explore", args=[index.pk]), exercise),
        (reverse("wagtailadmin_pages:edit", args=[exercise.pk]), exercise),
        (reverse("wagtailsnippets_clinical_safetynote:list"), note),
        (reverse("wagtailsnippets_clinical_safetynote:edit", args=[note.pk]), note),
    ]
    for address, thing in places:
        assert screen_of(thing) in desk.get(address).content.decode(), address
    desk.force_login(member(group_permissions.REVIEWERS))
    for address, thing in places:
        response = desk.get(address)
        assert response.status_code == 200
        assert screen_of(thing) not in response.content.decode(), address


def test_two_officers_lift_on_screen_and_one_cannot(
    desk: Client, officer: User, colleague: User, exercise: ExercisePage
):
    withdrawal = withdraw(exercise, by=officer, reason="Harm.")
    address = reverse("clinical_withdrawal", args=[withdrawal.pk])
    desk.post(address, {"decision": "ask", "reason": "The study was retracted."})
    assert "Lift the withdrawal" not in desk.get(address).content.decode()
    response = desk.post(address, {"decision": "lift"}, follow=True)
    assert "whoever asked to lift a withdrawal cannot confirm it" in response.content.decode()
    assert Withdrawal.objects.open().exists()
    desk.force_login(colleague)
    assert "Lift the withdrawal" in desk.get(address).content.decode()
    desk.post(address, {"decision": "lift"})
    assert not Withdrawal.objects.open().exists()


def test_serious_note_waits_on_screen_for_a_second_officer(desk: Client, colleague: User):
    note = factories.note_at(NoteTarget(everywhere=True))
    assert "a second safety officer has to confirm it" in desk.get(screen_of(note)).content.decode()
    response = desk.post(screen_of(note), GOOD, follow=True)
    assert "Waits for a second person" in response.content.decode()
    assert NoteTarget.objects.in_force().exists()
    address = reverse("clinical_withdrawal", args=[Withdrawal.objects.get().pk])
    desk.post(address, {"decision": "confirm"})
    assert NoteTarget.objects.in_force().exists()
    desk.force_login(colleague)
    desk.post(address, {"decision": "confirm"})
    assert not NoteTarget.objects.in_force().exists()


def test_decision_that_is_none_is_refused_in_words(desk: Client, officer: User, exercise: ExercisePage):
    withdrawal = withdraw(exercise, by=officer, reason="Harm.")
    response = desk.post(reverse("clinical_withdrawal", args=[withdrawal.pk]), {"decision": "delete"}, follow=True)
    assert "Choose one of the buttons." in response.content.decode()
    assert Withdrawal.objects.open().exists()


def test_what_cannot_be_withdrawn_says_why_instead_of_a_form(desk: Client, officer: User, exercise: ExercisePage):
    withdraw(exercise, by=officer, reason="Harm.")
    said = desk.get(screen_of(exercise)).content.decode()
    assert "It is withdrawn already" in said
    assert 'name="reason"' not in said
    response = desk.post(screen_of(exercise), GOOD)
    assert response.status_code == 200
    assert Withdrawal.objects.count() == 1


def test_pages_that_are_not_clinical_cannot_be_withdrawn(desk: Client, exercise: ExercisePage):
    assert desk.get(reverse("clinical_withdraw_page", args=[exercise.get_parent().pk])).status_code == 404


@pytest.mark.parametrize(("state", "titles"), [("open", {"B", "C"}), ("waiting", {"A", "C"}), ("lifted", {"D"})])
def test_list_is_narrowed_by_state(desk: Client, officer: User, colleague: User, state: str, titles: set[str]):
    withdraw(factories.note_at(NoteTarget(everywhere=True), text="A"), by=officer, reason="Wrong.")
    made = {
        title: withdraw(
            ExerciseIndexPage.objects.get().add_child(instance=factories.draft_exercise(title=title)),
            by=officer,
            reason="Harm.",
        )
        for title in "BCD"
    }
    for title in "CD":
        ask_to_lift(made[title], by=officer, reason="A mistake.")
    lift(made["D"], by=colleague)
    listed = desk.get(reverse("clinical_withdrawals"), {"state": state}).context["object_list"]
    assert {row.title.split(": ")[-1] for row in listed} == titles


def test_list_costs_the_same_queries_however_long(desk: Client, officer: User):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("clinical_withdrawals"))
        return len(queries)

    def more(count: int) -> None:
        for _number in range(count):
            page = ExerciseIndexPage.objects.get().add_child(instance=factories.draft_exercise())
            withdraw(page, by=factories.UserFactory.create(), reason="Harm.")

    more(2)
    asked()
    few = asked()
    more(6)
    assert asked() == few


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_download_holds_no_formula(desk: Client, officer: User, exercise: ExercisePage, start: str):
    """XS6: a cell that a spreadsheet would run is text."""
    withdraw(exercise, by=officer, reason=f"{start}cmd|' /C calc'!A0 harm")
    downloaded = desk.get(reverse("clinical_withdrawals"), {"export": "csv"}).getvalue().decode()
    cells = [cell.strip('"') for line in downloaded.splitlines()[1:] for cell in line.split(",")]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert inert(f"{start}1") == f"'{start}1"
    assert inert(3) == 3
    assert desk.get(reverse("clinical_withdrawals"), {"export": "xlsx"}).status_code == 200
