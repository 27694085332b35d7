"""What the author of a library should mend, although it can be loaded: each remark names the file, field and remedy."""

from __future__ import annotations

from collections.abc import Iterator

from exercises.choices import Laterality
from exercises.other_side import asks_for_the_other_side
from library.faults import Fault
from library.reading import Library
from library.records import ExerciseRecord


def remarks_on(library: Library) -> list[Fault]:
    """Everything to mend, in the order of the files."""
    return [remark for file, record in library.get("exercises", {}).items() for remark in _written_sides(file, record)]


def _written_sides(file: str, record: object) -> Iterator[Fault]:
    if not isinstance(record, ExerciseRecord) or record.laterality is not Laterality.UNILATERAL:
        return
    for number, step in enumerate(record.steps, start=1):
        if asks_for_the_other_side(step.text):
            message = "leave out that it is done on the other side; the site says so wherever it is to be"
            yield Fault(file, f"steps[{number}].text", message)
