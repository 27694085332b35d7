"""A way to take fingerprints stays what it was: what was approved in it would be void otherwise, on every site."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch
from uuid import UUID

import pytest

from clinical.conflicts.overrides import fingerprint_of as fingerprint_for_overrides
from clinical.models import NoteTarget
from clinical.publishing import fingerprints
from clinical.publishing.fingerprints import WAYS, fingerprint_of, fingerprints_of
from testing import factories
from tests.clinical.publishing.fixed_words import fixed_words

RELEASED = Path(__file__).with_name("released_fingerprints.json")
WHAT_TO_DO = """
Way {way} reads “{name}” otherwise than it did, so everything that was approved in it would be void on every site.
Leave each way as it is. If fingerprints should be taken otherwise from now on, add the next number to WAYS in
clinical/publishing/fingerprints.py, and what it makes of these words to
tests/clinical/publishing/released_fingerprints.json.
If a field was renamed, removed or given another default, let the ways there are go on reading it as they did.
"""


def test_no_way_is_ever_changed(db: None):
    released = json.loads(RELEASED.read_text(encoding="utf-8"))
    for name, thing in fixed_words().items():
        for way, found in zip(WAYS, fingerprints_of(thing), strict=True):
            told = WHAT_TO_DO.format(way=way, name=name) + f"It is: {found}"
            assert released.get(str(way), {}).get(name) == found, told


def test_fingerprint_for_an_override_is_what_it_was(db: None):
    note = factories.note_at(NoteTarget(region="lower_leg"), text="your calf swells", what_to_do="Rest.", tier=2)
    told = (
        "What an override keeps of its note is read otherwise than it was, so every override would be void on every "
        "site. Keep the old way beside the new one, named as in clinical/publishing/fingerprints.py, and compare both."
    )
    kept = "ff859d2b64d545b6e5f5a3747a1fb242307fb3f904055b005be361f5587f97f6"
    assert fingerprint_for_overrides(note.translation_key) == kept, told
    assert fingerprint_for_overrides(UUID(int=0)) != kept


def test_each_fingerprint_names_its_way_and_the_newest_is_kept(db: None):
    found = fingerprints_of(fixed_words()["note"])
    assert [each.partition("$")[0] for each in found] == [str(way) for way in WAYS]
    assert fingerprint_of(fixed_words()["note"]) == found[-1]


@pytest.mark.parametrize("name", ["exercise", "exercise without rows", "note without places"])
def test_sort_of_rows_added_by_an_upgrade_does_not_void_what_was_approved_before(db: None, name: str):
    thing = fixed_words()[name]
    before = fingerprints_of(thing)
    thing.tips = SimpleNamespace(all=list)
    added = SimpleNamespace(get_accessor_name=lambda: "tips", field=SimpleNamespace(name="page"))
    known = fingerprints.get_all_child_relations(type(thing))
    with patch.object(fingerprints, "get_all_child_relations", return_value=[*known, added]):
        assert fingerprints_of(thing) == before
