"""The numbers beside the filters, remembered: they are what counting now would give, after any change, by any road."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinical.pages.remembering import remembered, remembering_in
from exercises.models import ExercisePage
from exercises.models import concerned as of_exercises
from stretchsite.page_cache import list_memory, shelf
from stretchsite.page_cache.list_memory import ListMemory
from stretchsite.page_cache.shelf import Shelves
from tests.stretchsite import small_site
from tests.stretchsite.page_cache.asking import Clock, OfThisTest, asked, django, in_front
from tests.stretchsite.page_cache.test_page_cache import EXERCISE, a_deletion, a_note, a_restriction, a_withdrawal, sql

ADDRESS = "/exercises/?region=lower_leg&kind=stretch"


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of every kind."""
    with small_site.standing(django_db_blocker):
        yield


@pytest.fixture
def site(standing: None, db: None) -> None:
    """The same, each change of which is taken back."""


def counted(application: Any, address: str = ADDRESS) -> tuple[str, int]:
    """What the list says, and how many questions it was read by."""
    with CaptureQueriesContext(connection) as queries:
        said = asked(application, address).said
    return said, sum('"read_0"' in each["sql"] for each in queries)


CHANGES: dict[str, Callable[[], Any]] = {
    "by the ORM": a_withdrawal,
    "a page for some only": a_restriction,
    "a row below it, by update()": lambda: ExercisePage.objects.update(kind="mobility", body_regions=("hip",)),
    "off the site, by update()": lambda: ExercisePage.objects.update(live=False),
    "by SQL": lambda: sql("UPDATE exercises_exercisepage SET kind = 'mobility', body_regions = '|hip|'"),
    "a condition's name, by SQL": lambda: sql(
        "UPDATE clinical_condition SET name = 'Stiff' WHERE slug = 'tight-calves'"
    ),
    "a note": a_note,
    "a deletion": a_deletion,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_numbers_are_right_at_once_after_a_change(site: None, change: Callable[[], Any]):
    cache = in_front()
    before, first = counted(cache)
    again, second = counted(cache)
    assert (again, bool(first), second) == (before, True, 0)
    change()
    assert counted(cache)[0] == asked(django(), ADDRESS).said


@pytest.mark.parametrize(("field", "first"), [("expire_at", True), ("go_live_at", False)])
def test_numbers_are_right_when_something_becomes_due(site: None, field: str, first: bool):
    soon = timezone.now() + timedelta(minutes=5)
    ExercisePage.objects.update(**{field: soon})
    clock = Clock()
    cache = in_front(clock=clock)
    for seconds, is_there, is_counted in ((-2, first, True), (-1, first, False), (0, not first, True)):
        with clock.at(soon + timedelta(seconds=seconds)):
            said, questions = counted(cache)
            assert said == asked(django(), ADDRESS).said
        assert (EXERCISE in said, bool(questions)) == (is_there, is_counted)


def test_lists_share_no_numbers(site: None):
    cache = in_front()
    for address in ("", "?region=hip", "?region=lower_leg", "?kind=mobility"):
        for place in ("exercises", "routines"):
            for _number in range(2):
                assert asked(cache, f"/{place}/{address}").said == asked(django(), f"/{place}/{address}").said


def test_memory_holds_nothing_of_what_is_ticked_about_a_body(site: None):
    """The same is remembered under the same names whatever is ticked: which entries each reason there is leaves out."""
    kept: dict[str, dict[Any, Any]] = {}
    for ticked in ("falls", "thin_bones", "kidney_disease&without=kneeling&show=kneeling"):
        kept[ticked] = {}
        with remembering_in(lambda question, find, of=kept[ticked]: of.setdefault(question, find())):
            assert asked(django(), f"{ADDRESS}&without={ticked}").said
    first, *others = kept.values()
    assert [question[-1] for question in first] == ["conditions", "entries", ("reasons", "en-gb")]
    reasons = [*first.values()][-1]
    assert reasons.keys() == dict(of_exercises.reasons()).keys()
    assert all(each.keys() == first.keys() and reasons in each.values() for each in others)


def test_what_leaves_out_is_right_at_once_after_a_change(site: None):
    cache = in_front()
    left_out = f"{ADDRESS}&without=thin_bones&without=falls"
    for change in (a_note, lambda: ExercisePage.objects.update(check_first_concerns=("falls",)), a_withdrawal):
        for _number in range(2):
            assert asked(cache, left_out).said == asked(django(), left_out).said
        change()
    assert asked(cache, left_out).said == asked(django(), left_out).said


def test_one_thread_finds_what_many_ask_for(monkeypatch: pytest.MonkeyPatch):
    found: list[int] = []
    started, may_go_on = threading.Event(), threading.Event()

    def find() -> int:
        found.append(1)
        started.set()
        assert may_go_on.wait(5)
        return 7

    monkeypatch.setattr(list_memory, "is_seen", lambda generation: True)
    monkeypatch.setattr(shelf, "soonest_end", lambda since: since + timedelta(days=1))
    monkeypatch.setattr(OfThisTest, "current", lambda self: "one")
    clock = Clock()
    memory = ListMemory(OfThisTest(), Shelves(20_000, clock))
    with ThreadPoolExecutor(4) as threads:
        asked_for = [threads.submit(memory.since(clock()), ("one",), find)]
        assert started.wait(5)
        asked_for += [threads.submit(memory.since(clock()), ("one",), find) for _number in range(3)]
        may_go_on.set()
        assert [each.result() for each in asked_for] == [7] * 4
    assert len(found) == 1


def test_whoever_waits_too_long_for_another_finds_it_alone(site: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(list_memory, "FINDING_SECONDS", 0.01)
    clock = Clock()
    memory = ListMemory(OfThisTest(), Shelves(20_000, clock))
    with ThreadPoolExecutor(1) as threads:
        threads.submit(memory._finding.acquire).result()
        assert memory.since(clock())(("one",), lambda: 7) == 7


def test_numbers_found_where_the_generation_is_not_sure_are_forgotten(site: None, monkeypatch: pytest.MonkeyPatch):
    for unsure in ("", "another"):
        monkeypatch.setattr(OfThisTest, "current", lambda self, unsure=unsure: unsure)
        cache = in_front()
        assert all(counted(cache)[1] for _number in range(2)), unsure


def test_numbers_take_a_bounded_part_of_the_memory(site: None):
    clock = Clock()
    memory = ListMemory(OfThisTest(), shelves := Shelves(20_000, clock)).since(clock())
    with remembering_in(memory):
        for number in range(100):
            assert remembered((number,), lambda number=number: [number]) == [number]
        assert remembered((99,), lambda: [0]) == [99]
        assert remembered((0,), lambda: [1]) == [1]
    kept = shelves._shelf._answers.values()
    assert 5 < len(kept) < 20
    assert sum(each.weight for each in kept) <= 20_000


def test_what_became_due_since_the_request_began_is_not_lost_on_a_later_shelf(site: None):
    """Whoever began before it became due may count without it, and must not keep that for those who come after."""
    clock = Clock()
    early = clock()
    clock.now += timedelta(seconds=2)
    memory = ListMemory(OfThisTest(), Shelves(20_000, clock))
    assert memory.since(clock())(("first",), lambda: 1) == 1
    assert memory.since(early)(("second",), lambda: 2) == 2
    assert memory.since(clock())(("first",), lambda: 0) == 1
    assert memory.since(clock())(("second",), lambda: 3) == 3
