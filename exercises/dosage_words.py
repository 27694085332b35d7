"""A dosage said in words. Never a bare number: every figure has its unit beside it (H11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinical.words.remembered import in_each_language
from exercises.choices import Measure, Side
from exercises.dosage import FREQUENCY, Dosage, Frequency

#: Of something that belongs to no whole, such as an exercise on its own page.
UNKNOWN: Frequency = (None, None)


@dataclass(frozen=True)
class DosageCell:
    """One of the cells of the dosage block: what it is about, the figure, and the figure's unit."""

    name: str
    figure: str
    unit: str


@in_each_language
def clock(seconds: int) -> str:
    """A length of time: "45 seconds", "2 minutes", "1 minute 30 seconds"."""
    minutes, rest = divmod(seconds, 60)
    words = []
    if minutes:
        words.append(ngettext("%d minute", "%d minutes", minutes) % minutes)
    if rest or not minutes:
        words.append(ngettext("%d second", "%d seconds", rest) % rest)
    return " ".join(words)


def about(seconds: int) -> str:
    """How long something takes, as people say it: "28 seconds", "5 minutes", "about 1 minute".

    Never minutes and odd seconds. A dose itself is said to the second, by :func:`clock`.
    """
    if seconds < 60 or not seconds % 60:
        return clock(seconds)
    minutes = (seconds + 30) // 60
    return ngettext("about %d minute", "about %d minutes", minutes) % minutes


def times(count: int, most: int | None = None) -> str:
    """How many times: "once", "3 times", "2 to 4 times"."""
    if most is not None:
        return _("%(least)d to %(most)d times") % {"least": count, "most": most}
    return _("once") if count == 1 else _("%d times") % count


@in_each_language
def frequency(sessions_per_day: int | None, days_per_week: int | None) -> str:
    """How often: "twice a day, 5 days a week". Empty when neither is known."""
    words = []
    if sessions_per_day is not None:
        named = {1: _("once a day"), 2: _("twice a day")}
        words.append(named.get(sessions_per_day) or _("%d times a day") % sessions_per_day)
    if days_per_week is not None:
        named = {1: _("one day a week"), 7: _("every day")}
        words.append(named.get(days_per_week) or _("%d days a week") % days_per_week)
    return ", ".join(words)


@in_each_language
def measure_in_words(dosage: Dosage, side: Side = Side.BOTH) -> str:
    """The measure alone: "Hold 30 seconds, 2 times each side"."""
    of_side = "" if side is Side.BOTH else " " + _side_words()[side]
    if dosage.hold_seconds is not None:
        if dosage.hold_seconds_most is not None:
            hold = _("Hold %(least)d to %(most)d seconds") % {
                "least": dosage.hold_seconds,
                "most": dosage.hold_seconds_most,
            }
        else:
            hold = ngettext("Hold %d second", "Hold %d seconds", dosage.hold_seconds) % dosage.hold_seconds
        return f"{hold}, {times(dosage.repetitions or 1, dosage.repetitions_most)}{of_side}"
    if dosage.moving_seconds is not None:
        if dosage.moving_seconds_most is not None:
            span = {"least": clock(dosage.moving_seconds), "most": clock(dosage.moving_seconds_most)}
            return _("Keep going for %(least)s to %(most)s") % span + of_side
        return _("Keep going for %s") % clock(dosage.moving_seconds) + of_side
    words = _("Do it %s") % times(dosage.repetitions or 1, dosage.repetitions_most) + of_side
    if dosage.seconds_per_repetition is None:
        return words
    return ", ".join([words, _("%s each time") % clock(dosage.seconds_per_repetition)])


def _exceptional(name: str, words: str, dosage: Dosage, whole: Frequency) -> str:
    """How often, where the whole it belongs to is done as often as ``whole`` says: only what is different."""
    own, usual = getattr(dosage, name), whole[FREQUENCY.index(name)]
    if own is None or own == usual:
        return ""
    if usual is None:
        return words
    return (_("only %s") if own < usual else _("this one %s")) % words


