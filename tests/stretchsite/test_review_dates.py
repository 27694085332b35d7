"""Review dates: said honestly to readers, listed for editors, and brought to mind once a month (H06)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from clinical.models import NoteTarget, SafetyNote, User
from clinical.publishing.approvals import Approval
from clinical.review.reviews import reviews_due
from clinical.safety.sheet import Freshness, Provenance
from clinical.words.choices import ApprovalBasis, ReviewState
from exercises.models import ExercisePage
from routines.models import RoutinePage
from stretchsite.management.commands import send_review_reminders
from testing import factories
from tests.outputs import WITH_NOTES, Place, each_of, says, squeezed, words_of

TODAY = date(2028, 9, 1)
DUE = factories.REVIEW_DUE


def on(day: date) -> Any:
    """The site's clock, standing still."""
    return patch("django.utils.timezone.localdate", return_value=day)


def test_banner_comes_after_ninety_days_and_the_line_after_one(client: Client, exercise: ExercisePage):
    banner, line = "should have been checked by 1 June 2028", "The review of this page is overdue"
    for days, has_line, has_banner in ((0, False, False), (1, True, False), (90, True, False), (91, True, True)):
        with on(DUE + timedelta(days=days)):
            said = client.get("/exercises/wall-calf-stretch/").content.decode()
        assert (line in said, banner in said) == (has_line, has_banner), days
    assert said.index(banner) < said.index("<h1>")


def test_routine_is_as_fresh_as_its_oldest_exercise(client: Client, routine: RoutinePage, exercise: ExercisePage):
    ExercisePage.objects.update(reviewed_on=date(2025, 1, 1), review_due=date(2026, 1, 1))
    provenance = RoutinePage.objects.get().sheet().provenance
    assert (provenance.reviewed_on, provenance.review_due) == (date(2025, 1, 1), date(2026, 1, 1))
    with on(date(2026, 4, 2)):
        assert "should have been checked by 1 January 2026" in client.get("/routines/calves/").content.decode()


BANNER = "This page should have been checked by 1 June 2028 and was not."


@each_of(WITH_NOTES)
def test_every_output_says_it_above_everything_else(client: Client, routine: RoutinePage, place: Place):
    address = {
        "exercise": "/exercises/wall-calf-stretch/",
        "routine": "/routines/calves/",
        "shared": reverse("shared", kwargs={"token": factories.link_to(routine).token}),
    }[place.owner] + place.output.path
    with on(DUE + timedelta(days=90)):
        before = client.get(address).content
    with on(DUE + timedelta(days=91)):
        after = client.get(address).content
    assert not says(place.output, before, BANNER)
    assert says(place.output, after, BANNER)
    # Data has no order that anybody reads.
    if place.output.name != "data":
        said = squeezed(words_of(place.output, after))
        assert said.index(squeezed(BANNER)) < said.index("numbness")
        assert said.index(squeezed(BANNER)) < (said.index("<h1>") if "<h1>" in said else len(said))


def test_page_that_leads_to_the_outputs_says_it_too(client: Client, routine: RoutinePage):
    with on(DUE + timedelta(days=91)):
        assert BANNER in client.get("/routines/calves/share/").content.decode()


def test_what_has_no_dates_takes_those_of_its_parts_and_invents_none():
    nothing, dated = Provenance(ReviewState.UNREVIEWED), Provenance(ReviewState.REVIEWED, review_due=DUE)
    assert nothing.as_fresh_as([]).review_due is None
    assert nothing.as_fresh_as([nothing, dated]).review_due == DUE
    assert nothing.freshness(TODAY) == Freshness(is_overdue=False, banner="")


@pytest.fixture
def desk(client: Client, db: None) -> Client:
    """The admin."""
    client.force_login(User.objects.create_superuser("chief"))
    return client


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("", ["Old", "Late", "Soon", "Fresh"]),
        ("long_overdue", ["Old"]),
        ("overdue", ["Old", "Late"]),
        ("soon", ["Soon"]),
        ("never", []),
    ],
)
def test_editors_see_what_is_due_first(desk: Client, exercise: ExercisePage, asked: str, titles: list[str]):
    ages = {"Old": -91, "Late": -90, "Soon": 10, "Fresh": 400}
    for title, days in ages.items():
        draft = factories.draft_exercise(title=title, reviewed_on=TODAY - timedelta(days=500))
        draft.review_due = TODAY + timedelta(days=days)
        exercise.get_parent().add_child(instance=draft)
    ExercisePage.objects.filter(pk=exercise.pk).update(live=False)
    with on(TODAY):
        listed = [
            page.title for page in desk.get(reverse("clinical_reviews"), {"review": asked}).context["object_list"]
        ]
    assert listed == titles


def test_list_of_reviews_is_downloaded_without_formulas_and_costs_the_same(desk: Client, exercise: ExercisePage):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(reverse("clinical_reviews")).status_code == 200
        return len(queries)

    asked()
    few = asked()
    for number in range(6):
        exercise.get_parent().add_child(instance=factories.draft_exercise(title=f"=1+{number}"))
    assert asked() == few
    downloaded = desk.get(reverse("clinical_reviews"), {"export": "csv"}).getvalue().decode()
    assert "'=1+3" in downloaded
    assert "\n=1" not in downloaded
    assert desk.get(reverse("clinical_reviews"), {"export": "xlsx"}).status_code == 200


