"""Which variables a piece of a template asks for and does not set itself, read from the piece when it is parsed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import Any

from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import FilterExpression, Node, NodeList, Token, TokenType, Variable, VariableNode
from django.template.defaulttags import ForNode, IfNode, RegroupNode, TemplateLiteral
from django.template.engine import Engine
from django.template.loader_tags import IncludeNode
from django.template.smartif import TokenBase
from django.templatetags.i18n import BlockTranslateNode

#: What the template language itself sets.
OF_THE_LANGUAGE = frozenset({"forloop", "block", "True", "False", "None"})

#: The templates that are being looked into: one that includes itself, as a tree does, is looked into once.
_being_read: ContextVar[frozenset[str]] = ContextVar("templates being read", default=frozenset())


def asked_names(nodes: NodeList) -> set[str]:
    """The names of variables the piece must be given, those of the templates it includes by name among them.

    A tag that looks into the context by itself is not looked into.
    """
    return set(_of_list(nodes, OF_THE_LANGUAGE))


def _of_list(nodes: Iterable[Node], known: frozenset[str]) -> Iterator[str]:
    for node in nodes:
        yield from _of_node(node, known)
        known |= _set_for_what_follows(node)


def _of_node(node: Node, known: frozenset[str]) -> Iterator[str]:
    if isinstance(node, RegroupNode):  # it asks each thing for what it groups by, under the name of the groups
        known |= {node.var_name}
    inside = known | _set_inside(node)
    for name, value in vars(node).items():
        if name == "token":
            continue
        of_the_content = isinstance(value, NodeList) or name in ("singular", "plural")
        yield from _of_value(value, inside if of_the_content else known)
    if isinstance(node, IncludeNode):
        yield from _of_included(node, frozenset(node.extra_context) if node.isolated_context else inside)


def _of_included(node: IncludeNode, known: frozenset[str]) -> Iterator[str]:
    name = node.template.var
    being_read: frozenset[str] = _being_read.get()
    if not isinstance(name, str) or name in being_read:
        return
    token = _being_read.set(being_read | {name})
    try:
        yield from _of_list(Engine.get_default().get_template(name).nodelist, known | OF_THE_LANGUAGE)
    except TemplateDoesNotExist as missing:
        raise TemplateSyntaxError(f"There is no template “{name}” to include.") from missing
    finally:
        _being_read.reset(token)


def _of_value(value: Any, known: frozenset[str]) -> Iterator[str]:
    """Whatever a node keeps: an expression, a list of nodes, conditions with theirs, or collections of them."""
    if isinstance(value, NodeList):
        yield from _of_list(value, known)
    elif isinstance(value, Variable):
        yield from (name for name in (value.lookups or ())[:1] if name not in known)
    elif isinstance(value, Token):
        name = value.contents.partition("|")[0].partition(".")[0].strip()
        yield from {name} - known if value.token_type == TokenType.VAR else ()
    else:
        for part in _parts(value):
            yield from _of_value(part, known)


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, FilterExpression):
        arguments = [argument for _function, given in value.filters for is_variable, argument in given if is_variable]
        return [value.var, *arguments]
    if isinstance(value, VariableNode):
        return [value.filter_expression]
    if isinstance(value, TemplateLiteral):
        return [value.value]
    if isinstance(value, TokenBase):
        return [value.first, value.second]
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, (list, tuple)) else ()


def _set_inside(node: Node) -> frozenset[str]:
    """What a tag sets for its own content: the variables of a loop, of ``with``, of ``blocktranslate``."""
    names = set(node.loopvars) if isinstance(node, ForNode) else set()
    names |= set(getattr(node, "extra_context", None) or {})
    if isinstance(node, BlockTranslateNode) and node.countervar:
        names.add(node.countervar)
    return frozenset(names)


def _set_for_what_follows(node: Node) -> frozenset[str]:
    """What a tag sets for what comes after it: ``… as name``, also inside a condition."""
    kept = ("asvar", "variable", "target_var", "variable_name", "var_name", "varname", "output_var_name")
    names = {name for name in (getattr(node, attribute, None) for attribute in kept) if isinstance(name, str)}
    branches = (nodes for _condition, nodes in node.conditions_nodelists) if isinstance(node, IfNode) else ()
    return frozenset(names).union(*(_set_for_what_follows(each) for nodes in branches for each in nodes))
