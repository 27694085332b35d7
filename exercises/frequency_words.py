"""How often something is done, in words: "2 to 3 times a day, 3 to 4 days a week", "every second day".

Pure.
"""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _

from clinical.words.remembered import in_each_language
from exercises.frequency import PARTS, UNKNOWN, Frequency


def _times_a_day(least: int, most: int | None) -> str:
    if most is not None:
        return _("%(least)d to %(most)d times a day") % {"least": least, "most": most}
    named = {1: _("once a day"), 2: _("twice a day")}
    return named.get(least) or _("%d times a day") % least


def _on_days(often: Frequency) -> str:
    if often.every_days is not None:
        return _("every second day") if often.every_days == 2 else _("every %d days") % often.every_days
    if often.days_per_week is None:
        return ""
    if often.days_per_week_most is not None:
        return _("%(least)d to %(most)d days a week") % {"least": often.days_per_week, "most": often.days_per_week_most}
    named = {1: _("one day a week"), 7: _("every day")}
    return named.get(often.days_per_week) or _("%d days a week") % often.days_per_week


def _as_needed(often: Frequency) -> str:
    if not often.as_needed:
        return ""
    if often.as_needed_most is None:
        return _("when you need it")
    return _("when you need it, at most %s") % _times_a_day(often.as_needed_most, None)


def _parts(often: Frequency) -> tuple[str, str, str]:
    """What is said of each of ``PARTS``, in their order."""
    daily = "" if often.sessions_per_day is None else _times_a_day(often.sessions_per_day, often.sessions_per_day_most)
    return _as_needed(often), daily, _on_days(often)


@in_each_language
def frequency(often: Frequency) -> str:
    """How often: "twice a day, 5 days a week". Empty when nothing is known."""
    return ", ".join(words for words in _parts(often) if words)


def often_in_words(own: Frequency, whole: Frequency = UNKNOWN) -> list[str]:
    """How often, where the whole it belongs to is done as often as ``whole`` says: only what is different.

    "only 3 days a week", "this one twice a day".
    """
    said = []
    for part, words in zip(PARTS, _parts(own), strict=True):
        if not words or not _differs(own, whole, part):
            continue
        if not _is_exception(whole, part):
            said.append(words)
        else:
            said.append((_("only %s") if _is_rarer(own, whole, part) else _("this one %s")) % words)
    return said


def _differs(own: Frequency, whole: Frequency, part: tuple[str, ...]) -> bool:
    """Whether this part of a frequency is not said by the whole already."""
    return any(getattr(own, name) != getattr(whole, name) for name in part)


def _is_exception(whole: Frequency, part: tuple[str, ...]) -> bool:
    """Whether the whole says something else in the place of this part."""
    return whole.as_needed or (part == PARTS[0] and whole.is_known) or any(getattr(whole, name) for name in part)


def _is_rarer(own: Frequency, whole: Frequency, part: tuple[str, ...]) -> bool:
    """Whether it is done less often than the whole; what is done as needed is never said to be."""
    if part == PARTS[0] or whole.as_needed:
        return False
    mine, its = (_sessions(own), _sessions(whole)) if part == PARTS[1] else (_days(own), _days(whole))
    return mine != its and mine[1] <= its[0]


def _sessions(often: Frequency) -> tuple[Fraction, Fraction]:
    """Times a day, from the least to the most."""
    least = often.sessions_per_day or 0
    return Fraction(least), Fraction(often.sessions_per_day_most or least)


def _days(often: Frequency) -> tuple[Fraction, Fraction]:
    """Days a week, from the least to the most."""
    if often.every_days:
        return Fraction(7, often.every_days), Fraction(7, often.every_days)
    least = often.days_per_week or 0
    return Fraction(least), Fraction(often.days_per_week_most or least)
