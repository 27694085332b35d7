"""What counts as "something is written here", as a constraint of the database."""

from __future__ import annotations

from django.db.models import F, Q, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Replace, Trim
from django.db.models.lookups import Exact


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
