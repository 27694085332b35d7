"""The form field of a figure: a text of JSON, with the pose editor over it where there is JavaScript."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from figures.editor import things
from figures.editor.controls import SIDES, SUPPORTS
from figures.editor.limb_controls import sections
from figures.editor.preview import NotAFigure, complete, read_text, thumbnail_name
from figures.engine import library
from figures.engine.words import alternative_text

TEMPLATE = "figures/editor/editor.html"
#: How many faults of a text are said at the field; those behind them are seldom more than their echo.
MOST_FAULTS = 6


class TypedText(str):
    """What somebody typed that is no figure: shown again as it was."""


class FigureEditor(forms.Textarea):
    """A plain text area without JavaScript; with it, a gallery of poses, controls and a preview drawn by the server."""

    class Media:
        css = {"all": ["figures/editor/editor.css"]}
        js = [Script("figures/editor/editor.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 14, "spellcheck": "false", "autocomplete": "off", **(attrs or {})})

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The text area, and round it everything the script needs; the script shows it."""
        written = super().render(name, value, attrs, renderer)
        ident = (attrs or {}).get("id") or f"id_{name}"
        return render_to_string(TEMPLATE, {"textarea": written, "id": ident, **editor_context()})


def editor_context() -> dict[str, Any]:
    """What the editor's template shows."""
    return {
        "gallery": gallery(),
        "sections": sections(),
        "supports": SUPPORTS,
        "sides": SIDES.items(),
        "cameras": things.CAMERAS,
        "camera": things.camera(),
        "person": things.person(),
        "muscles": things.MUSCLES,
        "props": things.props(),
        "arrow": things.arrow(),
    }


@cache
def gallery() -> tuple[dict[str, str], ...]:
    """The poses of the library: what each is called, its words for the search, and what names its picture."""
    cards = []
    for name in library.names():
        illustration = library.illustration(name)
        last = illustration.figures[-1]
        title = name.replace("-", " ").capitalize()
        words = " ".join(
            (title, *(pose.label for pose in illustration.figures), alternative_text(illustration, last.key))
        )
        cards.append({"name": name, "title": title, "words": words.lower(), "picture": thumbnail_name(name)})
    return tuple(cards)


class FigureFormField(forms.JSONField):
    """Takes the text of a figure and gives its data, complete. Refuses by limb what cannot be drawn.

    Joints and contacts that a live page may not have are the publish gate's business: a draft may hold them.
    """

    widget = FigureEditor

    def to_python(self, value: Any) -> Any:
        """The figure's data; ``ValidationError`` names the limb and says what may stand there."""
        if self.disabled or value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        try:
            illustration, _faults = read_text(value if isinstance(value, str) else json.dumps(value))
        except NotAFigure as error:
            raise ValidationError([_sentence(str(fault)) for fault in error.faults[:MOST_FAULTS]]) from error
        return complete(illustration)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, as it was typed: a refused text is shown again, not a tidied one."""
        return initial if self.disabled else TypedText(data or "")

    def prepare_value(self, value: Any) -> str:
        """The text of a figure; nothing when there is none."""
        if isinstance(value, TypedText):
            return value
        return "" if value is None else json.dumps(value, indent=1, ensure_ascii=False)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the figure is another, not only written in another way."""
        try:
            return bool(self.to_python(data) != self.to_python(initial))
        except ValidationError:
            return True


def _sentence(fault: str) -> Any:
    """A fault as it stands at the field."""
    return _("This figure cannot be drawn. %(fault)s.") % {"fault": fault}
