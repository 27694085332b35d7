"""What to write instead of a field that many people write and the format does not have.

One table: our field by what others call it, the figure in its own unit where that can be done without guessing, or
where it belongs. A field is only suggested where the record has it. Whatever is not listed is compared letter by
letter: a slip of the pen gets "did you mean".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from library.other_words import ALIKE, NO_MAXIMUM, plain

_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?")
_TEMPO = re.compile(r"([0-9]{1,2})[-/ ]([0-9]{1,2})[-/ ]([0-9]{1,2})")
_NEEDS_WEIGHT = "and dumbbell or water_bottle among the equipment"


def field_instead(written: str, value: Any, fields: Iterable[str]) -> str:
    """What to write instead of a field that is not one of the record's; nothing where nobody can tell."""
    names, said = list(fields), plain(written)
    found = OUR_FIELDS.get(said, ())
    if isinstance(found, str):
        return found
    if callable(found):
        return found(value)
    if ours := next((name for name in found if name in names), ""):
        return f"did you mean “{ours}”?"
    alike = get_close_matches(said, names, 1, ALIKE)
    return f"did you mean “{alike[0]}”?" if alike else ""


def _number(value: Any) -> float | None:
    words = str(value).strip()
    return float(words) if _NUMBER.fullmatch(words) else None


def _times(field: str, factor: float, more: str = "") -> Callable[[Any], str]:
    """The same figure in the unit of a field."""

    def said(value: Any) -> str:
        number = _number(value)
        figure = "" if number is None else f": {round(number * factor)}"
        return f"write {field}{figure}{more}"

    return said


def _tempo(value: Any) -> str:
    found = _TEMPO.fullmatch(str(value).strip())
    if not found:
        return "write tempo_out_seconds, tempo_hold_seconds and tempo_back_seconds"
    out, hold, back = map(int, found.groups())
    held = f", tempo_hold_seconds: {hold}" if hold else ""
    return f"write tempo_out_seconds: {out}{held}, tempo_back_seconds: {back}"


def _progress(value: Any) -> str:
    """Many write a rule of how a dose goes up as fields of their own below one name."""
    said = value if isinstance(value, dict) else {}
    figures = [
        ("steps_up_by", "add", "by"),
        ("steps_up_every_days", "every_days", "days"),
        ("steps_up_to", "up_to", "to"),
    ]
    found = {
        ours: next((said[name] for name in names if _number(said.get(name)) is not None), None)
        for ours, *names in figures
    }
    rest = ", ".join(f"{name}: {int(_number(each) or 0)}" for name, each in found.items() if each is not None)
    return f"write steps_up: repetitions (or another figure), {rest or 'steps_up_by and steps_up_to'}"


def _borg(value: Any) -> str:
    number = _number(value)
    if number is not None and number < LEAST_OF_THE_OLD_SCALE:
        return f"write effort: {round(number)}, from 0 to 10"
    return "write effort, from 0 to 10; a figure on the scale from 6 to 20 is another"


#: Borg's first scale of effort goes from 6 to 20, so a smaller figure can only be one from 0 to 10.
LEAST_OF_THE_OLD_SCALE = 6
_IN_THE_DOSAGE = "write it under dosage"
_PAIN = "write pain: {most: 3} beside dosage, not in it"
_SECONDS_OF_A_STEP = "leave it out: how long is said by dosage, for the timer too"

