"""What search engines are told about an exercise (schema.org), with its notes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from clinical.outputs.structured_data import data_block, medical_page
from exercises.sheet import ExerciseSheet


def exercise_data_block(sheet: ExerciseSheet, address: str) -> SafeString:
    """The same as a block of a page. An equal sheet has an equal block, so it is remembered by the sheet."""
    return _block(sheet, address, get_language())


@lru_cache(maxsize=64)
def _block(sheet: ExerciseSheet, address: str, _language: str | None) -> SafeString:
    return data_block(exercise_structured_data(sheet, address))


def exercise_structured_data(sheet: ExerciseSheet, address: str) -> dict[str, Any]:
    """The page of an exercise, as an exercise plan of one. ``address`` is the page's own, with its host."""
    page = medical_page(sheet.title, address, sheet.language, sheet.purpose, sheet.safety, sheet.provenance)
    plan: dict[str, Any] = {
        "@type": "ExercisePlan",
        "name": sheet.title,
        "exerciseType": sheet.kind.label,
        "activityFrequency": sheet.dosage_words,
        "activityDuration": f"PT{sheet.seconds}S",
    }
    return {**page, "mainEntity": plan}
