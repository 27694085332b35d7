"""Fills the tables with exercises and routines: copies of what is there, made by the database itself, below the forms.

Each table is filled by one statement that copies the rows of every original under the keys of its copies, so that a
hundred thousand take a few minutes. No gate has seen them; they stand for amounts.
"""

from __future__ import annotations

import itertools
import os
import random
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import django
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

if TYPE_CHECKING:
    from wagtail.models import Page

#: So many copies are made at a time.
BATCH = 5_000
#: An exercise in so many is a routine besides.
EXERCISES_TO_A_ROUTINE = 20

#: What the names of the copies are made of; each search word of ``questions`` is among them or in the copied texts.
MANNERS = ("Slow", "Gentle", "Standing", "Seated", "Lying", "Kneeling", "Supported", "Easy", "Deep", "Weighted")
PARTS = ("calf", "hamstring", "hip", "thigh", "neck", "shoulder", "back", "ankle", "glute", "wrist", "groin", "shin")
SORTS = ("stretch", "release", "raise", "roll", "hold", "squat", "lunge", "bridge")

#: The table of what is copied in this round: which page, and what its copy has that is its own.
COPIES = "scale_copies"
#: An empty text: a copy came from no library.
NOTHING = "''"

Say = Callable[[str], None]


def refuse_a_site_in_use() -> None:
    """What grows here goes live past the gate. Raises ``SystemExit`` for any site but a trial's own."""
    if os.environ.get("DJANGO_SETTINGS_MODULE") != "tools.bench.settings":
        raise SystemExit("This fills a trial's own site, and no other.")


