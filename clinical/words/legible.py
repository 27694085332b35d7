"""Every text field of every model is asked for characters nobody sees: in one place, for every form, row and gate.

Forms, ``full_clean()`` and the publish gate run a field's validators, so there the question is asked wherever Django
asks any. What neither has a form nor stands before the gate is saved by :class:`LegibleMixin`, which asks once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Replace, Trim
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField

from clinical.words.characters import Unseen, first_unseen


def is_worded(field: str) -> Q:
    """A condition that holds when the text has anything but spaces, tabs and line breaks in it.

    Shells, imports and ``update()`` skip ``clean()``; this they cannot skip.
    """
    text: Combinable = Cast(F(field), TextField())
    for white in ("\n", "\r", "\t", "\u00a0"):
        text = Replace(text, _text(white), _text(""))
    return ~Q(Exact(Trim(text), _text("")))


def _text(value: str) -> Value:
    return Value(value, output_field=TextField())


#: What holds more than a title has lines; what holds less is one line and may hold no break.
MOST_IN_A_LINE = 255


def legible_line(words: str) -> None:
    """For a field of a form. Raises ``ValidationError`` where a line holds a break or what nobody sees."""
    if found := first_unseen(words, lines=False):
        raise ValidationError(_refusal(found), code="unseen")


def legible(words: str) -> None:
    """The same for a text, in which lines may end."""
    if found := first_unseen(words):
        raise ValidationError(_refusal(found), code="unseen")


class LegibleValue:
    """The validator of one model field, whatever it keeps its words in."""

    def __init__(self, field: models.Field[Any, Any]) -> None:
        self._is_html = isinstance(field, (StreamField, RichTextField))
        self._lines = not isinstance(field, models.CharField) or (field.max_length or 0) > MOST_IN_A_LINE

    def __call__(self, value: Any) -> None:
        """Raise ``ValidationError`` for the first character that is refused, with where it stands."""
        for place, words in _words_in(value):
            if found := first_unseen(unescape(words) if self._is_html else words, lines=self._lines):
                raise ValidationError(f"{place}{_refusal(found)}", code="unseen")


def ask_every_field() -> None:
    """Give every text field its validator, the platform's and those of models to come too. Once, when Django starts."""
    for model in apps.get_models(include_auto_created=True):
        for field in legible_fields(model):
            if not any(isinstance(each, LegibleValue) for each in field.validators):
                field.validators.append(LegibleValue(field))


def legible_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields of a model somebody can write words in."""
    kinds = (models.CharField, models.TextField, models.JSONField, StreamField)
    return [field for field in model._meta.fields if isinstance(field, kinds) and field.editable and not field.choices]


class LegibleMixin(models.Model):
    """Abstract: saved only in words that can be seen, whoever saves it. For records outside the publish gate.

    Raises ``ValidationError`` by field.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save what can be seen."""
        self.refuse_unseen(kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def refuse_unseen(self, only: Any = None) -> None:
        """Raise for every field that holds what nobody sees; ``only`` names the fields that are saved."""
        refusal: dict[str, list[str]] = {}
        for field in legible_fields(type(self)):
            if only is not None and field.name not in only:
                continue
            try:
                LegibleValue(field)(getattr(self, field.attname))
            except ValidationError as error:
                refusal[field.name] = error.messages
        if refusal:
            raise ValidationError(refusal)


def _words_in(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value, before it where it stands: nothing for a text, a number in a list, a name in a record."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, StreamValue):
        for number, block in enumerate(value.raw_data, start=1):
            yield from _words_in(block["value"], f"{number}. ")
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _words_in(inner, f"{place}{name}: ")
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value, start=1):
            yield from _words_in(inner, f"{place}{number}. ")


def _refusal(found: Unseen) -> str:
    said = _("It holds the invisible character %s.") % found.name()
    if found.before:
        return f"{said} {_('Type the text again after “%s”.') % found.before}"
    return f"{said} {_('Type the beginning of the text again.')}"
