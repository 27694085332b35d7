"""The site of many exercises is one: its pages answer, its search finds them, and it can be added to by hand."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest
from django.test import Client
from wagtail.models import Page

from exercises.models import ExerciseIndexPage, ExercisePage
from testing import factories
from tools.bench_scale import asking, growing, report
from tools.bench_scale.questions import Question, Site, Taken, questions


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


ASKED = Question("catalogue", ("/exercises/",), most=50, growth=4)
FREE = Question("offers", ("/admin/",))


@pytest.mark.parametrize(
    ("question", "taken", "verdict"),
    [
        (ASKED, {1000: [10, 20, 30], 20_000: [50, 50, 90]}, "kept"),
        (ASKED, {1000: [10, 20, 30], 20_000: [50, 51, 90]}, "MISSED"),
        (ASKED, {1000: [10, 10, 30], 20_000: [41, 41, 90]}, "MISSED"),
        (FREE, {1000: [1], 20_000: [9000]}, "–"),
    ],
)
def test_row_keeps_within_its_milliseconds_and_its_growth(
    question: Question, taken: dict[int, list[float]], verdict: str
):
    assert report.Row(question, {size: Taken(each) for size, each in taken.items()}).verdict == verdict


def test_table_has_the_middle_and_nearly_the_worst_of_each_size():
    fast, slow = [float(each) for each in range(1, 101)], [float(each) for each in range(2, 201, 2)]
    moved = replace(ASKED, addresses=("/exercises/?page=9",))
    lines = report.table(report.rows({20_000: {moved: Taken(slow, 70)}, 1000: {ASKED: Taken(fast, 30)}})).splitlines()
    assert lines[0].startswith("| what is asked | 1,000: p50 | 1,000: p95 | 1,000: CPU | 20,000: p50 |")
    assert lines[2] == "| catalogue | 50 | 96 | 30 | 101 | 192 | 70 | × 2.0 | 50 ms, × 4 | MISSED |"


def test_memory_is_the_most_there_was():
    assert asking.peak_said(["Name:\tgunicorn", "VmHWM:\t  204800 kB", "VmRSS:\t 100 kB"]) == 200
    assert asking.peak_said(["Name:\tgunicorn"]) == 0
    assert report.memory({1000: 120, 20_000: 200}).endswith("1,000: 120 MB, 20,000: 200 MB. At most 200 MB: kept.")
    assert "MISSED" in report.memory({1000: 201, 20_000: 190})
    assert str(report.Audited(1000, 50, 250)).endswith("50 s (50 ms each), 250 MB at its peak. At most 200 MB: MISSED.")


def test_site_tells_how_to_ask_it():
    site = Site(1000, 4, "session=a")
    assert Site.told(json.dumps(asdict(site))) == site
    assert {question.is_desk for question in questions(site)} == {True, False}
    assert "/exercises/?page=42" in [each for question in questions(site) for each in question.addresses]


def test_answers_that_were_no_page_are_a_miss_however_quick_they_were():
    refused = report.Row(ASKED, {1000: Taken([1.0]), 20_000: Taken([1.0], refused=2)})
    assert refused.verdict == "MISSED: 2 not answered"
