"""What search engines are told about an exercise (schema.org), with its notes."""

from __future__ import annotations

from typing import Any

from clinical.outputs.structured_data import medical_page, warnings_of
from exercises.sheet import ExerciseSheet


def exercise_structured_data(sheet: ExerciseSheet, address: str) -> dict[str, Any]:
    """The page of an exercise, as an exercise plan of one. ``address`` is the page's own, with its host."""
    page = medical_page(sheet.title, address, sheet.language, sheet.purpose, sheet.safety, sheet.provenance)
    plan: dict[str, Any] = {
        "@type": "ExercisePlan",
        "name": sheet.title,
        "exerciseType": sheet.kind.label,
        "activityFrequency": sheet.dosage_words,
        "activityDuration": f"PT{sheet.seconds}S",
        "additionalVariable": warnings_of(sheet.safety),
    }
    return {**page, "mainEntity": plan}
