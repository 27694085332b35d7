"""How a counted row of what readers told is put into words: for the list, the page it is about, and the file."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column, TitleColumn

from stretchsite.reader_reports.choices import ReaderWord, ToldOn

#: In an address: what waits of one's own pages.
OWN = {"whose": "own"}


def told(row: dict[str, Any]) -> str:
    """What was told, in the words the reader chose."""
    return str(ReaderWord(row["what"]).label)


def step_told(row: dict[str, Any]) -> str:
    """Which step, with its words as they stood; or the whole page."""
    if not row["step"]:
        return _("The whole page")
    return _("Step %(number)d: %(words)s") % {"number": row["step"], "words": row["step_words"]}


def where_told(row: dict[str, Any]) -> str:
    """Where the reader stood: on the page itself, in which routine, or on a link."""
    if row["told_on"] == ToldOn.ROUTINE and row["routine_title"]:
        return _("in the routine “%s”") % row["routine_title"]
    return str(ToldOn(row["told_on"]).label)


def dealt_with_by(row: dict[str, Any]) -> str:
    """Who has dealt with it; somebody, where the account is gone."""
    name = f"{row['dealt_by__first_name'] or ''} {row['dealt_by__last_name'] or ''}".strip()
    return name or row["dealt_by__username"] or _("Somebody")


def how_often(row: dict[str, Any]) -> str:
    """The number, and the newest day."""
    words = ngettext("%d time", "%d times", row["number"]) % row["number"]
    return _("%(times)s, last on %(day)s") % {"times": words, "day": date_format(row["latest"], "j M Y")}


def dealt_when(row: dict[str, Any]) -> str:
    """Who dealt with it and on which day; empty while it waits."""
    if not row.get("dealt_on"):
        return ""
    said = {"who": dealt_with_by(row), "day": date_format(row["dealt_on"], "j M Y")}
    return _("Dealt with by %(who)s on %(day)s") % said


def shown(rows: Any) -> list[dict[str, Any]]:
    """Rows with their words besides."""
    return [
        {
            **row,
            "told": told(row),
            "place": step_told(row),
            "where": where_told(row),
            "often": how_often(row),
            "dealt": dealt_when(row),
        }
        for row in rows
    ]


def _two_lines(row: dict[str, Any]) -> SafeString:
    return format_html("{}<br>{}", told(row), where_told(row))


class ToldOfColumn(TitleColumn):
    """The page, with the step below; leads to what was told of it, and knows whether one came from one's own list."""

    cell_template_name = "stretchsite/admin/told_cell.html"

    def get_cell_context_data(self, instance: dict[str, Any], parent_context: Any) -> dict[str, Any]:
        """The step besides, and who has dealt with it."""
        besides = {"place": step_told(instance), "dealt": dealt_when(instance)}
        return {**super().get_cell_context_data(instance, parent_context), **besides}

    def get_link_url(self, instance: dict[str, Any], parent_context: Any) -> str:
        """The page of this page."""
        is_own = parent_context["request"].GET.get("whose") == OWN["whose"]
        return reverse("reader_reports_page", args=[instance["page"]], query=OWN if is_own else None)


#: Three and no more, each with what belongs to it below: as many as a phone has room for.
COLUMNS = (
    ToldOfColumn("title", label=gettext_lazy("Page")),
    Column("what", label=gettext_lazy("What was told"), accessor=_two_lines),
    Column("number", label=gettext_lazy("How often"), accessor=how_often),
)
