"""How often the body has to get down to the floor: counted by the order, and said to whoever writes the routine."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from clinical.models import Condition
from clinical.words.choices import StartingPosition
from routines.getting_down import is_on_the_floor, times_down, words
from routines.models import RoutineIndexPage, RoutinePage
from testing import factories


@pytest.mark.parametrize(
    ("order", "times"),
    [("", 0), ("uuu", 0), ("d", 1), ("udu", 1), ("dud", 2), ("dduudd", 2), ("dudud", 3)],
)
def test_each_way_down_is_counted_once(order: str, times: int):
    assert times_down([each == "d" for each in order]) == times


@given(st.lists(st.booleans()))
def test_together_on_the_floor_is_once_at_most(on_the_floor: list[bool]):
    assert times_down(sorted(on_the_floor)) == any(on_the_floor)
    assert times_down(on_the_floor) >= times_down(sorted(on_the_floor))


def test_what_can_be_done_off_the_floor_needs_none():
    assert is_on_the_floor({StartingPosition.SUPINE})
    assert not is_on_the_floor({StartingPosition.SUPINE, StartingPosition.IN_BED})


def test_words_say_what_would_make_it_fewer():
    assert words([]).startswith("Once exercises are saved")
    assert words([False]) == "Nobody has to get down to the floor."
    assert words([True]) == "The body has to get down to the floor and up again 1 time."
    assert words([True, False, True]).endswith(
        "again 2 times. Put the exercises on the floor one after the other, and it is once."
    )


@pytest.mark.django_db
def test_the_editor_says_it(
    admin_client: Client, routine: RoutinePage, routine_index: RoutineIndexPage, condition: Condition
):
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[routine.pk])).content.decode()
    assert "Nobody has to get down to the floor. As it was saved last." in " ".join(page.split())
    upright = routine.items.first().exercise
    floor = factories.ExercisePageFactory(parent=upright.get_parent(), starting_position="supine")
    draft = factories.draft_routine([floor, upright, floor], [condition], title="Up and down", slug="up-and-down")
    routine_index.add_child(instance=draft)
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert "down to the floor and up again 2 times." in page


@pytest.mark.django_db
def test_a_new_routine_has_nothing_to_count(admin_client: Client, routine_index: RoutineIndexPage):
    answer = admin_client.get(reverse("wagtailadmin_pages:add", args=["routines", "routinepage", routine_index.pk]))
    assert "Once exercises are saved" in answer.content.decode()
