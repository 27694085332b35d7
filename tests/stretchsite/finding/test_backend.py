"""Every search of the site answers alike: lists, choosers and the programme read typing errors and sayings, too."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from modelsearch.query import Phrase
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from clinical.admin.listings import found_by
from clinical.models import Condition, User
from exercises.models import ExercisePage
from exercises.viewsets import ExerciseFilterForm
from routines.models import RoutinePage
from sharing.views.offers import offers

#: What stands in the exercise is "gastrocnemius" and "calf".
AS_TYPED = ["gastrocnemuis", "gastrocn", "heel cord", "calves", "my calf"]


@pytest.mark.parametrize("words", AS_TYPED)
def test_lists_choosers_and_the_programme_find_what_readers_find(
    exercise: ExercisePage, practitioner: User, words: str
):
    assert [page.pk for page in ExercisePage.objects.live().search(words)] == [exercise.pk]
    assert found_by(words, ExercisePage) == {exercise.pk}
    form = ExerciseFilterForm({"q": words})
    assert form.is_valid()
    assert [page.pk for page in form.filter(ExercisePage.objects.all())] == [exercise.pk]
    asked = QueryDict(mutable=True)
    asked["q"] = words
    offered: Any = offers(asked, exercise.locale_id, practitioner).cards
    assert [offer.pk for offer in offered] == [exercise.pk]


def test_search_stays_among_what_it_was_asked_about(routine: RoutinePage, exercise: ExercisePage):
    assert not ExercisePage.objects.filter(live=False).search("calf")
    both = Page.objects.live().search("calf")
    assert both.count() == len(both) == 2
    assert [page.pk for page in both[1:2]] == [both[1].pk]
    assert both[1:2].count() == 1
    by_title = Page.objects.live().order_by("-title").search("calf", order_by_relevance=False)
    assert [page.title for page in by_title] == ["Wall calf stretch", "Calves"]


def test_other_questions_are_left_to_the_platform(exercise: ExercisePage):
    assert [page.pk for page in ExercisePage.objects.search(Phrase("Wall calf stretch"))] == [exercise.pk]
    assert not ExercisePage.objects.search(Phrase("stretch calf wall"))
    assert [page.pk for page in ExercisePage.objects.autocomplete("Wal")] == [exercise.pk]
    assert [page.pk for page in ExercisePage.objects.autocomplete("Wa")] == [exercise.pk]
    assert ExercisePage.objects.search("calf", fields=["title"]).count() == 1


def test_conditions_are_found_by_what_people_say(condition: Condition):
    assert [found.pk for found in get_search_backend().search("stiff calf", Condition)] == [condition.pk]


def test_what_is_found_is_grouped_once_for_count_and_page_and_sorts(routine: RoutinePage, exercise: ExercisePage):
    found = Page.objects.live().search("calf")
    with CaptureQueriesContext(connection) as asked:
        assert (found.count(), len(found[:20])) == (2, 2)
        sorts = found.facet("content_type_id")
    assert sorts == {page.content_type_id: 1 for page in (routine, exercise)}
    assert sum("GROUP BY" in each["sql"] for each in asked.captured_queries) == 1