def test_author_and_reviewer_are_reminded_once_a_month(exercise: ExercisePage, routine: RoutinePage):
    User.objects.filter(pk=exercise.author_id).update(email="author@example.org")
    User.objects.filter(pk=exercise.reviewer_id).update(email="reviewer@example.org")
    with on(DUE - timedelta(days=31)):
        call_command("send_review_reminders")
    assert mail.outbox == []
    for day in (DUE - timedelta(days=30), DUE - timedelta(days=30)):
        with on(day):
            call_command("send_review_reminders")
    assert sorted(letter.to[0] for letter in mail.outbox) == ["author@example.org", "reviewer@example.org"]
    assert all("Wall calf stretch, due 2028-06-01: http" in letter.body for letter in mail.outbox)
    with on(DUE + timedelta(days=40)):
        call_command("send_review_reminders")
    assert len(mail.outbox) == 4


def test_two_that_remind_at_once_remind_once(
    exercise: ExercisePage, routine: RoutinePage, monkeypatch: pytest.MonkeyPatch
):
    @contextmanager
    def while_another_was_quicker() -> Iterator[None]:
        monkeypatch.setattr(send_review_reminders, "write_lock", nullcontext)
        call_command("send_review_reminders")
        yield

    User.objects.filter(pk=exercise.author_id).update(email="author@example.org")
    monkeypatch.setattr(send_review_reminders, "write_lock", while_another_was_quicker)
    with on(DUE):
        call_command("send_review_reminders")
    assert [letter.to[0] for letter in mail.outbox] == ["author@example.org"]


def due_note(writer: User, approver: User, **fields: object) -> SafetyNote:
    """A live note that one person wrote and another approved until ``DUE``."""
    note = factories.note_at(NoteTarget(everywhere=True), reviewed_on=factories.REVIEWED_ON, review_due=DUE, **fields)
    Approval.objects.create(
        basis=ApprovalBasis.REVIEWED,
        content_key=note.content_key,
        content_hash="0",
        title=str(note),
        writers=[writer.pk],
        approver=approver,
    )
    return note


@pytest.fixture
def two_people(db: None) -> tuple[User, User]:
    """Who wrote, and who approved."""
    return factories.UserFactory.create(email="writer@example.org"), factories.UserFactory.create(
        email="approver@example.org"
    )


def test_whoever_wrote_and_approved_a_note_is_reminded_of_it(two_people: tuple[User, User]):
    due_note(*two_people, text="your calf swells")
    factories.note_at(NoteTarget(everywhere=True), text="nobody has reviewed this")
    for _time in range(2):
        with on(DUE):
            call_command("send_review_reminders")
    assert sorted(letter.to[0] for letter in mail.outbox) == ["approver@example.org", "writer@example.org"]
    assert all("your calf swells" in letter.body for letter in mail.outbox)
    assert all("nobody has reviewed" not in letter.body for letter in mail.outbox)


def test_two_languages_of_one_note_are_one_reminder(two_people: tuple[User, User]):
    note = due_note(*two_people)
    other = note.copy_for_translation(Locale.objects.create(language_code="de"))
    other.save()
    SafetyNote.objects.filter(pk=other.pk).update(live=True, review_due=DUE)
    with on(DUE):
        call_command("send_review_reminders")
    assert len(mail.outbox) == 2
    assert all(letter.subject == "2 reviews are due" for letter in mail.outbox)


def test_what_is_due_is_found_in_as_many_queries_for_one_note_as_for_many(two_people: tuple[User, User]):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            found.append(len(reviews_due(DUE)))
        return len(queries)

    found: list[int] = []
    due_note(*two_people)
    few = asked()
    for number in range(6):
        due_note(*two_people, text=f"sign {number}")
    assert asked() == few
    assert found == [1, 7]


@pytest.mark.parametrize(("asked", "count"), [("", 3), ("long_overdue", 1), ("overdue", 2), ("soon", 0), ("never", 1)])
def test_notes_are_listed_by_their_next_review(desk: Client, two_people: tuple[User, User], asked: str, count: int):
    old, late = due_note(*two_people, text="=1+1"), due_note(*two_people, text="late")
    never = factories.note_at(NoteTarget(everywhere=True), text="never")
    SafetyNote.objects.filter(pk=old.pk).update(review_due=TODAY - timedelta(days=91))
    SafetyNote.objects.filter(pk=late.pk).update(review_due=TODAY - timedelta(days=1))
    with on(TODAY), CaptureQueriesContext(connection) as queries:
        answer = desk.get(reverse("clinical_note_reviews"), {"review": asked})
    listed = list(answer.context["object_list"])
    assert len(listed) == count
    assert len(queries) < 20
    if not asked:
        assert listed == [old, late, never]
        downloaded = desk.get(reverse("clinical_note_reviews"), {"export": "csv"}).getvalue()
        assert b"'=1+1" in downloaded


def test_reminder_is_remembered_only_together_with_the_letter_that_was_asked_for(exercise: ExercisePage):
    User.objects.filter(pk=exercise.author_id).update(email="author@example.org")
    with on(TODAY):
        refused = patch(
            "stretchsite.management.commands.send_review_reminders.send_mail", side_effect=DatabaseError("read-only")
        )
        with refused, pytest.raises(DatabaseError):
            call_command("send_review_reminders")
        call_command("send_review_reminders")
    assert len(mail.outbox) == 1


def test_nobody_is_reminded_of_what_is_not_public_or_of_an_account_that_is_closed(exercise: ExercisePage):
    User.objects.update(email="somebody@example.org", is_active=False)
    with on(TODAY):
        call_command("send_review_reminders")
    User.objects.update(is_active=True)
    ExercisePage.objects.update(live=False)
    with on(TODAY):
        call_command("send_review_reminders")
    assert mail.outbox == []