def fill_trial_site(number: int) -> None:
    """What a trial's own process begins with: so many exercises, and a database that knows how many there are."""
    refuse_a_site_in_use()
    django.setup()
    grow_to(number, lambda line: print(line, file=sys.stderr, flush=True))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def grow_to(number: int, say: Say = lambda line: None) -> None:
    """Add exercises until there are so many, and routines until there is one to twenty; all can be searched."""
    from exercises.models import ExerciseIndexPage, ExercisePage
    from routines.models import RoutineIndexPage, RoutinePage

    for place, kind, most in (
        (ExerciseIndexPage, ExercisePage, number),
        (RoutineIndexPage, RoutinePage, number // EXERCISES_TO_A_ROUTINE),
    ):
        if place.objects.exists() and kind.objects.live().exists():
            _grow(place.objects.get(), kind, most - kind.objects.count(), say)


def _grow(place: Page, kind: Any, number: int, say: Say) -> None:
    originals = list(kind.objects.live().exclude(slug__startswith="copy-").order_by("pk").values_list("pk", flat=True))
    copies = _copies(place, originals, number)
    written = 0
    while batch := list(itertools.islice(copies, BATCH)):
        with transaction.atomic(), connection.cursor() as cursor:
            _list(cursor, batch)
            for table, columns in _tables(kind):
                _copy(cursor, table, columns)
            cursor.execute(f"DROP TABLE {COPIES}")
        _index_titles(kind, batch)
        written += len(batch)
        say(f"{written:,} of {number:,} {kind._meta.verbose_name_plural} written")
    type(place).objects.filter(pk=place.pk).update(numchild=place.numchild + written)
    _number_on()


def _copies(place: Page, originals: list[int], number: int) -> Iterator[dict[str, Any]]:
    """Which page each copy is of, and what is its own, under the next free places of the tree."""
    from wagtail.models import Page

    chance = random.Random(4)  # noqa: S311  (the same names in every run)
    key = Page.objects.order_by("-pk").values_list("pk", flat=True)[0]
    steps = place.get_children().count()
    for count, original in zip(range(steps + 1, steps + 1 + max(0, number)), itertools.cycle(originals), strict=False):
        title = f"{chance.choice(MANNERS)} {chance.choice(PARTS)} {chance.choice(SORTS)} {count}"
        key += 1
        slug = f"copy-{count}"
        yield {
            "original": original,
            "id": key,
            "path": Page._get_path(place.path, place.depth + 1, count),
            "title": title,
            "slug": slug,
            "url_path": f"{place.url_path}{slug}/",
            "translation_key": uuid.uuid4(),
            "content_key": uuid.uuid4(),
        }


def _list(cursor: Any, batch: list[dict[str, Any]]) -> None:
    """Put this round's copies where the statements find them."""
    from wagtail.models import Page

    fields = {
        name: Page._meta.get_field("translation_key" if name == "content_key" else name) for name in [*batch[0]][2:]
    }
    typed = [f"{name} {field.db_type(connection)}" for name, field in fields.items()]
    cursor.execute(f"CREATE TEMPORARY TABLE {COPIES} (original bigint, id bigint, {', '.join(typed)})")
    marks = ", ".join(["%s"] * len(batch[0]))
    rows = [
        (
            copy["original"],
            copy["id"],
            *(field.get_db_prep_value(copy[name], connection) for name, field in fields.items()),
        )
        for copy in batch
    ]
    cursor.executemany(f"INSERT INTO {COPIES} VALUES ({marks})", rows)  # noqa: S608  (our own table)
    cursor.execute(f"CREATE INDEX {COPIES}_of ON {COPIES} (original)")


def _tables(kind: Any) -> Iterator[tuple[Any, tuple[str, Mapping[str, str]]]]:
    """Every table that says something of such a page: the column that names it, and what in a copy is another."""
    from wagtail.models import Page

    of_page = {name: name for name in ("path", "title", "slug", "url_path", "translation_key")}
    nothing = dict.fromkeys(("latest_revision_id", "live_revision_id"), "NULL")
    yield Page, ("id", {**of_page, "draft_title": "title", **nothing})
    yield kind, (kind._meta.pk.column, {"content_key": "content_key", "library_id": NOTHING, "from_library": NOTHING})
    for relation in _relations(kind):
        yield relation.related_model, (relation.field.column, {})
    for name in ("wagtailsearch.IndexEntry", "stretchsite.IndexedWord"):
        yield apps.get_model(name), ("object_id", {})


def _relations(model: type[models.Model]) -> list[Any]:
    """The tables of rows that are part of a page: its conditions, variations, sources, items."""
    from modelcluster.models import get_all_child_relations

    return [each for each in get_all_child_relations(model) if each.get_accessor_name() != "wagtail_admin_comments"]


def _copy(cursor: Any, model: Any, columns: tuple[str, Mapping[str, str]]) -> None:
    """Copy the rows of one table for every copy of the round. Rows get keys of their own, unless a page's is theirs."""
    names_it, others = columns
    quoted = connection.ops.quote_name
    fields = [field for field in model._meta.local_concrete_fields if field.column == names_it or not field.primary_key]
    key = next(field for field in fields if field.column == names_it)
    given = {names_it: f"CAST(copied.id AS {key.cast_db_type(connection)})"}
    given |= {column: value if value in {"NULL", NOTHING} else f"copied.{value}" for column, value in others.items()}
    told = ", ".join(quoted(field.column) for field in fields)
    taken = ", ".join(given.get(field.column, f"mine.{quoted(field.column)}") for field in fields)
    same = f"mine.{quoted(names_it)} = CAST(copied.original AS {key.cast_db_type(connection)})"
    table = quoted(model._meta.db_table)
    more = f" AND mine.content_type_id IN ({_content_types()})" if "content_type_id" in told else ""
    asked = f"SELECT {taken} FROM {COPIES} copied JOIN {table} mine ON {same}{more}"  # noqa: S608  (our own tables)
    cursor.execute(f"INSERT INTO {table} ({told}) {asked}")


def _content_types() -> str:
    """What the index calls pages, and what is indexed of them as something more."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import get_page_models

    return ", ".join(str(found.pk) for found in ContentType.objects.get_for_models(*get_page_models()).values())


def _index_titles(kind: Any, batch: list[dict[str, Any]]) -> None:
    """Beside the words of its original each copy has those of its own title, as the site would weigh them."""
    from django.conf import settings
    from django.contrib.contenttypes.models import ContentType

    from stretchsite.finding.index_of_words import WHOLE
    from stretchsite.finding.stems import stem_of, stems_of, words_of
    from stretchsite.models import IndexedWord, KnownWord

    content_type, language = ContentType.objects.get_for_model(kind).pk, settings.LANGUAGE_CODE
    boost = max(
        field.boost or 1
        for field in kind.get_search_fields()
        if field.field_name == "title" and hasattr(field, "boost")
    )
    rows, words = [], set()
    for copy in batch:
        stems = stems_of(copy["title"], language)
        weight = round(WHOLE * boost / len(stems) ** 0.5)
        rows += [
            IndexedWord(content_type_id=content_type, object_id=copy["id"], stem=stem, weight=weight)
            for stem in set(stems)
        ]
        words.update(words_of(copy["title"]))
    IndexedWord.objects.bulk_create(rows, batch_size=2_000)
    known = [KnownWord(language=language, word=word, stem=stem_of(word, language)) for word in sorted(words)]
    KnownWord.objects.bulk_create(known, ignore_conflicts=True, batch_size=2_000)


def _number_on() -> None:
    """Let PostgreSQL number the next page after those written here."""
    from wagtail.models import Page

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Page]):
            cursor.execute(statement)
