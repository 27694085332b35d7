"""How often and how long, as FHIR's Timing says it: for programs that plan. The figures themselves are extensions.

Pure. Where a Timing cannot say what is prescribed, such as whenever it is needed, only its words are given.
"""

from __future__ import annotations

from clinical.outputs.fhir.elements import Element, without_empty
from exercises.frequency import Frequency

_UCUM = "http://unitsofmeasure.org"
_DAYS_IN_A_WEEK = 7


def timing(
    often: Frequency, words: str, seconds: int, seconds_most: int, weeks: tuple[int | None, int | None] = (None, None)
) -> Element:
    """A Timing: how often, how long one session takes, and for how many weeks."""
    repeat = {
        **_bounds(*weeks),
        "duration": seconds,
        "durationMax": seconds_most if seconds_most > seconds else None,
        "durationUnit": "s",
        **_how_often(often),
    }
    return without_empty({"repeat": without_empty(repeat), "code": {"text": words} if words else None})


def _bounds(least: int | None, most: int | None) -> Element:
    if not least:
        return {}
    if most:
        return {"boundsRange": {"low": _weeks(least), "high": _weeks(most)}}
    return {"boundsDuration": _weeks(least)}


def _weeks(number: int) -> Element:
    return {"value": number, "unit": "weeks", "system": _UCUM, "code": "wk"}


def _how_often(often: Frequency) -> Element:
    """So many times in so many days or weeks; several times on each of some days are counted by the week."""
    values = often.frequency_values()
    if values["as_needed"]:
        return {}
    times, most = values["sessions_per_day"], values["sessions_per_day_most"]
    if values["every_days"]:
        return _times(times or 1, most, values["every_days"], "d")
    days, days_most = values["days_per_week"], values["days_per_week_most"]
    if days and not (days == _DAYS_IN_A_WEEK and times):
        is_range = bool(most or days_most)
        return _times((times or 1) * days, (most or times or 1) * (days_most or days) if is_range else None, 1, "wk")
    return _times(times, most, 1, "d") if times else {}


def _times(least: int, most: int | None, period: int, unit: str) -> Element:
    return {"frequency": least, "frequencyMax": most, "period": period, "periodUnit": unit}
