"""A chart of numbers by the day, drawn here as SVG: no script, no style, the numbers in words for who does not see it.

The bars are stretched to the width there is. What is written beside them is text of the page and keeps its size, on a
phone too. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: The drawing in its own units.
WIDTH, HEIGHT = 720, 160


def chart_of(days: Sequence[tuple[date, int]]) -> SafeString:
    """A bar for each day, in order. Nothing where there is no day."""
    if not days:
        return SafeString("")
    most = max(1, *(count for _day, count in days))
    step = WIDTH / len(days)
    bars = "".join(_bar(number, day, count, most, step) for number, (day, count) in enumerate(days))
    drawn = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" class="chart__bars" role="img" '
        'aria-labelledby="chart-words" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="chart-words">{escape(in_words(days))}</title>{bars}</svg>'
    )
    figures = f'<span class="chart__figures" aria-hidden="true"><span>{most}</span><span>0</span></span>'
    ends = "".join(f"<span>{escape(_short(day))}</span>" for day in dict.fromkeys((days[0][0], days[-1][0])))
    return SafeString(
        f'<div class="chart">{figures}{drawn}<span class="chart__days" aria-hidden="true">{ends}</span></div>'
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
    tall = round(HEIGHT * count / most, 1)
    x, y = round(number * step, 1), round(HEIGHT - tall, 1)
    wide = round(max(1.0, step * 0.8), 1)
    told = escape(f"{_short(day)}: {count}")
    return f'<rect x="{x}" y="{y}" width="{wide}" height="{tall}" fill="currentColor"><title>{told}</title></rect>'


def _short(day: date) -> str:
    return date_format(day, "j M Y")
