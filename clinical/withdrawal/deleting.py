"""Deleting what was in use, and taking a note out of force, ask why as taking a page off does: it goes on record.

A draft that was never live is deleted unasked: nobody but its writers ever saw it.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction as PagesBulkDelete
from wagtail.admin.views.pages.delete import DeleteView as PageDeleteView
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction as SnippetsBulkDelete
from wagtail.snippets.views.snippets import DeleteView as SnippetDeleteView
from wagtail.snippets.views.snippets import UnpublishView as SnippetUnpublishView

from clinical.notes.note import SafetyNote
from clinical.withdrawal.impact import affected_by
from clinical.withdrawal.taking_off import MAY_WITHDRAW, ReasonForm
from clinical.withdrawal.telling import because

#: What it is mixed into; the platform's views have no types.
_View: Any = object


class WhyForm(ReasonForm):
    """Why something is deleted or no longer said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("For colleagues who look for it later: it goes on record with your name.")


class AsksWhyMixin(_View):
    """For the platform's screens that ask whether one is sure: they ask why, too."""

    is_asked = True

    @cached_property
    def why(self) -> WhyForm:
        """Empty until it is sent."""
        return WhyForm(self.request.POST if self.request.method == "POST" else None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it with a reason; without one, ask again."""
        if self.is_asked and not self.why.is_valid():
            return self.render_to_response(self.get_context_data())
        with because(self.why.cleaned_data["reason"] if self.is_asked else ""):
            return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the question, where it is asked."""
        return {**super().get_context_data(**kwargs), "why": self.why if self.is_asked else None}


class DeletePage(AsksWhyMixin, PageDeleteView):
    """The platform's screen for deleting a page."""

    template_name = "clinical/admin/delete_page.html"

    @property
    def is_asked(self) -> bool:  # type: ignore[override]  # asked of the page that is found
        """Where readers have seen it, or something below it."""
        pages = self.page.get_descendants(inclusive=True)
        return bool(pages.filter(Q(live=True) | Q(first_published_at__isnull=False)).exists())


class SaysWhatItReachesMixin(_View):
    """For the platform's screens that end a note: what it reaches, and at once whether that takes somebody else."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what a note reaches, why it may not be ended so, and whether this person may withdraw it instead."""
        is_note = isinstance(self.object, SafetyNote)
        refused = chain.from_iterable(self.object.taking_off_refusal().values()) if is_note else ()
        return {
            **super().get_context_data(**kwargs),
            "is_note": is_note,
            "affected": affected_by(self.object) if is_note else [],
            "refused": list(refused),
            "may_withdraw": self.request.user.has_perm(MAY_WITHDRAW),
        }


class DeleteSnippet(SaysWhatItReachesMixin, AsksWhyMixin, SnippetDeleteView):
    """The same for a note, a condition, a person."""

    template_name = "clinical/admin/delete_snippet.html"

    @property
    def is_asked(self) -> bool:  # type: ignore[override]  # asked of the thing that is found
        """Unless it is a draft that was never in force."""
        return getattr(self.object, "live", True) or self.object.first_published_at is not None


class TakeOffNote(SaysWhatItReachesMixin, AsksWhyMixin, SnippetUnpublishView):
    """The platform's screen for taking a note out of force."""

    template_name = "clinical/admin/take_off_note.html"


class DeletesForAReasonMixin(_View):
    """For the platform's screens that delete several things at once: one reason for all of them."""

    form_class = WhyForm

    def form_valid(self, form: WhyForm) -> HttpResponse:
        """Delete them for one reason."""
        with because(form.cleaned_data["reason"]):
            done: HttpResponse = super().form_valid(form)
        return done


class DeletePages(DeletesForAReasonMixin, PagesBulkDelete):
    """The platform's screen for pages that are ticked in a list."""

    template_name = "clinical/admin/delete_pages.html"


class DeleteSnippets(DeletesForAReasonMixin, SnippetsBulkDelete):
    """The same for notes, conditions and people that are ticked in a list."""

    template_name = "clinical/admin/delete_snippets.html"
