"""The texts of a page or note and of its rows, read for words that allow more pain than they may.

Every text a person can write is read, whatever its field is called, so that one added tomorrow is not forgotten; what
is not, its class says by name. Beside an exercise no more may be allowed than the exercise allows; a routine's own
words, no more than its strictest exercise; what belongs to no exercise, no more than any may.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import unescape
from typing import Any, NamedTuple

from django.db import models
from django.utils.functional import Promise
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField

from clinical.publishing.refusals import Refusal
from clinical.publishing.rows import PLACE_IN_TREE, Rows
from clinical.safety.pain import MOST_PAIN
from clinical.words.fields import ChoiceSetField
from clinical.words.pain_faults import ANYWHERE, fault_of
from clinical.words.pain_words import as_led, found_in_words

#: What writers and reviewers remark to each other, which quotes what is wrong; no reader sees it.
_REMARKS = "wagtail_admin_comments"
_TEXTS = (models.CharField, models.TextField, models.JSONField, StreamField)
_NO_WORDS = (models.SlugField, models.URLField, ChoiceSetField)
_INSIDE_A_LINE = re.compile(r"</?(?:a|b|i|em|strong)\b[^<>]*>")
_TAG = re.compile(r"</?[a-z][^<>]*>")


class Allowed(NamedTuple):
    """How much pain words may allow, out of 10, and what is told where they allow more."""

    most: int
    told: str | Promise


#: For whatever does not say otherwise: it belongs to no exercise.
_AS_MUCH_AS_ANY = Allowed(MOST_PAIN, ANYWHERE)


def pain_refusal(thing: Any, rows: Iterable[Rows] | None = None, allowed: Allowed | None = None) -> Refusal:
    """Where its texts, or those of its rows, allow more pain than they may; ``rows`` where they are at hand.

    What is ``allowed`` the thing says by a method ``pain_allowed_in_words``, which is asked only where words allow any.
    """
    read = {name: found_in_words(text) for name, text in texts_of(thing, rows)}
    found = {name: each for name, each in read.items() if each.most}
    if not found:
        return {}
    most, told_of = allowed or getattr(thing, "pain_allowed_in_words", lambda: _AS_MUCH_AS_ANY)()
    told = {name: fault_of(each, most, told_of) for name, each in found.items()}
    return {name: [fault] for name, fault in told.items() if fault}


def texts_of(thing: Any, rows: Iterable[Rows] | None = None) -> Iterator[tuple[str, str]]:
    """Every text of a page or note with its field, as it is read; of its rows together, by what they are called.

    What its lines complete, or readers take them to complete, it says by ``pain_leads``: by field, of the lexicon's.
    """
    leads: Mapping[str, str] = getattr(thing, "pain_leads", {})
    known = {each.name: each.rows for each in rows or ()}
    model: type[models.Model] = type(thing)
    for name in _fields_read(model):
        yield name, _as_text(getattr(thing, name), leads.get(name, ""))
    for called, names in rows_read(model).items():
        there = known[called] if called in known else getattr(thing, called).all()
        said = (getattr(row, name) for row in there for name in names)
        yield called, "\n".join(_as_text(value, "") for value in said)


@cache
def rows_read(model: type[models.Model]) -> Mapping[str, tuple[str, ...]]:
    """The fields that are read of a model's rows, by what those are called: who asks many pages fetches them along."""
    related = {relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(model)}
    found = {called: _fields_read(of) for called, of in related.items() if called != _REMARKS}
    return {called: names for called, names in found.items() if names}


@cache
def _fields_read(model: type[models.Model]) -> tuple[str, ...]:
    """The fields of a model that hold words somebody wrote, but for those its ``pain_not_read`` names, and says why."""
    without = {*getattr(model, "pain_not_read", ()), *PLACE_IN_TREE}
    return tuple(
        field.name
        for field in model._meta.fields
        if isinstance(field, _TEXTS)
        and field.editable
        and not (field.choices or isinstance(field, _NO_WORDS) or field.name in without)
    )


def _as_text(value: Any, lead: str) -> str:
    text = value if isinstance(value, str) else "\n".join(_leaves(value))
    return as_led(lead, text) if lead else text


def _leaves(value: Any) -> Iterator[str]:
    """The texts in a list of blocks, or in data."""
    if isinstance(value, str):
        is_rich = value.lstrip().startswith("<")
        yield unescape(_TAG.sub("\n", _INSIDE_A_LINE.sub("", value))) if is_rich else value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _leaves(inner)
    elif hasattr(value, "raw_data"):
        for block in value.raw_data:
            yield from _leaves(block["value"])
