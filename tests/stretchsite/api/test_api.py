"""The read API: lists, filters, search, sheets and changes, over what readers may see and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from jsonschema import Draft202012Validator
from wagtail.models import PageViewRestriction

from clinical.audit.audit_entries import record
from clinical.models import NoteTarget, SafetyNote, Withdrawal
from clinical.withdrawal.withdrawing import withdraw
from clinical.words.choices import AuditAction
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutinePage
from stretchsite.api.openapi import document
from testing import factories
from tests.stretchsite import small_site

V1 = "/api/v1"
#: The addresses that answer in the small site, by what the description calls them.
JSON = "application/json"
ADDRESSES = {
    "/exercises/": "/exercises/",
    "/routines/": "/routines/",
    "/conditions/": "/conditions/",
    "/exercises/{slug}/": "/exercises/wall-calf-stretch/",
    "/routines/{slug}/": "/routines/calves/",
    "/search/": "/search/?q=calf",
    "/changes/": "/changes/?since=2020-01-01T00:00:00Z",
}


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with small_site.standing(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def _everything(site: None, db: None) -> None:
    """Every test has it, and takes back what it changes."""


def asked(address: str, status: int = 200, **query: Any) -> Any:
    """The answer's data."""
    answer = Client().get(f"{V1}{address}", query)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/json"
    assert not answer.cookies
    return answer.json()


def titles(address: str, **query: Any) -> list[str]:
    """What is listed."""
    return [each["title"] for each in asked(address, **query)["results"]]


def gone(page: Any, reason: str = "It can tear a tendon.") -> None:
    withdraw(page, by=factories.UserFactory.create(), reason=reason)


def more_exercises(number: int) -> None:
    parent = ExerciseIndexPage.objects.get()
    for each in range(number):
        factories.publish(
            parent.add_child(instance=factories.draft_exercise(title=f"Stretch {each}", slug=f"s-{each}"))
        )


@pytest.mark.parametrize(("named", "address"), ADDRESSES.items())
def test_every_answer_is_what_the_description_says(named: str, address: str):
    described = document()
    schema = described["paths"][named]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = Client().get(f"{V1}{address}")
    assert answer.status_code == 200
    Draft202012Validator({**schema, "components": described["components"]}).validate(answer.json())


def test_description_names_every_address():
    assert set(document()["paths"]) == set(ADDRESSES)
    assert Client().get("/api/").json() == {"versions": {"1": f"{V1}/openapi.json"}}
    assert Client().get(f"{V1}/openapi.json").json() == document()


