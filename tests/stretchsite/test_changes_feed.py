"""The feed tells what was withdrawn and which warnings changed, and nothing readers could not see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from clinical.models import NoteTarget, SafetyNote, Withdrawal
from clinical.withdrawal.withdrawing import withdraw
from exercises.models import ExerciseIndexPage, ExercisePage
from stretchsite.changes_feed import MOST
from testing import factories
from tests.stretchsite import small_site

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with small_site.standing(django_db_blocker):
        yield


def entries() -> list[tuple[str, str, str]]:
    """Title, words and address of each, as a program reads them."""
    answer = Client().get("/changes/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert not answer.cookies
    found = []
    for each in ElementTree.fromstring(answer.content).iter(f"{ATOM}entry"):
        words = [str(each.findtext(f"{ATOM}{name}")) for name in ("title", "summary")]
        found.append((words[0], words[1], str(each.find(f"{ATOM}link").get("href"))))
    return found


def gone(reason: str = "It hurt <somebody>.") -> ExercisePage:
    page = ExercisePage.objects.get()
    withdraw(page, by=factories.UserFactory.create(), reason=reason)
    return page


def warning(text: str) -> SafetyNote:
    """One that was published, as the review does it."""
    note = factories.note_at(NoteTarget(region="hip"), text=text, live=False)
    factories.publish(note)
    return note


def test_what_is_withdrawn_and_which_warnings_are_new_is_told_the_latest_first(everything: None, db: None):
    note = warning("Not on ice.")
    page = gone()
    told = entries()
    assert told[0] == (f"Withdrawn: {page.title}", "It hurt <somebody>.", f"http://testserver{page.get_url()}")
    assert (told[1][1], told[1][2]) == ("Not on ice.", "http://testserver/")
    assert told[1][0].startswith("New warning: ")
    note.refresh_from_db()
    note.text = "Not on ice, nor on snow."
    factories.publish(note)
    assert any(title.startswith("Changed warning: ") and "snow" in said for title, said, _to in entries())
    assert 'href="/changes/"' in Client().get("/").text


@pytest.mark.parametrize("hidden", ["never published", "for some", "lifted", "a draft of a note"])
def test_nothing_is_told_that_readers_could_not_see(everything: None, db: None, hidden: str):
    if hidden == "a draft of a note":
        note = warning("Not on ice.")
        SafetyNote.objects.filter(pk=note.pk).update(live=False)
        assert [each for each in entries() if "ice" in each[1]] == []
        return
    page = gone()
    if hidden == "never published":
        ExercisePage.objects.update(first_published_at=None)
    elif hidden == "for some":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    else:
        Withdrawal.objects.update(in_force_at=None)
    assert [each for each in entries() if "Withdrawn" in each[0]] == []


def test_many_are_cut_and_cost_no_more(everything: None, db: None, django_assert_max_num_queries: Any):
    for number in range(MOST + 2):
        SafetyNote.objects.filter(pk=factories.note_at(NoteTarget(region="hip"), text=f"Careful, {number}.").pk).update(
            last_published_at=timezone.now()
        )
    with django_assert_max_num_queries(12):
        assert len(entries()) == MOST


@pytest.mark.parametrize("more", [0, 6])
def test_withdrawn_pages_cost_no_query_each(everything: None, db: None, more: int):
    gone()
    for number in range(more):
        draft = factories.draft_exercise(title=f"Gone {number}", slug=f"gone-{number}")
        page = ExerciseIndexPage.objects.get().add_child(instance=draft)
        ExercisePage.objects.filter(pk=page.pk).update(first_published_at=timezone.now())
        withdraw(page, by=factories.UserFactory.create(), reason="It hurt somebody.")
    with CaptureQueriesContext(connection) as asked:
        assert len([each for each in entries() if "Withdrawn" in each[0]]) == more + 1
    assert len(asked) == 10, [each["sql"][:120] for each in asked]
