"""The list of second factors that are to be removed and wait for a second person."""

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

from clinical.people.accounts import SignedInRequest
from clinical.people.lost_devices import (
    MAY_CONFIRM,
    LostDevice,
    confirm_removal,
    decline_removal,
    tied_to,
    waiting,
    why_not,
)

DECISIONS = {"confirm": confirm_removal, "decline": decline_removal}


class LostDevices(WagtailAdminTemplateMixin, TemplateView):
    """For managers and safety officers."""

    request: SignedInRequest

    template_name = "clinical/admin/lost_devices.html"
    page_title = gettext_lazy("Lost devices")
    header_icon = "lock"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn everybody else away."""
        if not request.user.has_perm(MAY_CONFIRM):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """So that its name stands above."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In three queries, each with why whoever looks at it cannot confirm it."""
        found = list(waiting())
        tied = tied_to(self.request.user)
        for lost in found:
            lost.why_not = why_not(lost, self.request.user, tied)
        return {**super().get_context_data(**kwargs), "waiting": found}

    def post(self, request: SignedInRequest) -> HttpResponse:
        """Decide one; a refusal becomes a message on the way out."""
        asked = request.POST.get("lost", "")
        lost = get_object_or_404(LostDevice, pk=int(asked) if asked.isdecimal() else 0)
        decide = DECISIONS.get(request.POST.get("decision", ""))
        if decide is None:
            raise ValidationError(_("Say whether to remove the second factor or to leave it."))
        decide(lost, by=request.user)
        messages.success(request, _("Done: %s.") % lost)
        return HttpResponseRedirect(reverse("clinical_lost_devices"))
