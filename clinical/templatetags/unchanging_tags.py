"""A piece of a template that only a new version of the site changes: made once, and remembered."""

from __future__ import annotations

import threading
from typing import Any

from django import template
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from clinical.safety.parts import watching
from clinical.templatetags.asked_names import asked_names

register = template.Library()

#: How many variants one piece remembers; one that has more than a few dozen is used wrongly.
MOST_VARIANTS = 200


#: What the template language keeps in the context for its own use.
_OF_THE_LANGUAGE = frozenset({"forloop", "block"})


class Unchanging(template.Node):
    """Its content sees the variables that are named and no others, so it cannot remember what belongs to one reader.

    Raises ``TemplateSyntaxError`` when it is parsed where it asks for a variable that was not named, and when it is
    rendered where a template it includes asks for one that is known on the page.

    What it has made lives as long as the template itself, which is read anew when its file changes.
    """

    most_variants = MOST_VARIANTS

    def __init__(self, nodelist: NodeList, names: list[str], values: list[FilterExpression]) -> None:
        if missing := sorted(asked_names(nodelist) - set(names)):
            named = " ".join([*names, *missing])
            raise template.TemplateSyntaxError(
                f"Used here and not named: {', '.join(missing)}; write {{% … {named} %}}."
            )
        self.nodelist = nodelist
        self.names = names
        self.values = values
        self.made: dict[Any, SafeString] = {}
        #: Held by whoever adds to it: threads that render the same template share it.
        self.writing = threading.Lock()

    def render(self, context: Context) -> SafeString:
        """What was made before for these values in this language, or what is made now."""
        values = [value.resolve(context, ignore_failures=True) for value in self.values]
        # The type too: a text that is safe as it stands equals one that is not, and 1 equals True.
        key = (get_language(), context.autoescape, *((type(value), value) for value in values))
        made = self.made.get(key)
        return self._remembered(key, context, values) if made is None else made

    def _remembered(self, key: Any, context: Context, values: list[Any]) -> SafeString:
        """What is made now; remembered if nothing of it was left out."""
        with watching() as lost:
            made = self._make(context, values)
        if not lost:
            with self.writing:
                while len(self.made) >= self.most_variants:
                    self.make_room()
                self.made[key] = made
        return made

    def make_room(self) -> None:
        """Forget everything: whoever fills it uses it wrongly."""
        self.made.clear()

    def _make(self, context: Context, values: list[Any]) -> SafeString:
        seen = {name: value for name, value in zip(self.names, values, strict=True) if value is not None}
        inner = context.new(seen)
        inner.dicts.insert(0, _NotNamed({str(name) for name in context.flatten()} - set(self.names) - _OF_THE_LANGUAGE))
        return self.nodelist.render(inner)


class _NotNamed(dict[str, Any]):
    """What is known round the piece and was not named for it: asking for it is a mistake of the template's author.

    It would be blank otherwise, and nobody would notice that a page had lost its request, its reader or its number.
    """

    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self._names = names

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __getitem__(self, name: str) -> Any:
        if name in self._names:
            raise template.TemplateSyntaxError(f"“{name}” is used here and not named; write {{% … {name} %}}.")
        raise KeyError(name)


@register.tag
def unchanging(parser: Parser, token: Token) -> Unchanging:
    """``{% unchanging section current %} … {% endunchanging %}``: remembered by those variables and the language.

    For what is the same on every page, such as navigation. Never for anything that is written by an author.
    """
    names = token.split_contents()[1:]
    nodelist = parser.parse(("endunchanging",))
    parser.delete_first_token()
    return Unchanging(nodelist, names, [parser.compile_filter(name) for name in names])
