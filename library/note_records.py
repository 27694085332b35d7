"""The record of a safety note in a library: what it says, in short and in full, and where it applies."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from clinical.safety.rules import TIER_OF_KIND
from clinical.words.choices import (
    BodyRegion,
    DoseFigure,
    Moment,
    NoteKind,
    Polarity,
    StartingPosition,
    StepKind,
    Tier,
    Urgency,
)
from clinical.words.concerns import Concern
from clinical.words.exercising import Equipment, ExerciseKind
from exercises.dosage import BOUNDS
from library.fields import Identifier, Line, Record, ShortSign, Text
from library.provenance_records import ReviewRecord


class PlaceRecord(Record):
    """Where a note applies: exactly one of these."""

    everything: Literal[True] | None = None
    region: BodyRegion | None = None
    position: StartingPosition | None = None
    equipment: Equipment | None = None
    kind: ExerciseKind | None = None
    condition: Identifier | None = None
    exercise: Identifier | None = None
    routine: Identifier | None = None
    hub: Identifier | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> PlaceRecord:
        if len(self.model_dump(exclude_none=True)) != 1:
            raise ValueError(
                "name exactly one place: everything, region, position, equipment, kind, condition, exercise, routine "
                "or hub"
            )
        return self


class DoseLimitRecord(Record):
    """How much a note allows of one figure of a dose, both ends included."""

    figure: DoseFigure
    least: Annotated[int, Field(strict=True)]
    most: Annotated[int, Field(strict=True)]

    @field_validator("least", "most")
    @classmethod
    def _is_an_amount(cls, amount: int, beside: ValidationInfo) -> int:
        """Within what a dose may be, and the most no less than the least; judged beside what was readable of both."""
        figure, least = beside.data.get("figure"), beside.data.get("least")
        lowest, highest = BOUNDS.get(figure or "", (amount, amount))
        if not lowest <= amount <= highest:
            raise ValueError(f"{figure} goes from {lowest} to {highest}; write a number within that")
        if least is not None and amount < least:
            raise ValueError("write a number that is not below least")
        return amount


class FamilyRecord(Record):
    """One sign for several notes: those named here and the note it stands in, all of one kind, tier and urgency."""

    sign: ShortSign
    notes: Annotated[list[Identifier], Field(min_length=1)]


class NoteRecord(Record):
    """One safety note and where it applies.

    ``in_short`` is the sign alone, which stands on the card before the first step and completes the same label.

    How the text is phrased follows from the kind, because readers see it under a fixed label: a contraindication
    completes "Do not do this if …", a stop sign "Stop if …", a red flag "Get help if …", a ``dont`` "Do not …";
    all other kinds are whole sentences.
    """

    id: Identifier
    kind: NoteKind
    tier: Annotated[int, Field(strict=True, ge=1, le=4)]
    urgency: Urgency | None = None
    polarity: Polarity | None = None
    action: Identifier | None = None
    text: Text
    what_to_do: Text | None = None
    in_short: ShortSign | None = None
    family: FamilyRecord | None = None
    concerns: list[Concern] = Field(default_factory=list)
    only_with_condition: Annotated[bool, Field(strict=True)] = False
    moment: Moment | None = None
    concerns_step: StepKind | None = None
    rules_out: Identifier | None = None
    dose: DoseLimitRecord | None = None
    needs_warm_up: Annotated[bool, Field(strict=True)] = False
    applies_to: Annotated[list[PlaceRecord], Field(min_length=1)]
    source: Line
    reviews: list[ReviewRecord] = Field(default_factory=list)

    @model_validator(mode="after")
    def _tier_fits(self) -> NoteRecord:
        mildest = TIER_OF_KIND[self.kind]
        if self.tier > mildest:
            raise ValueError(f"tier: a {self.kind.label} is tier {int(mildest)} or more serious (a lower number)")
        if (self.tier == Tier.GET_HELP) != (self.urgency is not None):
            raise ValueError("urgency: write emergency or same_day for tier 1, and leave it out for any other tier")
        if (self.action is None) != (self.polarity is None):
            raise ValueError("polarity: an action needs a polarity (do or dont), and a polarity needs an action")
        return self
