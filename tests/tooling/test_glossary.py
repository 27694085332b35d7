"""The glossary and the code say the same: no term without its class, no vocabulary without its line."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from itertools import takewhile

import pytest
from django.db.models import Choices
from django.utils import translation

from tests.tooling.sources import FLOORS, ROOT, files, name_of

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
ROW = re.compile(r"^\|(?P<first>[^|]+)\|(?P<second>[^|]+)\|(?P<third>[^|]+)\|$")


def rows_under(heading: str) -> list[tuple[str, ...]]:
    """The rows of the table under a heading, without its head."""
    start = next((number for number, line in enumerate(GLOSSARY) if line.startswith(heading)), None)
    if start is None:
        return []
    section = takewhile(lambda line: not line.startswith("#"), GLOSSARY[start + 1 :])
    rows = [ROW.match(line) for line in section]
    return [tuple(cell.strip() for cell in row.groups()) for row in rows if row][2:]


def our_modules() -> Iterator[object]:
    """Every module of the four floors that can be imported without side effects."""
    for path in files(*FLOORS):
        if not {"settings", "management"} & set(path.parts):
            yield importlib.import_module(name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."))


def our_classes() -> dict[str, type]:
    """Every class of ours, by its name."""
    return {
        thing.__name__: thing
        for module in our_modules()
        for thing in vars(module).values()
        if isinstance(thing, type) and thing.__module__.split(".")[0] in FLOORS
    }


def has(owner: type, name: str) -> bool:
    """Whether a class has an attribute or, as a dataclass without a default, a field of this name."""
    return hasattr(owner, name) or name in getattr(owner, "__annotations__", {})


TERMS = rows_under("## Terms")
VOCABULARIES = sorted(
    (thing for thing in our_classes().values() if issubclass(thing, Choices)), key=lambda thing: thing.__name__
)


def test_the_glossary_holds_terms_and_vocabularies():
    assert len(TERMS) >= 30
    assert len(VOCABULARIES) >= 15


@pytest.mark.parametrize(("term", "meaning", "code"), TERMS, ids=[term for term, _, _ in TERMS])
def test_a_term_names_what_is_in_the_code(term: str, meaning: str, code: str):
    classes = our_classes()
    assert meaning
    for name in re.findall(r"`([^`]+)`", code):
        owner, _, attribute = name.partition(".")
        assert owner in classes, f"{term}: there is no class {owner}"
        assert not attribute or has(classes[owner], attribute), f"{term}: {owner} has no {attribute}"
    assert "`" in code or code == "–"


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_every_value_of_a_vocabulary_has_its_line_in_the_same_order(vocabulary: type[Choices]):
    with translation.override("en"):
        expected = [(f"`{member.value}`", str(member.label)) for member in vocabulary]
    written = rows_under(f"### `{vocabulary.__name__}`")
    assert [(value, label) for value, label, _ in written] == expected
    assert all(meaning for _, _, meaning in written)


def test_no_vocabulary_is_explained_that_is_no_more():
    explained = {found[1] for line in GLOSSARY if (found := re.match(r"### `(\w+)`", line))}
    assert explained == {vocabulary.__name__ for vocabulary in VOCABULARIES}
