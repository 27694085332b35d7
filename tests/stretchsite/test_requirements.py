"""Every number by which code, tests or pages name a requirement is explained in ``docs/requirements.md``."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OURS = ("clinical", "exercises", "routines", "stretchsite", "testing", "tests", "tools")
EXPLAINED_IN = (ROOT / "docs" / "requirements.md", ROOT / "docs" / "hazards.md")
#: A family of numbers is one that has a heading of its own, such as “SL: share links”.
FAMILY = re.compile(r"^## ([A-Z]{1,2}(?:-[CF])?): ", re.MULTILINE)


def families() -> set[str]:
    return {*FAMILY.findall(EXPLAINED_IN[0].read_text()), "H"}


def explained() -> set[str]:
    return {number for page in EXPLAINED_IN for number in re.findall(r"^\| ([A-Z-]+\d+) ", page.read_text(), re.M)}


def said(source: Path) -> Iterator[str]:
    """The docstrings and comments of a file, and the names of its tests."""
    text = source.read_text()
    with source.open("rb") as lines:
        yield from (token.string for token in tokenize.tokenize(lines.readline) if token.type == tokenize.COMMENT)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            yield ast.get_docstring(node) or ""
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield " ".join(node.name.upper().split("_"))


def named(texts: Iterator[str]) -> set[str]:
    number = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(families(), key=len, reverse=True))})\d+(?![\w-]|\.\d)")
    return {found for text in texts for found in number.findall(text)}


def test_every_number_that_is_named_is_explained():
    sources = [path for folder in OURS for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]
    pages = [path for path in (ROOT / "docs").rglob("*.md") if path not in EXPLAINED_IN]
    in_code = {path: named(said(path)) for path in sources}
    in_pages = {path: named(iter([path.read_text()])) for path in pages}
    unexplained = {
        str(path.relative_to(ROOT)): sorted(numbers - explained())
        for path, numbers in {**in_code, **in_pages}.items()
        if numbers - explained()
    }
    assert unexplained == {}


def test_every_family_is_named_somewhere():
    assert {"SL", "PD", "AU", "AZ", "XS", "R-C", "R-F", "M", "X", "H"} == families()
