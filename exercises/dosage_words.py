"""A dosage said in words. Never a bare number: every figure has its unit beside it (H11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinical.words.remembered import in_each_language
from exercises.choices import Band, Measure, Side, StepsUp
from exercises.dosage import FIELDS, Dosage
from exercises.dosage_fields import DosageError
from exercises.frequency import UNKNOWN, Frequency
from exercises.frequency_words import often_in_words


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


def about(seconds: int, most: int | None = None) -> str:
    """How long something takes, as people say it: "28 seconds", "about 1 minute", "about 5 to 8 minutes".

    Never minutes and odd seconds. A dose itself is said to the second, by :func:`clock`.
    """
    if most is not None and most > seconds:
        return _about_range(seconds, most)
    if seconds < 60 or not seconds % 60:
        return clock(seconds)
    minutes = (seconds + 30) // 60
    return ngettext("about %d minute", "about %d minutes", minutes) % minutes


def _about_range(seconds: int, most: int) -> str:
    if most < 60:
        return _("%(least)d to %(most)d seconds") % {"least": seconds, "most": most}
    least, most = max(1, (seconds + 30) // 60), (most + 30) // 60
    if least == most:
        return ngettext("about %d minute", "about %d minutes", most) % most
    return _("about %(least)d to %(most)d minutes") % {"least": least, "most": most}


def times(count: int, most: int | None = None) -> str:
    """How many times: "once", "3 times", "2 to 4 times"."""
    if most is not None:
        return _("%(least)d to %(most)d times") % {"least": count, "most": most}
    return _("once") if count == 1 else _("%d times") % count


def weight(grams: int) -> str:
    """A weight: "500 g", "1.5 kg"."""
    if grams < 1000:
        return _("%d g") % grams
    return _("%s kg") % f"{grams / 1000:.3f}".rstrip("0").rstrip(".")


def _clocks(least: int, most: int | None) -> str:
    if most is None:
        return clock(least)
    return _("%(least)s to %(most)s") % {"least": clock(least), "most": clock(most)}


@in_each_language
def measure_in_words(dosage: Dosage, side: Side = Side.BOTH) -> str:
    """The measure alone: "Hold 30 seconds, 2 times each side"."""
    if dosage.measure is Measure.MOVING:
        words = _("Keep going for %s") % _clocks(dosage.moving_seconds or 0, dosage.moving_seconds_most)
        return words + (_(", left and right in turn") if side is Side.IN_TURN else _of_side(side))
    if dosage.measure is Measure.HOLD:
        return f"{_hold(dosage)}, {_times(dosage)}{_of_side(side)}"
    if dosage.measure is Measure.CONTRACT_RELAX:
        parts = [
            _("Tense %s") % clock(dosage.contract_seconds or 0),
            _("let go %s") % clock(dosage.relax_seconds or 0),
            _("stretch %s") % clock(dosage.stretch_seconds or 0),
        ]
        return ", ".join([*parts, _times(dosage) + _of_side(side)])
    if dosage.repetitions_up_to is not None:
        words = _("Do it as often as is comfortable, up to %s") % times(dosage.repetitions_up_to)
    else:
        words = _("Do it %s") % _times(dosage)
    return ", ".join([words + _of_side(side), *_pace(dosage)])


def _hold(dosage: Dosage) -> str:
    hold = dosage.hold_seconds or 0
    if dosage.hold_seconds_most is not None:
        return _("Hold %(least)d to %(most)d seconds") % {"least": hold, "most": dosage.hold_seconds_most}
    return ngettext("Hold %d second", "Hold %d seconds", hold) % hold


def _times(dosage: Dosage) -> str:
    return times(dosage.repetitions or 1, dosage.repetitions_most)


def _pace(dosage: Dosage) -> Iterator[str]:
    if dosage.seconds_per_repetition is not None:
        yield _("%s each time") % clock(dosage.seconds_per_repetition)
    if words := tempo_in_words(dosage):
        yield words


def tempo_in_words(dosage: Dosage) -> str:
    """How fast a repetition is: "3 seconds out, hold 2 seconds, 3 seconds back"; empty where nothing is said."""
    if dosage.tempo_out_seconds is None:
        return ""
    words = [_("%s out") % clock(dosage.tempo_out_seconds)]
    if dosage.tempo_hold_seconds is not None:
        words.append(_("hold %s") % clock(dosage.tempo_hold_seconds))
    return ", ".join([*words, _("%s back") % clock(dosage.tempo_back_seconds or 0)])


def _beside_the_measure(dosage: Dosage) -> Iterator[str]:
    """What is said after the measure, in order."""
    yield from load_in_words(dosage)
    if dosage.rest_between_seconds:
        rest = _clocks(dosage.rest_between_seconds, dosage.rest_between_seconds_most)
        yield _("rest %s between holds") % rest
    if dosage.sets_most is not None:
        yield _("%(least)d to %(most)d sets") % {"least": dosage.sets, "most": dosage.sets_most}
    elif dosage.sets > 1:
        yield _("%d sets") % dosage.sets
    if dosage.rest_seconds:
        yield _("rest %s between sets") % _clocks(dosage.rest_seconds, dosage.rest_seconds_most)


def load_in_words(dosage: Dosage) -> Iterator[str]:
    """What it is done with and how hard it should feel: "with a red band", "effort 3 to 5 out of 10"."""
    if dosage.band:
        yield _("with a %s band") % Band(dosage.band).label
    if dosage.load_grams is not None:
        yield _("with a weight of %s") % weight(dosage.load_grams)
    if dosage.effort_most is not None:
        span = {"least": dosage.effort, "most": dosage.effort_most}
        yield _("effort %(least)d to %(most)d out of 10") % span
    elif dosage.effort is not None:
        yield _("effort %d out of 10") % dosage.effort


@in_each_language
def in_words(dosage: Dosage, side: Side = Side.BOTH, whole: Frequency = UNKNOWN) -> str:
    """The whole dosage in one line: "Hold 30 seconds, 2 times each side, twice a day. A mild pull, never pain".

    ``whole`` is how often the routine is done that it stands in; then a frequency is said as an exception to that.
    """
    said = (amount_in_words(dosage, side, whole), step_up_in_words(dosage), dosage.intensity_cue)
    return ". ".join(filter(None, said))


def amount_in_words(dosage: Dosage, side: Side = Side.BOTH, whole: Frequency = UNKNOWN) -> str:
    """The same as it begins: how much and how often, but neither how it steps up nor how it should feel."""
    how_much = [measure_in_words(dosage, side), *_beside_the_measure(dosage)]
    return ", ".join([*how_much, *often_in_words(dosage.frequency, whole)])


def step_up_in_words(dosage: Dosage) -> str:
    """How it steps up, a sentence without its stop; empty where it stays as it is.

    "Go up by 1 time every 3 days if it was easy, to 15 times at most".
    """
    if not dosage.steps_up:
        return ""
    said = {
        "by": stepped_in_words(dosage.steps_up, dosage.steps_up_by or 0),
        "to": stepped_in_words(dosage.steps_up, dosage.steps_up_to or 0),
        "when": _when_it_steps_up(dosage.steps_up_every_days),
    }
    return _("Go up by %(by)s %(when)s, to %(to)s at most") % said


def _when_it_steps_up(days: int | None) -> str:
    if days is None:
        return _("whenever it has become easy")
    named = {1: _("every day if it was easy"), 2: _("every second day if it was easy")}
    return named.get(days) or _("every %d days if it was easy") % days


def stepped_in_words(name: str, figure: int) -> str:
    """A figure that steps up with its unit: "9 times", "45 seconds", "3 sets", "1.5 kg"."""
    if name == StepsUp.REPETITIONS:
        return ngettext("%d time", "%d times", figure) % figure
    if name == StepsUp.SETS:
        return ngettext("%d set", "%d sets", figure) % figure
    return weight(figure) if name == StepsUp.LOAD_GRAMS else clock(figure)


def of_side(side: Side) -> str:
    """What is said after how many times; empty for both sides together."""
    said = {Side.EACH: _("each side"), Side.LEFT: _("on the left"), Side.RIGHT: _("on the right")}
    return _("with each side in turn") if side is Side.IN_TURN else said.get(side, "")


def _of_side(side: Side) -> str:
    return " " + of_side(side) if side is not Side.BOTH else ""


def name_in_words(field: str) -> str:
    """What people call a field of a dosage: "hold seconds, at most"."""
    return str(FIELDS[field].verbose_name or field.replace("_", " "))


def fault_in_words(error: DosageError, called: Callable[[str], str] = name_in_words) -> str:
    """What is wrong with a dosage, for whoever filled in a form: no field is named as a file names it."""
    return capfirst(error.naming(lambda name: _("“%s”") % called(name)))
