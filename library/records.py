"""The library's file format: one YAML record a file, validated by these models.

The folder a file lies in says what it is: ``conditions``, ``notes``, ``exercises``, ``routines``, ``information``.
The JSON Schema published in ``docs/library-format`` is generated from here. Numbers are plain whole numbers in the
unit their name ends in ("30", never "30s"); nothing is converted silently.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, create_model, model_validator

from clinical.safety.pain import MOST_PAIN
from clinical.words.choices import (
    BodyRegion,
    EvidenceLevel,
    Moment,
    SettlesBy,
    StartingPosition,
    StepKind,
)
from clinical.words.concerns import Concern
from clinical.words.exercising import Equipment, ExerciseKind
from exercises.choices import Laterality, Lead, Side, VariationKind, usual_side
from exercises.dosage import Dosage
from exercises.dosage_fields import DosageError
from exercises.frequency import FREQUENCY, Frequency
from exercises.loads import check_load_is_there
from exercises.session_length import check_session_length
from library.dosage_records import DOSAGE_FIELDS, DosageRecord
from library.fields import (
    FigureReference,
    Identifier,
    Instead,
    Line,
    Lines,
    Link,
    Positions,
    Prose,
    Record,
    Text,
)
from library.note_records import NoteRecord
from library.origin_records import OriginRecord
from library.provenance_records import PictureRecord, RedirectRecord, ReviewRecord, Slug
from library.tag_records import CodeRecord, TagRecord
from routines.choices import Phase


class SourceRecord(Record):
    """Where a statement comes from."""

    title: Line
    link: Link | None = None
    doi: Line | None = None
    pmid: Line | None = None


class ConditionUseRecord(Record):
    """A condition something is used for, with the evidence for that use and one sentence that says it aloud."""

    condition: Identifier
    evidence: EvidenceLevel
    statement: Line


class ProseBlockRecord(Record):
    """A piece of prose: exactly one of a heading, a paragraph (a little HTML allowed) or a list."""

    heading: Line | None = None
    paragraph: Prose | None = None
    points: Annotated[list[Line], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> ProseBlockRecord:
        if len(self.model_dump(exclude_none=True)) != 1:
            raise ValueError("write exactly one of heading, paragraph or points")
        return self


class ClinicalRecord(Record):
    """What exercises, routines and hubs have in common. ``check_first`` and ``concerns`` complete "Ask first if"."""

    id: Identifier
    title: Line
    purpose: Line
    who_it_is_for: Text
    check_first: Lines = []
    concerns: list[Concern] = []
    evidence_summary: Text
    sources: Annotated[list[SourceRecord], Field(min_length=1)]
    dos: list[Line] = []
    donts: list[Line] = []
    origin: OriginRecord | None = None
    slug: Slug | None = None
    reviews: list[ReviewRecord] = []

    @model_validator(mode="after")
    def _asks_something(self) -> ClinicalRecord:
        if not self.check_first and not self.concerns:
            raise ValueError("check_first: say who should ask a clinician first, here or under concerns")
        return self


class RightNowRecord(Record):
    """What to do right now: a question, a few steps, and an exercise to follow, above everything else on the page."""

    title: Annotated[Line, Field(max_length=40)]
    steps: Annotated[list[Line], Field(min_length=1, max_length=4)]
    exercise: Identifier | None = None
    afterwards: Annotated[Text, Field(max_length=600)] | None = None
    sources_differ: Annotated[Text, Field(max_length=600)] | None = None


class ConditionRecord(ClinicalRecord):
    """A condition: the tag and its hub page.

    ``usual_sensation`` says what is no reason to stop, and what still is; ``pictured`` is the body region on its card.
    """

    name: Line
    aliases: list[Line] = []
    codes: list[CodeRecord] = []
    pictured: BodyRegion | None = None
    what_it_is: Annotated[list[ProseBlockRecord], Field(min_length=1)]
    what_helps: Annotated[list[ProseBlockRecord], Field(min_length=1)]
    right_now: RightNowRecord | None = None
    usual_sensation: Annotated[Line, Field(max_length=120)] | None = None


class StepRecord(Record):
    """One step of an exercise."""

    kind: StepKind
    text: Text
    pose: Identifier | None = None
    picture: Identifier | None = None


class VariationRecord(Record):
    """An easier, harder or other way: another exercise, or a sentence with what changes."""

    kind: VariationKind
    exercise: Identifier | None = None
    text: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> VariationRecord:
        if self.exercise is None and self.text is None:
            raise ValueError("name an exercise, or say in text what changes")
        return self


class PainRecord(Record):
    """How strong pain may get in an exercise, out of 10, and by when it must settle. Leave it out where none may."""

    most: Annotated[int, Field(strict=True, ge=1, le=MOST_PAIN)]
    settles_by: SettlesBy = SettlesBy.AT_ONCE


class ExerciseRecord(ClinicalRecord):
    """One exercise."""

    clinical_name: Line
    aliases: list[Line] = []
    kind: ExerciseKind
    regions: Annotated[list[BodyRegion], Field(min_length=1)]
    muscles: list[Line] = []
    position: Positions
    equipment: list[Equipment] = []
    instead: dict[Equipment, Instead] = {}
    laterality: Laterality
    dosage: DosageRecord
    figure: FigureReference | None = None
    photo: Identifier | None = None
    leads: Lead = Lead.FIGURE
    steps: Annotated[list[StepRecord], Field(min_length=1)]
    feel: Text
    not_feel: Text
    pain: PainRecord | None = None
    mistakes: list[Line] = []
    variations: list[VariationRecord] = []
    conditions: list[ConditionUseRecord] = []

    @property
    def positions(self) -> list[StartingPosition]:
        """Every position it may be done in, the one it is shown in first."""
        return self.position if isinstance(self.position, list) else [self.position]

    @model_validator(mode="after")
    def _nothing_stands_for_what_is_not_needed(self) -> ExerciseRecord:
        for thing in self.instead:
            if thing not in self.equipment:
                raise ValueError(f"instead.{thing.value}: is not needed here; add it to equipment, or leave this out")
        return self

    @model_validator(mode="after")
    def _dosage_can_be_followed(self) -> ExerciseRecord:
        try:
            dosage = Dosage(**self.dosage.figures())
            check_load_is_there(dosage, self.equipment)
            check_session_length(dosage, usual_side(self.laterality))
        except DosageError as error:
            raise ValueError(f"dosage.{error.field}: {error.message}") from error
        return self


class RoutineItemRecord(Record):
    """One exercise in a routine."""

    exercise: Identifier
    phase: Phase
    side: Side
    dosage: DosageRecord = DosageRecord()
    cue: Line | None = None
    from_week: Annotated[int, Field(strict=True, ge=1, le=52)] | None = None
    to_week: Annotated[int, Field(strict=True, ge=1, le=52)] | None = None

    @model_validator(mode="after")
    def _weeks_go_upwards(self) -> RoutineItemRecord:
        if self.from_week is not None and self.to_week is not None and self.to_week < self.from_week:
            raise ValueError("to_week: write a number that is not below from_week")
        return self


_OFTEN = {name: DOSAGE_FIELDS[name] for name in FREQUENCY}
_HowOften: Any = create_model("_HowOften", __base__=ClinicalRecord, **_OFTEN)


class RoutineRecord(_HowOften):  # type: ignore[misc]  # made above, so that no field can be missing
    """One routine. It is done so many times on so many days a week, every so many days, or as needed."""

    moments: Annotated[list[Moment], Field(min_length=1)]
    weeks: Annotated[int, Field(strict=True, ge=1, le=52)] | None = None
    weeks_most: Annotated[int, Field(strict=True, ge=2, le=52)] | None = None
    expect_change: Text
    see_someone: Text
    items: Annotated[list[RoutineItemRecord], Field(min_length=1)]
    advice: list[ProseBlockRecord] = []
    conditions: list[ConditionUseRecord] = []

    def often(self) -> Frequency:
        """How often it is done. Raises ``DosageError`` where the fields contradict each other."""
        return Frequency(**{name: value for name in FREQUENCY if (value := getattr(self, name)) is not None})

    @model_validator(mode="after")
    def _says_how_often(self) -> RoutineRecord:
        try:
            often = self.often()
        except DosageError as error:
            raise ValueError(f"{error.field}: {error.message}") from error
        if not often.is_whole:
            lacking = "days_per_week" if often.sessions_per_day is not None else "sessions_per_day"
            instead = "every_days: 2" if often.sessions_per_day is not None else "as_needed: true"
            raise ValueError(f"{lacking}: is missing; add it, or write {instead}")
        return self

    @model_validator(mode="after")
    def _weeks_go_upwards(self) -> RoutineRecord:
        if self.weeks_most is not None and (self.weeks is None or self.weeks_most <= self.weeks):
            raise ValueError("weeks_most: give weeks too, and write a number above it")
        return self


class InformationRecord(Record):
    """A page of information about the site, such as privacy; its id is its address."""

    id: Identifier
    title: Line
    introduction: Text
    body: Annotated[list[ProseBlockRecord], Field(min_length=1)]
    in_footer: Annotated[bool, Field(strict=True)] = True
    slug: Slug | None = None
    reviews: list[ReviewRecord] = []


#: Which record a folder holds.
RECORD_OF_FOLDER: dict[str, type[Record]] = {
    "tags": TagRecord,
    "conditions": ConditionRecord,
    "notes": NoteRecord,
    "exercises": ExerciseRecord,
    "routines": RoutineRecord,
    "information": InformationRecord,
    "pictures": PictureRecord,
    "redirects": RedirectRecord,
}
