"""The form field of a figure: text that is no figure is refused by limb and kept; the editor is over it."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms

from exercises.models import ExercisePage
from figures.editor.controls import Control
from figures.editor.forms import FigureFormField, gallery
from figures.editor.limb_controls import sections
from figures.editor.preview import MOST_CHARACTERS, complete, read_text
from figures.editor.things import CAMERAS, HAIR, MODELS, MUSCLES, arrow, camera, person, props
from figures.engine import library, models, muscles
from figures.engine.pose import Arrow, Illustration
from figures.fields import FigureField

NAME = "lying-hamstring-stretch"


class FigureForm(forms.Form):
    figure = FigureFormField(required=False)


def library_data(name: str = NAME) -> dict[str, Any]:
    return complete(library.illustration(name))


def refusals(text: str) -> list[str]:
    form = FigureForm({"figure": text})
    assert not form.is_valid()
    return list(form.errors["figure"])


def test_nothing_is_no_figure():
    for text in ("", "  \n"):
        form = FigureForm({"figure": text})
        assert form.is_valid()
        assert form.cleaned_data["figure"] is None


@pytest.mark.parametrize("name", library.names())
def test_every_library_pose_is_taken_as_it_is(name: str):
    data = library_data(name)
    form = FigureForm({"figure": json.dumps(data)}, initial={"figure": data})
    assert form.is_valid()
    assert form.cleaned_data["figure"] == data
    assert not form.has_changed()
    assert Illustration.model_validate(form.cleaned_data["figure"]) == library.illustration(name)


def test_a_text_that_is_no_json_is_refused_with_the_place_and_kept_as_typed():
    text = '{"v": 1,\n "figures": [oops]}'
    form = FigureForm({"figure": text})
    assert not form.is_valid()
    assert "line 2" in form.errors["figure"][0]
    assert "[oops]" in form["figure"].as_widget()


def test_a_figure_with_a_wrong_limb_is_refused_by_the_limb_and_kept_as_typed():
    data = library_data()
    data["figures"][1]["legR"]["knee"] = "straight"
    text = json.dumps(data)
    assert any("right leg" in refusal for refusal in refusals(text))
    typed = json.dumps(data, indent=3)
    assert FigureForm({"figure": typed})["figure"].value() == typed


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "9" * 6_000,
        '{"v": 1e999}',
        '{"id": "\\u0000"}',
        '{"id": "\\ud800"}',
        "null",
        "[]",
        '"figure"',
        "NaN",
        " " * (MOST_CHARACTERS + 1) + "{}",
    ],
    ids=["deep", "long number", "endless", "nothing", "half a letter", "null", "list", "text", "NaN", "long"],
)
def test_whatever_is_typed_is_refused_and_never_breaks(text: str):
    assert refusals(text)


def test_a_draft_may_hold_a_joint_that_goes_too_far():
    data = library_data()
    data["figures"][1]["legR"]["knee"] = 150
    assert FigureForm({"figure": json.dumps(data)}).is_valid()
    assert "the knee is bent" in str(read_text(json.dumps(data))[1][0])


def test_the_page_has_the_editor_and_its_migrations_know_plain_json():
    field = ExercisePage._meta.get_field("figure")
    assert isinstance(field, FigureField)
    assert isinstance(field.formfield(), FigureFormField)
    assert field.deconstruct()[1] == "django.db.models.JSONField"


class Labels(HTMLParser):
    """Inputs without a name that is read aloud, and ids used twice, in what a browser would be sent."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.inputs: list[dict[str, str | None]] = []
        self.inside_label = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "label":
            self.inside_label += 1
            self.labelled.add(given.get("for") or "")
        if tag in ("input", "select", "textarea"):
            self.inputs.append({**given, "wrapped": "yes" if self.inside_label else ""})

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self.inside_label -= 1


def test_every_input_of_the_editor_has_a_label():
    said = Labels(FigureForm(auto_id="id_%s")["figure"].as_widget())
    nameless = [
        given
        for given in said.inputs
        if not (given["wrapped"] or given.get("aria-labelledby") or given.get("id") in said.labelled)
        and given.get("name") != "figure"
    ]
    assert len(said.inputs) > 150
    assert nameless == []


def test_only_the_text_area_is_sent_with_the_form():
    said = Labels(FigureForm(auto_id="id_%s")["figure"].as_widget())
    assert [given["name"] for given in said.inputs if given.get("name")] == ["figure"]


def controls_of_a_pose() -> list[Control]:
    return [control for section in sections() for cluster in section.clusters for control in cluster.controls]


def test_controls_lead_to_what_the_format_has():
    """Each path is found in a figure that has everything, so no control changes nothing."""
    seen: set[str] = set()
    for name in library.names():
        for pose in library_data(name)["figures"]:
            seen |= paths(pose)
    optional = {"anchor/axes", "anchor/point"}
    missing = {control.path.split("#")[0] for control in controls_of_a_pose()} - seen - optional
    assert {path for path in missing if not path.startswith(("anchor", "legL/kneel", "legR/kneel"))} <= {
        f"{limb}/{part}"
        for limb in ("armR", "armL", "legR", "legL")
        for part in ("sh/0", "sh/1", "sh/2", "hip/0", "hip/1", "hip/2", "to", "to/0", "to/1", "to/2")
    }


def paths(data: Any, before: str = "") -> set[str]:
    """All paths in some data."""
    if isinstance(data, dict | list):
        steps = data.items() if isinstance(data, dict) else enumerate(data)
        found = {path for step, part in steps for path in paths(part, f"{before}{step}/")}
        return found | ({before.rstrip("/")} if before else set())
    return {before.rstrip("/")}


def test_choices_are_those_of_the_engine():
    assert [name for name, _ in MODELS] == list(models.MODELS)
    assert {name for name, _ in MUSCLES} == set(muscles.REGIONS)
    assert {name for name, _ in HAIR} == {"", "short", "bun", "long", "bald", "headscarf"}
    base = library_data()
    for _name, _words, yaw, pitch in CAMERAS:
        Illustration.model_validate({**base, "view": {"yaw": yaw, "pitch": pitch}})
    assert {control.path for control in (*camera().controls, *person().controls)} == {
        "view/yaw", "view/pitch", "view/near", "model", "hair", "glasses", "build",
    }  # fmt: skip


def test_every_thing_that_can_be_added_can_be_drawn():
    base = library_data()
    for thing in props():
        _, faults = read_text(json.dumps({**base, "props": [*base["props"], thing.preset]}))
        assert {control.path.split("/")[0] for control in thing.controls} <= set(thing.preset)
        assert all(fault.limb != "props" for fault in faults)
    Arrow.model_validate(arrow().preset)


def test_the_gallery_shows_the_whole_library_by_name():
    assert [pose["name"] for pose in gallery()] == library.names()
    lying = next(pose for pose in gallery() if pose["name"] == NAME)
    assert lying["title"] == "Lying hamstring stretch"
    assert "lying on the back" in lying["words"]
