"""Whether a shared record is in use: whether readers see it somewhere, or will without anybody looking once more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.models import ReferenceIndex, Revision, TaskState

from clinical.turns import one_writer_at_a_time


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


class KeptInUseQuerySet(models.QuerySet[Any]):
    """Rows none of which is deleted while it is in use."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete them all, or none. Raises ``ValidationError`` where one is in use."""
        with one_writer_at_a_time():
            for thing in self.all():  # asked anew: others may have come since it was last read
                thing.refuse_deletion()
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]  # so that no template ever calls it
    delete.queryset_only = True  # type: ignore[attr-defined]  # as Django's own: nobody means every row there is


class KeptInUse(models.Model):
    """Abstract: what readers see does not go because one person wants it to."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete it. Raises ``ValidationError`` while it is in use."""
        with one_writer_at_a_time():
            self.refuse_deletion()
            return super().delete(*args, **kwargs)

    def refuse_deletion(self) -> None:
        """Raise ``ValidationError``, with what to do first, while it is in use."""
        if is_in_use(self):
            words = _("Nothing was deleted: “%s” is in use. Take it off every page and person that shows it first.")
            raise ValidationError(words % self)
