"""What the house rules are checked on: the repository's own files, without what tools and the site have made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

#: The floors, from the top.
FLOORS = ("library", "stretchsite", "sharing", "routines", "exercises", "figures", "clinical")

#: Folders whose content is ours to answer for.
OURS = (*FLOORS, "tools", "testing", "tests", "templates", "docs", "deploy", ".ci")
#: Kinds of text that a rule about wording holds for.
TEXT = {
    ".py",
    ".html",
    ".md",
    ".txt",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".css",
    ".js",
    ".svg",
    ".sh",
    ".conf",
    ".service",
    ".timer",
    ".example",
    "",
}


def files(*folders: str, suffix: str = ".py") -> Iterator[Path]:
    """The files with this suffix below these folders, migrations and caches left out."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob(f"*{suffix}")):
            if path.is_file() and not {"__pycache__", "migrations"} & set(path.parts):
                yield path


def texts() -> Iterator[Path]:
    """Every text file of the repository, those at its top included."""
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file() and path.suffix in TEXT)
    for folder in OURS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts:
                yield path


def name_of(path: Path) -> str:
    """The path as a reader of the repository writes it."""
    return path.relative_to(ROOT).as_posix()
