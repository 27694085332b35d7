"""The titles in lists of clinical pages: each leads to its editor, or to its form for whoever may only read it."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.tables.pages import PageTitleColumn

from clinical.admin.copying import may_read_form


class LeadingTitleColumn(PageTitleColumn):
    """The platform's column, whose titles lead nowhere for whoever may only read, and which counts "1-0 of 0"."""

    header_template_name = "clinical/admin/title_header.html"
    cell_template_name = "clinical/admin/title_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """With whether its form may be read. No query in a list."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        may_write = context["page_perms"].can_edit()
        return {**context, "leads_to_form": not may_write and may_read_form(instance, parent_context["request"].user)}
