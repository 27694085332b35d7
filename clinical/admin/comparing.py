"""What changed in a field, in words: for whoever approves it, and wherever two versions stand side by side.

The platform shows what is stored: "None20" for a figure that was empty, "buttockfront_thigh" for a choice of several.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, ForeignObjectComparison, TextDiff, register_comparison_class

from clinical.words.fields import ChoiceSetField


class ValueComparison(FieldComparison):
    """A figure, a day, or something that holds or does not: what it was, then what it is; nothing for what is empty."""

    def htmldiff(self) -> str:
        """What was and what is; once where it is the same."""
        before, after = self.in_words(self.val_a), self.in_words(self.val_b)
        if before == after:
            return escape(after)
        said = [(kind, words) for kind, words in (("deletion", before), ("addition", after)) if words]
        return str(TextDiff(said, separator=" ").to_html())

    def in_words(self, value: Any) -> str:
        """A value as people say it."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return date_format(value, "j F Y") if isinstance(value, date) else str(value)


class ChoiceSetComparison(ValueComparison):
    """Several of a vocabulary, by their labels."""

    def in_words(self, value: Any) -> str:
        """All of them, in order."""
        return ", ".join(words for _value, words in self.field.labels(value or ()))


class NamedComparison(ForeignObjectComparison):
    """What a field refers to, by name; nothing where it refers to nothing."""

    def htmldiff(self) -> str:
        """As the platform has it, but for its "None"."""
        return str(super().htmldiff()) if any(self.get_objects()) else ""


def compare_in_words() -> None:
    """Called once, when the application is ready."""
    for field in (models.IntegerField, models.BooleanField, models.DateField):
        register_comparison_class(field, comparison_class=ValueComparison)
    register_comparison_class(ChoiceSetField, comparison_class=ChoiceSetComparison)
    register_comparison_class(models.ForeignKey, comparison_class=NamedComparison)
