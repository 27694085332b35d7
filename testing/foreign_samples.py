"""Small files in the public field layouts of other projects, of any number of records; every word is made up here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_MOVES = ("Reach", "Press", "Bend", "Circle", "Lift", "Slide", "Lean", "Roll", "Turn", "Lower")
_PARTS = ("calf", "hip", "shoulder", "back", "neck", "chest")
_PROSE = (
    "Stand beside a wall.",
    "Move slowly and hold for 20 seconds.",
    "Do 8 to 12 repetitions in 3 sets on each side.",
)


def _title(number: int) -> str:
    return f"{_MOVES[number % len(_MOVES)]} of the {_PARTS[number % len(_PARTS)]} {number}"


def free_exercise_db(number: int) -> list[dict[str, Any]]:
    """A list of exercises."""
    return [
        {
            "id": _title(each).replace(" ", "_"), "name": _title(each), "force": "pull", "level": "beginner",
            "mechanic": None, "equipment": ("body only", "bands", "dumbbell", None)[each % 4],
            "primaryMuscles": [("calves", "glutes", "shoulders")[each % 3]], "secondaryMuscles": ["hamstrings"],
            "instructions": list(_PROSE), "category": ("stretching", "strength", "cardio")[each % 3], "images": [],
        }
        for each in range(number)
    ]  # fmt: skip


def exercemus(number: int) -> dict[str, Any]:
    """A map with the list under its name."""
    licence = {"full_name": "Made-up licence 1", "short_name": "MU 1", "url": "https://licence.example/1"}
    rows = [
        {
            "category": "stretching", "name": _title(each).lower(), "aliases": [f"move {each}"],
            "description": "A made-up exercise.", "instructions": list(_PROSE), "tips": ["Breathe on."],
            "equipment": ["none"], "primary_muscles": ["calves"], "secondary_muscles": [], "tempo": None,
            "images": None, "video": None, "variation_on": [], "license": licence, "license_author": "A. Writer",
        }
        for each in range(number)
    ]  # fmt: skip
    return {"categories": [], "equipment": [], "muscles": [], "muscle_groups": {}, "exercises": rows}


def wger(number: int) -> dict[str, Any]:
    """An answer of its interface, in two languages."""
    rows = [
        {
            "id": each, "uuid": f"00000000-0000-4000-8000-{each:012}", "category": {"id": 10, "name": "Abs"},
            "muscles": [{"id": 6, "name": "Rectus abdominis", "name_en": "Abs"}], "muscles_secondary": [],
            "equipment": [{"id": 4, "name": "Gym mat"}], "license_author": "B. Author",
            "license": {"id": 2, "full_name": "Made-up licence 2", "short_name": "MU 2", "url": "https://licence.example/2"},
            "translations": [
                {"id": each, "language": 1, "name": "Nichts", "description": "<p>Nichts.</p>"},
                {"id": each, "language": 2, "name": _title(each), "aliases": [{"alias": f"move {each}"}],
                 "notes": [{"comment": "Breathe on."}],
                 "description": f"<ol>{''.join(f'<li>{line}</li>' for line in _PROSE)}</ol>"},
            ],
        }
        for each in range(number)
    ]  # fmt: skip
    return {"count": number, "next": None, "previous": None, "results": rows}


def opentelerehab(number: int) -> dict[str, Any]:
    """An answer of its interface."""
    rows = [
        {
            "id": each, "title": _title(each), "sets": 3, "reps": 10, "include_feedback": True, "get_pain_level": False,
            "files": [], "categories": [{"id": 1, "title": "Stretching"}], "therapist_id": None, "global": True,
            "additional_fields": [
                {"id": each, "field": "Aim", "value": "To stretch."},
                {"id": each, "field": "Instructions", "value": " ".join(_PROSE)},
            ],
        }
        for each in range(number)
    ]  # fmt: skip
    return {"success": True, "data": rows}


#: What makes so many records, by the name of the shape.
SAMPLES: dict[str, Callable[[int], Any]] = {
    "free-exercise-db": free_exercise_db,
    "exercemus": exercemus,
    "wger": wger,
    "OpenTeleRehab": opentelerehab,
}
