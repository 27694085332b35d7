"""SL14 and the sheet behind a link: the list is frozen, its safety is not."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import Page

from clinical.models import Condition, NoteTarget
from clinical.templatetags.by_value_tags import ByValue
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from sharing.models import ProgrammeItem, ShareLink, ShareLinkItem
from testing import factories
from testing.programmes import as_programme
from tests.built_once import built_once
from tests.outputs import ON_LINKS, Place, each_of
from tests.sharing.share_links import address, every_file, found_pieces

pytestmark = pytest.mark.django_db

#: A link of the routine, and one of a programme with the same exercises for the same.
each_source = pytest.mark.parametrize("given", [lambda routine: routine, as_programme], ids=["routine", "programme"])


# SL14: only what is live


def test_sl14_no_draft_is_ever_shown(client: Client, routine: RoutinePage):
    _link, token = factories.link_to(routine)
    exercise = ExercisePage.objects.get()
    exercise.feel = "An unpublished sentence."
    exercise.save_revision()
    routine.expect_change = "Another unpublished sentence."
    routine.save_revision()
    assert "npublished sentence" not in client.get(address(token)).content.decode()
    Page.objects.filter(pk=exercise.pk).update(live=False)
    text = client.get(address(token)).content.decode()
    assert "Do not do these: taken out for safety" in text
    assert "Stand tall." not in text


def test_sl14_dates_are_read_with_every_request(client: Client, routine: RoutinePage):
    _link, token = factories.link_to(routine)
    Page.objects.filter(pk=routine.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert client.get(address(token)).status_code == 410


def test_sl14_a_private_routine_is_gone(client: Client, routine: RoutinePage):
    _link, token = factories.link_to(routine)
    routine.view_restrictions.create(restriction_type="login")
    assert client.get(address(token)).status_code == 410


def test_sl14_a_routine_below_a_private_page_is_gone(client: Client, routine: RoutinePage):
    _link, token = factories.link_to(routine)
    routine.get_parent().view_restrictions.create(restriction_type="login")
    assert client.get(address(token)).status_code == 410


# The sheet


@pytest.fixture
@built_once
def of_twelve(routine_index: RoutineIndexPage, exercise_index: ExerciseIndexPage, condition: Condition) -> RoutinePage:
    """A routine of twelve exercises; there is one of four beside it."""
    for size in (4, 12):
        exercises = [
            exercise_index.add_child(instance=factories.draft_exercise(slug=f"exercise-{size}-{number}"))
            for number in range(size)
        ]
        draft = factories.draft_routine(exercises, [condition], slug=f"routine-{size}")
        longer = routine_index.add_child(instance=draft)
    return longer


@each_of(ON_LINKS)
def test_the_number_of_queries_does_not_grow_with_the_list(client: Client, of_twelve: RoutinePage, place: Place):
    counts = []
    for routine in (RoutinePage.objects.get(slug="routine-4"), of_twelve):
        _link, token = factories.link_to(routine)
        client.get(address(token))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(token) + place.output.path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 6


def test_the_list_is_frozen_and_what_changed_is_said(client: Client, routine: RoutinePage, exercise_index: Any):
    factories.approve(routine)
    routine.save_revision().publish()
    routine.refresh_from_db()
    link, token = factories.link_to(routine)
    added = exercise_index.add_child(instance=factories.draft_exercise(title="Heel drop", slug="heel-drop"))
    again = RoutinePage.objects.get(pk=routine.pk)
    again.items = [*again.items.all(), type(again.items.first())(exercise=added, phase="main", sort_order=5)]
    first = again.items.all()[0]
    first.hold_seconds = 60
    again.items = [first, *list(again.items.all())[1:]]
    factories.approve(again)
    again.save_revision().publish()
    told = [client.get(address(token)).content.decode()]
    # Under a new address it is still the list of that day.
    told.append(client.get(address(link.replace(link.created_by).token)).content.decode())
    for text in told:
        assert "“Heel drop” is new in this routine. It is not on your list" in text
        assert "How much of “Wall calf stretch” this routine asks for has changed. Yours is as it was given." in text
        assert "Hold 30 seconds, 2 times each side" in text
        assert "Hold 60 seconds" not in text


@pytest.fixture
def two_exercises(routine: RoutinePage, exercise_index: Any, condition: Any) -> RoutinePage:
    """A live routine of two exercises, each held for 30 seconds."""
    other = exercise_index.add_child(instance=factories.draft_exercise(title="Heel drop", slug="heel-drop"))
    draft = factories.draft_routine([ExercisePage.objects.exclude(pk=other.pk).get(), other], [condition], slug="two")
    return routine.get_parent().specific.add_child(instance=draft)


@each_source
def test_link_is_replaced_with_its_words_as_they_are_read_now(two_exercises: RoutinePage, given: Any):
    ExercisePage.objects.update(pain_most=3)
    link = factories.link_to(given(two_exercises)).link
    lowered = link.items.get(exercise__slug="heel-drop")
    words = {"cue": "Keep it below pain of 3/10. Pain up to 3 of 10 is fine.", "intensity_cue": "Pain at most 3 of 10"}
    for kept in (link.items, ProgrammeItem.objects):
        kept.update(**words)
    ShareLink.objects.update(note="Keep pain below 3/10. Pain up to 3 of 10 is fine.")
    link.refresh_from_db()
    ExercisePage.objects.filter(pk=lowered.exercise_id).update(pain_most=0)
    if link.routine:  # of a programme one that no longer fits is to be chosen anew
        link.items.filter(pk=lowered.pk).update(exercise_measure="moving")
    assert link.shared_sheet().note == "Keep pain below 3/10."  # in doubt it stays, and nobody is asked again
    again = link.replace(link.created_by).link
    assert again.note == "Keep pain below 3/10."
    lines = {row.exercise.slug: (row.cue, row.intensity_cue) for row in again.items.with_exercises()}
    assert lines.pop("heel-drop") == ("Keep it below pain of 3/10.", "")
    assert set(lines.values()) == {("Keep it below pain of 3/10. Pain up to 3 of 10 is fine.", "Pain at most 3 of 10")}


def limited(target: NoteTarget, figure: str, least: int, most: int, **facts: Any) -> None:
    """A note that says how much, in force from now on."""
    words = {"text": f"Your {figure} from {least} to {most}.", **facts}
    factories.note_at(target, dose_figure=figure, dose_least=least, dose_most=most, **words)


def asked_and_given(client: Client, token: str) -> tuple[list[str], list[str]]:
    """What the data says is to be asked about, and what is on the list."""
    data = client.get(address(token) + "sheet.json").json()
    return data["ask_about"], [item["exercise"]["title"] for item in data["items"]]


BOTH = ["Wall calf stretch", "Heel drop"]


@each_source
def test_a_dose_that_a_note_no_longer_allows_is_to_be_asked_about(
    client: Client, two_exercises: RoutinePage, given: Any
):
    _link, token = factories.link_to(given(two_exercises))
    limited(NoteTarget(page=ExercisePage.objects.get(slug="heel-drop")), "hold_seconds", 5, 29)
    assert asked_and_given(client, token) == (["Heel drop"], ["Wall calf stretch"])
    with CaptureQueriesContext(connection) as asked:
        text = client.get(address(token)).content.decode()
    assert "or the safety notes on them, have changed" in text
    assert "or the safety notes on them, have changed" in client.get(f"{address(token)}follow/").text
    assert len(asked) <= 10
    paper = PdfReader(BytesIO(client.get(address(token) + "handout.pdf").content)).pages[0].extract_text()
    events = client.get(address(token) + "routine.ics").content.decode().replace("\r\n ", "")
    for words in (paper, events):
        assert "leave them out until you have asked" in " ".join(words.replace("\\", "").split())


@pytest.mark.parametrize(("most", "expected"), [(29, (BOTH, [])), (30, ([], BOTH))])
def test_a_note_on_the_whole_routine_limits_every_dose_in_it(
    client: Client, two_exercises: RoutinePage, most: int, expected: tuple[list[str], list[str]]
):
    _link, token = factories.link_to(two_exercises)
    limited(NoteTarget(page=two_exercises), "hold_seconds", 5, most)
    assert asked_and_given(client, token) == expected


@pytest.mark.parametrize(("most", "expected"), [(1, (BOTH, [])), (2, ([], BOTH))])
def test_what_cannot_be_done_as_often_as_it_was_given_is_to_be_asked_about(
    client: Client, two_exercises: RoutinePage, most: int, expected: tuple[list[str], list[str]]
):
    _link, token = factories.link_to(two_exercises, sessions_per_day=2)
    limited(NoteTarget(page=two_exercises), "sessions_per_day", 1, most)
    assert asked_and_given(client, token) == expected


@pytest.mark.parametrize(("own", "expected"), [(None, (BOTH[:1], BOTH[1:])), (1, ([], BOTH))])
def test_a_note_on_an_exercise_is_held_against_how_often_the_whole_is_done(
    client: Client, two_exercises: RoutinePage, own: int | None, expected: tuple[list[str], list[str]]
):
    link, token = factories.link_to(two_exercises, sessions_per_day=2)
    first = link.items.all()[0]
    ShareLinkItem.objects.filter(pk=first.pk).update(sessions_per_day=own)
    limited(NoteTarget(page=first.exercise), "sessions_per_day", 1, 1)
    assert asked_and_given(client, token) == expected


def test_notes_without_anything_in_common_are_no_matter_where_their_figure_was_not_given(
    client: Client, two_exercises: RoutinePage
):
    _link, token = factories.link_to(two_exercises)
    for least, most in ((1, 5), (20, 30)):
        limited(NoteTarget(page=two_exercises), "moving_seconds", least, most)
    assert asked_and_given(client, token) == ([], BOTH)


def test_of_what_is_to_be_asked_about_nothing_else_is_said(client: Client, two_exercises: RoutinePage):
    factories.approve(two_exercises)
    two_exercises.save_revision().publish()
    two_exercises.refresh_from_db()
    _link, token = factories.link_to(two_exercises)
    limited(NoteTarget(page=ExercisePage.objects.get(slug="heel-drop")), "hold_seconds", 5, 29)
    again = RoutinePage.objects.get(pk=two_exercises.pk)
    first, second = again.items.all()
    second.hold_seconds = 20
    again.items = [first, second]
    factories.approve(again)
    again.save_revision().publish()
    text = client.get(address(token)).content.decode()
    assert asked_and_given(client, token) == (["Heel drop"], ["Wall calf stretch"])
    assert "Yours is as it was given" not in text


@each_source
def test_an_exercise_that_was_given_twice_is_asked_about_as_a_whole(
    client: Client, two_exercises: RoutinePage, given: Any
):
    link, token = factories.link_to(given(two_exercises))
    twice = link.items.get(exercise__slug="heel-drop").copied()
    twice.link, twice.sort_order, twice.hold_seconds = link, 9, 10
    twice.save()
    limited(NoteTarget(page=twice.exercise), "hold_seconds", 5, 29)
    assert asked_and_given(client, token) == (["Heel drop"], ["Wall calf stretch"])


@each_source
def test_a_dosage_that_no_longer_fits_is_to_be_asked_about(client: Client, routine: RoutinePage, given: Any):
    _link, token = factories.link_to(given(routine))
    ExercisePage.objects.update(laterality="bilateral")
    text = client.get(address(token)).content.decode()
    assert "Ask your practitioner how much to do" in text
    assert "Hold 30 seconds" not in text


@each_source
def test_a_new_safety_note_shows_on_the_next_request(client: Client, routine: RoutinePage, given: Any):
    _link, token = factories.link_to(given(routine))
    assert "your calf swells" not in client.get(address(token)).content.decode()
    factories.note_at(NoteTarget(everywhere=True))
    assert "your calf swells" in client.get(address(token)).content.decode()


def test_the_shared_page_carries_the_same_notes_as_the_routine(client: Client, routine: RoutinePage):
    link, _token = factories.link_to(routine)
    assert link.shared_sheet().sheet.safety.keys == routine.sheet().safety.keys


@each_source
def test_every_output_carries_every_note(client: Client, routine: RoutinePage, given: Any):
    link, token = factories.link_to(given(routine))
    keys = {str(key) for key in link.shared_sheet().sheet.safety.keys}
    data = client.get(address(token) + "sheet.json").json()
    sessions = client.get(address(token) + "routine.ics").content.decode().replace("\r\n ", "")
    assert {note["id"] for note in data["safety"]} == keys
    assert set(re.findall(r"X-SAFETY-NOTE:(\S+)", sessions)) == keys


def test_what_is_done_as_needed_offers_no_calendar(client: Client, routine: RoutinePage):
    _link, token = factories.link_to(routine)
    assert "Calendar" in client.get(address(token)).content.decode()
    RoutinePage.objects.update(as_needed=True, sessions_per_day=None, days_per_week=None)
    _link, token = factories.link_to(RoutinePage.objects.get())
    words = client.get(address(token)).content.decode()
    assert "calendar" not in words.casefold()
    assert "Large print" in words


@each_source
def test_the_handout_is_made_for_this_answer_and_kept_nowhere(client: Client, routine: RoutinePage, given: Any):
    _link, token = factories.link_to(given(routine), note="Slowly.")
    before = list(every_file())
    answer = client.get(address(token) + "handout.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.startswith(b"%PDF")
    assert list(every_file()) == before
    assert client.get(address(token) + "handout.pdf?size=huge").status_code == 400


@each_source
def test_the_link_stands_in_the_calendar_only_when_asked(client: Client, routine: RoutinePage, given: Any):
    _link, token = factories.link_to(given(routine))
    for asked, stands in (("", False), ("?link=0", False), ("?link=1", True)):
        sessions = client.get(f"{address(token)}routine.ics{asked}").content.decode().replace("\r\n ", "")
        assert (token in sessions) is stands


@each_source
def test_pd1_what_one_patient_was_given_is_remembered_nowhere(client: Client, routine: RoutinePage, given: Any):
    """Pieces of the page are remembered by their values; only pieces that say the same to everybody (decision 0021)."""
    end = timezone.now() + timedelta(days=37)
    _link, token = factories.link_to(
        given(routine), note="Slowly with the left heel.", expires_at=end, sessions_per_day=3
    )
    ShareLinkItem.objects.update(hold_seconds=47)
    text = client.get(address(token)).content.decode()
    personal = ["Slowly with the left heel.", "47 seconds", "3 times a day", f"{timezone.localdate(end):%-d %B %Y}"]
    assert [words for words in personal if words not in text] == []
    found: Any = get_template("sharing/shared_page.html")
    template = found.template
    pieces = [made for node in template.nodelist.get_nodes_by_type(ByValue) for made in node.made.values()]
    assert any("Stand tall." in piece for piece in pieces)
    assert [words for words in [*personal, token] if any(words in piece for piece in pieces)] == []


@pytest.mark.parametrize("asked", ["2", "yes", "true", "", "1&link=1x", f"{'1' * 400}", "<script>"])
def test_sl13_whoever_asks_wrongly_for_the_link_is_told_what_to_ask_and_never_the_link(
    client: Client, routine: RoutinePage, asked: str
):
    _link, token = factories.link_to(routine)
    answer = client.get(f"{address(token)}routine.ics?link={asked}&weeks=4")
    told = answer.content.decode()
    assert answer.status_code == 400
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert found_pieces(told, [token]) == set()
    assert "<script>" not in told
    assert "write one of: 1, 0" in told
