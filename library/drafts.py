"""Records that lack something: they load as drafts, which nobody can publish while anything is missing.

Only the id and the title must be there. What is there must be sound; what is missing is listed in the admin under
"To complete". Safety notes are never taken half.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field, create_model, model_validator

from clinical.publishing.stand_ins import is_stand_in
from exercises.dosage import Dosage
from exercises.dosage_fields import DosageError
from library.dosage_records import DosageRecord
from library.fields import Record
from library.records import RECORD_OF_FOLDER, ConditionRecord, ExerciseRecord, RoutineRecord

_NEEDED = {"id", "title"}


def _whole(kind: type[Record]) -> Any:
    """The fields of a record as they are, each that must be there with nothing in its place."""
    return {
        name: (field.annotation, Field(default_factory=_nothing(field.annotation)))
        for name, field in kind.model_fields.items()
        if field.is_required() and name not in _NEEDED
    }


def _nothing(annotation: Any) -> Any:
    if annotation is DosageRecord:
        return DosageRecord
    return list if str(annotation).startswith("list[") else str


def lacks_something(record: Any) -> bool:
    """Whether a record is one that lacks something."""
    return isinstance(record, _Lacking)


class _Lacking:
    """What every record that lacks something is."""


def _as_it_is(self: Any) -> Any:
    return self


def _dosage_as_far_as_it_goes(self: Any) -> Any:
    """A dosage that is there can be followed."""
    try:
        if figures := self.dosage.figures():
            Dosage(**figures)
    except DosageError as error:
        raise ValueError(f"dosage.{error.field}: {error.message}") from error
    return self


def _draft_of(kind: type[Record], **validators: Any) -> type[Record]:
    """The same record, of which all but the id and the title may be missing."""
    rules: dict[str, Any] = {"_asks_something": _as_it_is, **validators}
    decorated: Any = {name: model_validator(mode="after")(rule) for name, rule in rules.items()}
    bases: Any = (_Lacking, kind)
    made: type[Record] = create_model(f"Draft{kind.__name__}", __base__=bases, __validators__=decorated, **_whole(kind))
    return made


#: The record of each folder that may lack something.
DRAFT_OF_FOLDER: Mapping[str, type[Record]] = {
    "exercises": _draft_of(ExerciseRecord, _dosage_can_be_followed=_dosage_as_far_as_it_goes),
    "routines": _draft_of(RoutineRecord, _says_how_often=_as_it_is),
    "conditions": _draft_of(ConditionRecord),
}


def as_far_as_written(folder: str, fields: dict[str, Any]) -> tuple[type[Record], dict[str, Any]]:
    """What to read a file of this folder as that may lack something, and its fields without what only stands in.

    A record that lacks nothing is read as what it is. Give both to ``model_validate``.
    """
    kind = RECORD_OF_FOLDER[folder]
    draft = DRAFT_OF_FOLDER.get(folder)
    if draft is None:
        return kind, fields
    said = {name: value for name, value in fields.items() if not (isinstance(value, str) and is_stand_in(value))}
    if folder == "conditions" and "title" in said:
        said.setdefault("name", said["title"])
    must = {name for name, field in kind.model_fields.items() if field.is_required()}
    asks = "check_first" in said or "concerns" in said
    often = folder != "routines" or bool({"sessions_per_day", "as_needed"} & set(said))
    return (kind if must <= set(said) and asks and often else draft), said
