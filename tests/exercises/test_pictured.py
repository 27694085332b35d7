"""A figure that begins otherwise than its exercise does is refused, in words that say what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import yaml

from clinical.words.choices import StartingPosition
from exercises.pictured import SHOWN_AS, fits_a_position
from figures.engine import library
from figures.engine.mirror import mirrored
from figures.engine.posture import Held, posture_of
from testing import factories

EXERCISES = Path(__file__).resolve().parents[2] / "library" / "starter" / "exercises"
NAMED = {
    path.stem: record
    for path in sorted(EXERCISES.glob("*.yaml"))
    if isinstance((record := yaml.safe_load(path.read_text(encoding="utf-8"))).get("figure"), str)
}


def test_every_position_says_how_it_may_be_shown_and_every_posture_is_some_position():
    assert set(SHOWN_AS) == set(StartingPosition.values)
    assert {held for shown in SHOWN_AS.values() for held in shown} == set(get_args(Held))


@pytest.mark.parametrize("name", NAMED)
def test_every_exercise_of_the_starter_library_begins_as_its_figure_does(name: str):
    record = NAMED[name]
    illustration = library.illustration(record["figure"])
    positions = record["position"] if isinstance(record["position"], list) else [record["position"]]
    for side in (illustration, mirrored(illustration)):
        assert fits_a_position(side.figures[0], positions), posture_of(side.figures[0])


@pytest.mark.parametrize(
    ("name", "held", "words"),
    [
        ("base-side-lying", "side_lying", "Lying on the left side"),
        ("base-all-fours", "four_point_kneeling", "On hands and knees"),
        ("base-wheelchair", "wheelchair", "Sitting in a wheelchair"),
        ("chair-march", "sitting", "Sitting on a chair"),
        ("bed-heel-slides", "in_bed", "Lying on the back in bed"),
        ("plank", "prone", "Lying on the front"),
    ],
)
def test_posture_is_told_from_the_geometry(name: str, held: str, words: str):
    assert posture_of(library.illustration(name).figures[0]) == (held, words)


def test_a_position_not_chosen_yet_fits_any_figure():
    assert fits_a_position(library.illustration("plank").figures[0], [""])


def test_exercise_whose_figure_shows_another_position_is_refused(exercise_index: object):
    figure = library.illustration("knee-to-chest").model_dump(mode="json", by_alias=True, exclude_none=True)
    draft = factories.draft_exercise(figure=figure, starting_position="standing", other_positions=("sitting",))
    (told,) = draft.clinical_refusal()["figure"]
    assert told == (
        "The figure begins like this: Lying on the back. The position is “Standing or sitting on a chair”. "
        "Change one of the two."
    )
    draft.starting_position = "supine"
    assert "figure" not in draft.clinical_refusal()
