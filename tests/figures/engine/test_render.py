"""What is written: whole, themed without style, named without clashes, and the same person in every theme."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from figures.engine import library, render, strip
from figures.engine.mirror import mirrored
from figures.engine.palette import PAINTS, Palette, Theme, grey_of
from figures.engine.pose import Illustration
from tests.figures.engine.examples import drawn, standing
from tests.figures.page_colours import properties

NAMES = library.names()
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_has_no_style_no_script_and_no_address(name: str):
    text = drawn(name).svg("Title", "Description")
    assert not re.search(r"style|<script|javascript|https?://(?!www\.w3\.org/2000/svg)|\son\w+=", text)


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_well_formed_and_its_references_lead_somewhere(name: str):
    root = ElementTree.fromstring(drawn(name).svg("T", "D"))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(str(found).split("-")[0] == "f" for found in ids)
    used = {str(element.get("href"))[1:] for element in root.iter(f"{SVG}use")}
    used |= {found for element in root.iter() for found in re.findall(r"url\(#(.+?)\)", element.get("clip-path", ""))}
    assert used <= set(ids)


def test_paths_are_whole_numbers():
    for path in re.findall(r' d="([^"]+)"', render.draw(library.illustration("squat"), "end").svg()):
        assert "." not in path


def test_a_titled_drawing_is_read_aloud_and_an_untitled_one_is_not():
    drawing = render.draw(library.illustration("squat"), "end", uid="q")
    spoken = ElementTree.fromstring(drawing.svg("Squat <low>", "Knees & hips bent"))
    assert spoken.get("role") == "img"
    assert spoken.get("aria-labelledby") == "q-t q-d"
    assert [spoken.findtext(f"{SVG}{tag}") for tag in ("title", "desc")] == ["Squat <low>", "Knees & hips bent"]
    silent = ElementTree.fromstring(drawing.svg())
    assert silent.get("aria-hidden") == "true"
    assert silent.get("role") is None


def test_a_themed_drawing_names_properties_with_the_light_colour_behind_them():
    themed = render.draw(library.illustration("squat"), "end").markup
    light = render.draw(library.illustration("squat"), "end", "light").markup
    assert re.sub(r"var\(--fg-[a-z0-9-]+,(#[0-9a-f]{6})\)", r"\1", themed) == light
    assert "var(" not in light


@pytest.mark.sampled(20)
@pytest.mark.parametrize("theme", ["light", "dark", "print", "grey"])
@pytest.mark.parametrize("name", NAMES)
def test_a_theme_uses_only_its_colours(name: str, theme: Theme):
    palette = Palette(theme)
    markup = drawn(name, "end", theme).markup
    assert set(re.findall(r'(?:fill|stroke)="(#[^"]+)"', markup)) <= {palette[paint] for paint in PAINTS}


def test_grey_keeps_the_muscle_lighter_than_the_leggings():
    muscle, leggings = (int(grey_of(PAINTS[name].light)[1:3], 16) for name in ("muscle-inner", "leggings"))
    assert muscle - leggings > 80


def test_the_dark_page_sets_only_what_differs():
    dark = properties("dark")
    assert dark["--fg-leggings"] == "#3d5768"
    assert "--fg-tee" not in dark
    assert properties("print") == {"--fg-muscle-inner": "#ffeadf"}


def test_muscles_and_arrows_belong_to_the_last_pose():
    calf = library.illustration("wall-calf-stretch")
    coral, arrow = PAINTS["muscle"].light, PAINTS["arrow"].light
    start, end = (render.draw(calf, key, "light").markup for key in ("start", "end"))
    assert coral in end
    assert arrow in end
    assert coral not in start
    assert arrow not in start


def test_a_muscle_of_the_far_leg_is_not_shown():
    data = standing()
    data["muscles"] = [{"name": "hamstrings", "side": "L"}]
    assert PAINTS["muscle"].light not in render.draw(Illustration.model_validate(data), "start", "light").markup


@pytest.mark.sampled(7)
@pytest.mark.parametrize("name", NAMES)
def test_the_other_side_shows_the_same_muscles(name: str):
    other = render.draw(mirrored(library.illustration(name)), "end")
    coral = PAINTS["muscle"].light
    assert drawn(name).markup.count(coral) == other.markup.count(coral)


def test_the_other_side_is_drawn_anew_as_wide_as_the_first():
    calf = library.illustration("wall-calf-stretch")
    box, other = render.draw(calf, "end").box, render.draw(mirrored(calf), "end").box
    assert abs(box[2] - other[2]) <= 8
    assert abs((box[0] + box[2]) + other[0]) <= 8, "it faces the other way"


@pytest.mark.sampled(12)
@pytest.mark.parametrize("yaw", [0, 45, 90, 180, -90])
@pytest.mark.parametrize("model", [f"m{i}" for i in range(8)])
def test_every_model_can_be_drawn_from_every_side(model: str, yaw: int):
    data = standing()
    data["model"], data["view"] = model, {"yaw": yaw, "pitch": 8}
    assert render.draw(Illustration.model_validate(data), "start").box[3] > 900


def test_hair_and_build_can_be_chosen_apart_from_the_model():
    plain, larger = standing(), standing()
    larger["build"], larger["hair"], larger["glasses"] = "larger", "headscarf", True
    one, two = (render.draw(Illustration.model_validate(data), "start", "light") for data in (plain, larger))
    assert two.box[2] > one.box[2]
    assert PAINTS["scarf"].light in two.markup


def test_frames_of_a_strip_share_one_box_and_only_the_first_is_shown():
    squat = library.illustration("squat")
    drawings = strip.strip(squat)
    assert len({drawing.box for drawing in drawings}) == 1
    text = strip.strip_svg(squat)
    assert text.count('visibility="hidden"') == len(drawings) - 1
    assert text.index('id="s0"') < text.index('visibility="hidden"')


def test_a_drawing_that_is_used_from_elsewhere_has_the_id_to_ask_for():
    assert render.draw(library.illustration("squat"), "end", uid="f").markup.startswith('<g id="f"')
