"""X4: nobody waits for a drawing. Previews take no turn; what will go live is drawn before its page takes one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.storage import InMemoryStorage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from clinical import middleware
from clinical.background import queue, worker
from clinical.models import User
from clinical.serving import before_locking
from exercises import drawings
from exercises.models import ExercisePage
from figures.editor.preview import complete
from figures.engine import library
from testing import factories
from testing.editor import edit_address, page_as_posted
from tests.clinical.background.test_mail_later import LATER

FIGURE = complete(library.illustration("wall-calf-stretch"))


@pytest.fixture
def writer(client: Client, exercise: ExercisePage) -> Client:
    client.force_login(User.objects.create_superuser("writer"))
    return client


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happened in which order: turns of the middleware, and drawings that were made. None was made before."""
    happened: list[str] = []
    take, draw = middleware.write_lock, drawings.render.draw
    monkeypatch.setattr(drawings, "default_storage", InMemoryStorage())
    monkeypatch.setattr(middleware, "write_lock", lambda **k: happened.append("turn") or take(**k))
    monkeypatch.setattr(drawings.render, "draw", lambda *a, **k: happened.append("drawing") or draw(*a, **k))
    return happened


def with_figure(page: ExercisePage) -> dict[str, Any]:
    draft = ExercisePage.objects.get(pk=page.pk)
    return {**page_as_posted(draft, User.objects.get(username="writer")), "figure": json.dumps(FIGURE)}


def test_figure_of_a_page_that_goes_live_is_drawn_before_its_turn(
    writer: Client, exercise: ExercisePage, turns: list[str], everything_is_approved: None
):
    answer = writer.post(edit_address(exercise), {**with_figure(exercise), "action-publish": "1"})
    assert answer.status_code == 302
    assert turns.index("turn") == turns.count("drawing") > 1
    assert ExercisePage.objects.get(pk=exercise.pk).figure_ready


def test_draft_draws_nothing(writer: Client, exercise: ExercisePage, turns: list[str]):
    assert writer.post(edit_address(exercise), with_figure(exercise)).status_code == 302
    assert turns == ["turn"]


@pytest.mark.parametrize(
    "sent",
    ["", "{", "[" * 100_000, "[]", "null", '{"figures": 3}'],
    ids=["nothing", "brace", "deep", "list", "null", "number"],
)
def test_figure_that_is_none_is_refused_at_its_field_as_ever(
    writer: Client, exercise: ExercisePage, turns: list[str], sent: str
):
    answer = writer.post(edit_address(exercise), {**with_figure(exercise), "action-publish": "1", "figure": sent})
    assert answer.status_code in {200, 302}
    assert "drawing" not in turns


def test_nothing_is_prepared_for_a_stranger_and_no_failure_of_it_is_felt(rf: Any, db: None):
    called: list[str] = []

    def fails(_request: Any) -> None:
        called.append("")
        raise OSError("no space left")

    before_locking.register_preparation(fails)
    try:
        for user in (factories.UserFactory.create(username="x"), User.objects.create_superuser("y")):
            request = rf.post("/admin/")
            request.user = user
            before_locking.prepare(request)
    finally:
        before_locking._preparations.remove(fails)
    assert called == [""]


def test_previews_take_no_turn(writer: Client, turns: list[str], routine: Any):
    asked = json.dumps({"text": json.dumps(FIGURE)})
    assert writer.post(reverse("figure_preview"), asked, content_type="application/json").status_code == 200
    assert writer.post(reverse("sharing_make", args=[routine.pk]), {"preview": "1"}).status_code == 200
    assert "turn" not in turns


def test_worker_draws_anew_what_a_page_shows_and_leaves_a_newer_page_alone(
    exercise: ExercisePage, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    settings.TASKS = LATER
    ExercisePage.objects.filter(pk=exercise.pk).update(figure=FIGURE, figure_ready={})
    call_command("draw_figures", "--later")
    call_command("draw_figures", "--later")
    worker.attempt(queue.claim("a worker"))
    assert ExercisePage.objects.get(pk=exercise.pk).figure_ready["variants"]

    ExercisePage.objects.filter(pk=exercise.pk).update(figure_ready={})
    make = ExercisePage.make_figure_ready

    def published_meanwhile(page: ExercisePage) -> None:
        make(page)
        ExercisePage.objects.filter(pk=page.pk).update(live_revision=page.save_revision(), figure_ready={"newer": 1})

    monkeypatch.setattr(ExercisePage, "make_figure_ready", published_meanwhile)
    worker.attempt(queue.claim("a worker"))
    assert ExercisePage.objects.get(pk=exercise.pk).figure_ready == {"newer": 1}
    assert {task.status for task in DBTaskResult.objects.all()} == {"SUCCESSFUL"}
