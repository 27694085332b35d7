"""What each module is for stands in the module; the page in docs is made from it and says nothing else."""

from __future__ import annotations

import re

import stretchsite
from tests.tooling.sources import FLOORS, ROOT, files, name_of
from tools import write_module_table


def test_page_is_what_the_modules_say():
    assert write_module_table.PAGE.read_text(encoding="utf-8") == write_module_table.page(), "run make schema"


def test_every_module_with_anything_in_it_is_there():
    named = set(re.findall(r"^\| `([^`]+)` \| [^|]", write_module_table.page(), re.MULTILINE))
    written = {name_of(path) for path in files(*FLOORS, "testing", "tools") if path.read_text(encoding="utf-8").strip()}
    assert {name for name in written if "/migrations/" not in name} == named


def test_version_is_the_newest_dated_one_of_the_changelog():
    dated = re.findall(r"^## (\S+) – \d+ \w+ \d{4}$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert stretchsite.__version__ == dated[0]
