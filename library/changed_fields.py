"""Which fields of a page or note say something else in a new version, as whoever loads it is told beforehand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from wagtail.models import Revision

from library.completing import called

#: What the site itself writes into a version, or where the version is kept.
_NO_WORDS = frozenset({"library_digest", "came_published", "origin", "author", "reviewer", "title_key", "slug"})
#: What a row or block is known by within its version.
_NAMES = frozenset({"pk", "id", "page", "note", "content_object", "sort_order"})


def changed_fields(thing: Any, before: Revision | None, after: Revision) -> list[str]:
    """What they are called to authors, in the order of the version; none where there was no version before."""
    if before is None:
        return []
    old: Mapping[str, Any] = before.content
    names = [name for name, value in after.content.items() if _said(old.get(name)) != _said(value)]
    return [called(thing, name) for name in names if name not in _NO_WORDS and _is_written(thing, name)]


def _is_written(thing: Any, name: str) -> bool:
    """Whether authors write it: the platform and the review keep fields of their own."""
    try:
        field = thing._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return bool(getattr(field, "editable", True))  # rows of their own have no such attribute


def _said(value: Any) -> Any:
    """What a field says, whatever its rows and blocks are known by; steps and prose are kept as text."""
    if isinstance(value, str) and value.startswith("["):
        try:
            return _said(json.loads(value))
        except ValueError:
            return value
    if isinstance(value, list):
        return [_said(each) for each in value]
    if isinstance(value, dict):
        return {name: _said(each) for name, each in value.items() if name not in _NAMES}
    return value or None
