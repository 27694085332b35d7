"""What a device is told to keep of a sheet: everything it shows, each address once, and when the copy ends."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from clinical.safety.sheet import SheetPicture
from exercises.figure_sheet import FigureFrame, SheetFigure
from exercises.keeping import to_keep
from exercises.outputs.output import offline_paths
from exercises.outputs.registry import OUTPUTS
from exercises.sheet import Step
from routines.outputs.registry import OUTPUTS as OF_ROUTINES
from tests.pure_examples import exercise_sheet

BOX = (0, 0, 100, 100)
START = FigureFrame("start", "Start", "Standing", BOX, "a" * 20)
END = FigureFrame("end", "End", "Leaning", BOX, "b" * 20)
FIGURE = SheetFigure((START, END), BOX, strip="c" * 20)


def kept(*exercises, **facts):
    facts = {"title": "Calves", "language": "en-gb", "outputs": offline_paths(OUTPUTS), **facts}
    return json.loads(to_keep(exercises=exercises, **facts))


def test_the_page_its_follow_along_and_its_data_are_kept():
    assert kept()["addresses"] == ["./", "follow/", "sheet.json"]


def test_every_drawing_and_photo_is_kept_once():
    photo = SheetPicture("/media/calf.jpg", 10, 10)
    sheet = exercise_sheet(1, figure=FIGURE, steps=(Step("move", "Lean.", photo, START),), photo=photo)
    assert kept(sheet, sheet)["addresses"][3:] == [
        "/media/calf.jpg",
        f"/figures/{'a' * 20}.svg",
        f"/figures/{'b' * 20}.svg",
        f"/figures/{'c' * 20}.svg",
    ]


def test_the_drawings_of_the_other_side_are_kept_too():
    other = SheetFigure((FigureFrame("start", "Start", "Standing", BOX, "d" * 20),), BOX, side="left")
    sheet = exercise_sheet(1, figure=SheetFigure((START,), BOX, side="right", other=other))
    assert kept(sheet)["addresses"][3:] == [f"/figures/{'a' * 20}.svg", f"/figures/{'d' * 20}.svg"]


def test_the_handout_is_kept_where_there_is_one():
    outputs = offline_paths(OF_ROUTINES)
    assert kept(outputs=outputs)["addresses"] == ["./", "follow/", "sheet.json", "handout.pdf"]


def test_a_copy_of_a_shared_link_ends_with_the_link():
    assert kept(ends=datetime(2026, 12, 1, tzinfo=UTC))["endsAt"] == "2026-12-01T00:00:00+00:00"
    assert kept()["endsAt"] is None
