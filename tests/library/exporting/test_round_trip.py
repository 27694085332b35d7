"""What is exported and loaded into an empty site is exported as the same bytes; nothing of it counts as approved.

The starter library and two hundred made at random are tried by ``make round-trip``, on both databases.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from library.exporting.yaml_writing import as_yaml
from library.fields import Record
from library.reading import PlainLoader, read_library
from library.records import RECORD_OF_FOLDER
from testing.random_libraries import folder_of, random_library
from testing.round_trips import differences, lost, round_trip, written_again
from testing.small_library import small_library, write


@pytest.mark.django_db
@pytest.mark.usefixtures("set_up_site")
def test_published_library_comes_back_as_the_same_bytes(tmp_path: Path):
    first, second, said = round_trip(write(tmp_path / "small", small_library()), tmp_path, publish=True)
    assert differences(first, second) == []
    assert sorted(first) == sorted(["README.md", "library.yaml", *(f"{name}.yaml" for name in small_library())])
    assert "Left out" not in said
    assert "To mend" not in said


@pytest.mark.django_db
@pytest.mark.usefixtures("set_up_site")
@pytest.mark.parametrize("number", [0, 1])
def test_library_made_at_random_loses_nothing_and_comes_back_as_the_same_bytes(
    tmp_path: Path, number: int, settings: Any
):
    settings.MEDIA_ROOT = tmp_path / "media"
    library = folder_of(number, tmp_path / "made")
    first, second, said = round_trip(library, tmp_path, publish=False)
    assert differences(first, second) == []
    assert lost(library, tmp_path / "first") == []
    assert written_again(library, tmp_path / "first") == []
    assert "Left out" not in said
    assert any(name.startswith("pictures/") and not name.endswith(".yaml") for name in first)


def test_libraries_made_at_random_use_every_field_of_the_format(tmp_path: Path):
    used: set[str] = set()
    for number in range(12):
        for records in random_library(number, tmp_path / str(number)).values():
            for record in records.values():
                used |= set(_used(record))
    every = {f"{model.__name__}.{name}" for model in _models() for name in model.model_fields}
    assert every - used == set()


def _used(value: Any) -> list[str]:
    if isinstance(value, Record):
        kind = type(value)
        found = [f"{kind.__name__}.{name}" for name in value.model_dump(exclude_defaults=True)]
        return found + [each for name in kind.model_fields for each in _used(getattr(value, name))]
    if isinstance(value, list):
        return [each for inner in value for each in _used(inner)]
    return []


def _models() -> set[type[Record]]:
    found: set[type[Record]] = set()
    waiting: list[Any] = list(RECORD_OF_FOLDER.values())
    while waiting:
        each = waiting.pop()
        if isinstance(each, type) and issubclass(each, Record):
            if each not in found:
                found.add(each)
                waiting += [field.annotation for field in each.model_fields.values()]
        else:
            waiting += get_args(each)
    return found


@pytest.mark.parametrize(
    "words",
    [
        "no",
        "0:30",
        "1e5",
        "007",
        "null",
        "~",
        "a: b",
        "- a",
        "# a",
        "it's",
        "two  spaces " + "long " * 40 + "end",
        "a\n\n b\nc",
    ],
)
def test_words_are_read_back_as_they_were_written(words: str):
    written = as_yaml({"id": "a", "text": words, "list": [words, {"inner": words}]})
    assert yaml.load(written, Loader=PlainLoader) == {"id": "a", "text": words, "list": [words, {"inner": words}]}


def test_long_text_is_folded_and_short_lists_stand_one_a_line():
    written = as_yaml({"id": "a", "text": "word " * 30 + "end", "dos": ["one", "two"]})
    assert written.splitlines()[1] == "text: >-"
    assert written.endswith("dos:\n  - one\n  - two\n")
    assert max(map(len, written.splitlines())) < 110


def test_starter_library_is_read_as_it_is_written(tmp_path: Path):
    starter = read_library(Path(__file__).resolve().parents[3] / "library" / "starter")
    for records in starter.values():
        for name, record in records.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(as_yaml(record.model_dump(mode="json", exclude_defaults=True)), encoding="utf-8")
    assert read_library(tmp_path) == starter
