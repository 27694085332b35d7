"""A figure as readers meet it: start beside end, the side that is asked for, the address that may be kept for ever."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.test import Client, RequestFactory
from django.urls import reverse

from exercises.choices import Lead, Side
from exercises.figure_sheet import figure_address, figure_from
from exercises.models import ExercisePage
from figures.engine.palette import PAINTS
from routines.models import RoutineItem, RoutinePage
from testing import factories
from tests.exercises.illustrated import figure_of, ready_of
from tests.figures.page_colours import properties
from tests.tooling.sources import ROOT

ADDRESS = "/exercises/wall-calf-stretch/"
CSS = ROOT / "stretchsite" / "static" / "stretchsite" / "css" / "figures.css"


def soup_of(client: Client, address: str = ADDRESS) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def drawings_in(soup: Any) -> list[str]:
    """The drawings a page shows, by address and id."""
    return [use["href"] for use in soup.select("svg.drawing use")]


def test_drawing_is_served_once_and_for_ever(exercise: ExercisePage, client: Client):
    frame = figure_from(ready_of(exercise), Side.EACH).end
    response = client.get(frame.address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert not response.cookies
    assert f'<g id="{frame.href.partition("#")[2]}"' in response.content.decode()


def test_address_of_a_drawing_is_the_contracts():
    name = "0123456789abcdef0123"
    assert figure_address(name) == reverse("figure", kwargs={"fingerprint": name})


@pytest.mark.parametrize("name", ["0" * 20, "..%2Fmodels", "0" * 19, "F" * 20])
def test_drawing_nobody_made_is_not_found(exercise: ExercisePage, client: Client, name: str):
    assert client.get(f"/figures/{name}.svg").status_code == 404


def test_start_stands_beside_end_on_one_view_box_each_with_its_words(exercise: ExercisePage, client: Client):
    figure = figure_from(ready_of(exercise), Side.EACH)
    soup = soup_of(client)
    pair = soup.select(".figure-pair svg[role=img]")
    assert [svg.use["href"] for svg in pair] == [frame.href for frame in figure.frames]
    assert {svg["viewbox"] for svg in pair} == {figure.view_box}
    for svg, frame in zip(pair, figure.frames, strict=True):
        title, words = (soup.find(id=name) for name in svg["aria-labelledby"].split())
        assert (title.text, words.text) == (frame.label, frame.alt)
    assert "image of" not in soup.text.lower()
    assert "Feel it here: right calf." in soup.select_one(".figure-pair").text
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(set(ids)) == len(ids)


def test_movement_waits_for_its_button(exercise: ExercisePage, client: Client):
    figure = figure_from(ready_of(exercise), Side.EACH)
    soup = soup_of(client)
    assert soup.select_one("[data-movement]")["data-movement"] == figure.strip_address
    assert soup.select_one("[data-play]").has_attr("hidden")
    assert figure.strip not in "".join(drawings_in(soup))


def test_figure_of_each_side_has_the_other_beside_it_and_one_side_asked_for_has_none(exercise: ExercisePage):
    ready = ready_of(exercise)
    figure = figure_from(ready, Side.EACH)
    assert {figure.side, figure.other.side} == {"left", "right"}
    assert figure.end.alt != figure.other.end.alt
    assert figure.end.fingerprint != figure.other.end.fingerprint
    assert figure_from(ready, Side.LEFT).other is figure_from(ready, Side.RIGHT).other is None


def test_figure_of_one_pose_has_no_movement(exercise: ExercisePage, client: Client):
    figure = figure_of()
    figure["figures"] = figure["figures"][:1]
    exercise.figure = figure
    factories.save_live(exercise)
    soup = soup_of(client)
    assert len(drawings_in(soup)) == 1
    assert not soup.select("[data-movement], [data-play], script[src*=figure]")


def test_step_shows_its_pose(exercise: ExercisePage, client: Client):
    exercise.steps = [("move", {"text": "Lean.", "pose": "end"}), ("hold", {"text": "Stay."})]
    figure = figure_from(ready_of(exercise), Side.EACH)
    assert drawings_in(soup_of(client).select_one(".steps")) == [figure.end.href]


@pytest.mark.parametrize("leads", Lead)
def test_author_chooses_whether_figure_or_photo_leads(exercise: ExercisePage, picture: Any, client: Client, leads: str):
    exercise.photo, exercise.leads = picture, leads
    ready_of(exercise)
    soup = soup_of(client)
    stages = ["photo" if stage.img else "figure" for stage in soup.select(".stage")]
    assert stages == [leads, *({"photo", "figure"} - {leads})]


def test_exercise_without_a_figure_shows_the_sign_of_its_position(exercise: ExercisePage, client: Client):
    soup = soup_of(client)
    assert soup.select(".stage--sign")
    assert drawings_in(soup) == []


def test_lists_show_the_end_of_the_movement(routine: RoutinePage, exercise: ExercisePage, client: Client):
    end = figure_from(ready_of(exercise), Side.EACH).end
    for address in ("/exercises/", "/routines/", "/routines/calves/", "/search/?q=calf"):
        shown = drawings_in(soup_of(client, address))
        assert set(shown) == {end.href}, address
    for svg in soup_of(client, "/routines/calves/").select("svg.drawing"):
        assert svg["aria-hidden"] == "true" or svg.find_parent(attrs={"aria-hidden": "true"})


@pytest.mark.parametrize(("side", "shown"), [("", "right"), ("each", "right"), ("right", "right"), ("left", "left")])
def test_routine_shows_the_side_it_asks_for(
    routine: RoutinePage, exercise: ExercisePage, client: Client, side: str, shown: str
):
    ready = ready_of(exercise)
    RoutineItem.objects.update(side=side)
    assert set(drawings_in(soup_of(client, "/routines/calves/"))) == {figure_from(ready, Side(shown)).end.href}


def test_preview_draws_the_draft_and_keeps_nothing(exercise: ExercisePage):
    ready_of(exercise)
    exercise = ExercisePage.objects.get()
    exercise.figure = figure_of("knee-to-chest")
    exercise.steps = [("move", {"text": "Draw the knee up.", "pose": "end"})]
    kept = default_storage.listdir("figures")
    words = exercise.make_preview_request(RequestFactory().get("/")).content.decode()
    assert "Knee gently towards the chest" in words
    soup = BeautifulSoup(words, "html.parser")
    assert len(drawings_in(soup)) == 3
    for href in drawings_in(soup):
        assert soup.find(id=href.removeprefix("#")) is not None
    assert default_storage.listdir("figures") == kept


def test_preview_shows_a_pose_no_body_can_take(exercise: ExercisePage):
    exercise.figure = figure_of()
    exercise.figure["figures"][0]["neck"] = [95, 0, 0]
    words = exercise.make_preview_request(RequestFactory().get("/")).content.decode()
    assert "Palms on the wall" in words


def test_preview_of_a_figure_that_is_none_is_a_page_without_one(exercise: ExercisePage):
    exercise.figure = {"v": 1}
    response = exercise.make_preview_request(RequestFactory().get("/"))
    assert response.status_code == 200
    assert "stage--sign" in response.content.decode()


def test_colours_in_the_dark_are_the_palettes():
    text = CSS.read_text(encoding="utf-8")
    screen, paper = text.split("@media print")
    said = dict(re.findall(r"(--fg-[\w-]+): light-dark\(([^)]+)\);", screen))
    assert said == {name: f"{PAINTS[name[5:]].light}, {dark}" for name, dark in properties("dark").items()}
    assert dict(re.findall(r"(--fg-[\w-]+): (#\w+);", paper)) == properties("print")
