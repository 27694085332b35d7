"""A dosage as data, with its intervals: what a timer and another program need of it.

Pure.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, get_type_hints

from pydantic import Field, create_model

from clinical.outputs.safety_data import SheetData
from exercises.choices import IntervalKind, Measure, Side
from exercises.choosing import amounts
from exercises.dosage import Dosage
from exercises.dosage_bounds import CHANGE_SIDES_SECONDS
from exercises.dosage_words import in_words, measure_in_words
from exercises.frequency import UNKNOWN, Frequency
from exercises.pacing import ORDER_OF_SIDES, Interval, intervals
from exercises.stepping import steps


class IntervalData(SheetData):
    """One thing to do for a number of seconds, as a timer counts it: a hold, a rest, a change of sides."""

    kind: IntervalKind
    words: str
    place_words: Annotated[str, Field(description="“Repeat 1 of 2”; empty when there is only one.")]
    seconds: int
    side: Side | None
    count: Annotated[int, Field(description="How many repetitions share the interval; 0 for anything else.")]


class AmountData(SheetData):
    """One amount within the ranges, laid out in time."""

    words: Annotated[str, Field(description="The ranged figures alone: “20 seconds, 3 sets”.")]
    seconds: int
    intervals: Annotated[tuple[IntervalData, ...], Field(min_length=1)]


class SteppedData(AmountData):
    """How much it is after so many steps; a range of another figure may be chosen from as before."""

    amounts: tuple[AmountData, ...]


class _InWords(SheetData):
    words: str
    measure_words: str
    measure: Measure


#: A field for each of ``Dosage``, of its type, in its order.
_FIELDS: dict[str, Any] = {name: (kind, ...) for name, kind in get_type_hints(Dosage).items()}
_WithFields: Any = create_model("_WithFields", __base__=_InWords, **_FIELDS)


class DosageData(_WithFields):  # type: ignore[misc]  # made above, so that no field can be missing
    """How much, as numbers and in words. Exactly one measure is given; ``…_most`` is the upper end of a range."""

    seconds_per_repetition: Annotated[
        int | None, Field(description="For repetitions without a hold, always given: what one takes.")
    ]
    sides: Annotated[tuple[Side, ...], Field(min_length=1, description="In the order they are worked.")]
    change_sides_seconds: int
    between_repetitions_seconds: Annotated[
        int,
        Field(
            description="Between two repetitions, as the intervals have it: what is prescribed, for holds at least 3."
        ),
    ]
    between_sets_seconds: Annotated[int, Field(description="The same between two sets.")]
    seconds: Annotated[int, Field(description="What it takes: all sets and sides, rests and changes of side.")]
    seconds_most: Annotated[int, Field(description="The same on the upper end of every range.")]
    intervals: Annotated[
        tuple[IntervalData, ...], Field(min_length=1, description="The dosage laid out in time; adds up to `seconds`.")
    ]
    amounts: Annotated[
        tuple[AmountData, ...],
        Field(description="Where there is a range: what a reader may choose, the least first, which is `intervals`."),
    ]
    steps: Annotated[
        tuple[SteppedData, ...],
        Field(
            description="Where it steps up: what it is after one step, two, up to the top. `intervals` is before them. "
            "It steps up only when its reader says that the last time was easy."
        ),
    ]


def dosage_data(dosage: Dosage, side: Side, whole: Frequency = UNKNOWN) -> DosageData:
    """A dosage on a side, in a whole that is done so often.

    What a repetition takes is always said, so that nobody has to guess it.
    """
    each = dosage.each_seconds if dosage.measure is Measure.REPETITIONS else None
    return DosageData(
        words=in_words(dosage, side, whole),
        measure_words=measure_in_words(dosage, side),
        measure=dosage.measure,
        **{**asdict(dosage), "seconds_per_repetition": each},
        sides=ORDER_OF_SIDES if side.times > 1 else (side,),
        change_sides_seconds=CHANGE_SIDES_SECONDS if side is Side.EACH else 0,
        between_repetitions_seconds=dosage.between("rest_between_seconds"),
        between_sets_seconds=dosage.between("rest_seconds"),
        seconds=dosage.seconds(side),
        seconds_most=dosage.seconds_most(side),
        intervals=_laid_out(dosage, side),
        amounts=_amounts(dosage, side),
        steps=tuple(
            SteppedData(
                words=each.words,
                seconds=each.dosage.seconds(side),
                intervals=_laid_out(each.dosage, side),
                amounts=_amounts(each.dosage, side),
            )
            for each in steps(dosage)
        ),
    )


def _amounts(dosage: Dosage, side: Side) -> tuple[AmountData, ...]:
    return tuple(
        AmountData(words=each.words, seconds=each.dosage.seconds(side), intervals=_laid_out(each.dosage, side))
        for each in amounts(dosage, side)
    )


def _laid_out(dosage: Dosage, side: Side) -> tuple[IntervalData, ...]:
    return tuple(_interval_data(interval) for interval in intervals(dosage, side))


def _interval_data(interval: Interval) -> IntervalData:
    return IntervalData(
        kind=interval.kind,
        words=interval.words,
        place_words=interval.place_words,
        seconds=interval.seconds,
        side=interval.side,
        count=interval.count,
    )
