"""What is due goes live, what has run out goes off, and one refusal holds nobody else up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from clinical.models import NoteTarget, SafetyNote
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage, RoutineItem, RoutinePage
from testing import factories

PAST, FUTURE = timedelta(minutes=-5), timedelta(hours=1)


def due(thing: Any, when: timedelta = PAST) -> Revision:
    """The newest version of a thing, approved to go live at a time; no other version of it is any more."""
    revision = thing.save_revision(clean=False)
    thing.revisions.update(approved_go_live_at=None)
    revision.approved_go_live_at = timezone.now() + when
    revision.save(update_fields=["approved_go_live_at"])
    return revision


def drafts(index: ExerciseIndexPage, *titles: str) -> list[ExercisePage]:
    """Exercises that are not published yet."""
    return [
        index.add_child(instance=factories.draft_exercise(title=title, slug=title.lower(), live=False))
        for title in titles
    ]


def live() -> set[str]:
    """The titles of the exercises readers can see."""
    return set(ExercisePage.objects.live().values_list("title", flat=True))


def test_what_is_due_goes_live_and_the_rest_waits(exercise_index: ExerciseIndexPage):
    now, later = drafts(exercise_index, "Now", "Later")
    due(now)
    waiting = due(later, FUTURE)
    call_command("publish_scheduled")
    assert live() == {"Now"}
    waiting.refresh_from_db()
    assert waiting.approved_go_live_at


def test_refused_version_is_reported_and_the_others_go_live(exercise_index: ExerciseIndexPage, capsys: Any):
    first, broken, last = drafts(exercise_index, "First", "Broken", "Last")
    due(first, PAST * 3)
    broken.purpose = ""
    refused = due(broken, PAST * 2)
    due(last)
    with pytest.raises(CommandError, match="1 could not be published"):
        call_command("publish_scheduled")
    assert live() == {"First", "Last"}
    assert "“Broken” cannot go live. Purpose: Write something here" in capsys.readouterr().err
    refused.refresh_from_db()
    assert refused.approved_go_live_at


def test_refused_version_goes_live_once_it_is_repaired(exercise_index: ExerciseIndexPage):
    (broken,) = drafts(exercise_index, "Broken")
    broken.purpose = ""
    due(broken)
    for _ in range(2):
        with pytest.raises(CommandError):
            call_command("publish_scheduled")
    broken.purpose = "A gentle stretch."
    due(broken)
    call_command("publish_scheduled")
    assert live() == {"Broken"}


def test_refused_note_holds_no_page_up(exercise_index: ExerciseIndexPage, capsys: Any):
    note = factories.note_at(NoteTarget(everywhere=True), live=False)
    note.text = ""
    due(note, PAST * 2)
    (page,) = drafts(exercise_index, "Page")
    due(page)
    with pytest.raises(CommandError):
        call_command("publish_scheduled")
    assert live() == {"Page"}
    assert not SafetyNote.objects.filter(live=True).exists()
    assert "Text:" in capsys.readouterr().err


def test_routine_waits_for_an_exercise_that_is_due_with_it(
    exercise_index: ExerciseIndexPage, routine_index: RoutineIndexPage
):
    (exercise,) = drafts(exercise_index, "Exercise")
    routine = factories.draft_routine(
        [], [factories.ConditionFactory.create()], title="Routine", slug="routine", live=False
    )
    routine = routine_index.add_child(instance=routine)
    routine.items = [RoutineItem(exercise=exercise)]
    factories.approve(routine)
    due(routine, PAST * 2)
    due(exercise)
    call_command("publish_scheduled")
    assert RoutinePage.objects.get().live


def test_version_that_cannot_be_read_holds_nobody_up(exercise_index: ExerciseIndexPage, capsys: Any):
    odd, good = drafts(exercise_index, "Odd", "Good")
    revision = due(odd, PAST * 2)
    revision.content = {**revision.content, "hold_seconds": "a while"}
    revision.save()
    due(good)
    with pytest.raises(CommandError):
        call_command("publish_scheduled")
    assert live() == {"Good"}
    assert "“Odd” cannot go live. “a while” value must be an integer." in capsys.readouterr().err


def test_publication_that_breaks_halfway_leaves_nothing_behind(
    exercise_index: ExerciseIndexPage, capsys: Any, caplog: Any
):
    (page,) = drafts(exercise_index, "Page")
    due(page)
    with patch.object(Page, "update_aliases", side_effect=RuntimeError("power cut")), pytest.raises(CommandError):
        call_command("publish_scheduled")
    assert live() == set()
    assert "“Page” could not be published or taken off on time: RuntimeError: power cut" in capsys.readouterr().err
    assert "power cut" in caplog.text


def test_what_has_run_out_goes_off(exercise: ExercisePage):
    note = factories.note_at(NoteTarget(everywhere=True))
    expired = timezone.now() + PAST
    ExercisePage.objects.update(expire_at=expired)
    SafetyNote.objects.update(expire_at=expired)
    factories.approve(SafetyNote.objects.get())
    call_command("publish_scheduled")
    assert not ExercisePage.objects.live().exists()
    note.refresh_from_db()
    assert (note.live, note.expired) == (False, True)


def test_page_with_a_fault_still_goes_off_in_time(exercise: ExercisePage):
    ExercisePage.objects.update(expire_at=timezone.now() + PAST, purpose="")
    call_command("publish_scheduled")
    assert not ExercisePage.objects.live().exists()


def test_dry_run_changes_nothing(exercise: ExercisePage, capsys: Any):
    (draft,) = drafts(exercise.get_parent(), "Draft")
    due(draft)
    ExercisePage.objects.filter(live=True).update(expire_at=timezone.now() + PAST)
    call_command("publish_scheduled", dryrun=True)
    assert live() == {"Wall calf stretch"}
    assert "Draft" in capsys.readouterr().out


def test_running_twice_changes_nothing_more(exercise_index: ExerciseIndexPage):
    (page,) = drafts(exercise_index, "Page")
    due(page)
    call_command("publish_scheduled")
    published: datetime | None = ExercisePage.objects.get().last_published_at
    call_command("publish_scheduled")
    assert ExercisePage.objects.get().last_published_at == published


def test_scheduled_in_the_editor_is_refused_there_already(exercise_index: ExerciseIndexPage):
    (page,) = drafts(exercise_index, "Page")
    page.go_live_at = timezone.now() + FUTURE
    page.save_revision().publish()
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1
    assert live() == set()


class Meanwhile:
    """A turn that is waited for: something happens before it comes."""

    def __init__(self, happens: Callable[[], Any]) -> None:
        self._happens = happens

    def __enter__(self) -> None:
        self._happens()

    def __exit__(self, *raised: object) -> None:
        """Nothing is held."""


def test_version_that_is_called_off_while_others_write_stays_a_draft(exercise_index: ExerciseIndexPage):
    (draft,) = drafts(exercise_index, "Cancelled")
    due(draft)
    call_off = Meanwhile(lambda: draft.revisions.update(approved_go_live_at=None))
    with patch("stretchsite.management.commands.publish_scheduled.write_lock", lambda: call_off):
        call_command("publish_scheduled")
    assert live() == set()


def test_two_that_publish_at_once_publish_once(exercise_index: ExerciseIndexPage):
    """The other has published everything by the time the first has its turn (R-F12)."""
    due(drafts(exercise_index, "Now")[0])
    other = Meanwhile(lambda: call_command("publish_scheduled"))
    published: list[Any] = []
    hear = lambda sender, **_more: published.append(sender)  # noqa: E731  (kept alive as long as it hears)
    page_published.connect(hear)
    with patch("stretchsite.management.commands.publish_scheduled.write_lock", Turns(other)):
        call_command("publish_scheduled")
    page_published.disconnect(hear)
    assert live() == {"Now"}
    assert published == [ExercisePage]


class Turns:
    """The first turn is waited for; whoever comes while it is has one at once."""

    def __init__(self, first: Meanwhile) -> None:
        self._first = [first]

    def __call__(self) -> Any:
        return self._first.pop() if self._first else nullcontext()


def test_page_whose_day_is_put_off_while_others_write_stays_as_it_then_is(exercise: ExercisePage):
    ExercisePage.objects.update(expire_at=timezone.now() + PAST)
    put_off = {"expire_at": timezone.now() + FUTURE, "purpose": "Changed meanwhile."}
    meanwhile = Meanwhile(lambda: ExercisePage.objects.update(**put_off))
    with patch("stretchsite.management.commands.publish_scheduled.write_lock", lambda: meanwhile):
        call_command("publish_scheduled")
    kept = ExercisePage.objects.get()
    assert (kept.live, kept.purpose) == (True, "Changed meanwhile.")
