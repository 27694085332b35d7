"""What something says, as a fingerprint: two versions with the same one say the same, to the letter.

Everything an author can write counts unless it is named here, so that a field added tomorrow is not forgotten. What
stands as it does in a new record says nothing, so that such a field does not void what was approved today.

A fingerprint names the way it was taken in, as stored passwords name theirs. What is kept holds in its own way for as
long as the words do, so an upgrade that takes fingerprints in a better way voids no approval and rewrites none.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations, get_serializable_data_for_fields
from wagtail.fields import StreamField

#: Where it stands, when it goes live and who stands behind it: none of it is what it says. A page's slug and owner are
#: left out so that a copy of an approved page may go live, which says the same elsewhere and belongs to who copied it.
_NOT_WORDS = frozenset(
    {
        *("path", "depth", "numchild", "content_type", "slug", "owner", "go_live_at", "first_published_at"),
        *("review_state", "author", "reviewer", "reviewed_on", "review_due"),
    }
)


#: What the editor of rich text calls its paragraphs.
_PARAGRAPH_NUMBER = re.compile(r' data-block-key="[^"]*"')


#: The rows of a thing as they read, by what they are called.
Rows = dict[str, list[Any]]


def _second_way(rows: Rows) -> Rows:
    """No rows say nothing, like an empty field."""
    return {name: written for name, written in rows.items() if written}


#: Every way a released version has had, by its number, the newest last. None is ever changed: what was approved is held
#: to it. The first was gone before anything was released.
WAYS: dict[int, Callable[[Rows], Rows]] = {2: _second_way}


def fingerprint_of(thing: models.Model) -> str:
    """The fingerprint of a page or note as it is in memory, rows included, in the newest way."""
    return fingerprints_of(thing)[-1]


def fingerprints_of(thing: models.Model) -> tuple[str, ...]:
    """The same in every way there has been: whoever kept any of these kept exactly these words."""
    words, rows = _words(thing, _NOT_WORDS), _rows(thing)
    return tuple(f"{way}${_hashed(words | {'rows': read(rows)})}" for way, read in WAYS.items())


def state_of(thing: models.Model) -> str:
    """The fingerprint of everything a form can change of a thing, its address included. Not kept anywhere."""
    return _hashed(_words(thing, frozenset()) | {"rows": _rows(thing)})


def _hashed(words: dict[str, Any]) -> str:
    return hashlib.sha256(_as_text(words).encode()).hexdigest()


def _rows(thing: models.Model) -> Rows:
    rows: Rows = {}
    for relation in get_all_child_relations(type(thing)):
        name = relation.get_accessor_name()
        if name != "wagtail_admin_comments":
            rows[name] = _in_order([(row, _words(row, {relation.field.name})) for row in getattr(thing, name).all()])
    return rows


def _in_order(rows: list[tuple[Any, dict[str, Any]]]) -> list[Any]:
    """Rows with an order in theirs, the others in one that does not depend on the database."""
    if any(hasattr(row, "sort_order") for row, _words in rows):
        places = {id(row): place for place, (row, _words) in enumerate(rows)}
        rows = sorted(rows, key=lambda pair: (pair[0].sort_order or 0, places[id(pair[0])]))
        return [words for _row, words in rows]
    return sorted((words for _row, words in rows), key=_as_text)


def _words(thing: Any, without: frozenset[str] | set[str]) -> dict[str, Any]:
    values = get_serializable_data_for_fields(thing)
    written = {
        field: _plain(field, values[field.name])
        for field in thing._meta.fields
        if field.editable and field.serialize and not field.primary_key and field.name not in without
    }
    return {field.name: value for field, value in written.items() if not _says_nothing(field, value)}


def _says_nothing(field: models.Field[Any, Any], value: Any) -> bool:
    """Whether it stands as in a new record. Where that is not empty, emptiness is a word of its own."""
    if isinstance(value, str) and field.has_default():
        return bool(value == _plain(field, field.get_default()))
    return value in ("", [], {}, None)


def _plain(field: models.Field[Any, Any], value: Any) -> Any:
    """A value as it reads, whether it comes from a form, a revision or the database."""
    if isinstance(field, StreamField):
        return _without_ids(json.loads(value))
    if isinstance(field, models.JSONField):
        return value
    return "" if value is None else str(value).strip().replace("\r\n", "\n")


def _without_ids(value: Any) -> Any:
    """Blocks without the numbers the platform gives them, and without what is empty in them."""
    if isinstance(value, dict):
        kept = {key: _without_ids(inner) for key, inner in value.items() if key != "id"}
        return {key: inner for key, inner in kept.items() if inner not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_ids(inner) for inner in value]
    return _PARAGRAPH_NUMBER.sub("", value).strip() if isinstance(value, str) else value


def _as_text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
