"""What search engines are told about a routine (schema.org), with its notes."""

from __future__ import annotations

from typing import Any

from clinical.outputs.structured_data import medical_page, warnings_of
from routines.sheet import RoutineSheet


def routine_structured_data(sheet: RoutineSheet, address: str) -> dict[str, Any]:
    """The page of a routine and its plan. ``address`` is the page's own, with its host."""
    page = medical_page(sheet.title, address, sheet.language, sheet.purpose, sheet.safety, sheet.provenance)
    plan: dict[str, Any] = {
        "@type": "ExercisePlan",
        "name": sheet.title,
        "activityFrequency": sheet.frequency,
        "activityDuration": f"PT{sheet.total_seconds}S",
        "additionalVariable": warnings_of(sheet.safety),
    }
    return {**page, "mainEntity": plan}
