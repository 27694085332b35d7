"""A new complaint: anybody who writes may propose one, and its red flag, page and exercise go one road together."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Page, TaskState

from clinical.models import Approval, AuditEntry, Condition, NoteTarget, SafetyNote, User
from clinical.notes.offered_conditions import offered_to
from clinical.review.new_complaints import (
    NotTogether,
    Part,
    approve_together,
    new_complaints_of,
    parts_of,
    submit_together,
)
from clinical.review.reviewing import ClinicalReviewTask
from clinical.review.waiting_reviews import waiting_for
from clinical.words.choices import AuditAction, NoteKind, Tier, Urgency
from exercises.models import ExerciseIndexPage, ExercisePage
from stretchsite.group_permissions import PRACTITIONERS, REVIEWERS, SAFETY_OFFICERS
from stretchsite.models import ConditionIndexPage, ConditionPage
from testing import factories

pytestmark = pytest.mark.usefixtures("set_up_site", "db")


def member(group: str, name: str) -> User:
    """Somebody of a group."""
    person = factories.UserFactory.create(username=name)
    person.groups.add(Group.objects.get(name=group))
    return person


@pytest.fixture
def writer() -> User:
    """Whoever proposes it."""
    return member(PRACTITIONERS, "writer")


@pytest.fixture
def complaint(writer: User) -> Condition:
    """A complaint with all that belongs to it, as drafts nobody has read."""
    condition = Condition.objects.create(name="Sore shins")
    red_flag(condition, writer)
    draft(ConditionIndexPage, factories.draft_hub(condition, title="Sore shins", slug="sore-shins"), writer)
    exercise = factories.draft_exercise(title="Shin lift", slug="shin-lift", conditions=[condition])
    draft(ExerciseIndexPage, exercise, writer)
    return condition


def red_flag(condition: Condition, by: User) -> SafetyNote:
    """A red flag for it, as a draft."""
    serious: dict[str, Any] = {"kind": NoteKind.RED_FLAG, "tier": Tier.GET_HELP, "urgency": Urgency.SAME_DAY}
    note = factories.note_at(NoteTarget(condition=condition), live=False, text="your shin is hot", **serious)
    note.save_revision(user=by)
    return note


def draft(index: Any, page: Any, by: User) -> Any:
    """A page somebody has written, in words nobody has approved."""
    page.live, page.owner, page.author = False, by, by
    page.reviewer = page.reviewed_on = page.review_due = None
    index.objects.get().add_child(instance=page)
    page.purpose = "What nobody has read yet."
    page.save_revision(user=by)
    return page


def address(condition: Condition) -> str:
    """Its screen."""
    return reverse("clinical_new_complaint", args=[condition.pk])


def read_by(parts: list[Part]) -> dict[str, dict[str, Any]]:
    """What somebody sends who has read them all."""
    return {part.key: {"seen": part.step.fingerprint()} for part in parts if part.step}


def are_live() -> list[bool]:
    """Whether each of the three is."""
    return [model.objects.get().live for model in (SafetyNote, ConditionPage, ExercisePage)]


def test_whoever_writes_proposes_a_complaint_and_is_led_to_what_belongs_to_it(writer: User, client: Client):
    client.force_login(writer)
    rows = {"codes-TOTAL_FORMS": "0", "codes-INITIAL_FORMS": "0", "codes-MIN_NUM_FORMS": "0"}
    client.post(reverse("wagtailsnippets_clinical_condition:add"), {"name": "Sore shins", **rows})
    condition = Condition.objects.get()
    assert address(condition) in client.get("/admin/").content.decode()
    shown = client.get(address(condition)).content.decode()
    assert "Nothing of yours belongs to it yet" in shown
    note = f"{reverse('wagtailsnippets_clinical_safetynote:add')}?condition={condition.pk}&kind=red_flag"
    assert escape(note) in shown
    assert "Sore shins" in client.get(note).content.decode()
    page = ["stretchsite", "conditionpage", ConditionIndexPage.objects.get().pk]
    assert reverse("wagtailadmin_pages:add", args=page) in shown


def test_it_is_submitted_together_and_approved_together(complaint: Condition, writer: User, client: Client):
    client.force_login(writer)
    client.post(address(complaint), {"decision": "submit"})
    assert TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 3
    assert are_live() == [False] * 3

    colleague = member(REVIEWERS, "colleague")
    client.force_login(colleague)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[ExercisePage.objects.get().pk])).content.decode()
    assert address(complaint) in form
    shown = client.get(address(complaint)).content.decode()
    said = {f"seen-{key}": each["seen"] for key, each in read_by(parts_of(complaint, colleague)).items()}
    for words in ("your shin is hot", "What nobody has read yet.", *said.values()):
        assert words in shown
    client.post(address(complaint), {"decision": "approve", "review_due": "2027-11-01", "comment": "Good.", **said})
    assert are_live() == [True] * 3
    assert {approval.approver for approval in Approval.objects.filter(comment="Good.")} == {colleague}
    assert AuditEntry.objects.filter(action=AuditAction.APPROVED, by=colleague).count() == 3
    assert ConditionPage.objects.get().review_due.isoformat() == "2027-11-01"
    assert client.get(address(complaint)).status_code == 404


@pytest.mark.parametrize("wanting", ["a word", "a red flag"])
def test_nothing_is_submitted_where_one_part_lacks_something_and_each_says_what(
    complaint: Condition, writer: User, client: Client, wanting: str
):
    if wanting == "a word":
        page = ExercisePage.objects.get().get_latest_revision_as_object()
        page.evidence_summary = ""
        page.save_revision(user=writer, clean=False)
    else:
        SafetyNote.objects.all().delete()
    before = Approval.objects.count()
    client.force_login(writer)
    shown = client.post(address(complaint), {"decision": "submit"}).content.decode()
    assert "Nothing was done" in shown
    assert ("Evidence summary:" if wanting == "a word" else "Publish a note of tier 1 for it first.") in shown
    assert not TaskState.objects.exists()
    assert Approval.objects.count() == before
    assert not SafetyNote.objects.filter(live=True).exists()
    assert AuditEntry.objects.filter(action=AuditAction.REFUSED, by=writer).exists()


def test_nothing_is_submitted_where_a_colleague_has_locked_a_part(complaint: Condition, writer: User):
    locker = member(REVIEWERS, "locker")
    Page.objects.filter(pk=ExercisePage.objects.get().pk).update(locked=True, locked_by=locker)
    with pytest.raises(NotTogether) as refused:
        submit_together(parts_of(complaint, writer), by=writer)
    assert "It is locked" in str(refused.value.reasons())
    assert not TaskState.objects.exists()
    assert ExercisePage.objects.get().locked


def test_nothing_is_approved_where_one_part_was_changed_meanwhile(complaint: Condition, writer: User):
    submit_together(parts_of(complaint, writer), by=writer)
    colleague = member(REVIEWERS, "colleague")
    parts = parts_of(complaint, colleague)
    said = read_by(parts)
    page = ExercisePage.objects.get().get_latest_revision_as_object()
    page.feel = "Something else."
    page.save_revision(user=writer)
    before = Approval.objects.count()
    with pytest.raises(NotTogether) as refused:
        approve_together(parts_of(complaint, colleague), by=colleague, said=said)
    assert [key.split("-")[0] for key in refused.value.reasons()] == ["exercisepage"]
    assert "It was changed after you opened it" in str(refused.value.reasons())
    assert (are_live(), Approval.objects.count()) == ([False] * 3, before)


def sent(complaint: Condition, reader: User) -> dict[str, str]:
    """The form of somebody who has read all of it."""
    said = {f"seen-{key}": each["seen"] for key, each in read_by(parts_of(complaint, reader)).items()}
    return {"decision": "approve", "review_due": "2027-11-01", **said}


def test_nothing_is_approved_where_one_part_was_taken_back_meanwhile(
    complaint: Condition, writer: User, client: Client
):
    submit_together(parts_of(complaint, writer), by=writer)
    colleague = member(REVIEWERS, "colleague")
    read = sent(complaint, colleague)
    ConditionPage.objects.get().current_workflow_state.cancel(user=writer)
    client.force_login(colleague)
    answer = client.post(address(complaint), read, follow=True)
    assert "has changed since you opened this" in answer.content.decode()
    assert are_live() == [False] * 3


def test_only_who_is_asked_to_review_approves_together(complaint: Condition, writer: User, client: Client):
    submit_together(parts_of(complaint, writer), by=writer)
    officer = member(SAFETY_OFFICERS, "officer")
    for task in ClinicalReviewTask.objects.all():
        task.groups.remove(Group.objects.get(name=SAFETY_OFFICERS))
    client.force_login(officer)
    assert "approve it together" not in client.get(address(complaint)).content.decode()
    answer = client.post(address(complaint), sent(complaint, officer)).content.decode()
    assert "Only somebody who reviews here can approve it." in answer
    assert are_live() == [False] * 3


def test_page_for_another_day_is_said_not_to_be_found_yet(complaint: Condition, writer: User, client: Client):
    page = ConditionPage.objects.get().get_latest_revision_as_object()
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision(user=writer)
    submit_together(parts_of(complaint, writer), by=writer)
    colleague = member(REVIEWERS, "colleague")
    client.force_login(colleague)
    client.post(address(complaint), sent(complaint, colleague))
    assert "It is not found yet" in client.get(address(complaint)).content.decode()
    assert are_live() == [True, False, True]


def test_whoever_wrote_one_part_approves_none(complaint: Condition, writer: User, client: Client):
    colleague = member(REVIEWERS, "colleague")
    red_flag(complaint, colleague)
    SafetyNote.objects.order_by("pk").first().delete()
    submit_together([*parts_of(complaint, colleague), *parts_of(complaint, writer)], by=writer)
    parts = parts_of(complaint, colleague)
    assert len(parts) == 3
    client.force_login(colleague)
    assert "approve it together" not in client.get(address(complaint)).content.decode()
    with pytest.raises(NotTogether) as refused:
        approve_together(parts, by=colleague, said=read_by(parts))
    assert "Ask a colleague to approve it" in str(refused.value.reasons())
    assert are_live() == [False] * 3


def test_colleagues_drafts_are_nobody_elses_to_see_or_submit(complaint: Condition):
    for group in (PRACTITIONERS, REVIEWERS):
        assert parts_of(complaint, member(group, f"another of {group}")) == []


def test_looking_costs_the_same_however_many_other_drafts_there_are(complaint: Condition, writer: User):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(parts_of(complaint, writer)) == 3
        return len(queries)

    cost()  # what is remembered by the process
    few = cost()
    for number in range(3):
        draft(ExerciseIndexPage, factories.draft_exercise(title=f"Other {number}", slug=f"other-{number}"), writer)
    assert cost() == few


def test_what_a_colleague_saved_last_stays_its_authors_to_submit(complaint: Condition, writer: User):
    colleague = member(PRACTITIONERS, "colleague")
    SafetyNote.objects.get().get_latest_revision_as_object().save_revision(user=colleague)
    assert len(parts_of(complaint, writer)) == 3
    assert [type(part.thing) for part in parts_of(complaint, colleague)] == [SafetyNote]
    submit_together(parts_of(complaint, writer), by=writer)
    assert TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 3


def test_what_is_still_to_write_is_what_is_not_written_yet(complaint: Condition, writer: User, client: Client):
    client.force_login(writer)
    shown = client.get(address(complaint)).content.decode()
    assert "Nothing: its red flag, its page and an exercise are written." in shown
    assert "Write another safety note for it" in shown
    assert "condition page" not in shown.partition("Still to write")[2]
    ExercisePage.objects.get().delete()
    still = client.get(address(complaint)).content.decode().partition("Still to write")[2].partition("May be added")[0]
    assert ("exercise" in still, "red flag" in still) == (True, False)


def test_what_is_written_for_it_has_condition_and_kind_filled_in(writer: User, client: Client):
    condition = Condition.objects.create(name="Sore shins")
    client.force_login(writer)
    to_write = client.get(address(condition)).context["to_write"]
    note, hub, exercise = (client.get(each.address).context["form"].instance for each in to_write)
    assert (note.kind, note.tier, note.targets.all()[0].condition) == (NoteKind.RED_FLAG, Tier.GET_HELP, condition)
    assert (hub.condition, hub.title) == (condition, "Sore shins")
    assert [use.tag for use in exercise.condition_uses.all()] == [condition]


def test_complaint_whose_page_was_taken_off_the_site_is_no_new_one(complaint: Condition, writer: User, client: Client):
    exercise = ExercisePage.objects.get()
    assert list(new_complaints_of(exercise)) == [complaint]
    Condition.objects.filter(pk=complaint.pk).update(hub=ConditionPage.objects.get().pk)
    client.force_login(writer)
    assert client.get(address(complaint)).status_code == 404
    assert list(new_complaints_of(exercise)) == []


def test_desk_lists_what_is_approved_together_once_with_its_parts(complaint: Condition, writer: User, client: Client):
    submit_together(parts_of(complaint, writer), by=writer)
    colleague = member(REVIEWERS, "colleague")
    (waiting,), are_more = waiting_for(colleague)
    assert (waiting.title, waiting.address, are_more) == ("Sore shins", address(complaint), False)
    assert [part.sort for part in waiting.parts] == ["safety note", "Condition page", "Exercise"]
    client.force_login(colleague)
    assert "To be read and approved together:" in client.get("/admin/").content.decode()


def test_condition_that_is_only_proposed_is_offered_to_whoever_proposed_it_and_to_reviewers(
    writer: User, client: Client
):
    client.force_login(writer)
    rows = {"codes-TOTAL_FORMS": "0", "codes-INITIAL_FORMS": "0", "codes-MIN_NUM_FORMS": "0"}
    client.post(reverse("wagtailsnippets_clinical_condition:add"), {"name": "Sore shins", **rows})
    condition, known = Condition.objects.get(), Condition.objects.create(name="Known to all")
    practitioner, reviewer = member(PRACTITIONERS, "another"), member(REVIEWERS, "reviewer")
    screens = [
        reverse("sharing_programme_new"),
        reverse("exercise_chooser:choose"),
        reverse("exercises:index"),
        reverse("wagtailsnippetchoosers_clinical_condition:choose"),
        reverse("wagtailsnippetchoosers_clinical_condition:choose_results") + "?q=so",
    ]
    for person, sees in ((practitioner, False), (writer, True), (reviewer, True)):
        client.force_login(person)
        shown = {screen: client.get(screen).content.decode().rpartition("Put together for")[2] for screen in screens}
        assert {screen: "Sore shins" in text for screen, text in shown.items()} == dict.fromkeys(screens, sees)
        told = re.compile(r"Sore shins \(proposed\)|Proposed\s*(<|\\n)")
        named = [screen for screen, text in shown.items() if told.search(text)]
        assert named == (screens if sees else [])
    for catalogue in ("/exercises/", "/routines/"):
        assert "Sore shins" not in Client().get(catalogue).content.decode()
    red_flag(condition, writer)
    SafetyNote.objects.update(live=True)
    assert "Sore shins" in Client().get("/exercises/").content.decode()
    assert set(offered_to(practitioner)) == {condition, known}
