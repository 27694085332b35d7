"""Whether a shared record is in use: whether readers see it somewhere, or will without anybody looking once more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey
from wagtail.models import ReferenceIndex, Revision, TaskState


def is_in_use(thing: models.Model) -> bool:
    """Whether a page, a note or a person names it: in the tables, in prose, or in a version that waits to go live."""
    named = any(rows.exists() for rows in _rows_naming(thing))
    return named or ReferenceIndex.get_references_to(thing).exists() or _is_named_by_what_waits(thing)


def keys_of_users(thing: models.Model) -> set[Any]:
    """The content keys of the pages and notes that name it in a row of theirs."""
    owners = (_owner(row) for rows in _rows_naming(thing) for row in rows)
    return {owner.content_key for owner in owners if hasattr(owner, "content_key")}


def _rows_naming(thing: models.Model) -> Iterator[Any]:
    """The rows of other records that point at it. What would go with it, such as a picture's sizes, is its own."""
    for relation in type(thing)._meta.get_fields(include_hidden=True):
        points_here = relation.auto_created and not relation.concrete and not relation.many_to_many
        if points_here and relation.on_delete is not models.CASCADE:
            yield relation.related_model._base_manager.filter(**{relation.field.name: thing.pk})


def _owner(row: models.Model) -> models.Model:
    """The page or note a row is part of, or the row itself."""
    parents = (field.name for field in row._meta.fields if isinstance(field, ParentalKey))
    return next((getattr(row, name) for name in parents), row)


def _is_named_by_what_waits(thing: models.Model) -> bool:
    """A colleague reads, or has read, a version that names it; the tables will only know when it is live."""
    sort = ContentType.objects.get_for_model(thing).pk
    waits = Q(task_states__status=TaskState.STATUS_IN_PROGRESS) | Q(approved_go_live_at__isnull=False)
    return any((sort, str(thing.pk)) in _named_by(revision) for revision in Revision.objects.filter(waits).distinct())


def _named_by(revision: Revision) -> set[tuple[int, str]]:
    """What a version names, by sort and key. The platform has no public way to ask it of what is not stored."""
    named = ReferenceIndex._extract_references_from_object(revision.as_object())
    return {(kind, str(key)) for kind, key, *_path in named}
