"""Files in the shape of another project: recognised by the fields they have, and read record by record. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from library.faults import Fault, LibraryFaults
from library.foreign.shapes import SHAPES, ForeignExercise

#: The field under which a shape has its records, and one that its records have; no name where they stand by themselves.
_MARKS = (
    ("free-exercise-db", "", "primaryMuscles"),
    ("exercemus", "exercises", "primary_muscles"),
    ("wger", "results", "translations"),
    ("OpenTeleRehab", "data", "additional_fields"),
)
#: What is passed over beside files of exercises.
_LIBRARY = {".yaml", ".yml"}


@dataclass(frozen=True)
class Told:
    """One exercise, and where it stands."""

    file: str
    number: int
    exercise: ForeignExercise


@dataclass
class ForeignFile:
    """What files of one shape hold."""

    shape: str
    exercises: list[Told] = field(default_factory=list)
    #: Records that say nothing in English, or are none.
    passed_over: list[str] = field(default_factory=list)


def json_files_in(folder: Path) -> list[tuple[str, bytes]]:
    """The files of exercises in an unpacked folder; none where it is a library of ours."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    if any(path.suffix.casefold() in _LIBRARY for path in files):
        return []
    chosen = (path for path in files if path.suffix.casefold() == ".json")
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in chosen]


def read_foreign(files: Iterable[tuple[str, bytes]]) -> ForeignFile:
    """The exercises of files, all in one shape. Raises ``LibraryFaults`` where one is no JSON or has no known shape."""
    found: ForeignFile | None = None
    for name, raw in files:
        data = _parsed(name, raw)
        shape, within, records = _recognised(name, data)
        found = found or ForeignFile(shape)
        if found.shape != shape:
            raise _fault(name, f"is in the shape of {shape}, and others in that of {found.shape}; load them one by one")
        for number, record in enumerate(records, start=1):
            read = SHAPES[shape]({within: [record]} if within else [record])
            found.exercises.extend(Told(name, number, each) for each in read)
            if not read:
                found.passed_over.append(f"{name}, {number}")
    if found is None:
        raise _fault("", "holds no exercises")
    return found


def _parsed(name: str, raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise _fault(name, "is not readable JSON; save it as it was exported, in UTF-8") from error


def _refuse(said: str) -> Any:
    raise ValueError(said)


def _recognised(name: str, data: Any) -> tuple[str, str, list[Any]]:
    """The shape, the field its records stand under, and the records."""
    for shape, within, mark in _MARKS:
        for records in _candidates(data, within):
            if any(isinstance(each, dict) and mark in each for each in records):
                return shape, within, records
    raise _fault(name, f"has not the fields of {', '.join(SHAPES)}; load it as the project exports it")


def _candidates(data: Any, within: str) -> Iterator[list[Any]]:
    """Where a shape may have its records; one alone may stand for itself."""
    if not within:
        yield data if isinstance(data, list) else [data]
    elif isinstance(data, dict) and isinstance(data.get(within), list):
        yield data[within]


def _fault(name: str, message: str) -> LibraryFaults:
    return LibraryFaults([Fault(name, "", message)])
