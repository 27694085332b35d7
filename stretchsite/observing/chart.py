"""A chart of numbers by the day, drawn here as SVG: no script, no style, the numbers in words for who does not see it.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WIDTH, HEIGHT = 720, 200
#: What is left free for the figures on the left and the days below, in the same units.
LEFT, BELOW, ABOVE = 48, 28, 12


def chart_of(days: Sequence[tuple[date, int]]) -> SafeString:
    """A bar for each day, in order. Nothing where there is no day."""
    if not days:
        return SafeString("")
    most = max(1, *(count for _day, count in days))
    step = (WIDTH - LEFT) / len(days)
    bars = "".join(_bar(number, day, count, most, step) for number, (day, count) in enumerate(days))
    floor = HEIGHT - BELOW
    line = f'<line x1="{LEFT}" y1="{floor}" x2="{WIDTH}" y2="{floor}" stroke="currentColor"/>'
    ends = _text(LEFT, HEIGHT - 8, _short(days[0][0])) + _text(WIDTH, HEIGHT - 8, _short(days[-1][0]), "end")
    figures = _text(LEFT - 6, ABOVE + 4, str(most), "end") + _text(LEFT - 6, floor, "0", "end")
    return SafeString(
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" role="img" aria-labelledby="chart-words" '
        f'xmlns="http://www.w3.org/2000/svg"><title id="chart-words">{escape(in_words(days))}</title>'
        f"{bars}{line}{ends}{figures}</svg>"
    )


def in_words(days: Sequence[tuple[date, int]]) -> str:
    """The same in a sentence; empty where there is no day."""
    if not days:
        return ""
    counts = [count for _day, count in days]
    opened = ngettext("opened %d time", "opened %d times", sum(counts)) % sum(counts)
    said = _("From %(first)s to %(last)s: %(opened)s, at most %(most)d on one day.")
    return said % {"first": _short(days[0][0]), "last": _short(days[-1][0]), "opened": opened, "most": max(counts)}


def _bar(number: int, day: date, count: int, most: int, step: float) -> str:
    tall = round((HEIGHT - BELOW - ABOVE) * count / most, 1)
    x, y = round(LEFT + number * step, 1), round(HEIGHT - BELOW - tall, 1)
    wide = round(max(1.0, step * 0.8), 1)
    told = escape(f"{_short(day)}: {count}")
    return f'<rect x="{x}" y="{y}" width="{wide}" height="{tall}" fill="currentColor"><title>{told}</title></rect>'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" font-size="12" fill="currentColor" text-anchor="{anchor}">{escape(words)}</text>'


def _short(day: date) -> str:
    return date_format(day, "j M Y")
