"""The documentation as its tests read it: prose, code, tables, and what in our sources a name can come from."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from tests.tooling.sources import FLOORS, ROOT, files

PAGES = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")] + sorted(
    (ROOT / "docs").rglob("*.md")
)
FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def read(path: Path | str) -> str:
    """The text of a file of the repository."""
    return (ROOT / path).read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """The page without its blocks of code."""
    return FENCE.sub("", read(page))


def inline_code(page: Path) -> list[str]:
    """Each piece of code within a sentence or a table."""
    return INLINE.findall(prose(page))


def typed(page: Path) -> list[str]:
    """What a reader of the page would type: every line of a block of code, and every piece within a sentence."""
    blocks = [line for block in FENCE.finditer(read(page)) for line in block["code"].splitlines()]
    return blocks + inline_code(page)


def make_targets_typed(page: Path) -> set[str]:
    """The targets of every ``make`` command in the page."""
    commands = (re.match(r"make((?: [a-z][a-z-]*)*)(?:$| {2}| [A-Z]+=)", line) for line in typed(page))
    return {name for found in commands if found for name in found[1].split()}


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as the usual renderers make them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def section(page: str, heading: str) -> str:
    """What stands under a heading, up to the next of the same or a higher level."""
    level = heading.index(" ")
    after = read(page).split(f"\n{heading}\n", 1)[1]
    return re.split(rf"^#{{1,{level}}} ", after, maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of every row of its tables, heads and rulers left out."""
    found = []
    lines = text.splitlines()
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith("|") and not line.startswith("|---") and not after.startswith("|---"):
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


@cache
def our_sources() -> str:
    """Everything we wrote that a name can come from."""
    folders = (*FLOORS, "templates", "testing", "tools", "deploy")
    sources = [path for suffix in (".py", ".html", ".css", ".sh") for path in files(*folders, suffix=suffix)]
    at_the_top = ("Makefile", "pyproject.toml", "requirements.txt", "requirements-dev.txt", "requirements.lock")
    return "\n".join(map(read, [*sources, *at_the_top]))


@cache
def our_sentences() -> str:
    """Every string of ours, each in one piece however it is broken over lines, and the words of our templates."""
    trees = [ast.parse(read(path)) for path in files(*FLOORS, "tools")]
    constants = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    strings = [value for value in constants if isinstance(value, str)]
    templates = [re.sub(r"\s+", " ", read(path)) for path in files("templates", suffix=".html")]
    return "\n".join([*strings, *templates, *map(read, files("tools", suffix=".sh"))])


def is_ours(name: str) -> bool:
    """Whether a name stands in our sources, as a word of its own."""
    return name in _our_words()


@cache
def _our_words() -> frozenset[str]:
    return frozenset(re.findall(r"\w+", our_sources()))
