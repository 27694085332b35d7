"""Numbers nobody means, wherever one can be written: refused in words, or passed over, and never a fault of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from clinical.middleware import refused
from clinical.models import NoteTarget
from exercises import drawings
from exercises.dosage import Dosage
from exercises.dosage_fields import DosageError
from exercises.models import ExercisePage
from figures.editor.forms import FigureFormField
from figures.editor.preview import complete
from figures.engine import library
from routines.models import RoutinePage
from sharing.models import ShareLink
from testing import factories
from testing.editor import edit_address, errors_of, filled_in, page_as_posted
from tests.clinical.publishing.roads import chief
from tests.stretchsite import small_site

NAME = "lying-hamstring-stretch"
#: As they stand in a text: longer than a float, longer than Python reads, infinite, no number, not ours.
WRITTEN = ["9" * 400, "-" + "9" * 400, "9" * 5000, "1e999", "-1e999", "NaN", "Infinity", "12345678901234567890"]
#: Of those, what an editor's form is asked about: each question takes it a second.
TYPED = ["9" * 400, "9" * 5000]
#: The same as values of a file or a shell.
VALUES = [10**400, -(10**400), 10**5000, float("inf"), float("nan"), 10**20]


def name_of(number: Any) -> str:
    return f"{type(number).__name__}-{len(number)}-{number[:4]}" if isinstance(number, str) else type(number).__name__


@pytest.mark.parametrize("number", WRITTEN, ids=name_of)
def test_figure_with_such_a_number_is_refused_in_words(number: str):
    form = FigureFormField(required=False)
    for place in ('"yaw": 0', '"v": 1'):
        text = json.dumps(complete(library.illustration(NAME))).replace('"yaw": 0.0', '"yaw": 0')
        changed = text.replace(place, place.split(":")[0] + ": " + number, 1)
        assert changed != text, place
        with pytest.raises(Exception) as refused:  # noqa: PT011  (its class is what is asked)
            form.to_python(changed)
        assert type(refused.value).__name__ == "ValidationError"
        error: Any = refused.value
        assert error.messages[0].startswith("This figure cannot be drawn")
        assert len(error.messages[0]) < 1000


@pytest.mark.parametrize("number", VALUES, ids=name_of)
def test_figure_of_a_file_or_shell_with_such_a_number_has_a_fault(number: Any):
    data = complete(library.illustration(NAME))
    data["figures"][0]["legR"]["knee"] = number
    illustration, faults = drawings.read(data)
    assert illustration is None
    assert faults
    assert all(len(str(fault)) < 1000 for fault in faults)


@pytest.mark.parametrize("number", VALUES, ids=name_of)
def test_dosage_with_such_a_number_is_refused_by_its_field(number: Any):
    for field in ("hold_seconds", "repetitions", "sets"):
        with pytest.raises(DosageError) as refused:
            Dosage(**{"hold_seconds": 30, "repetitions": 2, field: number})
        assert refused.value.field == field
        assert len(refused.value.message) < 1000


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    with small_site.standing(django_db_blocker):
        yield


@pytest.fixture
def editor(everything: None, db: None) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(chief())
    return client


#: Where readers write numbers, and whether such a one is refused in words there or passed over.
ASKED = [
    ("/routines/calves/routine.ics", "weeks", 400),
    ("/routines/calves/routine.ics", "start", 400),
    ("/routines/calves/routine.ics", "time", 400),
    ("/routines/calves/handout.pdf", "ticks", 400),
    ("/exercises/", "page", 200),
    ("/routines/", "page", 200),
    ("/search/", "page", 200),
    ("/exercises/", "condition", 200),
    ("/exercises/", "region", 200),
    ("/exercises/wall-calf-stretch/card.png", "v", 200),
]


@pytest.mark.parametrize(("address", "field", "status"), ASKED)
def test_readers_number_is_refused_in_words_or_passed_over(
    everything: None, db: None, client: Client, address: str, field: str, status: int
):
    for number in [*WRITTEN, "٤٢", "²", "-1"]:
        answer = client.get(address, {field: number, "q": "calf"})
        assert answer.status_code == status, number
        if status == 400:
            assert f"<strong>{field}</strong>: " in answer.content.decode()


def test_dragged_handle_and_chosen_exercise(editor: Client):
    text = json.dumps(complete(library.illustration(NAME)))
    for number in WRITTEN:
        body = json.dumps({"text": text, "pose": "end", "handle": "handR"})[:-1] + f', "at": [0, {number}]}}'
        assert editor.post(reverse("figure_moved"), body, content_type="application/json").status_code == 400, number
    assert editor.get(reverse("sharing_make", args=[10**18])).status_code == 404


def test_editor_refuses_such_a_number_at_its_field(editor: Client):
    exercise = ExercisePage.objects.get()
    posted = page_as_posted(exercise, chief())
    for number in TYPED:
        answer = editor.post(edit_address(exercise), {**posted, "hold_seconds": number, "action-submit": "1"})
        assert "hold_seconds" in errors_of(answer), number


def test_editor_of_a_note_refuses_such_a_number_at_its_field(editor: Client):
    note = factories.note_at(NoteTarget(everywhere=True))
    edit = reverse(note.snippet_viewset.get_url_name("edit"), args=[note.pk])
    posted = filled_in(editor.get(edit).context["form"])
    add = reverse(note.snippet_viewset.get_url_name("add"))
    for number in TYPED:
        changed = {**posted, "dose_figure": "hold_seconds", "dose_least": "1", "dose_most": number}
        answer = editor.post(edit, {**changed, "action-submit": "1"})
        assert answer.status_code in {200, 409}, number
        assert editor.get(add, {"page": number}).status_code == 200, number


def test_version_that_was_opened_may_be_any_number(editor: Client):
    exercise = ExercisePage.objects.get()
    posted = page_as_posted(exercise, chief())
    for number in TYPED:
        answer = editor.post(edit_address(exercise), {**posted, "loaded_revision_id": number, "purpose": "Other"})
        assert answer.status_code == 409, number


def test_choosing_such_a_thing_is_answered(editor: Client):
    routine = RoutinePage.objects.get()
    posted = page_as_posted(routine, chief())
    answer = editor.post(edit_address(routine), {**posted, "items-0-exercise": "9" * 400, "action-submit": "1"})
    assert answer.status_code in {200, 400}


def test_link_is_not_given_with_such_a_number(editor: Client):
    give = reverse("sharing_make", args=[RoutinePage.objects.get().pk])
    page = editor.get(give)
    assert page.status_code == 200
    for field in ("days", "sessions_per_day"):
        for number in TYPED:
            answer = editor.post(give, {"sessions_per_day": "1", "days_per_week": "7", "days": "90", field: number})
            assert answer.status_code == 200, number
    assert not ShareLink.objects.exists()


@pytest.mark.parametrize(
    ("method", "address", "answered"),
    [("get", "/exercises/?page=" + "9" * 30, True), ("get", "/exercises/", False), ("post", "/admin/", False)],
)
def test_number_of_our_own_making_is_a_fault_of_ours(rf: RequestFactory, method: str, address: str, answered: bool):
    request = getattr(rf, method)(address, {"phone": "call 020 7946 0018"} if method == "post" else None)
    assert bool(refused(request, OverflowError("too large"))) == answered
