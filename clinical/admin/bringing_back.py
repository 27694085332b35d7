"""What was typed and not saved, kept by a browser, is brought back: the form filled in with it, and nothing written.

Only the server can fill in rows, steps and choosers; so the browser sends what it kept to the editor's own address.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView as PageCreateView
from wagtail.snippets.views.snippets import CreateView as SnippetCreateView

from clinical.admin.sent_on import LandsAtTheDeskMixin
from clinical.notes.conditions import name_condition
from clinical.notes.offered_conditions import offered_to
from clinical.outputs.answers import row_number

#: The name by which a browser says that it sends what it kept, to be shown.
BRING_BACK = "bring_back"

#: What it is mixed into; the platform's views have no types.
_View: Any = object


class BringsBackMixin(_View):
    """For the platform's views to create and to edit, pages and snippets."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save; or, asked to bring back, answer with the form as it was sent."""
        if BRING_BACK not in self.request.POST or self.expects_json_response:
            return super().form_valid(form)
        self.form = form
        self.has_unsaved_changes = True
        messages.warning(self.request, _("Brought back as it was typed. Look at it, and save it."))
        return self.render_to_response(self.get_context_data())


class AddPage(LandsAtTheDeskMixin, BringsBackMixin, PageCreateView):
    """The editor of a page that is not there yet; ``?condition=`` in the address says what it is written for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form, with the condition it was asked for on."""
        asked = row_number(request.GET.get("condition", ""))
        condition = offered_to(self.request.user).filter(pk=asked).first() if asked is not None else None
        if condition is not None:
            name_condition(self.page, condition)
        return super().get(request)


class AddSnippet(BringsBackMixin, SnippetCreateView):
    """The editor of a note, condition or person that is not there yet."""
