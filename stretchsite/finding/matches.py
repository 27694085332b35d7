"""Asks the database which things have words of a question, and how much of each; both databases answer alike.

Which of them answer it, ``stretchsite.finding.best`` says. Weights are whole numbers, so that no database rounds them
in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Length
from django.utils.translation import get_language

from stretchsite.finding.added_sayings import lexicon_now
from stretchsite.finding.help_first import is_ordinary, may_be_mended
from stretchsite.finding.lexicon import lexicon
from stretchsite.finding.near_words import most_wrong, near, nearest
from stretchsite.finding.question import MOST_WORDS, Question, Wanted, question
from stretchsite.models.words import IndexedWord, KnownWord

#: A beginning of fewer letters begins too much.
SHORTEST_BEGINNING = 3
#: So many words of a question are mended; with more errors it is no question.
MOST_MENDED = 2
#: Of so many words with one beginning all are looked for.
MOST_BEGINNINGS = 40
#: A word that weighs less stands in a step or in long prose only: the page is not about it, and does not "have" it.
SAID = 40
#: A typing error is compared with so many words at most.
MOST_COMPARED = 20_000
_NOTHING, _ONE = Value(0, output_field=IntegerField()), Value(1, output_field=IntegerField())


def asked(text: str, language: str, among: Q, *, is_typing: bool = False) -> tuple[Question, dict[str, int]]:
    """What a text asks for among some rows, with typing errors mended, and how many things have each of its stems.

    Where it asks for one thing alone, only whether any has them (1 or 0): how rare it is changes no order then.

    What none of these rows has is no longer among what is wanted: what stands in drafts changes nothing for readers.

    Two queries; one more where some word is not known, one for each such word that has near ones, and one where the
    last word is still being typed. As many again where an added saying has a word of it: it hides no typing error.
    """
    known = lexicon_now(language)
    meant, counts = _read(question(text, language, known), language, among, is_typing=is_typing)
    if not (known.words - lexicon(language).words).isdisjoint(meant.typed[:MOST_WORDS]):
        plainly, _counts_too = _read(question(text, language), language, among)
        meant = replace(meant, mended_plainly=plainly.words)
    return meant, counts


def _read(meant: Question, language: str, among: Q, *, is_typing: bool = False) -> tuple[Question, dict[str, int]]:
    """What a question asks for, with typing errors mended by its own lexicon, and how many things have each stem."""
    if is_typing and meant.wanted and meant.wanted[-1].typed:
        last = meant.wanted[-1].typed
        meant = meant.with_stems(last, frozenset(beginnings(last, language, among).values()))
    counts = _counts_of(meant, among)
    unknown = [each.typed for each in meant.wanted if each.typed and not _any(each, counts)]
    unknown = [typed for typed in unknown if not _is_ordinary(typed, meant, language)][:MOST_MENDED]
    unknown = unknown if may_be_mended(meant, language) else []
    known = _comparable(unknown, language) if unknown else {}
    for typed in unknown:
        meant = _mended(meant, typed, language, known, among)
    missing = meant.stems - counts.keys()
    counts |= _counts(missing, among)
    said = tuple(each for each in meant.wanted if _any(each, counts))
    return replace(meant, wanted=said, unsaid=len(meant.wanted) - len(said)), counts


def _any(wanted: Wanted, counts: dict[str, int]) -> bool:
    return any(counts.get(stem) for stem in wanted.stems)


def _is_ordinary(word: str, meant: Question, language: str) -> bool:
    return word in meant.lexicon.words or is_ordinary(word, language)


def _counts_of(meant: Question, among: Q) -> dict[str, int]:
    """How many have each stem of a question. Of one thing only whether any has it: how rare it is changes no order."""
    if len(meant.wanted) > 1:
        return _counts(meant.stems, among)
    said = IndexedWord.objects.filter(among, stem__in=meant.stems).values_list("stem", flat=True)[:1]
    return {**dict.fromkeys(meant.stems, 0), **dict.fromkeys(said, 1)} if meant.stems else {}


def _counts(stems: Iterable[str], among: Q) -> dict[str, int]:
    """How many of the things that may be found have each stem; 0 for none."""
    stems = frozenset(stems)
    found = IndexedWord.objects.filter(among, stem__in=stems).order_by().values_list("stem").annotate(Count("pk"))
    return {**dict.fromkeys(stems, 0), **dict(found)} if stems else {}


def _mended(meant: Question, typed: str, language: str, known: dict[str, str], among: Q) -> Question:
    """A question with one word read as the known words it begins, or as the one it is nearest to.

    Only words of what may be found count, never one of a draft: the page says how it was read.
    """
    begun = {stem for word, stem in known.items() if word.startswith(typed) and len(typed) >= SHORTEST_BEGINNING}
    sayings = {saying[0] for saying in meant.lexicon.means}
    wrong = near(typed, {*known, *sayings})
    counts = _counts({*begun, *(known[word] for word in wrong if word in known)}, among)
    if seen := frozenset(stem for stem in begun if counts[stem]):
        return meant.with_stems(typed, seen)
    common = {word: counts[known[word]] if word in known else 0 for word in wrong}
    best = nearest({word: letters for word, letters in wrong.items() if common[word] or word in sayings})
    return meant.reads(typed, max(best, key=lambda word: (common[word], word)), language) if best else meant


def beginnings(typed: str, language: str, among: Q) -> dict[str, str]:
    """The words with this beginning that something among these rows says, each with its stem.

    One query, none for a beginning that is too short. What nobody may see is left out before the words are cut, not
    after: many words of drafts hide none of a public page.
    """
    if len(typed) < SHORTEST_BEGINNING:
        return {}
    said = Exists(IndexedWord.objects.filter(among, stem=OuterRef("stem")))
    known = KnownWord.objects.filter(said, language=language, word__startswith=typed)
    return dict(known.order_by("word").values_list("word", "stem")[:MOST_BEGINNINGS])


def _comparable(unknown: list[str], language: str) -> dict[str, str]:
    """The known words that typed ones may be: begun by one, or about as long and with one of its first letters."""
    sized = KnownWord.objects.filter(language=language).alias(size=Length("word"))
    may_be = Q()
    for typed in unknown:
        may_be |= Q(word__startswith=typed)
        if wrong := most_wrong(typed):
            first = Q(word__startswith=typed[0]) | Q(word__startswith=typed[1])
            may_be |= first & Q(size__gte=max(3, len(typed) - wrong), size__lte=len(typed) + wrong)
    return dict(sized.filter(may_be).order_by("word").values_list("word", "stem")[:MOST_COMPARED])


def among_these(things: QuerySet[Any]) -> Q:
    """Rows of these things. Looked up for each row that has a word: a rare word costs little, however many things."""
    return Q(Exists(things.order_by().filter(pk=OuterRef("object_id")).values("pk")))


def matching(meant: Question, counts: dict[str, int], among: Q) -> QuerySet[Any]:
    """The keys of what has any of the words, the best first, as rows with ``object_id``, ``has`` and ``worth``."""
    if not meant.wanted:
        return IndexedWord.objects.none()
    rows = IndexedWord.objects.filter(among, stem__in=meant.stems).order_by().values("object_id", "content_type_id")
    names = names_of(meant)
    found = rows.annotate(**{name: _weight(each) for name, each in zip(names, meant.wanted, strict=True)})
    rare = (rareness(each, counts) for each in meant.wanted)
    return found.annotate(has=how_many_of(names), worth=worth(names, rare)).order_by("-has", "-worth", "object_id")


def names_of(meant: Question) -> list[str]:
    """What the weight of each thing that is wanted is called in a row of ``matching``."""
    return [f"word_{number}" for number in range(len(meant.wanted))]


def how_many_of(names: Iterable[str]) -> Any:
    """How many of these things, by the names of their weights, something has."""
    return sum((Case(When(**{f"{name}__gte": SAID}, then=_ONE), default=_NOTHING) for name in names), _NOTHING)


def worth(names: Iterable[str], values: Iterable[int]) -> Any:
    """How much something says of all of them together, each times its value."""
    return sum((F(name) * value for name, value in zip(names, values, strict=True)), _NOTHING)


def _weight(wanted: Wanted) -> Max:
    """How much a thing says of what is wanted: the heaviest of its stems."""
    return Max(Case(When(stem__in=sorted(wanted.stems), then=F("weight")), default=_NOTHING))


def rareness(wanted: Wanted, counts: dict[str, int]) -> int:
    """A rare word says more than a frequent one; in whole numbers, as the weights."""
    return round(100 / max(1, how_many(wanted, counts)) ** 0.3)


def how_many(wanted: Wanted, counts: dict[str, int]) -> int:
    """How many things have any of its stems, or more: one that has two is counted twice."""
    return sum(counts.get(stem, 0) for stem in wanted.stems)


def content_language() -> str:
    """The language of the words that are asked for: the reader's, where the site's pages may be in it."""
    language = get_language() or ""
    return language if language in dict(settings.WAGTAIL_CONTENT_LANGUAGES) else settings.LANGUAGE_CODE