def _beside_the_measure(dosage: Dosage, whole: Frequency) -> dict[str, str]:
    """What is said after the measure, in order, by the field that it says."""
    said = {}
    if dosage.rest_between_seconds:
        said["rest_between_seconds"] = _("rest %s between holds") % clock(dosage.rest_between_seconds)
    if dosage.sets > 1:
        said["sets"] = _("%d sets") % dosage.sets
    if dosage.rest_seconds:
        said["rest_seconds"] = _("rest %s between sets") % clock(dosage.rest_seconds)
    often = {"sessions_per_day": frequency(dosage.sessions_per_day, None)}
    often["days_per_week"] = frequency(None, dosage.days_per_week)
    said.update({name: _exceptional(name, words, dosage, whole) for name, words in often.items()})
    return {name: words for name, words in said.items() if words}


@in_each_language
def in_words(dosage: Dosage, side: Side = Side.BOTH, whole: Frequency = UNKNOWN) -> str:
    """The whole dosage in one line: "Hold 30 seconds, 2 times each side, twice a day. A mild pull, never pain".

    ``whole`` is how often the routine is done that it stands in; then a frequency is said as an exception to that.
    """
    line = ", ".join([measure_in_words(dosage, side), *_beside_the_measure(dosage, whole).values()])
    return f"{line}. {dosage.intensity_cue}" if dosage.intensity_cue else line


def cells(dosage: Dosage, side: Side = Side.BOTH, whole: Frequency = UNKNOWN) -> tuple[DosageCell, ...]:
    """The dosage as the cells of the block on a page: the measure, how many, how often."""
    made: list[DosageCell] = []
    if dosage.measure is Measure.MOVING:
        figure, unit = _longest_unit(dosage.moving_seconds or 0, dosage.moving_seconds_most)
        of_side = "" if side is Side.BOTH else " " + _side_words()[side]
        made.append(DosageCell(_("Keep going"), figure, unit + of_side))
    else:
        if dosage.measure is Measure.HOLD:
            hold, hold_most = dosage.hold_seconds or 0, dosage.hold_seconds_most
            made.append(DosageCell(_("Hold"), _span(hold, hold_most), ngettext("second", "seconds", hold_most or hold)))
        count, most = dosage.repetitions or 1, dosage.repetitions_most
        unit = _side_words()[side] or ngettext("time", "times", most or count)
        made.append(DosageCell(_("Repeat"), _span(count, most), unit))
    if dosage.sets > 1:
        made.append(DosageCell(_("Sets"), str(dosage.sets), _("sets")))
    return (*made, *_frequency_cells(dosage, whole))


def _frequency_cells(dosage: Dosage, whole: Frequency) -> Iterator[DosageCell]:
    names = (_("How often"), _("On"))
    for field_name, usual, own, name in zip(FREQUENCY, whole, dosage.frequency, names, strict=True):
        if own is None or own == usual:
            continue
        unit = _("a day") if field_name == "sessions_per_day" else ngettext("day a week", "days a week", own)
        exception = name if usual is None else _("Only") if own < usual else _("This one")
        yield DosageCell(exception, str(own), unit)


def _side_words() -> dict[Side, str]:
    return {Side.EACH: _("each side"), Side.LEFT: _("on the left"), Side.RIGHT: _("on the right"), Side.BOTH: ""}


def _span(least: int, most: int | None) -> str:
    return str(least) if most is None else f"{least}–{most}"


def _longest_unit(seconds: int, most: int | None) -> tuple[str, str]:
    """Minutes where the figures are whole minutes, else seconds."""
    if seconds % 60 == 0 and (most or 0) % 60 == 0:
        minutes, most_minutes = seconds // 60, most // 60 if most else None
        return _span(minutes, most_minutes), ngettext("minute", "minutes", most_minutes or minutes)
    return _span(seconds, most), _("seconds")
