"""The model field of a figure: JSON that is entered with the pose editor and compared as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from wagtail.admin.compare import register_comparison_class

from figures.editor.comparison import FigureComparison
from figures.editor.forms import FigureFormField


class FigureField(models.JSONField):
    """A whole figure in the format of ``figures.engine.pose``, or nothing. In the database plain JSON."""

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """For migrations it is the JSON it is kept as: they need not know how it is entered."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.JSONField", arguments, options

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """The pose editor."""
        return super().formfield(**{"form_class": FigureFormField, **kwargs})


register_comparison_class(FigureField, comparison_class=FigureComparison)
