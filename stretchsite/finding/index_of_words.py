"""Writes the words of what can be searched for, whenever the platform indexes it.

What is indexed the models say themselves, in the platform's ``search_fields``. A word says the more the higher its
field's ``boost`` is and the fewer words stand beside it: "Squat" alone is the title of the squat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from modelsearch.index import RelatedFields, SearchField, get_indexed_models
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks

from stretchsite.finding.lexicon import lexicon
from stretchsite.finding.stems import stem_of, stems_of, words_of
from stretchsite.models.words import IndexedWord, KnownWord

#: What a word alone in a field without a boost weighs.
WHOLE = 100
#: How much of its weight a word keeps in each field but the one where it weighs most.
SAID_AGAIN = 0.2
ROWS_AT_ONCE = 500
THINGS_AT_ONCE = 200


def index_words(model: Any, things: Iterable[Any]) -> None:
    """Write the words of things of one model. Writes nothing about a thing that says what it said."""
    content_type, things = get_content_type_pk(model), list(things)
    rows = IndexedWord.objects.filter(content_type_id=content_type)
    before: dict[int, dict[str, int]] = {}
    for key, stem, weight in rows.filter(object_id__in=[t.pk for t in things]).values_list(
        "object_id", "stem", "weight"
    ):
        before.setdefault(key, {})[stem] = weight
    changed = {t.pk: weighed for t in things if (weighed := weighed_stems(t)) != before.get(t.pk, {})}
    left = {stem for key, weighed in changed.items() for stem in before.get(key, {}).keys() - weighed.keys()}
    if stale := [key for key in changed if key in before]:
        rows.filter(object_id__in=stale)._raw_delete(rows.db)
    IndexedWord.objects.bulk_create(
        [
            IndexedWord(content_type_id=content_type, object_id=key, stem=stem, weight=weight)
            for key, weighed in changed.items()
            for stem, weight in weighed.items()
        ],
        batch_size=ROWS_AT_ONCE,
    )
    _remember(thing for thing in things if thing.pk in changed)
    if left:
        forget_unsaid_words(left)


def forget_words(thing: Any) -> None:
    """Take out the words of something that is deleted."""
    rows = IndexedWord.objects.filter(content_type_id=get_content_type_pk(type(thing)), object_id=thing.pk)
    left = set(rows.values_list("stem", flat=True))
    rows.delete()
    if left:
        forget_unsaid_words(left)


def forget_stale_words(model: Any) -> None:
    """Take out the words of everything of a model that is no longer there."""
    there = model._default_manager.order_by().values("pk")
    kinds = get_descendants_content_types_pks(model)
    IndexedWord.objects.filter(content_type__in=kinds).exclude(object_id__in=there).delete()
    forget_unsaid_words()


def forget_unsaid_words(stems: Iterable[str] | None = None) -> None:
    """Take out the known words that nothing says any more: of these stems, or of all. One query."""
    unsaid = KnownWord.objects.exclude(Exists(IndexedWord.objects.filter(stem=OuterRef("stem"))))
    unsaid = unsaid if stems is None else unsaid.filter(stem__in=stems)
    unsaid._raw_delete(unsaid.db)


def index_all_words() -> int:
    """Write the words of everything; how many things that were. For a site from before there was this index."""
    count = 0
    for model in get_indexed_models():
        things: Any = model.get_indexed_objects().order_by("pk").iterator(chunk_size=THINGS_AT_ONCE)
        while some := list(islice(things, THINGS_AT_ONCE)):
            index_words(model, some)
            count += len(some)
    return count


def language_of_words(thing: Any) -> str:
    """The language something is written in: a page's own, else the site's."""
    return str(getattr(thing, "language", "") or settings.LANGUAGE_CODE)


def weighed_stems(thing: Any) -> dict[str, int]:
    """Each stem of a thing with its weight, over all its fields."""
    language = language_of_words(thing)
    heaviest: dict[str, float] = {}
    weighed: dict[str, float] = {}
    for boost, text in texts_of(thing, type(thing).get_search_fields()):
        best: dict[str, float] = {}
        for line in text.splitlines():
            stems = stems_of(line, language)
            for stem in stems:
                best[stem] = max(best.get(stem, 0), WHOLE * boost / len(stems) ** 0.5)
        for stem, weight in best.items():
            weighed[stem] = weighed.get(stem, 0) + weight
            heaviest[stem] = max(heaviest.get(stem, 0), weight)
    # What is said twice says little more: a title that is nothing but the word stays the best there is.
    return {stem: max(1, round(most + (weighed[stem] - most) * SAID_AGAIN)) for stem, most in heaviest.items()}


def texts_of(thing: Any, fields: Iterable[Any]) -> Iterator[tuple[float, str]]:
    """What a thing is searched by: each field's text with its boost; what is related says each thing once."""
    for field in fields:
        if not isinstance(field, (SearchField, RelatedFields)):
            continue
        value = field.get_value(thing)
        if isinstance(field, SearchField) and value:
            yield field.boost or 1, "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
        elif isinstance(field, RelatedFields) and value is not None:
            related = value.all() if hasattr(value, "all") else [value]
            said: dict[float, list[str]] = {}
            for boost, text in (each for other in related for each in texts_of(other, field.fields)):
                said.setdefault(boost, []).append(text)
            yield from ((boost, "\n".join(texts)) for boost, texts in said.items())


def _remember(things: Iterable[Any]) -> None:
    """The words themselves, for typing errors. In order, so that no two who write wait for each other in a circle."""
    of_language: dict[str, set[str]] = {}
    for thing in things:
        words = words_of(" ".join(text for _boost, text in texts_of(thing, type(thing).get_search_fields())))
        language = language_of_words(thing)
        of_language.setdefault(language, set()).update(set(words) - lexicon(language).stop_words)
    for language, said in of_language.items():
        known = {row.word: row for row in KnownWord.objects.filter(language=language, word__in=said)}
        # A lexicon that has changed may bring a word we know to another stem.
        stems = {word: stem_of(word, language) for word in sorted(said)}
        rows = [KnownWord(language=language, word=word, stem=stem) for word, stem in stems.items() if word not in known]
        KnownWord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=ROWS_AT_ONCE)
        moved = [word for word, row in known.items() if row.stem != stems[word]]
        for word in moved:
            known[word].stem = stems[word]
        KnownWord.objects.bulk_update([known[word] for word in sorted(moved)], ["stem"], batch_size=ROWS_AT_ONCE)
