"""Fills the tables with exercises: copies of what is there, below the forms, in batches, so that it takes a minute."""

from __future__ import annotations

import itertools
import random
import uuid
from collections.abc import Callable, Iterator
from copy import copy
from typing import TYPE_CHECKING, Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

if TYPE_CHECKING:
    from exercises.models import ExercisePage

#: So many rows are written at a time.
BATCH = 100

#: What the names of the copies are made of; each search word of ``asking`` is among them or in the copied texts.
MANNERS = ("Slow", "Gentle", "Standing", "Seated", "Lying", "Kneeling", "Supported", "Easy", "Deep", "Weighted")
PARTS = ("calf", "hamstring", "hip", "thigh", "neck", "shoulder", "back", "ankle", "glute", "wrist", "groin", "shin")
SORTS = ("stretch", "release", "raise", "roll", "hold", "squat", "lunge", "bridge")

Say = Callable[[str], None]


def grow_to(number: int, say: Say = lambda line: None) -> None:
    """Add exercises until there are so many, and index them."""
    from exercises.models import ExerciseIndexPage, ExercisePage

    models_of_it = list(ExercisePage.objects.live().order_by("pk"))
    place = ExerciseIndexPage.objects.get()
    copies = _copies(models_of_it, place, number - ExercisePage.objects.count())
    written = 0
    while batch := list(itertools.islice(copies, BATCH)):
        with transaction.atomic():
            _write(batch)
        written += len(batch)
        if written % 2_000 == 0:
            say(f"{written} exercises written")
    type(place).objects.filter(pk=place.pk).update(numchild=place.numchild + written)
    _number_on()


def _copies(originals: list[ExercisePage], place: Any, number: int) -> Iterator[tuple[ExercisePage, ExercisePage]]:
    """Pairs of an original and its copy, each copy under the next free place of the tree."""
    from wagtail.models import Page

    chance = random.Random(4)  # noqa: S311  (the same names in every run)
    key = Page.objects.order_by("-pk").values_list("pk", flat=True)[0]
    steps = place.get_children().count()
    for count, original in zip(range(number), itertools.cycle(originals), strict=False):
        new = copy(original)
        new.pk = new.page_ptr_id = new.id = key + 1 + count
        new.path = Page._get_path(place.path, place.depth + 1, steps + 1 + count)
        new.title = f"{chance.choice(MANNERS)} {chance.choice(PARTS)} {chance.choice(SORTS)} {count + 1}"
        new.draft_title, new.slug = new.title, f"copy-{count + 1}"
        new.url_path = f"{place.url_path}{new.slug}/"
        new.translation_key, new.content_key = uuid.uuid4(), uuid.uuid4()
        new.latest_revision_id = new.live_revision_id = None
        new.other_names = f"{chance.choice(PARTS)} {chance.choice(SORTS)}"
        yield original, new


def _write(batch: list[tuple[ExercisePage, ExercisePage]]) -> None:
    """Both tables of a page, the rows below it, and its entries in the search index."""
    from wagtail.models import Page
    from wagtail.search.backends import get_search_backend

    new = [page for _original, page in batch]
    tables: tuple[Any, ...] = (Page, type(new[0]))
    for model in tables:
        model._base_manager._insert(new, fields=model._meta.local_concrete_fields, using=connection.alias)
    for relation in _relations(type(new[0])):
        rows = [row for original, page in batch for row in _rows(relation, original, page)]
        relation.related_model._base_manager.bulk_create(rows, batch_size=BATCH)
    get_search_backend().add_bulk(type(new[0]), new)


def _relations(model: type[models.Model]) -> list[Any]:
    """The tables of rows that are part of an exercise: its conditions, variations and sources."""
    from modelcluster.models import get_all_child_relations

    ours = [relation for relation in get_all_child_relations(model) if relation.related_model.__module__ != "wagtail"]
    return [relation for relation in ours if relation.get_accessor_name() != "wagtail_admin_comments"]


def _rows(relation: Any, original: Any, page: Any) -> Iterator[Any]:
    for row in getattr(original, relation.get_accessor_name()).all():
        fresh = copy(row)
        fresh.pk = None
        fresh._state = copy(row._state)
        fresh._state.adding = True
        setattr(fresh, relation.field.attname, page.pk)
        yield fresh


def _number_on() -> None:
    """Let PostgreSQL number the next page after those written here."""
    from wagtail.models import Page

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Page]):
            cursor.execute(statement)
