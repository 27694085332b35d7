"""Four foreign shapes are read in their own words, with licence and author; what prose says is suggested only."""

from __future__ import annotations

import pytest

from clinical.safety.made_from import Origin
from library.foreign.shapes import SHAPES
from library.foreign.suggesting import suggestions_in
from testing.foreign_samples import SAMPLES


@pytest.mark.parametrize("name", SHAPES)
def test_every_record_of_a_shape_is_read_with_its_words(name: str):
    found = SHAPES[name](SAMPLES[name](60))
    assert len(found) == 60
    assert len({each.key for each in found}) == 60
    for each in found:
        assert each.title
        assert each.steps == (
            "Stand beside a wall.",
            "Move slowly and hold for 20 seconds.",
            "Do 8 to 12 repetitions in 3 sets on each side.",
        )
        assert each.category
        assert each.origin.source == name


def test_licence_author_and_address_are_read_where_a_shape_has_them():
    origins = {name: SHAPES[name](SAMPLES[name](1))[0].origin for name in SHAPES}
    assert origins["exercemus"] == Origin(
        "exercemus", "https://github.com/exercemus/exercises", "A. Writer", "MU 1", "https://licence.example/1"
    )
    assert origins["wger"] == Origin(
        "wger", "https://wger.de/en/exercise/0/view/", "B. Author", "MU 2", "https://licence.example/2"
    )
    assert origins["free-exercise-db"].licence == "Unlicense"


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("data", [None, 1, "text", [], {}, [1, None], [{}], {"results": [{}], "data": [{}]}])
def test_a_file_of_another_shape_is_read_as_little_and_breaks_nothing(name: str, data: object):
    assert all(not each.title for each in SHAPES[name](data))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hold for 20 seconds.", {"hold_seconds": "20"}),
        ("Hold this position for 15-30 secs.", {"hold_seconds": "15", "hold_seconds_most": "30"}),
        ("Do 3 sets of 8 to 12 reps.", {"repetitions": "8", "repetitions_most": "12", "sets": "3"}),
        ("Repeat this ten times on the other leg.", {"repetitions": "10", "laterality": "unilateral"}),
        ("Alternate legs.", {"laterality": "alternating"}),
        ("Bend both knees.", {"laterality": "bilateral"}),
        ("Use a 20 kg plate for a second.", {}),
    ],
)
def test_dose_and_side_are_found_in_prose_with_the_words_they_were_found_in(text: str, said: dict[str, str]):
    found = suggestions_in(text)
    assert {each.field: each.value for each in found} == said
    assert all(each.words in text for each in found)
