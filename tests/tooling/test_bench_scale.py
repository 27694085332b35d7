"""The site of many exercises is one: its pages answer, its search finds them, and it can be added to by hand."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Page

from exercises.models import ExerciseIndexPage, ExercisePage
from testing import factories
from tools.bench_scale import asking, growing


@pytest.fixture
def grown(exercise: ExercisePage) -> list[ExercisePage]:
    """Three copies of one exercise."""
    growing.grow_to(4)
    return list(ExercisePage.objects.exclude(pk=exercise.pk).order_by("pk"))


def test_copies_are_pages_of_the_site_with_the_rows_of_their_original(
    exercise: ExercisePage, grown: list[ExercisePage], client: Client
):
    assert len(grown) == 3
    for page in grown:
        assert client.get(f"/exercises/{page.slug}/").status_code == 200
        assert page.condition_uses.count() == exercise.condition_uses.count()
        assert page.sources.count() == exercise.sources.count() > 0
    assert not any(Page.find_problems())


def test_copies_are_found_by_their_names(grown: list[ExercisePage], client: Client):
    for page in grown:
        answer = client.get("/search/", {"q": page.title}).content.decode()
        assert f"/exercises/{page.slug}/" in answer


def test_a_page_may_be_added_after_the_copies(grown: list[ExercisePage]):
    added = ExerciseIndexPage.objects.get().add_child(instance=factories.draft_exercise(title="One", slug="one"))
    assert added.pk > grown[-1].pk


def test_table_says_whether_every_answer_kept_within_its_limit():
    answers = [asking.Answer("search", "calf", 0.1), asking.Answer("chooser", "calf", 9)]
    assert "kept" in asking.table(answers, most=0.5)
    assert "MISSED" in asking.table([*answers, asking.Answer("search", "back", 0.6)], most=0.5)
