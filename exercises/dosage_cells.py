"""A dosage as the cells of the block on a page: the measure, how many, with what, how often.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exercises.choices import Band, Measure, Side
from exercises.dosage import Dosage
from exercises.dosage_words import of_side, weight
from exercises.frequency import Frequency


@dataclass(frozen=True)
class DosageCell:
    """One of the cells of the dosage block: what it is about, the figure, and the figure's unit."""

    name: str
    figure: str
    unit: str


def cells(dosage: Dosage, side: Side = Side.BOTH) -> tuple[DosageCell, ...]:
    """The dosage as cells."""
    often = dosage.frequency
    often_cells = (cell for cell in (_as_needed(often), _daily(often), _on_days(often)) if cell)
    return (*_measure_cells(dosage, side), *_beside(dosage), *often_cells)


def _measure_cells(dosage: Dosage, side: Side) -> Iterator[DosageCell]:
    if dosage.measure is Measure.MOVING:
        figure, unit = _longest_unit(dosage.moving_seconds or 0, dosage.moving_seconds_most)
        yield DosageCell(_("Keep going"), figure, " ".join(filter(None, (unit, of_side(side)))))
        return
    if dosage.measure is Measure.HOLD:
        yield _seconds(_("Hold"), dosage.hold_seconds or 0, dosage.hold_seconds_most)
    elif dosage.measure is Measure.CONTRACT_RELAX:
        yield _seconds(_("Tense"), dosage.contract_seconds or 0)
        yield _seconds(_("Let go"), dosage.relax_seconds or 0)
        yield _seconds(_("Stretch"), dosage.stretch_seconds or 0)
    count, most = dosage.times, dosage.repetitions_most
    unit = of_side(side) or ngettext("time", "times", most or count)
    yield DosageCell(_("Repeat") if dosage.repetitions_up_to is None else _("Up to"), _span(count, most), unit)


def _seconds(name: str, least: int, most: int | None = None) -> DosageCell:
    return DosageCell(name, _span(least, most), ngettext("second", "seconds", most or least))


def _beside(dosage: Dosage) -> Iterator[DosageCell]:
    if dosage.band:
        yield DosageCell(_("With"), str(Band(dosage.band).label), _("band"))
    if dosage.load_grams is not None:
        figure, unit = weight(dosage.load_grams).split()
        yield DosageCell(_("With"), figure, unit)
    if dosage.effort is not None:
        yield DosageCell(_("Effort"), _span(dosage.effort, dosage.effort_most), _("out of 10"))
    if dosage.sets > 1 or dosage.sets_most is not None:
        yield DosageCell(_("Sets"), _span(dosage.sets, dosage.sets_most), _("sets"))


def _as_needed(own: Frequency) -> DosageCell | None:
    if not own.as_needed:
        return None
    if own.as_needed_most is None:
        return DosageCell(_("How often"), "", _("when you need it"))
    return DosageCell(_("How often"), str(own.as_needed_most), _("a day at most, when you need it"))


def _daily(own: Frequency) -> DosageCell | None:
    if own.sessions_per_day is None:
        return None
    return DosageCell(_("How often"), _span(own.sessions_per_day, own.sessions_per_day_most), _("a day"))


def _on_days(own: Frequency) -> DosageCell | None:
    if own.every_days is not None:
        return DosageCell(_("Every"), str(own.every_days), _("days"))
    if own.days_per_week is None:
        return None
    days, most = own.days_per_week, own.days_per_week_most
    return DosageCell(_("On"), _span(days, most), ngettext("day a week", "days a week", most or days))


def _span(least: int, most: int | None) -> str:
    return str(least) if most is None else f"{least}–{most}"


def _longest_unit(seconds: int, most: int | None) -> tuple[str, str]:
    """Minutes where the figures are whole minutes, else seconds."""
    if seconds % 60 == 0 and (most or 0) % 60 == 0:
        minutes, most_minutes = seconds // 60, most // 60 if most else None
        return _span(minutes, most_minutes), ngettext("minute", "minutes", most_minutes or minutes)
    return _span(seconds, most), _("seconds")
