"""The search of SQLite finds what the platform's own finds, in its order, and asks the full-text table alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend

from exercises.models import ExerciseIndexPage, ExercisePage
from stretchsite.full_text import SearchBackend
from testing import factories
from tests.built_once import built_once

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has the platform's own")

TITLES = ["Calf stretch", "Calf", "A long name for what is good for the calf", "Neck roll", "Calf raise", "Calves"]
QUESTIONS = ["calf", "stretch calf", "neck", "mild pull", "nothing of the kind", "calf AND"]


@pytest.fixture
@built_once
def exercises(exercise_index: ExerciseIndexPage) -> None:
    for number, title in enumerate(TITLES):
        draft = factories.draft_exercise(title=title, slug=f"exercise-{number}", clinical_name="Something")
        exercise_index.add_child(instance=draft)


def titles(results: Any) -> list[str]:
    return [page.title for page in results]


@pytest.mark.parametrize("words", QUESTIONS)
def test_same_pages_are_found_in_the_same_order(exercises: None, words: str):
    ours, theirs = SearchBackend({}), SQLiteSearchBackend({})
    for pages in (ExercisePage.objects.live(), ExercisePage.objects.filter(title__startswith="C")):
        assert titles(ours.search(words, pages)) == titles(theirs.search(words, pages))
        assert titles(ours.search(words, pages)[1:3]) == titles(theirs.search(words, pages)[1:3])
        assert ours.search(words, pages).count() == theirs.search(words, pages).count()
        assert titles(ours.autocomplete(words[:3], pages)) == titles(theirs.autocomplete(words[:3], pages))


def test_own_order_of_a_list_is_kept_when_it_is_asked_for(exercises: None):
    by_name = ExercisePage.objects.order_by("title")
    found = titles(SearchBackend({}).search("calf", by_name, order_by_relevance=False))
    assert found == sorted(found)
    assert len(found) == 6  # four by their own words, two by the region they work


def test_scores_and_what_does_not_match_are_left_to_the_platform(exercises: None):
    scored = SearchBackend({}).search("calf", ExercisePage.objects.all()).annotate_score("worth")
    assert all(page.worth is not None for page in scored)
    assert SearchBackend({}).search("calf", ExercisePage.objects.all()).facet("kind").popitem()[1] == 6


def test_full_text_table_is_never_joined_to_the_pages(exercises: None):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        list(SearchBackend({}).search("calf", ExercisePage.objects.live())[:3])
    statements = [query["sql"] for query in asked if "MATCH" in query["sql"]]
    assert len(statements) == 1
    assert "wagtailcore_page" not in statements[0]
