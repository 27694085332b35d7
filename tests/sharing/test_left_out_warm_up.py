"""A warm-up that a note asks for is not left out for one patient either (E3.9 d)."""

from __future__ import annotations

from typing import Any

from clinical.models import NoteTarget
from exercises.models import ExercisePage
from routines.models import RoutineItem, RoutinePage
from sharing.models import ShareLinkItem
from sharing.models.sharing_refusals import rule_refusals
from testing import factories


def test_e3_9_d_a_warm_up_is_not_left_out_where_a_note_asks_for_one(routine: RoutinePage, exercise_index: Any):
    heel = exercise_index.add_child(instance=factories.draft_exercise(title="Heel drop", slug="heel-drop"))
    RoutineItem.objects.create(page=routine, exercise=heel, phase="warm_up", sort_order=0)
    stretch = ExercisePage.objects.earliest("pk")
    routine.items.filter(exercise=stretch).update(sort_order=1)
    items = routine.items.with_exercises().order_by("sort_order")
    rows = [ShareLinkItem.kept_of(item, number) for number, item in enumerate(items)]
    assert rule_refusals(routine, rows[1:], routine.often()) == []
    factories.note_at(NoteTarget(page=stretch), text="Warm up first.", needs_warm_up=True)
    assert rule_refusals(routine, rows, routine.often()) == []
    assert rule_refusals(routine, rows[:1], routine.often()) == []
    assert rule_refusals(routine, rows[1:], routine.often()) == ["Leave its warm-up in: a safety note asks for one."]
