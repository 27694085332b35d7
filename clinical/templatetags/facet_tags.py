"""The options of a catalogue's filters, and the map of the body: a hundred small pieces, put together here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from django import template
from django.utils.safestring import SafeString

from clinical.pages.cards import Facet, FacetOption

register = template.Library()

#: The two sides of the body as the map draws them: for each region where its shapes stand (x, y, width, height), in a
#: box of 120 by 250. No shape is smaller than 18, so that a finger meets it. What is left and right is drawn twice.
_ARMS = {
    "shoulder": ((22, 58, 22, 19), (76, 58, 22, 19)),
    "arm": ((18, 77, 20, 24), (82, 77, 20, 24)),
    "elbow": ((16, 101, 20, 18), (84, 101, 20, 18)),
    "forearm": ((13, 119, 20, 23), (87, 119, 20, 23)),
    "hand": ((10, 142, 21, 20), (89, 142, 21, 20)),
}
_LEGS = {
    "lower_leg": ((35, 190, 21, 34), (64, 190, 21, 34)),
    "foot": ((31, 224, 25, 20), (64, 224, 25, 20)),
}
_NECK = {"neck": ((50, 42, 20, 18),)}
MAP: dict[str, dict[str, tuple[tuple[int, int, int, int], ...]]] = {
    "front": {
        "jaw": ((47, 23, 26, 18),),
        **_NECK,
        **_ARMS,
        "chest": ((44, 60, 32, 25),),
        "trunk": ((44, 85, 32, 27),),
        "hip": ((36, 112, 23, 18), (61, 112, 23, 18)),
        "pelvic_floor": ((50, 130, 20, 18),),
        "front_thigh": ((30, 130, 19, 42), (71, 130, 19, 42)),
        "inner_thigh": ((50, 148, 20, 24),),
        "knee": ((34, 172, 22, 18), (64, 172, 22, 18)),
        **_LEGS,
    },
    "back": {
        **_NECK,
        **_ARMS,
        "upper_back": ((44, 60, 32, 27),),
        "low_back": ((44, 87, 32, 25),),
        "buttock": ((36, 112, 23, 24), (61, 112, 23, 24)),
        "back_thigh": ((34, 136, 24, 54), (62, 136, 24, 54)),
        **_LEGS,
    },
}


@register.simple_tag
def facet_options(facet: Facet) -> SafeString:
    """Each option of a filter to tick, with how long the list would be with it; none to tick where that is nothing."""
    parts = groupby(facet.options, key=lambda option: option.part)
    return SafeString("\n".join(_part(facet.name, heading, options) for heading, options in parts))


def _part(name: str, heading: str, options: Iterable[FacetOption]) -> str:
    """Options that belong together, under their heading where they have one."""
    ticks = "\n".join(_option(name, option) for option in options)
    if not heading:
        return ticks
    return f'<fieldset class="facet__part"><legend>{escape(heading)}</legend>\n{ticks}\n</fieldset>'


def _option(name: str, option: FacetOption) -> str:
    state = " checked" if option.is_chosen else "" if option.is_offered else " disabled"
    css = "checkbox" if option.is_offered else "checkbox checkbox--none"
    ticked = f'<input type="checkbox" name="{escape(name)}" value="{escape(option.value)}"{state}>'
    return f'<label class="{css}">{ticked} <span>{words_of(option)}</span></label>'


def words_of(option: FacetOption) -> str:
    """An option with its number: "Hip (3)"."""
    label = escape(option.label)
    return label if option.count is None else f"{label} ({option.count})"


@register.simple_tag
def body_map(facet: Facet, side: str) -> SafeString:
    """The body from the front or from behind: each region that has something is a link with its words."""
    options = {option.value: option for option in facet.options}
    zones = "".join(_zone(options[name], shapes) for name, shapes in MAP[side].items() if name in options)
    head = '<ellipse class="zone zone--none" cx="60" cy="21" rx="17" ry="20"></ellipse>'
    return SafeString(f'<svg class="body-map__body" viewBox="0 0 120 250" width="192" height="400">{head}{zones}</svg>')


def _zone(option: FacetOption, shapes: tuple[tuple[int, int, int, int], ...]) -> str:
    css = "zone zone--chosen" if option.is_chosen else "zone" if option.is_offered else "zone zone--none"
    drawn = "".join(
        f'<rect class="{css}" x="{x}" y="{y}" width="{width}" height="{height}" rx="6"></rect>'
        for x, y, width, height in shapes
    )
    if not option.is_offered:
        return drawn
    chosen = ' aria-current="true"' if option.is_chosen else ""
    return f'<a href="{escape(option.url)}" rel="nofollow" aria-label="{words_of(option)}"{chosen}>{drawn}</a>'


@register.simple_tag
def region_links(facet: Facet) -> SafeString:
    """The same in words: every body area, those without anything not as links."""
    return SafeString("".join(f"<li>{_link(option)}</li>" for option in facet.options))


def _link(option: FacetOption) -> str:
    if not option.is_offered:
        return f'<span class="checkbox--none">{words_of(option)}</span>'
    chosen = ' aria-current="true"' if option.is_chosen else ""
    return f'<a href="{escape(option.url)}" rel="nofollow"{chosen}>{words_of(option)}</a>'
