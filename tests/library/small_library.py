"""A library of seven records, as files: the smallest in which everything refers to something. Tests break or extend it.

Also what every test of loading asks: has anything in the database changed?
"""

from __future__ import annotations

import copy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import connection

from clinical.models import AuditEntry, SafetyNote
from exercises.models import ExercisePage
from routines.models import RoutinePage
from stretchsite.models import ConditionPage, InformationPage

#: Records by folder and id, as an author would write them.
Records = dict[str, dict[str, Any]]

#: One record of each sort, and what it is loaded into.
LOADED = {
    "conditions/calf-cramp": ConditionPage,
    "exercises/calf-stretch": ExercisePage,
    "routines/before-bed": RoutinePage,
    "notes/calf-clot": SafetyNote,
    "information/privacy": InformationPage,
}

_USE = {"condition": "calf-cramp", "evidence": "trial", "statement": "A small trial supports it."}
_SOURCE = {"title": "A textbook"}


def _clinical(identifier: str, title: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "title": title,
        "purpose": "Stretches the calf.",
        "who_it_is_for": "Most adults.",
        "check_first": "Ask first after an operation.",
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


def refused(folder: Path, **options: bool) -> list[str]:
    """The faults of a library that is refused as a whole, without having written anything but that it was refused."""
    before = everything_but_the_audit()
    with pytest.raises(CommandError, match=r"^\d+ faults?; nothing was written\.$") as error:
        load(folder, **options)
    assert everything_but_the_audit() == before
    return [str(fault) for fault in error.value.__cause__.faults]


def loaded(name: str) -> Any:
    """What a record was loaded into."""
    return LOADED[name].objects.get(library_id=name.partition("/")[2])


def latest(name: str) -> Any:
    """The newest draft of what a record was loaded into."""
    return loaded(name).get_latest_revision_as_object()


def everything_stored() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table as it lies there: pages, revisions, log entries, search index, usage index, groups …"""
    return {table: sorted(_rows(f"SELECT * FROM {table}"), key=repr) for table in _tables()}


def everything_but_the_audit() -> dict[str, list[tuple[Any, ...]]]:
    """The same without the audit: that the gate has refused something is put on record."""
    audit = connection.ops.quote_name(AuditEntry._meta.db_table)
    return {table: rows for table, rows in everything_stored().items() if table != audit}


def row_counts() -> dict[str, int]:
    """How many rows each table holds; only those that hold any."""
    counted = {table: _rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in _tables()}
    return {table: number for table, number in counted.items() if number}


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return [connection.ops.quote_name(table) for table in connection.introspection.table_names(cursor)]


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
