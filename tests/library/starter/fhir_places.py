"""Where ``docs/fhir-format`` says that each fact goes, and reading it back from there."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from clinical.outputs.fhir.elements import OURS, is_empty

PAGE = Path(settings.BASE_DIR) / "docs" / "fhir-format" / "README.md"
HOST = "https://stretch.example"


@cache
def tables() -> dict[str, dict[str, str]]:
    """By the beginning of each heading the facts of its table, with the first word in code of their element, if any."""
    found: dict[str, dict[str, str]] = {}
    for part in re.split(r"^##+ ", PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        heading = re.split(r",|\n", part, maxsplit=1)[0]
        rows = re.findall(r"^\| `([\w.]+)` \| (.*?) \|$", part, flags=re.MULTILINE)
        found[heading] = {fact: "" if said.startswith("below") else _code(said) for fact, said in rows}
    return found


def _code(said: str) -> str:
    found = re.match(r"`([\w.]+)`", said)
    return found[1] if found else ""


def left_out() -> set[str]:
    """What the page says is left out."""
    return set(tables()["What is left out"])


def at(element: Any, path: str) -> Iterator[Any]:
    """Every value at a path of an element; a list is all that is in it."""
    if isinstance(element, list):
        for each in element:
            yield from at(each, path)
    elif not path:
        yield element
    elif isinstance(element, Mapping):
        first, _dot, rest = path.partition(".")
        if first in element:
            yield from at(element[first], rest)


def missing(kind: str, facts: Mapping[str, Any], element: Any) -> list[str]:
    """The facts of this kind that the page gives an element, and that are not in it."""
    lost = []
    for fact, path in tables()[kind].items():
        value = facts[fact]
        found = {words(each) for each in at(element, path)} if path else set()
        if path and not is_empty(value):
            lost += [f"{kind}: {fact} {each!r}" for each in _said(value) if not _is_there(each, path, found)]
    return lost


def _said(value: Any) -> list[str]:
    """What is looked for: of a term its value."""
    values = value if isinstance(value, list) else [value]
    return [words(each) for each in values]


def _is_there(said: str, path: str, found: set[str]) -> bool:
    if path.endswith("div"):
        return any(said in each for each in found)
    return said in found


def words(value: Any) -> str:
    """A value as it is compared: a term and a coding by code and words, an address without the host, text unmarked."""
    if isinstance(value, Mapping):
        return f"{value.get('code', value.get('value'))} {value.get('display', value.get('label'))}"
    text = str(value).removeprefix("urn:uuid:").removeprefix(HOST)
    return html.unescape(re.sub(r"<[^>]+>", "\n", text)) if text.startswith("<div") else text


def extended(element: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What the extensions of an element say, by field."""
    found: dict[str, list[Any]] = defaultdict(list)
    for each in element.get("extension", ()):
        name = each["url"].removeprefix(OURS)
        found[name].append(extended(each) if "extension" in each else _value(each))
    return dict(found)


def _value(extension: Mapping[str, Any]) -> Any:
    ((_kind, value),) = ((name, value) for name, value in extension.items() if name.startswith("value"))
    if isinstance(value, Mapping):
        (coding,) = value["coding"]
        return {"value": [coding["code"]], "label": [coding["display"]]}
    return words(value) if isinstance(value, str) else value


def rest(kind: str, facts: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The facts of this kind that the page gives no element: what the extensions must say."""
    return _without({*tables()[kind], *left_out()}, facts)


def _without(but_for: set[str], facts: Mapping[str, Any]) -> dict[str, list[Any]]:
    found = {}
    for name, value in facts.items():
        if name in but_for:
            continue
        inner = {each.removeprefix(f"{name}.") for each in but_for if each.startswith(f"{name}.")}
        values = value if isinstance(value, list) else [value]
        said = [_without(inner, each) if isinstance(each, Mapping) else each for each in values]
        if said := [each for each in said if not is_empty(each)]:
            found[name] = said
    return found
