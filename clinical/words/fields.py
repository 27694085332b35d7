"""Two model fields for clinical lists: a set of words from a closed vocabulary, and short lines of free text.

Both keep the list in one column, so that a sheet of forty exercises reads them without a query more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput


class _Choices(forms.MultipleChoiceField):
    """Members of a vocabulary; a blank that was sent along chooses nothing."""

    def to_python(self, value: Any) -> list[str]:
        """What was chosen."""
        return [each for each in super().to_python(value) if each]


class ChoiceSetField(models.CharField):
    """Several members of a ``TextChoices`` vocabulary, in the vocabulary's order.

    In Python a tuple of values; in the database ``|first|second|``, so that ``__contains="|first|"`` finds a member
    on every database. Raises ``ValidationError`` for a value outside the vocabulary.
    """

    def __init__(self, *args: Any, vocabulary: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        kwargs.setdefault("max_length", 255)
        kwargs.setdefault("default", tuple)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Leave the vocabulary out of migrations: a new word needs none."""
        return super().deconstruct()

    def _sorted(self, values: Iterable[str]) -> tuple[str, ...]:
        values = {str(value) for value in values if value}
        order = [member.value for member in self.vocabulary] if self.vocabulary else sorted(values)
        return tuple(value for value in order if value in values) + tuple(sorted(values - set(order)))

    def to_python(self, value: Any) -> tuple[str, ...]:
        """A tuple, whatever the value came from: the database, a form or a revision."""
        if value is None:
            return ()
        return self._sorted(value.split("|") if isinstance(value, str) else value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> tuple[str, ...]:
        """What the column holds, as a tuple."""
        return _read(self, value)

    def get_prep_value(self, value: Any) -> str:
        """What the column holds."""
        if isinstance(value, str):  # a lookup such as contains="|calf|"
            return value
        values = self.to_python(value)
        return f"|{'|'.join(values)}|" if values else ""

    def value_to_string(self, obj: models.Model) -> str:
        """As kept in revisions."""
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse emptiness where a value is required, and words the vocabulary does not have."""
        if not value and not self.blank:
            raise ValidationError(_("Choose at least one."), code="blank")
        known = {member.value for member in self.vocabulary} if self.vocabulary else set(value)
        if unknown := set(value) - known:
            raise ValidationError(_("Not in the list: %s.") % ", ".join(sorted(unknown)), code="invalid_choice")

    def run_validators(self, value: Any) -> None:
        """Check the length of what the column will hold."""
        super().run_validators(self.get_prep_value(value))

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Checkboxes, one a member."""
        return _Choices(
            choices=self.vocabulary.choices if self.vocabulary else (),
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            initial=(),
        )

    def labels(self, values: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Each value with its words."""
        words = dict(self.vocabulary.choices) if self.vocabulary else {}
        return tuple((value, str(words.get(value, value))) for value in values)


@lru_cache(maxsize=2000)
def _read(field: ChoiceSetField, value: str | None) -> tuple[str, ...]:
    # There are few combinations in a library, and every list and routine reads two of each exercise.
    return field.to_python(value)


class LinesField(models.TextField):
    """Short lines of plain text, one a line, such as do's and don'ts. In Python and the database a text."""

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """A small text area."""
        return super().formfield(**{"widget": forms.Textarea(attrs={"rows": 4}), **kwargs})


def lines(text: str) -> tuple[str, ...]:
    """The non-empty lines of a ``LinesField``, without surrounding space or a typed bullet."""
    stripped = (line.strip().lstrip("•-*").strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)


# The platform takes every letter it does not know out of a slug that is typed; "urlify" writes it in plain letters.
_ON_LEAVING = "blur->w-slug#urlify w-sync:check->w-slug#compare w-sync:apply->w-slug#urlify:prevent"
register_form_field_override(models.SlugField, override={"widget": SlugInput(attrs={"data-action": _ON_LEAVING})})
