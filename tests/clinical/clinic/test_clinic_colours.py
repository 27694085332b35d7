"""A clinic's colour is taken only where it can be read, and the refusal says by how much it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from clinical.clinic.clinic_colours import (
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    ON_DARK,
    ON_LIGHT,
    OWN_DARK,
    OWN_LIGHT,
    STOP_ON_DARK,
    STOP_ON_LIGHT,
    check_on_dark,
    check_on_light,
    contrast,
    difference,
    style_sheet,
)


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("check", "colour"), [(check_on_light, "#7a1f5c"), (check_on_dark, "#F2B8DC")])
def test_colour_that_can_be_read_is_taken(check: Callable[[str], None], colour: str):
    check(colour)


@pytest.mark.parametrize(
    ("check", "colour", "said"),
    [
        (check_on_light, "#767676", "Too faint on light pages: 4.0 to 1; at least 4.5 is needed."),
        (check_on_light, "#ffd54a", "Too faint on light pages: 1.2 to 1; at least 4.5 is needed."),
        (check_on_dark, "#0b6660", "Too faint on dark pages: 2.0 to 1; at least 4.5 is needed."),
        (check_on_light, "teal", "such as #0b6660"),
        (check_on_light, "#0b6660;}", "such as #0b6660"),
    ],
)
def test_colour_that_cannot_be_read_is_refused_with_the_figure(check: Callable[[str], None], colour: str, said: str):
    with pytest.raises(ValidationError) as refusal:
        check(colour)
    assert said in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("check", "colour", "said"),
    [
        (check_on_light, "#b3261e", "on light pages: it differs by 0.00 (OKLab), and at least 0.08 is needed."),
        (check_on_light, "#B00020", "on light pages: it differs by 0.03 (OKLab), and at least 0.08 is needed."),
        (check_on_light, "#9a1b1e", "Red is for warnings alone."),
        (check_on_light, "#800000", "Red is for warnings alone."),
        (check_on_dark, "#ff9d92", "on dark pages: it differs by 0.00 (OKLab), and at least 0.08 is needed."),
        (check_on_dark, "#ffa07a", "Red is for warnings alone."),
    ],
)
def test_colour_like_that_of_stop_is_refused_with_the_figure(check: Callable[[str], None], colour: str, said: str):
    with pytest.raises(ValidationError) as refusal:
        check(colour)
    assert "Too like the red that says “Stop”" in refusal.value.messages[0]
    assert said in refusal.value.messages[0]


def test_difference_of_colours_is_that_of_oklab():
    assert difference("#000000", "#ffffff") == pytest.approx(1, abs=1e-6)
    # The primaries as CSS Color Module Level 4 has them in OKLab: red 0.628 0.225 0.126, blue 0.452 -0.032 -0.312.
    assert difference("#ff0000", "#0000ff") == pytest.approx(0.537, abs=0.001)
    check_on_light(OWN_LIGHT[0])
    check_on_dark(OWN_DARK[0])


def test_grounds_and_own_colours_are_those_of_the_pages():
    css = (settings.BASE_DIR / "stretchsite/static/stretchsite/css/foundation.css").read_text(encoding="utf-8")
    written = re.sub(r"#fff\b", "#ffffff", css)
    tokens = dict(re.findall(r"--([a-z-]+): light-dark\((#\w+, #\w+)\)", written))
    pairs = [tuple(tokens[name].split(", ")) for name in ("paper", "surface", "sunk", "stage")]
    assert list(zip(LIGHT_GROUNDS, DARK_GROUNDS, strict=True)) == pairs
    assert tokens["primary"] == f"{OWN_LIGHT[0]}, {OWN_DARK[0]}"
    assert tokens["primary-hover"] == f"{OWN_LIGHT[1]}, {OWN_DARK[1]}"
    assert [tokens["stop"], tokens["emergency"].partition(",")[0]] == [
        f"{STOP_ON_LIGHT[0]}, {STOP_ON_DARK[0]}",
        STOP_ON_LIGHT[1],
    ]
    assert tokens["on-primary"] == f"{ON_LIGHT}, {ON_DARK}"


def test_no_colour_of_safety_and_no_ring_changes():
    sheet = style_sheet("#7a1f5c", "#f2b8dc")
    assert set(re.findall(r"--[a-z-]+", sheet)) == {"--primary", "--primary-hover"}
    light, dark = re.search(r"--primary-hover: light-dark\((#\w+), (#\w+)\)", sheet).groups()
    check_on_light(light)
    check_on_dark(dark)
