"""The pose editor's views: for people who write exercises, safe against whatever is sent, and true to the engine."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from clinical.models import User
from exercises.figure_views import MOST_BYTES
from exercises.models import ExercisePage
from figures.editor.preview import complete, thumbnail_name
from figures.engine import library, mirror, validation
from testing import factories

NAME = "lying-hamstring-stretch"
ASKING = ("figure_preview", "figure_mirrored", "figure_placed", "figure_moved")


@pytest.fixture
def groups(set_up_site: None, db: None) -> None:
    """Every site has them."""


def signed_in(group: str, **options: Any) -> Client:
    account = factories.UserFactory.create(username=f"in-{group}".lower().replace(" ", "-"))
    account.groups.add(Group.objects.get(name=group))
    client = Client(**options)
    client.force_login(account)
    return client


@pytest.fixture
def writer(groups: None) -> Client:
    return signed_in("Practitioners")


def text_of(name: str = NAME) -> str:
    return json.dumps(complete(library.illustration(name)))


def ask(client: Client, view: str, question: Any) -> Any:
    return client.post(reverse(view), question, content_type="application/json")


def test_the_preview_draws_every_pose_and_says_where_its_handles_are(writer: Client):
    answer = ask(writer, "figure_preview", {"text": text_of()}).json()
    assert [pose["key"] for pose in answer["poses"]] == ["start", "end"]
    for pose in answer["poses"]:
        assert pose["svg"].startswith("<svg")
        assert 'role="img"' in pose["svg"]
        assert set(pose["handles"]) == {"handR", "handL", "footR", "footL", "hips", "head"}
    assert answer["faults"] == []
    assert answer["figure"] == complete(library.illustration(NAME))


def test_the_preview_says_faults_as_data_beside_the_drawing(writer: Client):
    data = json.loads(text_of())
    data["figures"][1]["legR"]["knee"] = 150
    answer = ask(writer, "figure_preview", {"text": json.dumps(data)})
    assert answer.status_code == 200
    fault = answer.json()["faults"][0]
    assert (fault["pose"], fault["limb"], fault["number"], fault["unit"]) == ("end", "legR", 150.0, "degrees")
    assert "right leg: the knee is bent 150.0 degrees" in fault["words"]


def test_what_is_no_figure_is_answered_with_its_faults(writer: Client):
    data = json.loads(text_of())
    data["figures"][0]["armL"]["grip"] = 300
    answer = ask(writer, "figure_preview", {"text": json.dumps(data)})
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["limb"] == "armL"


@pytest.mark.parametrize("view", ASKING)
@pytest.mark.parametrize("body", ["", "{", "[]", "[" * 30_000, '{"text": 7}', '{"figure": "x"}', "\xff"])
def test_what_no_editor_sends_is_refused(writer: Client, view: str, body: str):
    answer = ask(writer, view, body)
    assert answer.status_code == 400
    assert answer.json()["refused"]


@pytest.mark.parametrize("view", ASKING)
def test_too_much_is_refused_before_it_is_read(writer: Client, view: str):
    assert ask(writer, view, {"text": "x" * MOST_BYTES}).status_code == 413
    assert ask(writer, view, {"text": " " * 50_000 + "{}"}).status_code == 422


@pytest.mark.parametrize("view", ASKING)
def test_only_people_who_write_exercises_may_ask(groups: None, view: str):
    question = {"text": text_of(), "limb": "legR", "way": "place", "pose": "end", "handle": "head", "at": [0, 50]}
    assert ask(signed_in("Managers"), view, question).status_code in {302, 403}
    assert ask(Client(), view, question).status_code == 302
    for group in ("Practitioners", "Reviewers", "Safety officers"):
        assert ask(signed_in(group), view, question).status_code == 200


@pytest.mark.parametrize("view", ASKING)
def test_a_page_from_elsewhere_cannot_ask_in_somebodys_name(groups: None, view: str):
    careful = signed_in("Practitioners", enforce_csrf_checks=True)
    assert ask(careful, view, {"text": text_of()}).status_code == 403


@pytest.mark.parametrize("view", ASKING)
def test_asking_by_address_is_refused(writer: Client, view: str):
    assert writer.get(reverse(view)).status_code == 405


def test_nothing_is_stored(writer: Client, exercise: ExercisePage):
    before = ExercisePage.objects.get(pk=exercise.pk).latest_revision_id
    for view in ASKING:
        ask(writer, view, {"text": text_of(), "limb": "legR", "way": "place"})
    again = ExercisePage.objects.get(pk=exercise.pk)
    assert (again.figure, again.latest_revision_id) == (exercise.figure, before)


def test_the_other_side_is_the_engines(writer: Client):
    answer = ask(writer, "figure_mirrored", {"text": text_of()}).json()
    assert answer["figure"] == complete(mirror.mirrored(library.illustration(NAME)))


def test_a_limb_is_placed_in_another_way(writer: Client):
    answer = ask(writer, "figure_placed", {"text": text_of(), "limb": "legL", "way": "angles"}).json()
    assert all("hip" in pose["legL"] and "to" not in pose["legL"] for pose in answer["figure"]["figures"])
    for wrong in ({"limb": "tail", "way": "angles"}, {"limb": "armR", "way": "kneel"}, {"limb": "legR", "way": []}):
        assert ask(writer, "figure_placed", {"text": text_of(), **wrong}).status_code == 400


def test_a_dragged_hand_answers_with_sticks(writer: Client):
    question = {"text": text_of(), "pose": "end", "handle": "handL", "at": [0, 20]}
    answer = ask(writer, "figure_moved", question).json()
    assert isinstance(answer["figure"]["figures"][1]["armL"]["to"], list)
    assert len(answer["lines"]) == 8
    assert validation.read(answer["figure"])[0] is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"pose": "middle"},
        {"handle": "tail"},
        {"at": [0]},
        {"at": ["0", "1"]},
        {"at": [1e9, 0]},
        {"at": None},
        {"pose": ["end"]},
        {"handle": {}},
    ],
)
def test_a_drag_that_no_hand_makes_is_refused(writer: Client, wrong: dict[str, Any]):
    question = {"text": text_of(), "pose": "end", "handle": "handL", "at": [0, 20], **wrong}
    assert ask(writer, "figure_moved", question).status_code == 400


def test_a_library_pose_is_given_whole(writer: Client):
    address = reverse("figure_library_pose", kwargs={"name": NAME})
    assert writer.get(address).json()["figure"] == complete(library.illustration(NAME))
    assert writer.get(reverse("figure_library_pose", kwargs={"name": "no-such-pose"})).status_code == 404


def test_a_picture_of_the_library_may_be_kept_for_ever_since_its_address_changes_with_it(writer: Client):
    known = {"name": NAME, "fingerprint": thumbnail_name(NAME)}
    answer = writer.get(reverse("figure_library_picture", kwargs=known))
    assert answer["Content-Type"] == "image/svg+xml"
    assert "immutable" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert answer.content.startswith(b"<svg")
    old = {"name": NAME, "fingerprint": "0" * 20}
    assert writer.get(reverse("figure_library_picture", kwargs=old)).status_code == 404


def test_asking_costs_as_many_queries_however_many_exercises_there_are(
    writer: Client, django_assert_max_num_queries: Any
):
    with django_assert_max_num_queries(10):
        assert ask(writer, "figure_preview", {"text": text_of()}).status_code == 200


def test_whoever_may_do_everything_may_edit(groups: None):
    client = Client()
    client.force_login(User.objects.create_superuser("everything", "everything@example.org", "x"))
    assert ask(client, "figure_preview", {"text": text_of()}).status_code == 200
