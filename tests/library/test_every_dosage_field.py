"""Every field of a dosage can be said by a library, and is loaded from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings

from exercises.dosage import Dosage
from library.dosage_records import DosageRecord
from testing.small_library import small_library, write
from tests.dosage_examples import EQUIPMENT, NAMES, must_have
from tests.library.loading import latest, load

every_field = pytest.mark.parametrize("name", NAMES)


@every_field
def test_a_record_may_say_a_field(name: str):
    with must_have("The record of a dosage (library/records.py)", name) as each:
        assert DosageRecord.model_validate(each.after).figures() == each.after


@every_field
@pytest.mark.parametrize("folder", ["exercises", "routines"])
def test_a_field_is_in_the_schema_of_the_library(name: str, folder: str):
    with must_have(f"docs/library-format/{folder}.json (run: make schema)", name):
        path = Path(settings.BASE_DIR) / f"docs/library-format/{folder}.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        assert name in schema["$defs"][DosageRecord.__name__]["properties"]


@pytest.mark.sampled(7)
@every_field
def test_a_field_is_loaded_into_exercises_and_items(name: str, set_up_site: None, db: None, tmp_path: Path):
    with must_have("What a library is loaded into (library/pages.py)", name) as each:
        records = small_library()
        for exercise in ("exercises/calf-stretch", "exercises/easy-walking"):
            records[exercise]["equipment"] = list(EQUIPMENT)
        records["exercises/calf-stretch"]["dosage"] = each.before
        records["exercises/easy-walking"]["dosage"] = each.after
        records["routines/before-bed"]["items"][1]["dosage"] = each.item
        load(write(tmp_path, records))
        walking, stretch = latest("routines/before-bed").items.all()
        assert walking.exercise.default_dosage() == Dosage(**each.after), "an exercise lacks it"
        assert stretch.figures() == each.item, "an item lacks it"
