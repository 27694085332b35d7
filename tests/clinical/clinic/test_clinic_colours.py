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
    check_on_dark,
    check_on_light,
    contrast,
    is_red,
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
    ("check", "colour", "pages"),
    [
        *((check_on_light, colour, "light") for colour in ("#b3261e", "#B00020", "#9a1b1e", "#800000", "#7a1f1f")),
        *((check_on_dark, colour, "dark") for colour in ("#ff9d92", "#ffa07a", "#ff6b6b", "#ff6655", "#ff7070")),
    ],
)
def test_a_red_is_refused(check: Callable[[str], None], colour: str, pages: str):
    with pytest.raises(ValidationError) as refusal:
        check(colour)
    assert f"Too like the red of “Stop” on {pages} pages" in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("check", "colour"),
    [(check_on_light, "#8a1538"), (check_on_light, "#92400e"), (check_on_dark, "#f4a261"), (check_on_dark, "#ff8fab")],
)
def test_claret_orange_and_pink_are_no_reds(check: Callable[[str], None], colour: str):
    check(colour)


def test_what_says_stop_is_a_red_and_the_sites_own_colours_are_none():
    css = (settings.BASE_DIR / "stretchsite/static/stretchsite/css/foundation.css").read_text(encoding="utf-8")
    for name in ("stop", "emergency"):
        light, dark = re.findall(rf"--{name}: light-dark\((#\w+), (#\w+)\)", css)[0]
        assert is_red(light)
        assert is_red(dark) or name == "emergency"
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
    assert tokens["on-primary"] == f"{ON_LIGHT}, {ON_DARK}"


def test_no_colour_of_safety_and_no_ring_changes():
    sheet = style_sheet("#7a1f5c", "#f2b8dc")
    assert set(re.findall(r"--[a-z-]+", sheet)) == {"--primary", "--primary-hover"}
    light, dark = re.search(r"--primary-hover: light-dark\((#\w+), (#\w+)\)", sheet).groups()
    check_on_light(light)
    check_on_dark(dark)
