"""The platform's search backend, answering questions in words from the site's own index of words.

Every search of the site goes through it: readers', the lists and choosers of the admin, the programme. Plain words are
answered from ``stretchsite.finding``, alike on both databases; anything else (a letter or two, a phrase, everything,
what does not match) is left to the platform's own backend of the database (``docs/search.md``).
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from modelsearch.query import PlainText
from modelsearch.utils import get_descendants_content_types_pks

from stretchsite.finding.best import Best, best_of
from stretchsite.finding.index_of_words import forget_stale_words, forget_unsaid_words, forget_words, index_words
from stretchsite.finding.matches import SHORTEST_BEGINNING, among_these, asked, content_language, matching
from stretchsite.models.words import IndexedWord

#: Each of the two can be imported beside its own database only.
_BACKENDS = {
    "sqlite": "stretchsite.full_text.SearchBackend",
    "postgresql": "modelsearch.backends.database.postgres.postgres.PostgresSearchBackend",
}
_THEIRS: Any = import_string(_BACKENDS[connection.vendor])


class Index(_THEIRS.index_class):
    """The platform's index, and beside it the words."""

    def add_items(self, model: Any, objs: Any) -> None:
        """Index things of one model, both ways."""
        things = list(objs)
        super().add_items(model, things)
        if things:
            index_words(model, things)

    def delete_item(self, item: Any) -> None:
        """Take one thing out of both."""
        super().delete_item(item)
        forget_words(item)

    def delete_stale_model_entries(self, model: Any) -> None:
        """Take what is no longer there out of both."""
        super().delete_stale_model_entries(model)
        forget_stale_words(model)

    def reset(self) -> None:
        """Empty both."""
        super().reset()
        IndexedWord.objects.all().delete()
        forget_unsaid_words()


#: So many keys are read together with the count: a page of any list or chooser of the admin.
FIRST_READ = 50
#: What it is mixed into; the platform's compilers have no types.
_Compiler: Any = object


class WordsMixin(_Compiler):
    """Mixin for a query compiler: plain words are answered from the index of words."""

    #: Whether the last word may be only the beginning of one.
    is_typing = False

    def is_plain(self) -> bool:
        """Whether it is a question in words, over all that a thing says, and not of a letter or two."""
        if not isinstance(self.query, PlainText) or self.fields:
            return False
        return not self.is_typing or len(self.query.query_string.strip()) >= SHORTEST_BEGINNING

    @cached_property
    def found(self) -> Best:
        """What answers the question among what may be found: the keys, the first of them read, and how many."""
        kinds = get_descendants_content_types_pks(self.queryset.model)
        may_be = Q(content_type__in=kinds) & among_these(self.queryset)
        meant, counts = asked(self.query.query_string, content_language(), may_be, is_typing=self.is_typing)
        return best_of(matching(meant, counts, may_be), meant, counts, kinds, slice(0, FIRST_READ))

    def keys(self, start: int, stop: int | None) -> list[int]:
        """The keys of one slice, the best first; no query more for what was read with the count."""
        read = self.found.rows
        if read is not None and (len(read) < FIRST_READ or (stop is not None and stop <= FIRST_READ)):
            return [key for _kind, key in read[start:stop]]
        return list(self.found.found.values_list("object_id", flat=True)[start:stop])

    def search(self, config: Any, start: int | None, stop: int | None, score_field: Any = None, **more: Any) -> Any:
        """What answers the question as a queryset, in its own order; the order of relevance is for the results."""
        if score_field or not self.is_plain():
            return super().search(config, start, stop, score_field=score_field, **more)
        keys = self.found.found
        found = self.queryset.filter(pk__in=keys.order_by().values("object_id"))
        return (found if found.query.order_by else found.order_by("-pk"))[start:stop]


class QueryCompiler(WordsMixin, _THEIRS.query_compiler_class):
    """Whole words."""


class AutocompleteQueryCompiler(WordsMixin, _THEIRS.autocomplete_query_compiler_class):
    """Words as they are typed, the last of them unfinished."""

    is_typing = True


class Results(_THEIRS.results_class):
    """The things of one slice, the best first."""

    def _do_search(self) -> Any:
        compiler = self.query_compiler
        if self._score_field or not compiler.order_by_relevance or not _is_plain(compiler):
            return super()._do_search()
        wanted = compiler.keys(self.start, self.stop)
        things = {thing.pk: thing for thing in compiler.queryset.order_by().filter(pk__in=wanted)}
        return [things[key] for key in wanted if key in things]

    def _do_count(self) -> Any:
        if self._score_field or not _is_plain(self.query_compiler):
            return super()._do_count()
        count = sum(self.query_compiler.found.counts.values()) - self.start
        return max(0, count if self.stop is None else min(count, self.stop - self.start))

    def facet(self, field_name: str) -> Any:
        """How many there are of each value; of each sort of thing they are counted already."""
        if field_name not in {"content_type", "content_type_id"} or not _is_plain(self.query_compiler):
            return super().facet(field_name)
        counts = self.query_compiler.found.counts
        return {kind: count for kind, count in sorted(counts.items(), key=lambda each: -each[1]) if count}


def _is_plain(compiler: Any) -> bool:
    return isinstance(compiler, WordsMixin) and compiler.is_plain()


class SearchBackend(_THEIRS):
    """The backend, named as the platform looks for it."""

    index_class = Index
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    results_class = Results
