"""What whoever approves reads of a change: words, and never what a column holds."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from wagtail.admin.compare import comparison_class_registry

from clinical.review.decisions import changes_between
from clinical.review.places import moved
from exercises.models import ExercisePage
from routines.models import RoutineItem, RoutinePage

#: A page in memory asks for its locale.
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("repetitions", None, 20, "+20"),
        ("repetitions", 20, None, "-20"),
        ("repetitions", 10, 20, "-10 +20"),
        ("repetitions", None, None, ""),
        ("as_needed", False, True, "-No +Yes"),
        ("body_regions", ("buttock",), ("buttock", "front_thigh"), "-Buttock +Buttock, Front of thigh"),
        ("body_regions", (), (), ""),
        ("review_due", None, date(2026, 3, 5), "+5 March 2026"),
    ],
)
def test_a_change_is_told_in_words_and_nothing_of_what_was_empty(name: str, before: Any, after: Any, told: str):
    field = ExercisePage._meta.get_field(name)
    compared = comparison_class_registry.get(field)(field, ExercisePage(), ExercisePage())
    compared.val_a, compared.val_b = before, after
    html = str(compared.htmldiff())
    marked = re.sub(r'<span class="(addition|deletion)">', lambda found: "+" if found[1] == "addition" else "-", html)
    assert marked.replace("</span>", "") == told


def test_what_refers_to_nothing_is_not_said_to_be_none():
    field = RoutineItem._meta.get_field("exercise")
    compared = comparison_class_registry.get(field)(field, RoutineItem(), RoutineItem())
    assert compared.htmldiff() == ""


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("abc", "cab", {"c": (3, 1)}),
        ("abc", "bca", {"a": (1, 3)}),
        ("abc", "xabc", {}),
        ("abcd", "bd", {}),
        ("abcd", "dxba", {"b": (2, 3), "a": (1, 4)}),
        ("", "ab", {}),
    ],
)
def test_as_few_have_moved_as_explain_the_order(before: str, after: str, told: dict[str, tuple[int, int]]):
    assert moved(before, after) == told


def test_step_that_only_changed_places_is_marked():
    before, after = ExercisePage(), ExercisePage()
    steps = [{"type": "move", "value": {"text": text}, "id": text} for text in ("First", "Second", "Third")]
    before.steps, after.steps = json.dumps(steps), json.dumps([steps[2], *steps[:2]])
    (change,) = changes_between(before, after)
    assert change.htmldiff().count("Moved from") == 1
    assert "Moved from 3 to 1." in change.htmldiff().partition("Third")[0]


def test_markup_in_a_step_that_changed_places_is_shown_as_written():
    """The platform escapes what it compares; what is put above it trusts that."""
    hostile = "<script>alert(1)</script><b>Third</b>"
    before, after = ExercisePage(), ExercisePage()
    steps = [{"type": "move", "value": {"text": text}, "id": text} for text in ("First", "Second", hostile)]
    before.steps, after.steps = json.dumps(steps), json.dumps([steps[2], *steps[:2]])
    (change,) = changes_between(before, after)
    said = change.htmldiff()
    assert "Moved from 3 to 1." in said
    assert "&lt;script&gt;" in said
    assert "<script" not in said
    assert "<b>" not in said


def test_exercise_of_a_routine_that_only_changed_places_is_a_change_and_marked():
    before, after = RoutinePage(), RoutinePage()
    kept = [ExercisePage(title=title, pk=number) for number, title in enumerate(("Calf", "Heel", "Shin"), start=1)]
    for page, order in ((before, kept), (after, [kept[2], *kept[:2]])):
        page.items = [RoutineItem(pk=each.pk, exercise=each, sort_order=n) for n, each in enumerate(order)]
    (change,) = changes_between(before, after)
    rows = list(change.get_child_comparisons())
    assert [row.moved_words for row in rows] == ["Moved from 3 to 1.", "", ""]
