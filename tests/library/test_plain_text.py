"""Plain text with a "<" or an "=" in it is plain text; only what a browser could take for markup is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.checking import Known, faults_of
from library.reading import read_library
from testing import small_library


@pytest.mark.parametrize(
    "text",
    [
        "Less than <body weight on the leg",
        "Load on leg only=half",
        "Pain < 3 out of 10, and effort > 5",
        "Hold 5<10 seconds",
    ],
)
def test_a_sign_that_is_no_markup_is_kept(tmp_path: Path, text: str):
    library = small_library.small_library()
    library["exercises/calf-stretch"]["feel"] = text
    read = read_library(small_library.write(tmp_path, library))
    assert [str(fault) for fault in faults_of(read, Known()) if "plain text" in str(fault)] == []
