"""The screen on which a page is reported to the safety officers, and on which they answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView
from wagtail.admin.auth import permission_denied
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from clinical.people.accounts import SignedInRequest
from clinical.withdrawal.withdrawal_screens import MAY_WITHDRAW
from clinical.withdrawal.withdrawing import clinical_page_models
from clinical.words.legible import legible
from sharing.identity import names_nobody
from stretchsite.reporting import Reported, answer, report, reported_pages, reports_of

#: Whoever gives exercises to patients hears first what they do.
MAY_REPORT = "clinical.add_safetynote"
MOST_WORDS = 1000
#: So many pages with open reports are named on the desk.
MOST_NAMED = 5


class ReportForm(forms.Form):
    """What happened, in a few sentences that say nothing of who it happened to."""

    what = forms.CharField(
        label=gettext_lazy("What happened, or may happen"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=MOST_WORDS,
        validators=[legible, names_nobody],
        help_text=gettext_lazy(
            "Which part of it, and what it does. Never who the patient is: no name, date of birth or number."
        ),
    )


class AnswerForm(ReportForm):
    """What a safety officer found and decided."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].label = _("What you found, and what was decided")
        self.fields["what"].help_text = _("Whoever reported it is told this by mail.")


class ReportPage(WagtailAdminTemplateMixin, FormView):
    """Reporting a page; for safety officers with what was reported, also answering."""

    request: SignedInRequest

    template_name = "stretchsite/admin/report.html"
    urgent_for = (MAY_REPORT,)
    page_title = gettext_lazy("Report to the safety officers")
    header_icon = "warning"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the page; only what tells people what to do can be reported."""
        super().setup(request, *args, **kwargs)
        self.thing = get_object_or_404(Page.objects.type(*clinical_page_models()), pk=kwargs["pk"]).specific

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away whoever writes nothing here; and from what readers do not see, all but those who may withdraw."""
        person = self.request.user
        if not person.has_perm(MAY_REPORT) or not (self.thing.live or person.has_perm(MAY_WITHDRAW)):
            return permission_denied(request)
        # What was opened to be an answer stays one, whatever came or was answered while it was typed.
        self.read_to = request.POST.get("read_to", "")
        opened = self.read_to if request.method == "POST" else reports_of(self.thing).exists()
        self.is_answer = person.has_perm(MAY_WITHDRAW) and bool(opened)
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[forms.Form]:
        """An answer where something waits for one."""
        return AnswerForm if self.is_answer else ReportForm

    def get_page_subtitle(self) -> str:
        """What it is about."""
        return str(self.thing)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Itself, below the desk."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page, and for officers what was reported of it."""
        reports = list(reports_of(self.thing)) if self.is_answer else []
        shown = {
            "is_answer": self.is_answer,
            "reports": reports,
            "read_to": reports[-1].pk if reports else self.read_to,
        }
        return {**super().get_context_data(**kwargs), "thing": self.thing, **shown}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Do it; a refusal stands at the field."""
        words = form.cleaned_data["what"]
        try:
            if self.is_answer:
                answer(self.thing, by=self.request.user, said=words, read_to=self.read_to)
            else:
                report(self.thing, by=self.request.user, what=words)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        told = _("Answered. Whoever reported it is told.") if self.is_answer else _("The safety officers are told.")
        messages.success(self.request, told)
        return HttpResponseRedirect(reverse("wagtailadmin_home"))


class ReportsPanel(Component):
    """On the desk of safety officers: what colleagues have reported, and nobody has answered."""

    name = "reports"
    order = 35
    template_name = "stretchsite/admin/reports_panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The few pages that have waited longest, each with how often it was reported. Two queries."""
        found = reported_pages(MOST_NAMED + 1)
        return {"reported": found[:MOST_NAMED], "are_more": len(found) > MOST_NAMED}


class ReportedPages(WagtailAdminTemplateMixin, ListView):
    """Every page that somebody has reported and no safety officer has answered."""

    request: SignedInRequest

    template_name = "stretchsite/admin/reported_pages.html"
    context_object_name = "reported"
    page_title = gettext_lazy("Reported as unsafe")
    header_icon = "warning"
    paginate_by = 50
    paginator_class = WagtailPaginator
    page_kwarg = "p"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever may withdraw."""
        if not self.request.user.has_perm(MAY_WITHDRAW):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> list[Reported]:  # type: ignore[override]  # a list is paged like a queryset
        """The one that has waited longest first."""
        return reported_pages()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Itself, below the desk."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]
