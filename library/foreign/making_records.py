"""From exercises as others tell them to records that lack something, and what is only suggested of them. Pure.

Taken are the words: title, other names, purpose, steps, muscles; and what was chosen for words of theirs. What decides
how much or on which side is never taken: it is suggested, with the words it was found in.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pydantic import ValidationError

from clinical.safety.made_from import Origin
from clinical.words.choices import StepKind
from library.about import FILE, KIND, LibraryRecord
from library.drafts import as_far_as_written
from library.faults import Fault
from library.foreign.meanings import CATEGORY, EQUIPMENT, MUSCLE, Meanings, as_kept
from library.foreign.recognising import ForeignFile, Told
from library.foreign.shapes import ForeignExercise
from library.foreign.suggesting import Suggestion, suggestions_in
from library.misfits import misfit
from library.reading import Library, unfit
from library.records import RECORD_OF_FOLDER

_FOLDER = "exercises"
_LINK = re.compile(r'^https?://[^\s<>"]{1,490}$')
_MOST_LETTERS_OF_AN_ID, _MOST_IN_A_LINE = 60, 255
#: So many things are suggested of a record.
_MOST_SUGGESTED = 40
#: So many letters of a text are shown with a suggestion.
_MOST_SHOWN = 300
#: Which field of ours each sort of word stands in.
FIELD_OF_SORT = {MUSCLE: "body_regions", EQUIPMENT: "equipment", CATEGORY: "kind"}


@dataclass
class MadeLibrary:
    """Sound records, each under the name faults call it by; where each stands; and what is suggested of it."""

    library: Library
    faults: list[Fault] = field(default_factory=list)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    suggestions: dict[str, list[Suggestion]] = field(default_factory=dict)
    #: In how many records each word stands, by its sort and itself as kept.
    words: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: How many of these words nobody has given a meaning.
    undecided: int = 0


def as_library(told: ForeignFile, meanings: Meanings) -> MadeLibrary:
    """A library of its own, named after the project, whose records each say whose words they are."""
    made = MadeLibrary({name: {} for name in RECORD_OF_FOLDER} | {KIND: {FILE: _about(told)}})
    seen: dict[str, str] = {}
    addresses: set[str] = set()
    for each in told.exercises:
        identifier = _identifier(each.exercise.key)
        if identifier in seen and seen[identifier] != each.exercise.key:
            identifier = _with_digest(identifier, each.exercise.key)
        address = f"{_plain(each.exercise.title)[:_MOST_LETTERS_OF_AN_ID]}-{_plain(told.shape)}".strip("-")
        if address in addresses:
            address = f"{address}-{_digest(each.exercise.key)}"
        _add(made, each, identifier, address, meanings, is_twice=identifier in seen)
        seen.setdefault(identifier, each.exercise.key)
        addresses.add(address)
    made.undecided = sum(meanings.of(sort, word) is None for sort, word in made.words)
    return made


def _about(told: ForeignFile) -> LibraryRecord:
    origins = {each.exercise.origin.licence for each in told.exercises}
    licence = next(iter(origins)) if len(origins) == 1 and "" not in origins else "As each exercise says"
    return LibraryRecord(
        id=_plain(told.shape),
        title=told.shape,
        publisher=told.shape,
        licence=licence[:_MOST_IN_A_LINE],
        version="as uploaded",
        language="en",
    )


def _add(made: MadeLibrary, told: Told, identifier: str, address: str, meanings: Meanings, *, is_twice: bool) -> None:
    """One exercise, or its faults."""
    name = f"{_FOLDER}/{identifier}"
    if is_twice:
        name = f"{name} ({told.number})"
    made.places[name] = (told.file, told.number)
    fields = {"id": identifier, "slug": address, **_fields(told.exercise, meanings)}
    faults = [Fault(name, "id", "is in the file twice; keep one of the two")] if is_twice else []
    read = {**fields, **{each: _plainly(getattr(told.exercise, each)) for each in _ALSO_KEPT}}
    faults.extend(Fault(name, where, message) for where, message in unfit(read))
    if not faults:
        kind, said = as_far_as_written(_FOLDER, fields)
        try:
            made.library[_FOLDER][name] = kind.model_validate(said)
            made.words.update({(sort, as_kept(word)) for sort, word in _words(told.exercise)})
            made.suggestions[name] = list(islice(_suggested(told.exercise, meanings), _MOST_SUGGESTED))
        except ValidationError as error:
            faults.extend(misfit(name, detail, kind) for detail in error.errors())
    made.faults.extend(faults)


#: What is kept of an exercise beside its record.
_ALSO_KEPT = ("purpose", "tips", "equipment", "category")


def _plainly(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _fields(told: ForeignExercise, meanings: Meanings) -> dict[str, Any]:
    """What is taken: nothing stands where nothing is known."""
    kind = meanings.of(CATEGORY, told.category) if told.category else None
    fields = {
        "title": told.title,
        "aliases": [alias for alias in told.aliases if len(alias) <= _MOST_IN_A_LINE],
        "purpose": told.purpose if len(told.purpose) <= _MOST_IN_A_LINE else "",
        "steps": [{"kind": StepKind.MOVE.value, "text": step} for step in told.steps],
        "muscles": list(told.muscles),
        "regions": _meant(MUSCLE, told.muscles, meanings),
        "equipment": _meant(EQUIPMENT, told.equipment, meanings),
        "kind": kind,
        "origin": _origin(told.origin),
    }
    return {name: value for name, value in fields.items() if value}


def _meant(sort: str, words: Iterable[str], meanings: Meanings) -> list[str]:
    """Each thing of ours that is meant, once."""
    return list(dict.fromkeys(meaning for word in words if (meaning := meanings.of(sort, word))))


def _origin(origin: Origin) -> dict[str, str]:
    said = {
        "source": origin.source,
        "address": origin.address,
        "author": origin.author[:_MOST_IN_A_LINE],
        "licence": origin.licence[:_MOST_IN_A_LINE],
        "licence_address": origin.licence_address,
    }
    return {name: value for name, value in said.items() if value and (name in _NO_LINKS or _LINK.match(value))}


_NO_LINKS = {"source", "author", "licence"}


def _suggested(told: ForeignExercise, meanings: Meanings) -> Iterator[Suggestion]:
    """What an editor may take over: each with the words it was found in."""
    figures = {name: Suggestion(name, str(number), f"{name}: {number}") for name, number in told.figures}
    found = [each for each in suggestions_in("\n".join(told.steps + told.tips)) if each.field not in figures]
    yield from [*figures.values(), *found]
    for sort, word in _words(told):
        if meanings.of(sort, word) is None:
            yield Suggestion(FIELD_OF_SORT[sort], "", word[:_MOST_SHOWN])
    if len(told.purpose) > _MOST_IN_A_LINE:
        yield Suggestion("purpose", "", f"{told.purpose[:_MOST_SHOWN]}…")
    for tip in told.tips:
        yield Suggestion("dos", "", tip[:_MOST_SHOWN])
    if told.origin.licence_address and not _LINK.match(told.origin.licence_address):
        yield Suggestion("origin", "", told.origin.licence_address[:_MOST_SHOWN])


def _words(told: ForeignExercise) -> Iterator[tuple[str, str]]:
    """Every word of it that means something of ours."""
    yield from ((MUSCLE, word) for word in told.muscles)
    yield from ((EQUIPMENT, word) for word in told.equipment)
    if told.category:
        yield CATEGORY, told.category


def _identifier(key: str) -> str:
    """An id of ours, the same for the same key whenever it comes."""
    plain = _plain(key)
    return plain if plain and len(plain) <= _MOST_LETTERS_OF_AN_ID else _with_digest(plain or "exercise", key)


def _with_digest(plain: str, key: str) -> str:
    return f"{plain[: _MOST_LETTERS_OF_AN_ID - 9].rstrip('-')}-{_digest(key)}"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode(errors="backslashreplace")).hexdigest()[:8]


def _plain(words: str) -> str:
    """Words in small letters, digits and single hyphens."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
