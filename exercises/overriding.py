"""What becomes of a dosage when some of it is said anew: by a routine's item, or while a routine is shared.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clinical.words.pain_kept import without_more_pain
from exercises.choices import Measure
from exercises.dosage import FIELDS, MEASURE_FIELDS, RANGES, TEMPO, Dosage, empty_fields
from exercises.dosage_checks import TOLD_BY
from exercises.dosage_fields import is_said, said_among
from exercises.frequency import frequency_overridden
from exercises.step_up import STEP_UP

#: What is said in one way or another: saying one takes the place of the other.
_INSTEAD = (("repetitions", "repetitions_up_to"), ("band", "load_grams"))


def overridden(usual: Dosage, overrides: Mapping[str, Any]) -> Dosage:
    """The usual dosage with other figures on top; a figure that says nothing means "as it was".

    An override that brings another measure replaces the whole measure, so the two never mix. Raises ``DosageError``
    where what comes of it cannot be followed.
    """
    given = said_among(overrides)
    if not given:
        return usual
    values = {name: getattr(usual, name) for name in FIELDS}
    if _changes_measure(usual, given):
        values.update(empty_fields((*MEASURE_FIELDS, *STEP_UP)))
    values.update(frequency_overridden(values, given))
    values.update(_replaced(values, given))
    if _takes_the_place_of_a_step_up(values, given):
        values.update(empty_fields(STEP_UP))
    return Dosage(**without_idle_rests({**values, **given}, given))


def within_pain(dosage: Dosage, most: int) -> Dosage:
    """A dosage without a cue that allows more pain than ``most`` out of 10: a link keeps cues as they were."""
    return replace(dosage, intensity_cue=without_more_pain(dosage.intensity_cue, most))


def _takes_the_place_of_a_step_up(values: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether a figure that steps up is said anew, or taken away, and nothing of how it steps up."""
    name = values["steps_up"]
    if not name or given.keys() & set(STEP_UP):
        return False
    return bool(given.keys() & {name, RANGES.get(name, name)}) or not is_said(values[name])


def _replaced(values: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields whose place is taken by what is given, emptied."""
    gone = {most for low, most in RANGES.items() if low in given or low == given.get("steps_up")}
    for one, other in _INSTEAD:
        gone |= {one} if other in given and one not in given else set()
        gone |= {other} if one in given and other not in given else set()
    if "repetitions_up_to" in given:
        gone.add("repetitions_most")
    if given.keys() & set(TEMPO) and "seconds_per_repetition" not in given:
        gone.add("seconds_per_repetition")
    elif "seconds_per_repetition" in given and not given.keys() & set(TEMPO):
        gone |= set(TEMPO)
    return {name: FIELDS[name].empty for name in gone if name in values}


def without_idle_rests(values: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The same without the rests that have nothing to rest between since there is one set or one repetition."""
    made = dict(values)
    if given.get("sets") == 1 and "sets_most" not in given:
        made.update(rest_seconds=0, rest_seconds_most=None)
    if given.get("repetitions") == 1 and "repetitions_most" not in given:
        made.update(rest_between_seconds=None, rest_between_seconds_most=None)
    return {**made, **{name: given[name] for name in given if name.startswith("rest_")}}


def _changes_measure(usual: Dosage, given: Mapping[str, Any]) -> bool:
    for measure in (Measure.HOLD, Measure.MOVING, Measure.CONTRACT_RELAX):
        if given.keys() & set(TOLD_BY[measure]):
            return usual.measure is not measure
    counts = {"repetitions", "repetitions_up_to"} & given.keys()
    return bool(counts) and usual.measure is Measure.MOVING
