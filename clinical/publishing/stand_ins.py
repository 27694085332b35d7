"""Words that stand for words nobody has written yet: what they stand in may be a draft, and never goes live."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

#: What people, and programs that fill a form, write in place of a text; in small letters, without what ends a sentence.
STAND_INS = frozenset(
    {
        *("not written yet", "to be written", "to be added", "to be completed", "to be done", "to do", "todo", "fixme"),
        *("tbd", "tba", "tbc", "xxx", "placeholder", "lorem ipsum", "text goes here", "coming soon"),
    }
)
_ROUND_IT = re.compile(r"^[\W_]+|[\W_]+$")


def is_stand_in(text: str) -> bool:
    """Whether a text says nothing but that it is missing."""
    return _ROUND_IT.sub("", unescape(strip_tags(text))).casefold() in STAND_INS


def stand_ins(thing: Any, rows: Iterable[Any]) -> Iterator[tuple[str, list[str]]]:
    """By field, or by what its rows are called: where the words are missing. No query."""
    for field in thing._meta.fields:
        if field.editable and any(map(is_stand_in, _texts(field, thing))):
            yield field.name, [_missing()]
    for each in rows:
        fields = [field for field in each.rows[0]._meta.fields if field.editable] if each.rows else []
        for number, row in enumerate(each.rows, start=1):
            if any(is_stand_in(text) for field in fields for text in _texts(field, row)):
                yield each.name, [f"{number}. {_missing()}"]


def _missing() -> str:
    return str(_("Write it: what stands here only says that it is missing."))


def _texts(field: models.Field[Any, Any], thing: Any) -> Iterator[str]:
    value = getattr(thing, field.attname)
    if isinstance(field, StreamField):
        yield from _of_blocks(list(value.raw_data))
    elif isinstance(value, str):
        yield from value.splitlines()


def _of_blocks(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from () if name in {"id", "type"} else _of_blocks(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _of_blocks(inner)
