"""The card "Before you start" as a page shows it. A routine has forty lines of it, so they are put together here."""

from __future__ import annotations

from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clinical.outputs.signs import GroupStyle, Sign, SignCard, SignGroup, SignList
from clinical.safety.parts import never_lost
from clinical.safety.sheet import SafetyBoard
from clinical.templatetags.symbol_tags import symbol

register = template.Library()

_ICONS: dict[GroupStyle, str] = {
    "emergency": "phone",
    "today": "clock-plus",
    "leave": "no-entry",
    "stop": "octagon",
    "not": "cross",
    "ask": "triangle",
    "check": "triangle",
}


@register.simple_tag
def sign_card(card: SignCard, board: SafetyBoard, prefix: str = "signs", level: int = 3) -> SafeString:
    """Every group of the card, in its order. Raises ``MissingSafety`` where a serious note has no sign on it."""
    return _made(card, card.groups, board, prefix, level)


@register.simple_tag
def sign_groups(card: SignCard, board: SafetyBoard, prefix: str, order: str, level: int = 3) -> SafeString:
    """The same in another order, where a reader asks for one group first: the names of all seven."""
    rank = {name: number for number, name in enumerate(order.split())}
    groups = tuple(sorted(card.groups, key=lambda group: rank[group.style]))
    return _made(card, groups, board, prefix, level)


@register.simple_tag
def sign_group(card: SignCard, style: GroupStyle, board: SafetyBoard, prefix: str, level: int = 3) -> SafeString:
    """One group alone, above what cannot wait for the whole card; nothing where it has no sign.

    Raises ``MissingSafety`` where a serious note has no sign on the card, since that one may be of this group.
    """
    with never_lost("The card of safety signs"):
        card.refuse_if_signs_are_missing(board)
        group = card.group(style)
        return SafeString(_group(group, board, prefix, level) if group else "")


def _made(card: SignCard, groups: tuple[SignGroup, ...], board: SafetyBoard, prefix: str, level: int) -> SafeString:
    with never_lost("The card of safety signs"):
        card.refuse_if_signs_are_missing(board)
        return SafeString("\n".join(_group(group, board, prefix, level) for group in groups))


def _group(group: SignGroup, board: SafetyBoard, prefix: str, level: int) -> str:
    name = f"{prefix}-{group.style}"
    lists = "\n".join(_list(each, board, level + 1, inline=group.style == "ask") for each in group.lists)
    words = f"{symbol(_ICONS[group.style])}<span>{_label(group, board)}</span>"
    return (
        f'<section class="signs__group signs__group--{group.style}" aria-labelledby="{name}">\n'
        f'<h{level} id="{name}" tabindex="-1">{words}</h{level}>\n{lists}\n</section>'
    )


def _label(group: SignGroup, board: SafetyBoard) -> str:
    """The label with its number as a link, so that one touch calls."""
    number = board.emergency_number if group.style == "emergency" else board.urgent_number
    label = escape(group.label)
    if group.style not in {"emergency", "today"} or number is None:
        return label
    link = f'<a href="{escape(number.tel)}">{escape(number.number)}</a>'
    return label.replace(escape(number.number), link, 1)


def _list(signs: SignList, board: SafetyBoard, level: int, *, inline: bool) -> str:
    heading = f'<h{level} class="signs__part">{escape(signs.heading)}</h{level}>\n' if signs.heading else ""
    rows = "".join(_row(sign, board.language) for sign in signs.signs)
    css = ' class="signs__inline"' if inline else ""
    return f"{heading}<ul{css}>\n{rows}</ul>"


def _row(sign: Sign, language: str) -> str:
    """One sign. Everything an author has written is escaped here."""
    lang = f' lang="{escape(sign.language)}"' if sign.language and sign.language != language else ""
    keys = f' data-sign="{" ".join(map(str, sign.keys))}"' if sign.keys else ""
    return f"<li{keys}{lang}>{escape(sign.words)}</li>\n"


def all_notes_words(card: SignCard) -> str:
    """Where the whole texts are: "All 14 notes in full"."""
    return _("All %d notes in full") % card.notes


register.simple_tag(all_notes_words)
