"""Parts of a page that lose themselves alone, and parts no page may be shown without (``clinical.safety.parts``)."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString

from clinical.safety.parts import alone, never_lost
from clinical.safety.sheet import MissingSafety, SafetyBoard

register = template.Library()

_NOTHING = SafeString("")


class PartNode(template.Node):
    """Its content, or nothing where that cannot be shown."""

    def __init__(self, nodelist: NodeList, part: FilterExpression, what: FilterExpression | None) -> None:
        self.nodelist = nodelist
        self.part = part
        self.what = what

    def render(self, context: Context) -> SafeString:
        """Whole or not at all: half a part is never left behind."""
        return alone(self._name(context), lambda: self.nodelist.render(context), _NOTHING)

    def _name(self, context: Context) -> str:
        part = str(self.part.resolve(context))
        what = self.what.resolve(context, ignore_failures=True) if self.what else None
        return f"{part} “{what}”" if what else part


@register.tag
def part(parser: Parser, token: Token) -> PartNode:
    """``{% part "card" card.title %} … {% endpart %}``: what it is, and whose where there are several."""
    _tag, name, *what = token.split_contents()
    nodelist = parser.parse(("endpart",))
    parser.delete_first_token()
    return PartNode(nodelist, parser.compile_filter(name), parser.compile_filter(what[0]) if what else None)


class SafetyNode(template.Node):
    """Its content, whole; where that cannot be shown, nothing may be."""

    def __init__(self, nodelist: NodeList, board: FilterExpression | None) -> None:
        self.nodelist = nodelist
        self.board = board

    def render(self, context: Context) -> SafeString:
        """Raises ``MissingSafety`` when it fails, and when a note of the board is not in it."""
        with never_lost("A safety note"):
            made = self.nodelist.render(context)
            if self.board:
                _hold_all(made, self.board.resolve(context))
        return made


@register.tag
def safety(parser: Parser, token: Token) -> SafetyNode:
    """``{% safety board %} … {% endsafety %}``: every note of the board, if one is given, stands in the content.

    A template passes over some errors in silence (``{% if a or b %}`` is false where either fails). Notes must not go
    with them, so they are counted in what was made.
    """
    boards = token.split_contents()[1:]
    nodelist = parser.parse(("endsafety",))
    parser.delete_first_token()
    return SafetyNode(nodelist, parser.compile_filter(boards[0]) if boards else None)


def _hold_all(made: str, board: Any) -> None:
    if not isinstance(board, SafetyBoard):
        raise MissingSafety("There is no board of safety notes.")
    missing = [item.key for item in board if f'data-note="{item.key}"' not in made]
    if missing:
        raise MissingSafety(f"Safety notes are missing: {', '.join(map(str, missing))}")
    if board.emergency and board.emergency_number.number not in made:
        raise MissingSafety("The emergency number is missing.")
