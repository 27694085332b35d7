"""Writes docs/modules.md: every module of the site with the first sentence of its docstring. ``make schema`` runs it.

What a module is for stands in the module and nowhere else; a test holds the page to it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "modules.md"
#: From the top floor down.
PACKAGES = ("library", "stretchsite", "sharing", "routines", "exercises", "figures", "clinical", "testing", "tools")
HEAD = """# Modules

Every module of the site, from the top floor down, with the first sentence of its docstring. `make schema` writes this
page; [architecture](architecture.md) says how the parts fit together.
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_section(package) for package in PACKAGES)


def _section(package: str) -> str:
    rows = "".join(f"| `{path}` | {sentence} |\n" for path, sentence in _modules(package))
    return f"\n## {package}\n\n| module | what it is |\n|---|---|\n{rows}"


def _modules(package: str) -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        if said and "migrations" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), _first_sentence(said).replace("|", "\\|")


def _first_sentence(docstring: str) -> str:
    """Its first line, which says it, without the full stop and in Markdown's marks for code."""
    return docstring.partition("\n")[0].removesuffix(".").replace("``", "`")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
