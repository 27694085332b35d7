"""What on a page contradicts itself, and the two people who may choose an exercise all the same."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from clinical.conflicts.open_conflicts import open_conflicts
from clinical.conflicts.overrides import ask_to_override, confirm_override
from clinical.models import Override
from clinical.people.accounts import SignedInRequest
from clinical.publishing.refusals import sentences_of
from clinical.safety.conflicts import Conflict
from clinical.withdrawal.withdrawing import clinical_page_models

MAY_ASK, MAY_CONFIRM = "clinical.add_override", "clinical.change_override"


class ConflictsOfPage(WagtailAdminTemplateMixin, TemplateView):
    """The conflicts of a page as it was last saved; overrides are asked for and confirmed here."""

    request: SignedInRequest

    template_name = "clinical/admin/conflicts.html"
    page_title = gettext_lazy("Conflicts")
    header_icon = "warning"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the page's newest draft."""
        super().setup(request, *args, **kwargs)
        page = get_object_or_404(Page.objects.type(*clinical_page_models()), pk=kwargs["pk"])
        self.page = page.specific.get_latest_revision_as_object()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever may ask for an override, and edit this page."""
        may_edit = self.page.permissions_for_user(request.user).can_edit()
        if not (may_edit and request.user.has_perm(MAY_ASK)):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Which page."""
        return str(self.page)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the page's editor, this."""
        editor = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": str(self.page)}
        return [*self.breadcrumbs_items, editor, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What contradicts itself, what was asked for, and what this person may confirm."""
        may, person = self.request.user.has_perm(MAY_CONFIRM), self.request.user.pk
        asked = Override.objects.filter(content_key=self.page.content_key).select_related("asked_by", "confirmed_by")
        rows = [(each, may and not each.confirmed_at and each.asked_by_id != person) for each in asked]
        return {**super().get_context_data(**kwargs), "conflicts": self._conflicts(), "asked": rows}

    def _conflicts(self) -> list[Conflict]:
        """None while the page is too unfinished to be judged; the gate then says what it needs first."""
        try:
            return open_conflicts(self.page)
        except ValueError:
            return []

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask or confirm; a refusal becomes a message."""
        try:
            messages.success(request, self._decide())
        except ValidationError as error:
            for sentence in sentences_of(error):
                messages.error(request, sentence)
        return HttpResponseRedirect(request.path)

    def _decide(self) -> str:
        posted, by = self.request.POST, self.request.user
        if posted.get("decision") == "confirm":
            if not by.has_perm(MAY_CONFIRM):
                raise ValidationError(_("Ask a reviewer or a safety officer to confirm it."))
            waiting = Override.objects.waiting().filter(content_key=self.page.content_key)
            asked = posted.get("override", "")
            confirm_override(get_object_or_404(waiting, pk=asked if asked.isdecimal() else 0), by=by)
            return _("Confirmed. It counts as long as the note reads as it does now.")
        for conflict in self._conflicts():
            if f"{conflict.note} {conflict.other}" == posted.get("conflict"):
                ask_to_override(self.page, conflict, by=by, reason=posted.get("reason", ""))
                return _("Asked for. A colleague has to confirm it.")
        raise ValidationError(_("That conflict is not there any more; look again."))
