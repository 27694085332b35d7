"""Symbols from the site's sprites, by name, chips that carry one, and finished drawings.

A page shows dozens of symbols, so each is made once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def symbol(name: str) -> SafeString:
    """A small icon beside words; it tells a screen reader nothing."""
    return _drawn("icons", "icon", 24, 24, str(name))


@register.simple_tag
def sign(name: str) -> SafeString:
    """What stands on a stage until a figure does: a starting position, a kind of exercise, a routine."""
    return _drawn("signs", "sign", 120, 90, str(name))


@register.simple_tag
def region(name: str) -> SafeString:
    """A body with one of its regions marked."""
    return _drawn("regions", "sign", 120, 90, str(name))


@register.simple_tag
def drawing(figure: Any) -> SafeString:
    """A finished drawing as decoration beside words that name it. ``figure`` has an ``href`` and a ``view_box``."""
    return format_html(
        '<svg class="drawing" viewBox="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>',
        figure.view_box,
        figure.href,
    )


@register.simple_tag
def chip(label: str, icon: str = "") -> SafeString:
    """A fact in two or three words, with a symbol of ``icons.svg`` or in an outline."""
    return _chip(str(label), icon)


@register.simple_tag
def chips(them: Iterable[Any]) -> SafeString:
    """Several of them, such as those of a card."""
    return SafeString(" ".join(_chip(str(each.label), each.icon) for each in them))


@lru_cache(maxsize=1000, typed=True)  # a text that is safe as it stands equals one that is not
def _chip(label: str, icon: str) -> SafeString:
    """A list of exercises has a hundred of them, and few different ones."""
    if icon:
        return format_html('<span class="chip">{} {}</span>', symbol(icon), label)
    return format_html('<span class="chip chip--outline">{}</span>', label)


@cache
def _drawn(sprite: str, css_class: str, width: int, height: int, name: str) -> SafeString:
    return format_html(
        '<svg class="{}" width="{}" height="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css_class,
        width,
        height,
        static(f"stretchsite/{sprite}.svg"),
        name,
    )
