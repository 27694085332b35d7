"""What changed in a field, in words: for whoever approves it, and wherever two versions stand side by side.

The platform shows what is stored: "None20" for a figure that was empty, "buttockfront_thigh" for a choice of several.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from wagtail.admin.compare import (
    FieldComparison,
    ForeignObjectComparison,
    StreamBlockComparison,
    StreamFieldComparison,
    TextDiff,
    register_comparison_class,
)
from wagtail.fields import StreamField

from clinical.admin.comparing_media import MediaComparison
from clinical.pictures.consents import ShownByConsentMixin
from clinical.review.places import moved, moved_words
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
        before, after = self.get_objects()
        return str(super().htmldiff()) if before or after else ""


class _Moved:
    """The comparison of a step or paragraph that stands elsewhere than before: it says so, then what it says."""

    def __init__(self, compared: Any, places: tuple[int, int]) -> None:
        self._compared, self._told = compared, moved_words(places)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compared, name)

    def htmlvalue(self, val: Any) -> str:
        """As it was and is."""
        return self._below(self._compared.htmlvalue(val))

    def htmldiff(self) -> str:
        """What else was changed in it."""
        return self._below(self._compared.htmldiff())

    def _below(self, said: str) -> str:
        return format_html('<p><span class="addition">{}</span></p>{}', self._told, said)


class _BlocksInPlaces(StreamBlockComparison):
    def get_block_comparisons(self) -> list[Any]:
        """As the platform's; those that only changed places are marked."""
        before, after = ([block.id for block in value] for value in (self.val_a, self.val_b))
        places, keys = moved(before, after), iter(after)
        compared = ((each, None if each.is_deleted() else next(keys)) for each in super().get_block_comparisons())
        return [_Moved(each, places[key]) if key in places else each for each, key in compared]


class StreamComparison(StreamFieldComparison):
    """Steps and prose: what was added, taken away, changed, or sorted."""

    def htmldiff(self) -> str:
        """As the platform has it, with their places where the blocks can be told from each other."""
        if self.has_block_ids(self.val_a) and self.has_block_ids(self.val_b):
            return str(_BlocksInPlaces(self.field.stream_block, True, True, self.val_a, self.val_b).htmldiff())
        return str(super().htmldiff())


def _by_what_it_leads_to(field: Any) -> type[ForeignObjectComparison]:
    """The platform shows of an image a stamp of 32 pixels, and of a video its name."""
    return MediaComparison if issubclass(field.remote_field.model, ShownByConsentMixin) else NamedComparison


def compare_in_words() -> None:
    """Called once, when the application is ready."""
    for field in (models.IntegerField, models.BooleanField, models.DateField):
        register_comparison_class(field, comparison_class=ValueComparison)
    register_comparison_class(ChoiceSetField, comparison_class=ChoiceSetComparison)
    register_comparison_class(StreamField, comparison_class=StreamComparison)
    register_comparison_class(models.ForeignKey, comparison_class=_by_what_it_leads_to)
