"""What hangs on a thing or a kind reaches everything; several positions, and evidence against, are said everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from clinical.models import NoteTarget
from clinical.words.choices import EvidenceLevel
from exercises.models import ExercisePage
from exercises.models.reach import exercises_with, reach_among_exercises
from routines.models import RoutinePage
from sharing.models import ShareLink
from stretchsite.models import ConditionPage
from stretchsite.search import search_everything
from testing import factories
from tests.outputs import WITH_NOTES, Place, each_of, notes_in, words_of
from tests.stretchsite import small_site

SLUGS = {"exercise": "wall-calf-stretch", "routine": "calves"}
AGAINST = "The guideline of 2030 advises rest instead."

_site: dict[str, Any] = {}


@pytest.fixture(scope="module")
def standing_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of every kind; its exercise takes a band, and may be done sitting as well."""
    with small_site.standing(django_db_blocker):
        exercise = ExercisePage.objects.get()
        exercise.equipment, exercise.other_positions = ("band",), ("sitting",)
        factories.publish(exercise)
        _site["link"], _site["token"] = factories.link_to(RoutinePage.objects.get())
        yield


@pytest.fixture(autouse=True)
def _everything(standing_site: None, db: None) -> None:
    """Every test has it, and takes back what it changes."""


def content(client: Client, place: Place) -> bytes:
    """What an output says."""
    kwargs = {"token": _site["token"]} if place.owner == "shared" else {"slug": SLUGS[place.owner]}
    answer = client.get(reverse(str(place), kwargs=kwargs))
    assert answer.status_code == 200
    return answer.content


def board(place: Place) -> Any:
    """The notes in force where it stands."""
    if place.owner == "shared":
        return ShareLink.objects.get(pk=_site["link"].pk).shared_sheet().sheet.safety
    return (ExercisePage if place.owner == "exercise" else RoutinePage).objects.get().sheet().safety


@each_of(WITH_NOTES)
@pytest.mark.parametrize(
    ("where", "text"),
    [
        ({"equipment": "band"}, "the band is torn"),
        ({"exercise_kind": "static_stretch"}, "you hold your breath"),
        ({"position": "sitting"}, "the chair rolls"),
    ],
    ids=["thing", "kind", "other position"],
)
def test_note_reaches_every_output(client: Client, place: Place, where: dict[str, str], text: str):
    note = factories.note_at(NoteTarget(**where), text=text, in_short=text)
    there = board(place)
    assert str(note.translation_key) in notes_in(place.output, content(client, place), there)


@pytest.mark.parametrize(
    "where", [{"equipment": "table"}, {"exercise_kind": "balance"}, {"position": "supine"}], ids=str
)
def test_note_on_another_thing_kind_or_position_reaches_nothing(where: dict[str, str]):
    note = factories.note_at(NoteTarget(**where))
    for page in (ExercisePage.objects.get(), RoutinePage.objects.get()):
        assert note.translation_key not in page.board().keys


@pytest.mark.parametrize(
    ("where", "reached"),
    [
        ({"equipment": "band"}, 1),
        ({"equipment": "stick"}, 0),
        ({"exercise_kind": "static_stretch"}, 1),
        ({"exercise_kind": "aerobic"}, 0),
        ({"position": "sitting"}, 1),
        ({"region": "arm"}, 0),
    ],
    ids=str,
)
def test_withdrawing_a_note_says_which_exercises_would_lose_it(where: dict[str, str], reached: int):
    note = factories.note_at(NoteTarget(**where))
    assert ExercisePage.objects.filter(exercises_with(note)).count() == reached
    assert list(reach_among_exercises(note))


@pytest.mark.parametrize(("position", "found"), [("standing", 1), ("sitting", 1), ("supine", 0)])
def test_exercise_is_found_by_each_of_its_positions(client: Client, position: str, found: int):
    assert client.get(f"/exercises/?position={position}").context["catalogue"].count == found


def test_page_and_data_name_every_position(client: Client):
    page = client.get("/exercises/wall-calf-stretch/").content.decode()
    assert "Standing" in page
    assert "Sitting on a chair" in page
    data = client.get("/exercises/wall-calf-stretch/sheet.json").json()["exercise"]
    assert (data["position"]["value"], [each["value"] for each in data["other_positions"]]) == ("standing", ["sitting"])
    assert {each.value for each in RoutinePage.objects.get().sheet().positions} == {"standing", "sitting"}


def advised_against(page: Any) -> None:
    """A guideline advises against the one use it has."""
    (use,) = page.condition_uses.all()
    use.evidence, use.statement = EvidenceLevel.GUIDELINE_AGAINST, AGAINST
    page.condition_uses = [use]
    factories.publish(page)


def test_evidence_against_is_said_on_the_page_on_paper_and_in_the_data(client: Client):
    advised_against(RoutinePage.objects.get())
    page = client.get("/routines/calves/").content.decode()
    assert "Guideline against" in page
    assert AGAINST in page
    (use,) = client.get("/routines/calves/sheet.json").json()["used_for"]
    assert (use["evidence"], use["statement"]) == ("guideline_against", AGAINST)
    (paper,) = [place for place in WITH_NOTES if str(place) == "routine_handout"]
    assert AGAINST.replace(" ", "") in words_of(paper.output, content(client, paper)).replace(" ", "")


def test_what_a_guideline_advises_against_stands_in_no_list_of_what_helps(client: Client):
    for model, slug in ((ExercisePage, "restless-legs"), (RoutinePage, "tight-calves")):
        hub = ConditionPage.objects.get(slug=slug)
        cards = client.get(f"/conditions/{slug}/").context["hub"]
        assert len(cards.exercises) + len(cards.routines) == 1
        advised_against(model.objects.get())
        cards = client.get(f"/conditions/{slug}/").context["hub"]
        assert len(cards.exercises) + len(cards.routines) == 0
        list_of = {"restless-legs": "exercises", "tight-calves": "routines"}[slug]
        assert client.get(f"/{list_of}/?condition={slug}").context["catalogue"].count == 0
        assert hub.live


@pytest.mark.parametrize("words", ["band", "resistance", "seated", "static stretch", "stretch band"])
def test_exercise_is_found_by_its_things_positions_and_kind(words: str):
    query = QueryDict(mutable=True)
    query["q"] = words
    assert "Wall calf stretch" in [card.title for card in search_everything(query).catalogue.cards]
