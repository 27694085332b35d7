"""Which components a template shows whatever there is to show: under no condition, in no loop, and in no fold.

What stands in ``{% if %}`` is shown to some readers, what stands in a block its base has not to none, and what stands
in a ``<details>`` to whoever opens it. A safety note is for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from django.template.base import Node, Template, TextNode
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode

#: The tags whose content is always shown, by their class: those of the upper floors cannot be imported here.
_SEEN_THROUGH = frozenset({"BlockNode", "WithNode", "ByValue", "Unchanging"})
#: The elements whose content is not shown, or not before somebody opens them.
_FOLDS = frozenset({"details", "dialog", "noscript", "script", "style", "template"})


class _Folds(HTMLParser):
    """Whether what is written next can be seen; it is told the text of a template in order."""

    def __init__(self) -> None:
        super().__init__()
        self.folded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """It closes over what follows."""
        if tag in _FOLDS or "hidden" in dict(attrs):
            self.folded.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """It is over."""
        if tag in self.folded:
            self.folded.remove(tag)

    @property
    def is_seen(self) -> bool:
        """Neither inside a fold, nor inside a mark or a comment that has not ended."""
        return not self.folded and "<" not in self.rawdata


def always_shown(template: Template) -> set[str]:
    """The components a template includes by their names, and always shows."""
    return {name for kind, name in _shown(template.nodelist, _Folds()) if kind is IncludeNode}


def _shown(nodes: Iterable[Node], folds: _Folds, always: bool = True) -> Iterator[tuple[Any, str]]:
    """The includes and blocks that are always shown, in their order."""
    for node in nodes:
        if isinstance(node, TextNode):
            folds.feed(node.s)
        elif isinstance(node, ExtendsNode):
            yield from _of_its_blocks(node)
        elif isinstance(node, IncludeNode):
            if always and folds.is_seen:
                yield IncludeNode, str(getattr(node.template, "var", ""))
        else:
            if isinstance(node, BlockNode) and always and folds.is_seen:
                yield BlockNode, node.name
            see_through = always and type(node).__name__ in _SEEN_THROUGH
            for name in node.child_nodelists:
                yield from _shown(getattr(node, name, None) or (), folds, see_through)


def _of_its_blocks(extends: ExtendsNode) -> Iterator[tuple[Any, str]]:
    """Of a template that extends another, only blocks that the other always shows are shown."""
    base: Any = get_template(str(getattr(extends.parent_name, "var", "")))
    known = {name for kind, name in _shown(base.template.nodelist, _Folds()) if kind is BlockNode}
    for node in extends.nodelist:
        if isinstance(node, BlockNode) and node.name in known:
            yield from _shown([node], _Folds())
    yield from ((BlockNode, name) for name in sorted(known))
