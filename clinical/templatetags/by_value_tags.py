"""A piece of a template that shows an immutable value, made once for each value and remembered by it.

The value itself is read anew for every request, safety notes and withdrawals with it; only what an equal value looked
like a moment ago is not put together again. A value that differs in one letter is another value.
"""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token

from clinical.templatetags.unchanging_tags import Unchanging

register = template.Library()

AT_MOST = "at_most="


class ByValue(Unchanging):
    """Like ``Unchanging``, for values that authors change: the oldest makes room for the newest."""

    most_variants = 64

    def __init__(self, nodelist: NodeList, names: list[str], values: list[FilterExpression], at_most: int) -> None:
        super().__init__(nodelist, names, values)
        self.most_variants = at_most

    def make_room(self) -> None:
        """Forget the value that was met first."""
        del self.made[next(iter(self.made))]


@register.tag
def by_value(parser: Parser, token: Token) -> ByValue:
    """``{% by_value sheet freshness %} … {% endby_value %}``: remembered by those values and the language.

    Its content sees the named variables and no others, as with ``unchanging``. Only for immutable values that are equal
    when they look the same.

    A page made of small pieces may say how many to remember: ``{% by_value exercise at_most=500 %}``.
    """
    told = token.split_contents()[1:]
    names = [word for word in told if not word.startswith(AT_MOST)]
    room = [int(word.removeprefix(AT_MOST)) for word in told if word.startswith(AT_MOST)]
    nodelist = parser.parse(("endby_value",))
    parser.delete_first_token()
    values = [parser.compile_filter(name) for name in names]
    return ByValue(nodelist, names, values, *room or [ByValue.most_variants])
