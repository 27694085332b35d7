"""What the records of a library say about others by id: in the library itself, or else in one library that is here."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clinical.models import Condition, SafetyNote
from exercises.models import ExercisePage
from library.about import in_words, name_of
from library.checking_files import mentions_of_files
from library.faults import Fault
from library.models import LibraryPicture
from library.reading import Library
from routines.models import RoutinePage
from stretchsite.models import ConditionPage, InformationPage

#: What an id may be said of: the folder its record lies in, and what the record was loaded into.
SORTS: Mapping[str, tuple[str, Any]] = {
    "condition": ("conditions", Condition),
    "exercise": ("exercises", ExercisePage),
    "routine": ("routines", RoutinePage),
    "note": ("notes", SafetyNote),
    "condition page": ("conditions", ConditionPage),
    "information page": ("information", InformationPage),
    "picture": ("pictures", LibraryPicture),
}


@dataclasses.dataclass(frozen=True)
class Mention:
    """One mention of another record: in which file and field, of what sort, by which id."""

    file: str
    field: str
    sort: str
    identifier: str


@dataclasses.dataclass(frozen=True)
class Known:
    """What the site has already, so that a small library may refer to a large one."""

    #: The libraries that have a record, by its sort and id.
    owners: Mapping[tuple[str, str], frozenset[str]] = dataclasses.field(default_factory=dict)
    #: What conditions are called here, in small letters: their names and other names, with the library and id of each.
    names: Mapping[str, tuple[str, str]] = dataclasses.field(default_factory=dict)


def known_here(library: Library) -> Known:
    """What the site has of what a library mentions, and what its conditions are called: a query for each sort."""
    mentioned: dict[str, set[str]] = {sort: set() for sort in SORTS}
    for mention in mentions(library):
        mentioned[mention.sort].add(mention.identifier)
    owners: dict[tuple[str, str], frozenset[str]] = {}
    for sort, (_folder, model) in SORTS.items():
        rows = model.objects.filter(library_id__in=mentioned[sort]).values_list("library_id", "from_library")
        for identifier, owner in rows if mentioned[sort] else ():
            owners[sort, identifier] = owners.get((sort, identifier), frozenset()) | {owner}
    return Known(owners, _names_of_conditions() if library.get("conditions") or library.get("tags") else {})


def _names_of_conditions() -> dict[str, tuple[str, str]]:
    """What each condition is called: the words of its id, other names, and its name before them. One query."""
    known = [(each, (each.from_library, each.library_id)) for each in Condition.objects.all()]
    ids = {each.library_id.replace("-", " "): owner for each, owner in known if each.library_id}
    others = {alias.casefold(): owner for each, owner in known for alias in each.alias_list}
    return ids | others | {each.name.casefold(): owner for each, owner in known}


def reference_faults(library: Library, known: Known) -> Iterator[Fault]:
    """Mentions of what is nowhere, or in several other libraries at once."""
    for mention, owners in _elsewhere(library, known):
        sort, name = mention.sort, mention.identifier
        if not owners:
            yield Fault(mention.file, mention.field, f"there is no {sort} “{name}”; add it, or mend the spelling")
        elif len(owners) > 1:
            whose = " and ".join(in_words(owner) for owner in sorted(owners))
            message = f"{whose} both have the {sort} “{name}”; bring one of your own, or leave it"
            yield Fault(mention.file, mention.field, message)


def reference_remarks(library: Library, known: Known) -> Iterator[Fault]:
    """Mentions that mean another library's record: which library that is."""
    own = name_of(library)
    for mention, owners in _elsewhere(library, known):
        if len(owners) == 1 and own not in owners:
            (owner,) = owners
            yield Fault(mention.file, mention.field, f"“{mention.identifier}” is that of {in_words(owner)}")


def _elsewhere(library: Library, known: Known) -> Iterator[tuple[Mention, frozenset[str]]]:
    """Each mention of what is not in the folder, with the libraries that have it: its own alone, if that has."""
    ids = {folder: {record.id for _file, record in _records(library, folder)} for folder, _model in SORTS.values()}
    have = {sort: ids[folder] for sort, (folder, _model) in SORTS.items()}
    have["condition"] = have["condition"] | {record.id for _file, record in _records(library, "tags")}
    own = name_of(library)
    for mention in mentions(library):
        if mention.identifier not in have[mention.sort]:
            owners = known.owners.get((mention.sort, mention.identifier), frozenset())
            yield mention, frozenset({own}) if own in owners else owners


def mentions(library: Library) -> Iterator[Mention]:
    """Every mention of another record."""
    yield from _of_conditions(library)
    for file, exercise in _records(library, "exercises"):
        for number, variation in enumerate(exercise.variations, start=1):
            if variation.exercise:
                yield Mention(file, f"variations[{number}].exercise", "exercise", variation.exercise)
    for file, condition in _records(library, "conditions"):
        if (now := condition.right_now) and now.exercise:
            yield Mention(file, "right_now.exercise", "exercise", now.exercise)
    for file, routine in _records(library, "routines"):
        for number, item in enumerate(routine.items, start=1):
            yield Mention(file, f"items[{number}].exercise", "exercise", item.exercise)
    yield from _of_notes(library)
    yield from (Mention(*mention) for mention in mentions_of_files(library))


def _of_conditions(library: Library) -> Iterator[Mention]:
    for folder in ("exercises", "routines"):
        for file, record in _records(library, folder):
            for number, use in enumerate(record.conditions, start=1):
                yield Mention(file, f"conditions[{number}].condition", "condition", use.condition)


def _of_notes(library: Library) -> Iterator[Mention]:
    for file, note in _records(library, "notes"):
        if note.rules_out:
            yield Mention(file, "rules_out", "condition", note.rules_out)
        for number, identifier in enumerate(note.family.notes if note.family else (), start=1):
            yield Mention(file, f"family.notes[{number}]", "note", identifier)
        for number, place in enumerate(note.applies_to, start=1):
            for sort, field in (("condition", "condition"), ("exercise", "exercise"), ("routine", "routine")):
                if identifier := getattr(place, field):
                    yield Mention(file, f"applies_to[{number}].{field}", sort, identifier)
            if place.hub:
                yield Mention(file, f"applies_to[{number}].hub", "condition page", place.hub)


def _records(library: Library, folder: str) -> Iterable[tuple[str, Any]]:
    return library.get(folder, {}).items()
