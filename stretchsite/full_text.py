"""The search index of SQLite, asked in an order that stays quick when the site grows.

The platform asks one question that joins pages to the full-text table. SQLite's planner then looks each page up in the
full-text table, again and again: 4 to 24 seconds with 10,000 exercises. Here the full-text table answers first, alone,
and the pages are found by what it answered; the results and their order are the same. On PostgreSQL the platform's
own backend is used (``docs/decisions``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import QuerySet
from modelsearch.backends.database.sqlite.query import BM25, MatchExpression, normalize
from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
    SQLiteSearchResults,
)
from modelsearch.query import MatchAll, Not
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.search.models import SQLiteFTSIndexEntry

from clinical.pages.asked_once import answers
from clinical.pages.many_keys import Keys

#: Of so many that match, all are fetched with one question; of more, first which of them are to be shown.
MOST_AT_ONCE = 200


class _Entry(NamedTuple):
    score: float
    content_type_id: int
    object_id: str
    title_norm: float


#: What it is mixed into; the platform's compilers have no types.
_Compiler: Any = object


class FullTextFirstMixin(_Compiler):
    """Mixin for a query compiler: asks the full-text table first."""

    #: Whether a match in a short title counts for more, as it does in the platform's own order.
    title_counts = True

    def search(self, config: Any, start: int | None, stop: int | None, score_field: str | None = None) -> Any:
        """The matching objects as a queryset, in its own order; the order of relevance is the results' business."""
        if score_field or not self.can_ask_first():
            return super().search(config, start, stop, score_field=score_field)
        found = self.among(self.ranked(config))
        return (found if found.query.order_by else found.order_by("-pk"))[start:stop]

    def can_ask_first(self) -> bool:
        """Whether it is a question of what matches some words; what matches all, or not these, is the platform's."""
        return not isinstance(normalize(self.query), (MatchAll, Not))

    def ranked(self, config: Any) -> list[Any]:
        """The keys of everything of this kind that matches, the best first."""
        kinds = set(get_descendants_content_types_pks(self.queryset.model))
        key = self.queryset.model._meta.pk.to_python
        found = [
            (entry.score * (1 + entry.title_norm if self.title_counts else 1), key(entry.object_id))
            for entry in self._entries(config)
            if entry.content_type_id in kinds
        ]
        newest_first = sorted(found, key=lambda pair: pair[1], reverse=True)
        return [pk for _score, pk in sorted(newest_first, key=lambda pair: pair[0])]

    def _entries(self, config: Any) -> list[_Entry]:
        """Every row of the index that matches, whatever it is of; asked once within ``asked_once``."""
        fields = tuple(self.fields or self.FTS_TABLE_FIELDS)
        known, name = answers(), (fields, repr(self.query))
        if name not in known:
            match = MatchExpression(fields, self.build_search_query(normalize(self.query), config=config))
            # Lower is better. Nothing but the match narrows this question, so SQLite begins with the full-text table.
            found = SQLiteFTSIndexEntry.objects.filter(match).annotate(score=BM25())
            columns = ("content_type_id", "object_id", "title_norm")
            known[name] = list(map(_Entry._make, found.values_list("score", *(f"index_entry__{c}" for c in columns))))
        return known[name]

    def among(self, keys: Iterable[Any]) -> QuerySet[Any]:
        """The objects that were to be searched, as far as they have one of these keys."""
        column, connection = self.queryset.model._meta.pk, connections[self.queryset.db]
        return self.queryset.filter(pk__in=Keys(column.get_db_prep_value(key, connection) for key in keys))


class SearchQueryCompiler(FullTextFirstMixin, SQLiteSearchQueryCompiler):
    """Whole words, in titles and texts."""


class AutocompleteQueryCompiler(FullTextFirstMixin, SQLiteAutocompleteQueryCompiler):
    """Words as they are typed, the last of them unfinished."""

    title_counts = False


class SearchResults(SQLiteSearchResults):
    """The results: the objects of one slice, the best first."""

    def _do_search(self) -> Any:
        compiler = self.query_compiler
        if self._score_field or not compiler.order_by_relevance or not compiler.can_ask_first():
            return super()._do_search()
        return list(self._best_first(compiler))

    def _best_first(self, compiler: Any) -> Iterator[Any]:
        ranked = compiler.ranked(compiler.get_config(self.backend))
        if len(ranked) <= MOST_AT_ONCE:
            objects = {thing.pk: thing for thing in compiler.among(ranked)}
            return iter([objects[pk] for pk in ranked if pk in objects][self.start : self.stop])
        shown = set(compiler.among(ranked).order_by().values_list("pk", flat=True))
        wanted = [pk for pk in ranked if pk in shown][self.start : self.stop]
        objects = {thing.pk: thing for thing in compiler.among(wanted)} if wanted else {}
        return (objects[pk] for pk in wanted if pk in objects)


class SearchBackend(SQLiteSearchBackend):
    """The platform's backend for SQLite, with the questions above. Named as the platform looks for it."""

    query_compiler_class = SearchQueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    results_class = SearchResults
