"""Checking a library as a whole: what its records say about each other, and that plain text is plain.

Faults are collected, not raised one by one, so that an author mends everything in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bs4 import BeautifulSoup

from clinical.publishing.blocks import ALLOWED_SCHEMES, ALLOWED_TAGS
from exercises.choices import Laterality, VariationKind
from exercises.dosage import Dosage
from exercises.dosage_fields import DosageError
from exercises.frequency import FREQUENCY
from exercises.loads import check_load_is_there
from exercises.overriding import overridden
from exercises.session_length import check_session_length
from library.about import in_words, name_of
from library.checking_files import named_twice
from library.drafts import lacks_something
from library.faults import Fault
from library.fields import Record
from library.figures import figure_faults
from library.reading import Library
from library.records import ProseBlockRecord
from library.references import Known, reference_faults
from routines.choices import comes_unplanned

_FITTING = {
    Laterality.UNILATERAL: "each, left or right",
    Laterality.BILATERAL: "both",
    Laterality.ALTERNATING: "in_turn",
}
#: A tag, or half of one with something in it, an entity, an event. "Less than <body weight" and "only=half" are text.
_MARKUP = re.compile(
    r"<[a-z/!?][^<>]*>|<[a-z]+[\s/][^<>]*=|<[!?/]|javascript:|&#|\bon[a-z]+\s*=\s*[\"']", re.IGNORECASE
)
_HARDER, _EASIER = VariationKind.PROGRESSION, VariationKind.REGRESSION


def faults_of(library: Library, known: Known) -> list[Fault]:
    """Everything wrong with the library as a whole."""
    alone = (_repeated_names, _names_of_others, _repeated_rows, _sides_and_dosages, _figures, _markup)
    checks = (*alone, named_twice, _own_frequencies, reference_faults, _circles, _rings_of_notes)
    return [fault for check in checks for fault in check(library, known)]


def _records(library: Library, folder: str) -> Iterable[tuple[str, Any]]:
    return library.get(folder, {}).items()


def _repeated_names(library: Library, known: Known) -> Iterator[Fault]:
    """Two conditions of one name, or two pages of one title, cannot be told apart by readers."""
    sorts = ((("conditions", "tags"), "name"), (("exercises",), "title"), (("routines",), "title"))
    for folders, field in sorts:
        seen: dict[str, str] = {}
        for file, record in (pair for folder in folders for pair in _records(library, folder)):
            value = getattr(record, field).casefold()
            if value in seen:
                yield Fault(file, field, f"is the same as in {seen[value]}; choose another")
            seen.setdefault(value, file)


def _names_of_others(library: Library, known: Known) -> Iterator[Fault]:
    """A condition may not go by the name of another one that is here already: readers could not tell them apart."""
    library_name = name_of(library)
    for file, record in (*_records(library, "conditions"), *_records(library, "tags")):
        for name, place in ((record.name, "name"), *((alias, "aliases") for alias in record.aliases)):
            own = (library_name, record.id)
            owner = known.names.get(name.casefold(), own)
            if owner not in (own, ("", record.id)):  # from a folder without a name: refused, or taken, as a record
                message = (
                    f"“{name}” is a name of {_condition(owner, library_name)}; choose another, or write about that one"
                )
                yield Fault(file, place, message)


def _condition(owner: tuple[str, str], own: str) -> str:
    """Another condition, in words."""
    whose, identifier = owner
    if not identifier:
        return "a condition that was written here"
    return f"the condition “{identifier}”" + (f" of {in_words(whose)}" if whose != own else "")


def _repeated_rows(library: Library, known: Known) -> Iterator[Fault]:
    """What may stand in a list only once: a condition something is used for, a code of a condition."""
    lists = (
        ("exercises", "conditions", lambda use: use.condition),
        ("routines", "conditions", lambda use: use.condition),
        ("conditions", "codes", lambda code: (code.system, code.edition, code.code)),
        ("tags", "codes", lambda code: (code.system, code.edition, code.code)),
    )
    for folder, field, same in lists:
        for file, record in _records(library, folder):
            named = [same(row) for row in getattr(record, field)]
            for number, name in enumerate(named, start=1):
                if name in named[: number - 1]:
                    yield Fault(file, f"{field}[{number}]", "is in the list already; take one of the two out")


def _sides_and_dosages(library: Library, known: Known) -> Iterator[Fault]:
    exercises = {record.id: record for _file, record in _records(library, "exercises")}
    for file, routine in _records(library, "routines"):
        for number, item in enumerate(routine.items, start=1):
            last = routine.weeks_most or routine.weeks
            if last and item.from_week and item.from_week > last:
                yield Fault(file, f"items[{number}].from_week", f"is after the last week; write a number up to {last}")
            exercise = exercises.get(item.exercise)
            if exercise is None or lacks_something(exercise):
                continue
            if item.side.fits != exercise.laterality:
                fit = _FITTING[exercise.laterality]
                yield Fault(file, f"items[{number}].side", f"“{item.exercise}” does not work that side; write {fit}")
            try:
                usual = Dosage(**exercise.dosage.figures()).without_frequency()
                prescribed = overridden(usual, item.dosage.figures())
                check_load_is_there(prescribed, exercise.equipment)
                check_session_length(prescribed, item.side)
            except DosageError as error:
                yield Fault(file, f"items[{number}].dosage.{error.field}", error.message)


def _own_frequencies(library: Library, known: Known) -> Iterator[Fault]:
    """What is done as needed has no days, so no exercise in it has days of its own."""
    for file, routine in _records(library, "routines"):
        if not (routine.often().as_needed or comes_unplanned(routine.moments)):
            continue
        for number, item in enumerate(routine.items, start=1):
            said = item.dosage.figures()
            named = [name for name in FREQUENCY if name in said and not name.startswith("as_needed")]
            if named and not said.get("as_needed"):
                message = "leave it out: the routine is done as needed, on no set day"
                yield Fault(file, f"items[{number}].dosage.{named[0]}", message)


def _circles(library: Library, known: Known) -> Iterator[Fault]:
    """Harder than itself, by however long a way round."""
    harder: dict[str, set[str]] = {}
    files = {}
    for file, record in _records(library, "exercises"):
        files[record.id] = file
        for number, variation in enumerate(record.variations, start=1):
            if variation.exercise == record.id:
                yield Fault(file, f"variations[{number}].exercise", "is this exercise itself; name another")
            elif variation.exercise and variation.kind is _HARDER:
                harder.setdefault(record.id, set()).add(variation.exercise)
            elif variation.exercise and variation.kind is _EASIER:
                harder.setdefault(variation.exercise, set()).add(record.id)
    for start in sorted(files):
        if start in _reached(harder, start):
            yield Fault(files[start], "variations", "goes round in a circle: in the end it is harder than itself")


def _rings_of_notes(library: Library, known: Known) -> Iterator[Fault]:
    """A joint sign that speaks for its own note, by however long a way round: no note of the ring could be first."""
    spoken_for = {note.id: set(note.family.notes) for _file, note in _records(library, "notes") if note.family}
    for file, note in _records(library, "notes"):
        if note.id in _reached(spoken_for, note.id):
            yield Fault(file, "family.notes", "goes round in a circle: in the end the note speaks for itself")


def _reached(leads_to: dict[str, set[str]], start: str) -> set[str]:
    reached: set[str] = set()
    waiting = list(leads_to.get(start, ()))
    while waiting:
        each = waiting.pop()
        if each not in reached:
            reached.add(each)
            waiting.extend(leads_to.get(each, ()))
    return reached


def _figures(library: Library, known: Known) -> Iterator[Fault]:
    return figure_faults(_records(library, "exercises"))


def _markup(library: Library, known: Known) -> Iterator[Fault]:
    """Plain text is plain; paragraphs hold only the allowed tags."""
    for folder in library:
        for file, record in _records(library, folder):
            yield from markup_faults(file, record)


def markup_faults(file: str, record: Record) -> Iterator[Fault]:
    """Markup in one record where there may be none."""
    for field, text, is_rich in _texts(record):
        if fault := _rich_fault(text) if is_rich else _plain_fault(text):
            yield Fault(file, field, fault)


def _texts(value: Any, field: str = "") -> Iterator[tuple[str, str, bool]]:
    if isinstance(value, Record):
        for name in type(value).model_fields:
            inner = getattr(value, name)
            place = f"{field}.{name}".lstrip(".")
            if isinstance(value, ProseBlockRecord) and name == "paragraph" and inner:
                yield place, inner, True
            else:
                yield from _texts(inner, place)
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _texts(inner, f"{field}[{number}]")
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, f"{field}.{name}")
    elif isinstance(value, str):
        yield field, value, False


def _plain_fault(text: str) -> str:
    return "is plain text; take out the markup or script" if _MARKUP.search(text) else ""


def _rich_fault(html: str) -> str:
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        if tag.name not in ALLOWED_TAGS:
            return f"may not hold <{tag.name}>; allowed are " + ", ".join(sorted(ALLOWED_TAGS))
        for name, value in tag.attrs.items():
            scheme = str(value).split(":", 1)[0].strip().lower() if ":" in str(value) else ""
            if name != "href" or (scheme and scheme not in ALLOWED_SCHEMES):
                return f"may not hold the attribute {name}=“{value}”; only links (https, mailto, tel) may have one"
    return ""
