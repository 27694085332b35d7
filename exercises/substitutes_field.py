"""The model field of what may be taken instead of a thing: JSON that is typed in as a line for each thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.compare import TextFieldComparison, register_comparison_class

from clinical.words.exercising import Equipment
from clinical.words.legible import legible_line
from exercises.substitutes import MOST_LETTERS


class SubstitutesField(models.JSONField):
    """The substitutes of an exercise. In the database plain JSON; typed in as a line for each thing."""

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """For migrations it is the JSON it is kept as: they need not know how it is entered."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.JSONField", arguments, options

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """A line for each thing, compared with what is stored: the editor sends no hidden copy of what it was."""
        return super().formfield(**{"form_class": SubstitutesFormField, "show_hidden_initial": False, **kwargs})


class SubstitutesWidget(forms.MultiWidget):
    """A line for each thing of the vocabulary, under its name."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        line = forms.TextInput(attrs={"maxlength": MOST_LETTERS})
        super().__init__({thing.value: line for thing in Equipment}, attrs)

    def decompress(self, value: Any) -> list[str]:
        """What is written for each thing, in the vocabulary's order."""
        written = value if isinstance(value, dict) else {}
        return [str(written.get(thing.value, "")) for thing in Equipment]

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Each line in its label."""
        lines = self.get_context(name, value, attrs)["widget"]["subwidgets"]
        inputs = [
            forms.TextInput().render(line["name"], line["value"], {**line["attrs"], "id": line["attrs"].get("id")})
            for line in lines
        ]
        labelled = zip((thing.label for thing in Equipment), inputs, strict=True)
        return format_html_join("\n", "<p><label>{}: {}</label></p>", labelled)


class SubstitutesFormField(forms.MultiValueField):
    """Gives the mapping, without the things for which nothing was written."""

    widget = SubstitutesWidget

    def __init__(self, **kwargs: Any) -> None:
        for foreign in ("encoder", "decoder", "max_length"):
            kwargs.pop(foreign, None)
        lines = [
            forms.CharField(required=False, max_length=MOST_LETTERS, validators=[legible_line]) for _thing in Equipment
        ]
        super().__init__(fields=lines, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> dict[str, str]:
        """The mapping."""
        return {thing.value: words for thing, words in zip(Equipment, data_list, strict=False) if words}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared line by line."""
        return super().has_changed(SubstitutesWidget().decompress(initial), data)


class SubstitutesComparison(TextFieldComparison):
    """Two versions of the substitutes, line by line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.val_a: str = _as_text(self.val_a)
        self.val_b: str = _as_text(self.val_b)


def _as_text(value: Any) -> str:
    written = value if isinstance(value, dict) else {}
    return "\n".join(f"{thing.label}: {written[thing.value]}" for thing in Equipment if thing.value in written)


register_comparison_class(SubstitutesField, comparison_class=SubstitutesComparison)