#: By what others call it: our fields, of which the first that the record has is meant; or what to do, in words.
OUR_FIELDS: Mapping[str, tuple[str, ...] | str | Callable[[Any], str]] = {
    # called otherwise
    "reps": ("repetitions", "dosage"), "repeat": ("repetitions",), "repeats": ("repetitions",),
    "hold": ("hold_seconds", "dosage"),
    "duration": ("moving_seconds",), "per_day": ("sessions_per_day",),
    "per_week": ("days_per_week",), "name": ("title",), "description": ("purpose",), "summary": ("purpose",),
    "synonyms": ("aliases",), "other_names": ("aliases",), "muscle": ("muscles",), "region": ("regions",),
    "body_regions": ("regions",), "starting_position": ("position",), "positions": ("position",),
    "things": ("equipment",), "instructions": ("steps",), "precautions": ("check_first",),
    "evidence": ("evidence_summary",),
    "references": ("sources",), "url": ("link",), "exercises": ("items",), "places": ("applies_to",),
    "severity": ("tier",), "exercise_kind": ("kind",), "summary_short": ("in_short",),
    # said otherwise
    "rpe": _borg,
    "borg": _borg,
    "effort_percent": _times("effort", 0.1, ", from 0 to 10"),
    "intensity_percent": _times("effort", 0.1, ", from 0 to 10"),
    "rm_percent": f"leave it out: {NO_MAXIMUM}",
    "percent_1rm": f"leave it out: {NO_MAXIMUM}",
    "load_kg": _times("load_grams", 1000, f", {_NEEDS_WEIGHT}"),
    "weight_kg": _times("load_grams", 1000, f", {_NEEDS_WEIGHT}"),
    "weight": f"write load_grams, {_NEEDS_WEIGHT}",
    "load": f"write band, or load_grams, {_NEEDS_WEIGHT}",
    "resistance": "write band: red, and band among the equipment; or load_grams for a weight",
    "band_colour": "write band: red, and band among the equipment",
    "tempo": _tempo,
    "hold_minutes": _times("hold_seconds", 60),
    "moving_minutes": _times("moving_seconds", 60),
    "minutes": _times("moving_seconds", 60),
    "times": "write repetitions",
    "rest": "write rest_seconds between sets, or rest_between_seconds between holds",
    "relax": "write relax_seconds",
    "contract": "write contract_seconds",
    "stretch": "write stretch_seconds",
    "amrap": "write repetitions_up_to with the most that make sense, such as 15",
    "every_other_day": "write every_days: 2",
    "times_a_day": "write sessions_per_day",
    "days_a_week": "write days_per_week",
    "frequency": "write sessions_per_day and days_per_week, or every_days, or as_needed: true",
    "prn": "write as_needed: true",
    "pain_most": _PAIN,
    "pain_max": _PAIN,
    "progress": _progress,
    "progression": "leave it out: write an easier or a harder exercise under variations",
    "weeks": "write from_week and to_week",
    "seconds": _SECONDS_OF_A_STEP,
    **dict.fromkeys(("sessions_per_day", "days_per_week", "every_days", "as_needed", "sets", "band"), _IN_THE_DOSAGE),
    **dict.fromkeys(("repetitions", "hold_seconds", "moving_seconds", "load_grams", "effort"), _IN_THE_DOSAGE),
    # no field on purpose
    "contraindications": "write a safety note of kind contraindication, in the folder notes, that applies to it",
    "red_flags": "write a safety note of kind red_flag, in the folder notes, that applies to it",
    "warnings": "write a safety note in the folder notes that applies to it",
    "stage": "say in the statement which stage it is for, or write a condition of its own for the stage",
    "stages": "write a condition of its own for each stage, and name it in the exercises that are for it",
    "parent": "leave it out; name both conditions in the exercises that are used for both",
    "video": "leave it out; the site shows a figure that moves, or a photo chosen on the site",
    "photo": "leave it out; a photo, with its credit, is chosen on the site",
    "image": "leave it out; a photo, with its credit, is chosen on the site",
    "language": "leave it out; all of a library is in one language, said in library.yaml",
    "authors": "write the authors in the title: “Smith and others 2014: calf stretches”",
    "author": "write the author in the title: “Smith 2014: calf stretches”",
    "year": "write the year in the title: “Smith and others 2014: calf stretches”",
    "licence": "leave it out; write the licence of the whole library in library.yaml",
    "license": "write licence",
    "reviewed_on": "leave it out; a note is reviewed on the site, by a second person, and the day is kept there",
    "reviewer": "leave it out; who reviewed it is kept on the site",
    "difficulty": "leave it out; name an easier or a harder exercise under variations",
}  # fmt: skip
