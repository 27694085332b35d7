"""What a reviewer changed and sent back: whoever wrote it reads it, and accepts it with one click."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinical.admin.sent_on import decision
from clinical.models import ClinicalReviewStep, PublishRefused
from clinical.people.accounts import SignedInRequest
from clinical.review.corrections import accept, dismiss
from clinical.review.own_work import name_of


class OneCorrection(WagtailAdminTemplateMixin, TemplateView):
    """Field by field what was changed, what else readers would see, and the one button."""

    request: SignedInRequest

    template_name = "clinical/admin/correction.html"
    page_title = gettext_lazy("Changes to accept")
    header_icon = "edit"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it, with everybody it names."""
        super().setup(request, *args, **kwargs)
        steps: Any = ClinicalReviewStep.objects.filter(corrected_by__isnull=False)
        self.step: Any = get_object_or_404(steps.select_related("corrected_by", "revision"), pk=kwargs["pk"])
        self.thing = self.step.revision.content_object
        if self.thing is None:
            raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever wrote it, and those who review it; it is nobody else's draft."""
        may_edit = bool(AdminURLFinder(request.user).get_edit_url(self.thing))
        is_own = request.user.pk in self.step.corrected_to
        if not may_edit or not (is_own or self.step.task.specific.is_for(self.thing, request.user)):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """What it is about."""
        return str(self.thing)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the form, this."""
        form = {"url": AdminURLFinder(self.request.user).get_edit_url(self.thing), "label": str(self.thing)}
        return [*self.breadcrumbs_items, form, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The correction; the button only where this person may accept it as it stands."""
        step, why = self.step, self.step.why_it_does_not_stand()
        return {
            **super().get_context_data(**kwargs),
            "task_state": step,
            "who": name_of(step.corrected_by),
            "why": why,
            "may": not why and self.request.user.pk in step.corrected_to,
            "may_dismiss": why and self.request.user.pk in step.corrected_to,
            "form_url": AdminURLFinder(self.request.user).get_edit_url(self.thing),
        }

    def post(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Accept it, or say why that may not be; nothing is written then."""
        if "dismiss" in request.POST:
            return self._dismiss(request)
        try:
            with transaction.atomic():
                accept(self.step, by=request.user, seen=request.POST.get("seen", ""), answer="answer" in request.POST)
        except PublishRefused as refused:
            for sentence in refused.reasons():
                messages.error(request, sentence)
            return HttpResponseRedirect(request.path)
        messages.success(request, _("Accepted. %s") % decision(self.thing, "approve"))
        return HttpResponseRedirect(reverse("wagtailadmin_home"))

    def _dismiss(self, request: SignedInRequest) -> HttpResponse:
        """Take it off the desk, where it can be accepted no more."""
        try:
            why = dismiss(self.step, by=request.user)
        except PublishRefused as refused:
            for sentence in refused.reasons():
                messages.error(request, sentence)
            return HttpResponseRedirect(request.path)
        told = _("The changes to “%(title)s” are off your desk: %(why)s") % {"title": self.thing, "why": why}
        messages.success(request, told)
        return HttpResponseRedirect(reverse("wagtailadmin_home"))
