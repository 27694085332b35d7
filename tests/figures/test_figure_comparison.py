"""Two versions of a figure are compared as pictures, side by side."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.compare import comparison_class_registry

from clinical.models import User
from exercises.models import ExercisePage
from figures.editor.comparison import FigureComparison
from figures.editor.preview import complete
from figures.engine import library

# A page asks for its content type when it is made, which is remembered only sometimes.
pytestmark = pytest.mark.django_db

NAME = "lying-hamstring-stretch"


def bent(degrees: float) -> dict[str, Any]:
    data = complete(library.illustration(NAME))
    data["figures"][1]["legR"]["knee"] = degrees
    return data


def compared(before: Any, after: Any) -> str:
    field = ExercisePage._meta.get_field("figure")
    comparison = FigureComparison(field, ExercisePage(figure=before), ExercisePage(figure=after))
    assert comparison.has_changed()
    return comparison.htmldiff()


def test_both_versions_are_drawn_and_no_id_is_used_twice():
    html = compared(bent(20), bent(40))
    assert html.count("<svg") == 4
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert html.index("Before") < html.index("After")


def test_none_and_what_cannot_be_drawn_are_said():
    html = compared(None, {"v": 1})
    assert "No figure" in html
    assert "is missing; add it" in html
    assert "<svg" not in html


def test_words_of_a_figure_are_never_markup():
    data = bent(20)
    data["figures"][0]["label"] = "<script>alert(1)</script>"
    assert "<script" not in compared(None, data)


@pytest.mark.django_db
def test_comparing_revisions_shows_pictures(exercise: ExercisePage):
    assert comparison_class_registry.get(ExercisePage._meta.get_field("figure")) is FigureComparison
    revisions = []
    for degrees in (20, 40):
        exercise.figure = bent(degrees)
        revisions.append(exercise.save_revision())
    client = Client()
    client.force_login(User.objects.create_superuser("everything", "everything@example.org", "x"))
    address = reverse("wagtailadmin_pages:revisions_compare", args=[exercise.pk, *[each.pk for each in revisions]])
    html = client.get(address).content.decode()
    assert html.count('class="figure-comparison__version') == 2
    assert html.count('role="img" aria-labelledby="before-') == 2
    assert "figures/comparison.css" in html
