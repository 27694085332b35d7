"""Which files of a folder are records: at any depth, with either ending; others are passed over and named."""

from __future__ import annotations

from pathlib import Path

from library.reading import read_library, strangers
from testing import small_library


def written(folder: Path) -> Path:
    """A small library with a licence, a hidden file, and a record in a folder of its own with the other ending."""
    small_library.write(folder, small_library.small_library())
    deeper = folder / "exercises" / "legs"
    deeper.mkdir()
    (folder / "exercises" / "calf-stretch.yaml").rename(deeper / "calf-stretch.yml")
    (folder / "LICENSE").write_text("Take it.")
    (folder / "exercises" / ".DS_Store").write_bytes(b"\0\0")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("[core]")
    (folder / "README.md").write_text("Read me.")
    return folder


def test_records_are_read_at_any_depth_and_strangers_are_named(tmp_path: Path):
    folder = written(tmp_path)
    library = read_library(folder)
    assert "exercises/legs/calf-stretch.yml" in library["exercises"]
    assert sum(map(len, library.values())) == len(small_library.small_library())
    assert strangers(folder) == [".git/config", "LICENSE", "exercises/.DS_Store"]


def test_a_library_without_strangers_names_none(tmp_path: Path):
    assert strangers(small_library.write(tmp_path, small_library.small_library())) == []