@pytest.mark.parametrize("address", ADDRESSES.values())
def test_answer_is_asked_for_again_by_its_tag_and_only_read(address: str):
    first = Client().get(f"{V1}{address}")
    assert first["Cache-Control"] == "no-cache"
    again = Client().get(f"{V1}{address}", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().head(f"{V1}{address}").status_code == 200
    for method in (Client().post, Client().put, Client().patch, Client().delete):
        assert method(f"{V1}{address}").status_code == 405


@pytest.mark.parametrize(
    "address", [f"{V1}/exercises/wall-calf-stretch/", f"{V1}/conditions/", "/exercises/wall-calf-stretch/sheet.json"]
)
def test_head_says_the_same_tag_as_the_whole_answer(address: str):
    assert Client().head(address).get("ETag") == Client().get(address)["ETag"]


def test_tag_is_another_one_after_a_warning_that_is_new():
    address = f"{V1}/exercises/wall-calf-stretch/"
    before = Client().get(address)
    factories.note_at(NoteTarget(everywhere=True), text="breathe on")
    after = Client().get(address, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    versions = [answer.json()["publication"]["version"] for answer in (before, after)]
    assert versions[0] != versions[1]


def test_sheet_is_the_one_at_the_page():
    for section, slug in (("exercises", "wall-calf-stretch"), ("routines", "calves")):
        page = Client().get(f"/{section}/{slug}/sheet.json")
        assert Client().get(f"{V1}/{section}/{slug}/").content == page.content


def test_listed_page_says_where_its_sheet_is_and_no_step():
    (listed,) = asked("/exercises/")["results"]
    assert (listed["sheet"], listed["fhir"]) == (
        "/exercises/wall-calf-stretch/sheet.json",
        "/exercises/wall-calf-stretch/fhir.json",
    )
    assert "steps" not in listed
    (routine,) = asked("/routines/")["results"]
    assert routine["address"] == "/routines/calves/"


def test_list_is_narrowed_as_the_catalogue_is_and_refuses_what_it_does_not_know():
    exercise = ExercisePage.objects.get()
    (region,) = exercise.body_regions[:1]
    assert titles("/exercises/", region=region, condition="restless-legs") == [exercise.title]
    others = [each for each in ("neck", "shoulder") if each not in exercise.body_regions]
    assert titles("/exercises/", region=others) == []
    problems = asked("/exercises/", 400, region="nose", pages="2")["problems"]
    assert [each["field"] for each in problems] == ["pages", "region"]
    assert "neck" in problems[1]["message"]


def test_pages_of_a_list_lead_on_and_back_and_there_is_none_behind_the_last():
    more_exercises(4)
    first = asked("/exercises/", per_page=2, region=ExercisePage.objects.first().body_regions[0])
    assert (first["count"], first["pages"], first["previous"]) == (5, 3, "")
    seen, answer = [each["title"] for each in first["results"]], first
    while answer["next"]:
        answer = asked(f"/exercises/{answer['next']}")
        seen += [each["title"] for each in answer["results"]]
    assert seen == list(ExercisePage.objects.order_by("title", "pk").values_list("title", flat=True))
    assert answer["page"] == 3
    refused = asked("/exercises/", 400, per_page=2, page=4)["problems"]
    assert refused == [{"field": "page", "message": "write at most 3: that is the last page."}]


def test_what_is_withdrawn_answers_410_with_the_reason_and_leaves_every_list():
    exercise, routine = ExercisePage.objects.get(), RoutinePage.objects.get()
    gone(routine)
    said = asked("/routines/calves/", 410)
    assert (said["title"], said["reason"], said["replaced_by"]) == (routine.title, "It can tear a tendon.", "")
    assert titles("/routines/") == []
    assert routine.title not in titles("/search/", q="calf")
    gone(exercise)
    assert asked("/exercises/wall-calf-stretch/", 410)["title"] == exercise.title
    told = Client().get(f"{V1}/exercises/wall-calf-stretch/")
    assert told["Cache-Control"] == "no-store"
    for beside in ("sheet.json", "fhir.json"):
        answer = Client().get(f"/exercises/wall-calf-stretch/{beside}")
        assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (410, JSON, "no-store")
        assert answer.json() == told.json()
    assert "text/html" in Client().get("/exercises/wall-calf-stretch/")["Content-Type"]


def test_what_readers_may_not_see_is_nowhere():
    exercise = ExercisePage.objects.get()
    PageViewRestriction.objects.create(page=exercise, restriction_type=PageViewRestriction.LOGIN)
    assert asked("/exercises/wall-calf-stretch/", 404)["problems"][0]["field"] == "slug"
    assert titles("/exercises/") == []
    assert exercise.title not in titles("/search/", q="calf")
    told = asked("/changes/", since="2020-01-01T00:00:00Z")["results"]
    assert exercise.title not in {each["title"] for each in told}


@pytest.mark.parametrize("slug", ["not-there", "%00", "Wall", "a%20b", "9" * 300])
def test_slug_that_is_nobodys_is_not_found(slug: str):
    assert Client().get(f"{V1}/exercises/{slug}/").status_code == 404


def test_search_finds_and_says_when_help_comes_first():
    found = asked("/search/", q="calf", kind="exercise")
    assert [each["kind"] for each in found["results"]] == ["exercise"]
    assert not found["help_first"]["needs_help"]
    urgent = asked("/search/", q="chest pain")["help_first"]
    assert urgent["needs_help"]
    assert urgent["emergency_number"]
    assert asked("/search/", 400)["problems"] == [
        {"field": "q", "message": "say it; nothing can be answered without it."}
    ]
    assert asked("/search/", 400, q="\u200b")["problems"][0]["field"] == "q"


def test_changes_since_a_moment_are_told_the_oldest_first():
    moment = timezone.now()
    note = factories.note_at(NoteTarget(region="hip"), text="Not on ice.", live=False)
    factories.publish(note)
    gone(ExercisePage.objects.get())
    told = asked("/changes/", since=moment.isoformat())
    assert [each["what"] for each in told["results"]] == ["warning.new", "page.withdrawn"]
    assert told["results"][0]["about"] == str(note.content_key)
    later = told["results"][1]["at"]
    assert [each["what"] for each in asked("/changes/", since=later)["results"]] == ["page.withdrawn"]
    soon = (timezone.now() + timedelta(days=1)).isoformat()
    assert asked("/changes/", since=soon) == {"next": "", "results": []}


def test_changes_go_on_where_an_answer_ends(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("stretchsite.api.changes.MOST", 2)
    more_exercises(3)
    seen, query = [], f"?{urlencode({'since': '2020-01-01T00:00:00Z'})}"
    while query:
        told = asked(f"/changes/{query}")
        seen += [each["id"] for each in told["results"]]
        query = told["next"]
    monkeypatch.undo()
    everything = [each["id"] for each in asked("/changes/", since="2020-01-01T00:00:00Z")["results"]]
    assert list(dict.fromkeys(seen)) == everything


def off_already(number: int) -> None:
    """So many withdrawals of pages that nobody could see."""
    by = factories.UserFactory.create()
    Withdrawal.objects.bulk_create(
        Withdrawal(content_key=uuid4(), title="Never live", reason="It hurt.", withdrawn_by=by)
        for _each in range(number)
    )


def test_withdrawal_is_told_however_many_of_which_nothing_is_told_stand_before_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("stretchsite.api.changes.MOST", 2)
    moment = timezone.now()
    off_already(4)
    gone(ExercisePage.objects.get())
    assert [each["what"] for each in asked("/changes/", since=moment.isoformat())["results"]] == ["page.withdrawn"]


def test_page_taken_off_is_told_until_it_is_published_anew():
    page, moment = ExercisePage.objects.get(), timezone.now()
    page.unpublish()
    page.refresh_from_db()
    (told,) = asked("/changes/", since=moment.isoformat())["results"]
    assert (told["what"], told["about"]) == ("page.taken_off", str(page.content_key))
    assert told["words"] == "It was taken off the site. Do not show it any more."
    factories.publish(page)
    assert [each["what"] for each in asked("/changes/", since=moment.isoformat())["results"]] == ["page.published"]


@pytest.mark.parametrize("way", ["withdrawn", "taken off"])
def test_warning_that_holds_no_longer_is_told(way: str):
    note = factories.note_at(NoteTarget(region="hip"), text="Not on ice.", live=False)
    factories.publish(note)
    note.refresh_from_db()
    moment = timezone.now()
    if way == "withdrawn":
        by = factories.UserFactory.create()
        Withdrawal.objects.create(content_key=note.content_key, title="Ice", reason="It was wrong.", withdrawn_by=by)
    else:
        record(AuditAction.TAKEN_OFF, note)
    SafetyNote.objects.filter(pk=note.pk).update(live=False)
    (told,) = asked("/changes/", since=moment.isoformat())["results"]
    assert (told["what"], told["about"]) == ("warning.ended", str(note.content_key))


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/exercises/?region=lower_leg", 10),
        ("/conditions/", 8),
        ("/search/?q=stretch", 16),
        ("/changes/?since=2020-01-01T00:00:00Z", 14),
    ],
)
def test_answer_costs_the_same_whatever_its_length(address: str, most: int):
    costs = []
    for number in (0, 8):
        more_exercises(number)
        Client().get(f"{V1}{address}")
        with CaptureQueriesContext(connection) as counted:
            assert Client().get(f"{V1}{address}").status_code == 200
        costs.append(len(counted))
    assert costs[1] <= costs[0] <= most, costs


def test_network_that_asks_too_often_is_told_how_long_to_wait(settings: Any, monkeypatch: pytest.MonkeyPatch):
    settings.API_MOST_A_MINUTE = 2
    monkeypatch.setattr("stretchsite.api.answering.network_of_request", lambda _request: "a test of its own")
    answers = [Client().get(f"{V1}/conditions/") for _each in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) >= 1
    assert json.loads(answers[2].content)["problems"][0]["message"].startswith("too many requests")
