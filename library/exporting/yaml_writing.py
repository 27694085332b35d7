"""Writing a record as YAML, always in the same way: fields in their order, a line for each thing, long texts folded.

The same record is the same bytes, on every database. What is written is read back before it is kept, so no text is ever
lost to a peculiarity of YAML.
"""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from library.reading import PlainLoader

#: A word that goes over it may still stand in the line.
_WIDTH = 100
#: From so many letters on a text is folded over several lines.
_LONG = 90


#: By their first letter, the patterns of what is more than text.
Resolvers = dict[str, list[tuple[str, re.Pattern[str]]]]


class _Folded(str):
    """A text that is folded."""

    __slots__ = ()


def _both(ours: Resolvers, others: Resolvers) -> Resolvers:
    """What we take for a number or a word of YAML's, and what others do."""
    return {first: [*ours.get(first, []), *others.get(first, [])] for first in {*ours, *others}}


class PlainDumper(yaml.SafeDumper):
    """YAML for people, as ``PlainLoader`` reads it. Words that others would read as something else are in quotes."""

    yaml_implicit_resolvers = _both(PlainLoader.yaml_implicit_resolvers, yaml.SafeDumper.yaml_implicit_resolvers)

    def ignore_aliases(self, data: Any) -> bool:
        """Every value is written out."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        """Lists stand further in than what they belong to."""
        return super().increase_indent(flow, False)


PlainDumper.add_representer(
    _Folded, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=">")
)


def as_yaml(fields: dict[str, Any]) -> str:
    """A record's fields as the text of its file."""
    for marked in (_marked(fields), fields):
        text = _dumped(marked)
        # PlainLoader is a SafeLoader with fewer ideas of its own: it builds nothing but plain values.
        if yaml.load(text, Loader=PlainLoader) == fields:  # noqa: S506  (see the line above)
            return text
    return json.dumps(fields, indent=2, ensure_ascii=True) + "\n"  # which is YAML too


def _dumped(fields: Any) -> str:
    written: str = yaml.dump(fields, Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return written


def _marked(value: Any) -> Any:
    """The same with every long text marked as one to fold."""
    if isinstance(value, dict):
        return {name: _marked(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_marked(inner) for inner in value]
    return _Folded(value) if isinstance(value, str) and len(value) > _LONG else value
