"""What search engines are told about a routine (schema.org), with its notes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from clinical.outputs.structured_data import data_block, medical_page
from routines.sheet import RoutineSheet


def routine_data_block(sheet: RoutineSheet, address: str) -> SafeString:
    """The same as a block of a page. An equal sheet has an equal block, so it is remembered by the sheet."""
    return _block(sheet, address, get_language())


@lru_cache(maxsize=64)
def _block(sheet: RoutineSheet, address: str, _language: str | None) -> SafeString:
    return data_block(routine_structured_data(sheet, address))


def routine_structured_data(sheet: RoutineSheet, address: str) -> dict[str, Any]:
    """The page of a routine and its plan. ``address`` is the page's own, with its host."""
    page = medical_page(sheet.title, address, sheet.language, sheet.purpose, sheet.safety, sheet.provenance)
    plan: dict[str, Any] = {
        "@type": "ExercisePlan",
        "name": sheet.title,
        "activityFrequency": sheet.frequency,
        "activityDuration": f"PT{sheet.total_seconds}S",
    }
    return {**page, "mainEntity": plan}
