"""Drawings are made when an exercise is published, kept under their fingerprint, and never made twice."""

from __future__ import annotations

from collections import OrderedDict
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from clinical.models import PublishRefused
from exercises import drawings
from exercises.choices import Laterality
from exercises.models import ExercisePage, redrawing
from figures.engine import fingerprint, library, render, validation
from figures.engine.fingerprint import uid_of
from testing import factories
from tests import full_disk
from tests.exercises.illustrated import figure_of, forbid_drawing, names_in, ready_of


def test_publishing_draws_start_end_and_movement_for_either_side(exercise: ExercisePage):
    ready = ready_of(exercise)
    assert ready["drawn"] == "right"
    assert set(ready["variants"]) == {"right", "left"}
    assert len(names_in(ready)) == 6
    assert all(drawings.stored(name) for name in names_in(ready))


def test_exercise_of_both_sides_at_once_is_drawn_as_it_is(exercise: ExercisePage):
    exercise.laterality = Laterality.BILATERAL
    assert list(ready_of(exercise)["variants"]) == [""]


def test_other_side_is_drawn_and_told_mirrored(exercise: ExercisePage):
    right, left = (ready_of(exercise)["variants"][side] for side in ("right", "left"))
    assert (right["felt"], left["felt"]) == ("right calf", "left calf")
    end, other = right["frames"][-1], left["frames"][-1]
    for words, said in (("right leg straight", end), ("left knee bent", end), ("left leg straight", other)):
        assert words in said["alt"]
    assert "right leg straight" not in other["alt"]
    assert other["box"][2:] == pytest.approx(end["box"][2:], abs=2)
    assert other["box"][0] == pytest.approx(-end["box"][0] - end["box"][2], abs=2)


def test_drawing_once_kept_is_not_drawn_again(exercise: ExercisePage, monkeypatch: pytest.MonkeyPatch):
    before = ready_of(exercise)
    forbid_drawing(monkeypatch)
    assert ready_of(exercise) == before


@pytest.mark.parametrize("broken", ["", "<svg viewBox='0 0 1 1'><path d='M0"], ids=["lost", "half written"])
def test_drawing_that_is_lost_or_broken_is_drawn_again(exercise: ExercisePage, broken: str):
    name = min(names_in(ready_of(exercise)))
    whole = drawings.stored(name)
    default_storage.delete(f"figures/{name}.svg")
    if broken:
        default_storage.save(f"figures/{name}.svg", ContentFile(broken.encode()))
    assert drawings.stored(name) is None
    call_command("draw_figures", stdout=StringIO())
    assert drawings.stored(name) == whole


def test_new_engine_gives_new_drawings_and_keeps_the_old(exercise: ExercisePage, monkeypatch: pytest.MonkeyPatch):
    old = names_in(ready_of(exercise))
    drawings._variants.cache_clear()
    monkeypatch.setattr(fingerprint, "RENDERER_VERSION", 999)
    told = StringIO()
    call_command("draw_figures", stdout=told)
    drawings._variants.cache_clear()
    new = names_in(ExercisePage.objects.get().figure_ready)
    assert not old & new
    assert all(drawings.stored(name) for name in old | new)
    assert "1 of 1 exercises show new drawings" in told.getvalue()


def test_figure_taken_away_is_shown_no_more(exercise: ExercisePage):
    ready_of(exercise)
    exercise.figure = None
    factories.publish(exercise)
    assert ExercisePage.objects.get().figure_ready == {}


def test_drawing_too_heavy_for_a_page_is_refused(exercise: ExercisePage, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(validation, "MOST_BYTES", 9 * 1024)
    exercise.figure = figure_of()
    with pytest.raises(PublishRefused, match=r"end, drawing: it has .* bytes; at most 9216"):
        exercise.save()


@pytest.mark.parametrize("theme", ["light", "dark", "print", "grey"])
def test_kept_drawing_in_other_colours_is_what_would_have_been_drawn(exercise: ExercisePage, theme: Any):
    frame = ready_of(exercise)["variants"]["right"]["frames"][-1]
    illustration = library.illustration("wall-calf-stretch")
    drawn = render.draw(illustration, "end", theme, uid_of(frame["fingerprint"])).svg()
    assert redrawing.drawing(frame["fingerprint"], theme) == drawn


def test_what_storage_would_not_take_is_drawn_once_and_kept_as_soon_as_it_will(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(drawings, "_not_kept", OrderedDict())
    monkeypatch.setattr(drawings, "MOST_NOT_KEPT", 2)
    folder, drawn = full_disk.use(settings, tmp_path), []

    def draw() -> str:
        drawn.append(1)
        return "<svg></svg>"

    full_disk.give_room(0)
    assert [drawings.kept("a", draw) for _reader in range(3)] == ["<svg></svg>"] * 3
    assert len(drawn) == 1
    full_disk.give_room(None)
    assert drawings.kept("a", draw) == "<svg></svg>"
    assert ((folder / "figures" / "a.svg").read_text(), len(drawn)) == ("<svg></svg>", 1)
    full_disk.give_room(0)
    for name in ("b", "c", "d"):
        drawings.kept(name, draw)
    assert list(drawings._not_kept) == ["c", "d"]
