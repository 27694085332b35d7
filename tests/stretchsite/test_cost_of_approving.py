"""What an approval asks of the database: bounded, and growing by nothing but the rows that are written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from clinical.models import Condition, User
from exercises.models import ExerciseIndexPage
from routines.models import RoutineIndexPage, RoutinePage
from testing import factories

#: For a routine of eleven, savepoints included; 1,064 once.
AT_MOST = 150
SIZES = 3, 11


def colleague(name: str, group: str) -> User:
    """An account of one group."""
    user = User.objects.create_user(name, f"{name}@example.org")
    user.groups.add(Group.objects.get(name=group))
    return user


def waiting_routine(size: int, condition: Condition, writer: User) -> RoutinePage:
    """One that was changed and sent to review."""
    index = ExerciseIndexPage.objects.get()
    drafts = [factories.draft_exercise(title=f"Move {size}-{n}", slug=f"move-{size}-{n}") for n in range(size)]
    exercises = [index.add_child(instance=draft) for draft in drafts]
    draft = factories.draft_routine(exercises, [condition], title=f"Of {size}", slug=f"of-{size}")
    draft.live = False
    routine = RoutinePage.objects.get(pk=RoutineIndexPage.objects.get().add_child(instance=draft).pk)
    routine.purpose = "Loosens what sitting tightens."
    routine.save_revision(user=writer)
    routine.get_workflow().start(routine, writer)
    return routine


def cost_of_approving(routine: RoutinePage, client: Client) -> int:
    """How many statements one click takes."""
    step = TaskState.objects.get(status="in_progress", workflow_state__object_id=str(routine.pk)).specific
    due = (timezone.localdate() + timedelta(days=300)).isoformat()
    sent = {"seen": step.fingerprint(), "review_due": due, "comment": "Read."}
    address = reverse("wagtailadmin_pages:workflow_action", args=[routine.pk, "approve", step.pk])
    with CaptureQueriesContext(connection) as asked:
        assert client.post(address, sent).status_code == 302
    routine.refresh_from_db()
    assert routine.live
    return len(asked)


@pytest.mark.usefixtures("set_up_site")
def test_approving_a_routine_costs_little_and_grows_by_its_rows_alone(condition: Condition, client: Client):
    writer, reviewer = colleague("writer", "Practitioners"), colleague("reviewer", "Reviewers")
    client.force_login(reviewer)
    few, many = (cost_of_approving(waiting_routine(size, condition, writer), client) for size in SIZES)
    assert many <= AT_MOST
    assert many - few <= max(SIZES) - min(SIZES)
