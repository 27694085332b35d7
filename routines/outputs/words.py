"""A routine in lines of plain text, for outputs that hold nothing else."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clinical.safety.sheet import example_banner
from routines.sheet import RoutineSheet


def amounts(sheet: RoutineSheet) -> list[str]:
    """Each exercise with how much of it, in order; the banner of unreviewed content before them."""
    banner = [example_banner()] if sheet.provenance.is_example else []
    return [*banner, *(f"{item.number}. {item.exercise.title}: {item.dosage_words}" for item in sheet.items)]


def left_out(sheet: RoutineSheet) -> list[tuple[str, tuple[str, ...]]]:
    """What is not among the items any more, under the words that say why; empty when nothing is."""
    lists = [
        (_("Do not do these: taken out for safety"), sheet.taken_out),
        (_("These or their safety notes have changed: leave them out until you have asked"), sheet.ask_about),
    ]
    return [(label, titles) for label, titles in lists if titles]
