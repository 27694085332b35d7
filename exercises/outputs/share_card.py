"""The card beside a link to an exercise."""

from __future__ import annotations

from clinical.outputs.share_card import ShareCard
from exercises.sheet import ExerciseSheet


def exercise_card(sheet: ExerciseSheet, site_name: str) -> ShareCard:
    """Its kind, title and dosage, with its figure."""
    return ShareCard(
        kind=sheet.kind.label,
        title=sheet.title,
        facts=sheet.dosage_short,
        site_name=site_name,
        language=sheet.language,
        fingerprints=(sheet.figure.end.fingerprint,) if sheet.figure else (),
    )
