"""What whoever approves reads of a change: words, and never what a column holds."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from wagtail.admin.compare import comparison_class_registry

from exercises.models import ExercisePage
from routines.models import RoutineItem

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
