"""What authors of libraries met in earnest: each loads, or is refused in words that say what to write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from testing.small_library import Records, load, small_library, write
from tests.library.loading import refused


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A site that has the small library already, under a name, once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("setup_site", verbosity=0)
        about = {"id": "calves", "title": "Calves", "publisher": "A clinic", "licence": "None", "version": "1"}
        records = {"library": {**about, "language": "en"}, **small_library()}
        records["notes/warm-up"] = {
            **{"id": "warm-up", "kind": "preparation", "tier": 4, "text": "Warm up first.", "needs_warm_up": True},
            **{"source": "A guideline", "applies_to": [{"everything": True}]},
        }
        load(write(tmp_path_factory.mktemp("small"), records), publish=True)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def folder(site: None, db: None, tmp_path: Path) -> Path:
    """Where the case is written."""
    return tmp_path


def exercise(**fields: Any) -> dict[str, Any]:
    """A sound exercise for no condition."""
    record = {**small_library()["exercises/heel-drop"], "id": "case", "title": "A case"}
    return record | fields


def one(**fields: Any) -> Records:
    """A library of one exercise."""
    return {"exercises/case": exercise(**fields)}


def of_a_condition(*places: dict[str, Any]) -> Records:
    """A new condition, an exercise for it, and a red flag at these places."""
    small = small_library()
    use = {"condition": "sore-heel", "evidence": "untested", "statement": "No trial."}
    heel = {**small["conditions/calf-cramp"], "id": "sore-heel", "name": "Sore heel", "title": "Sore heel"}
    flag = {**small["notes/calf-clot"], "id": "hot", "text": "it is hot", "applies_to": list(places)}
    return {"conditions/sore-heel": heel, "notes/hot": flag, "exercises/case": exercise(conditions=[use])}


def routine(**item: Any) -> Records:
    """A routine of one exercise, which begins without a warm-up."""
    record = {**small_library()["routines/before-bed"], "id": "case-routine", "title": "A routine", "conditions": []}
    record["items"] = [{"exercise": "case", "phase": "main", "side": "each", **item}]
    return {**one(), "routines/case-routine": record}


LOADS: dict[str, Records] = {
    "A1 a red flag on a condition and an exercise": of_a_condition({"condition": "sore-heel"}, {"exercise": "case"}),
    "A2 a red flag on a condition": of_a_condition({"condition": "sore-heel"}),
    "A15 an umlaut": one(title="Übung für die Schulter"),
    "A16 Arabic": one(title="تمرين الكتف"),
    "A18 a sign beside a letter": one(feel="Less than <body weight on the leg."),
    "A20 a word and an equals sign": one(feel="Load on leg only=half."),
    "A27 right as in right angle": one(feel="A right angle at the knee; nothing is wrong."),
}


@pytest.mark.parametrize("records", LOADS.values(), ids=LOADS)
def test_what_is_sound_loads(folder: Path, records: Records):
    told, _ = load(write(folder, records), publish=True, dry_run=True)
    assert f"Dry run, nothing written: {len(records)} created" in told


def test_files_of_other_tools_are_passed_over_and_records_found_wherever_they_lie(folder: Path):
    """A6 to A10 and A12: what a file manager, a version control and a licence leave in the folder; CR LF; .yml."""
    path = write(folder, one()) / "exercises" / "case.yaml"
    deeper = folder / "exercises" / "knee"
    deeper.mkdir()
    (deeper / "case.yml").write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    path.unlink()
    for name in (".git/HEAD", "LICENSE", "exercises/.DS_Store"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"\0")
    told, _ = load(folder, publish=True, dry_run=True)
    assert "Passed over, being no records: .git/HEAD, LICENSE, exercises/.DS_Store" in told
    assert "  new: exercises/knee/case.yml: A case" in told


def without_dosage() -> Records:
    """A figure of the dosage stands beside where it belongs."""
    record = exercise(reps=10)
    del record["dosage"]
    return {"exercises/case": record}


def bent(**arm: Any) -> dict[str, Any]:
    """A figure that stands, with this right arm."""
    limbs = {"legR": {"hip": [0, 0, 0]}, "legL": {"hip": [0, 0, 0]}, "armL": {"sh": [0, 0, 0]}}
    pose = {"key": "start", "label": "x", **limbs, "armR": {"sh": [0, 0, 0], **arm}, "rests": {"footR": "floor"}}
    return {"v": 1, "id": "f", "figures": [pose]}


_USE = {"condition": "calf-cramp", "evidence": "trial", "statement": "a" * 300}
_HIGH = {"exercises/heel-drop": small_library()["exercises/heel-drop"]}
_NAME = {**small_library()["conditions/calf-cramp"], "id": "case", "title": "A case"}
IN_WORDS: dict[str, tuple[Records, str]] = {
    "A3 the id of another library": (
        _HIGH,
        "id: the address “heel-drop” is that of “Heel drop” of the library “calves”",
    ),
    "A5 the name of another condition": (
        {"conditions/case": _NAME},
        "name: “Calf cramp” is a name of the condition “calf-cramp” of the library “calves”",
    ),
    "A13 a field outside its place": (without_dosage(), "reps: is not a field of this record; did you mean “dosage”?"),
    "A14 a field of others": (
        one(dosage={"reps": 10}),
        "dosage.reps: is not a field of this record; did you mean “repetitions”?",
    ),
    "A19 a long statement": (
        one(conditions=[_USE]),
        "conditions[1].statement: is too long; shorten it to 255 characters (it has 300)",
    ),
    "A21 an empty list": (one(aliases=None), "aliases: is empty; leave it out, or write a list"),
    "A22 a side it has not": (routine(side="both"), "items[1].side: “case” does not work that side; write each, left"),
    "A23 no warm-up": (
        routine(),
        "The note “Warm up first.” requires a warm-up, and the routine does not begin with one.",
    ),
    "A25 a joint no body has": (
        one(figure=bent(el=200)),
        "figure: right arm: pose 1, elbow is 200.0; write a number that",
    ),
    "A26 a part no arm has": (
        one(figure=bent(el=90, tail=1)),
        "it is not a field of this part; take it out, or mend its",
    ),
}


@pytest.mark.parametrize(("records", "words"), IN_WORDS.values(), ids=IN_WORDS)
def test_what_is_not_is_refused_in_words_that_say_what_to_write(folder: Path, records: Records, words: str):
    told = refused(write(folder, records), publish=True, dry_run=True)
    assert any(words in fault for fault in told), told
    assert not any(raw in fault for fault in told for raw in ("__all__", "Input should", "Extra inputs"))
