"""Pages and notes whose every word is written here, for fingerprints that may never change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from clinical.models import NoteTarget, SafetyNote
from exercises.models import ExerciseCondition, ExercisePage, ExerciseSource, Variation
from routines.models import RoutineItem, RoutinePage
from stretchsite.models import ConditionPage
from stretchsite.models.conditions import HubSource

_SAID = {
    "purpose": "Good for the calf.",
    "who_it_is_for": "Grown-ups.",
    "check_first_if": "You had an operation.",
    "evidence_summary": "Untested – nobody knows.",
    "dos": "keep your heel down\nbreathe",
    "donts": "bounce",
    "seo_title": "Calf",
    "search_description": "A calf stretch.",
}
_DOSE = {"hold_seconds": 30, "repetitions": 2, "sets": 1, "sessions_per_day": 2, "days_per_week": 7}


def fixed_words() -> dict[str, Any]:
    """One of each sort, by name; two of some: with rows and without. Nothing is saved, nothing is asked of tables."""
    return {
        "exercise": _exercise(),
        "exercise without rows": ExercisePage(title="Bare", body_regions=("lower_leg",), steps=[]),
        "routine": _routine(),
        "condition page": _hub(),
        "note": _note(),
        "note without places": SafetyNote(kind="do", tier=4, text="Breathe.", source="A textbook"),
    }


def _exercise() -> ExercisePage:
    page = ExercisePage(title="Wall calf stretch", body_regions=("lower_leg", "foot"), **_SAID, **_DOSE)
    page.starting_position, page.kind, page.laterality = "standing", "static_stretch", "unilateral"
    page.feel, page.not_feel = "A mild pull.", "Pain."
    page.steps = [("set_up", {"text": " Face a wall. ", "picture": None}), ("hold", {"text": "Hold.", "picture": None})]
    page.sources = [ExerciseSource(title="A textbook", doi="10.1/x", sort_order=0)]
    page.condition_uses = [ExerciseCondition(tag_id=7, evidence="untested", statement="No trial.")]
    page.variations = [Variation(kind="easier", text="Sit.", sort_order=0)]
    return page


def _routine() -> RoutinePage:
    page = RoutinePage(title="Calves", moments=("any_time",), sessions_per_day=1, days_per_week=5, **_SAID)
    page.expect_change, page.see_someone = "After two weeks.", "If nothing changes."
    page.items = [RoutineItem(exercise_id=4, phase="main", cue="Slowly.", sort_order=0)]
    return page


def _hub() -> ConditionPage:
    page = ConditionPage(title="Tight calves", condition_id=3, **_SAID)
    page.what_it_is = [("heading", "What"), ("paragraph", '<p data-block-key="a1">A <b>tight</b> calf.</p>')]
    page.what_helps = [("points", ["Stretch.", "Rest."])]
    page.sources = [HubSource(title="A guideline", sort_order=0)]
    return page


def _note() -> SafetyNote:
    note = SafetyNote(kind="red_flag", tier=1, urgency="same_day", text="one calf is swollen\r\nor hot", source="NHS")
    note.what_to_do, note.expire_at = "See a doctor today.", datetime(2031, 5, 1, 12, tzinfo=UTC)
    note.targets = [NoteTarget(region="lower_leg"), NoteTarget(condition_id=3), NoteTarget(everywhere=True)]
    return note
