"""The card beside a link to a routine."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinical.outputs.share_card import MOST_DRAWINGS, ShareCard
from routines.sheet import RoutineSheet


def routine_card(sheet: RoutineSheet, site_name: str) -> ShareCard:
    """Its title, its length and how many exercises, with the figures of the first."""
    count = len(sheet.items)
    facts = [
        sheet.minutes_words,
        ngettext("%d exercise", "%d exercises", count) % count,
    ]
    figures = [item.exercise.figure for item in sheet.items if item.exercise.figure]
    return ShareCard(
        kind=_("Routine"),
        title=sheet.title,
        facts=", ".join(facts),
        site_name=site_name,
        language=sheet.language,
        fingerprints=tuple(dict.fromkeys(figure.end.fingerprint for figure in figures))[:MOST_DRAWINGS],
    )
