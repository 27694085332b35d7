"""A library of seven records, as files: the smallest in which everything refers to something. Tests break it."""

from __future__ import annotations

import copy
from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from django.core.management import call_command

#: Records by folder and id, as an author would write them.
Records = dict[str, dict[str, Any]]

_USE = {"condition": "calf-cramp", "evidence": "trial", "statement": "A small trial supports it."}
_SOURCE = {"title": "A textbook"}


def _clinical(identifier: str, title: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "title": title,
        "purpose": "Stretches the calf.",
        "who_it_is_for": "Most adults.",
        "check_first": ["you had an operation"],
        "evidence_summary": "One small trial.",
        "sources": [dict(_SOURCE)],
        **fields,
    }


def _exercise(identifier: str, title: str, **fields: Any) -> dict[str, Any]:
    return _clinical(
        identifier,
        title,
        clinical_name="Gastrocnemius stretch",
        kind="static_stretch",
        regions=["lower_leg"],
        position="standing",
        laterality="unilateral",
        dosage={"hold_seconds": 30, "repetitions": 2},
        steps=[{"kind": "set_up", "text": "Face a wall."}, {"kind": "hold", "text": "Hold still."}],
        feel="A mild pull.",
        not_feel="Pain.",
        **fields,
    )


def small_library() -> Records:
    """Fresh records: a condition, three exercises, a routine, a red flag and a page about the site."""
    return copy.deepcopy(
        {
            "conditions/calf-cramp": _clinical(
                "calf-cramp",
                "Calf cramp",
                name="Calf cramp",
                what_it_is=[{"paragraph": "<p>A sudden tightening.</p>"}],
                what_helps=[{"points": ["Walking", "Stretching"]}],
            ),
            "exercises/calf-stretch": _exercise(
                "calf-stretch",
                "Calf stretch",
                equipment=["wall"],
                conditions=[dict(_USE)],
                variations=[
                    {"kind": "progression", "exercise": "heel-drop"},
                    {"kind": "regression", "text": "Bend the knee a little."},
                ],
            ),
            "exercises/heel-drop": _exercise("heel-drop", "Heel drop"),
            "exercises/easy-walking": {
                **_exercise("easy-walking", "Easy walking"),
                "kind": "warm_up",
                "laterality": "bilateral",
                "dosage": {"moving_seconds": 300},
            },
            "routines/before-bed": _clinical(
                "before-bed",
                "Before bed",
                moments=["before_bed"],
                sessions_per_day=1,
                days_per_week=7,
                expect_change="In two weeks.",
                see_someone="If nothing has changed by then.",
                items=[
                    {"exercise": "easy-walking", "phase": "warm_up", "side": "both"},
                    {"exercise": "calf-stretch", "phase": "main", "side": "each", "dosage": {"hold_seconds": 20}},
                ],
                advice=[{"paragraph": "<p>Keep a lamp within reach.</p>"}],
                conditions=[dict(_USE)],
            ),
            "notes/calf-clot": {
                "id": "calf-clot",
                "kind": "red_flag",
                "tier": 1,
                "urgency": "same_day",
                "text": "one calf is swollen and warm",
                "applies_to": [{"region": "lower_leg"}, {"condition": "calf-cramp"}],
                "source": "A guideline",
            },
            "information/privacy": {
                "id": "privacy",
                "title": "Privacy",
                "introduction": "What we keep.",
                "body": [{"paragraph": "<p>Nothing.</p>"}],
            },
        }
    )


def write(folder: Path, records: Records) -> Path:
    """The records as files below the folder; the folder itself, for the command."""
    for name, record in records.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_yaml(record), encoding="utf-8")
    return folder


def as_yaml(record: Any) -> str:
    """A record as an author's editor would save it."""
    return yaml.safe_dump(record, allow_unicode=True, sort_keys=False)


def load(folder: Path, **options: Any) -> tuple[str, str]:
    """Run the command; what it printed, and what it complained about. Raises ``CommandError`` as it does."""
    out, err = StringIO(), StringIO()
    call_command("load_library", str(folder), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()
