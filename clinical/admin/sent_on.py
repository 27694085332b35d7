"""What somebody is told once a page or note is handed in or decided on, and where they land: at the desk.

The platform says of every decision that the page "has been updated", and leads into its tree of pages.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin import messages

#: What it is mixed into; the platform's views have no types.
_View: Any = object


def decision(thing: Any, action: str) -> str:
    """What became of a page or note by this decision about its review, in words. Three queries at most."""
    now = type(thing)._base_manager.get(pk=thing.pk)
    title = str(now)
    if action != "approve":
        return _("“%s” is sent back: whoever wrote it finds your remark on the form and on the desk.") % title
    scheduled = now.scheduled_revision
    if scheduled and scheduled.pk == now.latest_revision_id:
        moment = date_format(timezone.localtime(scheduled.approved_go_live_at), "j F Y, H:i")
        return _("“%(title)s” is approved, and goes live on %(moment)s.") % {"title": title, "moment": moment}
    if now.live and now.live_revision_id == now.latest_revision_id:
        return _("“%s” is approved and live: readers see it now.") % title
    if now.workflow_in_progress:
        return _("“%s” is approved by you, and waits for the next step of its review.") % title
    return _("“%s” is approved.") % title


class LandsAtTheDeskMixin(_View):
    """For the platform's views to create and edit a page."""

    def redirect_away(self) -> HttpResponse:
        """Where this person came from, or the desk: it says what waits next."""
        return redirect(self.next_url or "wagtailadmin_home")


class SaysWhatWasDecidedMixin(_View):
    """For the platform's views to edit a page or a snippet."""

    def add_save_confirmation_message(self) -> None:
        """Of a page."""
        if self.action_name != "perform_workflow_action":
            super().add_save_confirmation_message()
            return
        messages.success(self.request, decision(self.page, self.workflow_action))

    def get_success_message(self, *args: Any, **kwargs: Any) -> Any:
        """Of a snippet."""
        if self.action == "workflow-action":
            return decision(self.object, self.workflow_action)
        return super().get_success_message(*args, **kwargs)
