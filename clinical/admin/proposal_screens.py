"""Other words for something in use: proposing them, and the colleague who confirms or refuses them."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.forms.models import modelform_factory
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from clinical.admin.reports import InertExportMixin
from clinical.models import Condition, Picture, Proposal
from clinical.people.accounts import SignedInRequest
from clinical.publishing.refusals import sentences_of
from clinical.review.proposals import confirm_proposal, propose, refuse_proposal, take_back
from clinical.words.choices import ProposalState

MAY_PROPOSE, MAY_DECIDE = "clinical.add_proposal", "clinical.change_proposal"

#: What may be proposed for, by its sort in the address.
SORTS = {model._meta.model_name: model for model in (Condition, Picture)}
#: How many that wait stand on the admin's front page.
MOST_ON_FRONT = 5


def fields_of(proposal: Proposal) -> str:
    """What a proposal would change, as one line."""
    return str(get_text_list([field for field, _before, _after in proposal.changes()], _("and")))


class ProposalFilterSet(WagtailFilterSet):
    """By where it stands."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=ProposalState.choices)

    class Meta:
        model = Proposal
        fields: list[str] = []


class ProposalReport(InertExportMixin, ReportView):
    """Everything that was ever proposed: what waits first, then the newest."""

    page_title = gettext_lazy("Proposed changes")
    header_icon = "edit"
    index_url_name = "clinical_proposals"
    index_results_url_name = "clinical_proposals_results"
    model = Proposal
    filterset_class = ProposalFilterSet
    permission_policy = ModelPermissionPolicy(Proposal)
    any_permission_required = ("add", "change")
    no_results_message = gettext_lazy(
        "Nothing has been proposed. Open a condition or a picture that is in use, and propose other words there."
    )
    export_filename = "proposed-changes"
    list_export = ("title", "reason", "get_state_display", "asked_by", "asked_at", "decided_by", "decided_at", "remark")
    columns = (
        TitleColumn(
            "title",
            label=gettext_lazy("What"),
            get_url=lambda proposal: reverse("clinical_proposal", args=[proposal.pk]),
        ),
        Column("content_type", label=gettext_lazy("Sort"), accessor="content_type.name"),
        Column("changes", label=gettext_lazy("Changes"), accessor=fields_of),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        Column("asked_by", label=gettext_lazy("Proposed by")),
        DateColumn("asked_at", label=gettext_lazy("On")),
    )

    def get_queryset(self) -> QuerySet[Proposal]:
        """With everybody a row names, in one query."""
        rank = Case(When(state=ProposalState.WAITING, then=Value(0)), default=Value(1), output_field=IntegerField())
        return Proposal.objects.select_related("asked_by", "content_type").order_by(rank, "-asked_at", "-pk")


class ProposalsPanel(Component):
    """On the front page of the admin: what waits for this person's word. Nothing when nothing does."""

    name = "proposals"
    template_name = "clinical/admin/proposals_panel.html"
    order = 45

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """A few of them, the oldest first, and how many there are. Two queries."""
        waiting = Proposal.objects.waiting().exclude(asked_by=parent_context["request"].user)
        rows = waiting.select_related("asked_by", "content_type").order_by("asked_at")
        return {"proposals": rows[:MOST_ON_FRONT], "number": waiting.count()}


class _ProposalViewMixin(WagtailAdminTemplateMixin):
    """A screen for whoever may propose."""

    header_icon = "edit"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn everybody else away."""
        if not request.user.has_perm(MAY_PROPOSE):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, this."""
        listing = {"url": reverse("clinical_proposals"), "label": _("Proposed changes")}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.get_page_title()}]


class Propose(_ProposalViewMixin, FormView):
    """What it says now, to be written over, and why."""

    request: SignedInRequest

    template_name = "clinical/admin/propose.html"
    page_title = gettext_lazy("Propose other words")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the condition or picture."""
        super().setup(request, *args, **kwargs)
        if kwargs["sort"] not in SORTS:
            raise Http404
        self.thing = get_object_or_404(SORTS[kwargs["sort"]], pk=kwargs["pk"])
        self.title = str(self.thing)

    def get_page_subtitle(self) -> str:
        """What it is called now, whatever is typed."""
        return self.title

    def get_form_class(self) -> type[forms.ModelForm]:
        """The words of this sort, and why."""
        words = modelform_factory(type(self.thing), form=forms.ModelForm, fields=self.thing.WORDS)
        reason = forms.CharField(
            label=_("Why"),
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("For the colleague who decides; readers are not shown it."),
        )
        return type("ProposalForm", (words,), {"reason": reason})

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form is filled in with what readers see now."""
        return {**super().get_form_kwargs(), "instance": self.thing}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form; or the proposal that waits already."""
        waiting = Proposal.objects.waiting().about(self.thing).first()
        return {**super().get_context_data(**kwargs), "waiting": waiting}

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        """Propose, and show the proposal; a refusal stands in the form."""
        words = {name: form.cleaned_data[name] for name in self.thing.WORDS}
        try:
            made = propose(self.thing, words, by=self.request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Proposed. A colleague has to confirm it; until then nothing changes."))
        return HttpResponseRedirect(reverse("clinical_proposal", args=[made.pk]))


class OneProposal(_ProposalViewMixin, TemplateView):
    """A proposal, field by field, where it stands, and what this person may decide about it."""

    request: SignedInRequest

    template_name = "clinical/admin/proposal.html"
    page_title = gettext_lazy("Proposed change")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it, with everybody it names."""
        super().setup(request, *args, **kwargs)
        people = ("asked_by", "decided_by", "content_type")
        self.proposal = get_object_or_404(Proposal.objects.select_related(*people), pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """What it is about."""
        return self.proposal.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The proposal, and what this person may decide."""
        held, user = self.proposal, self.request.user
        is_own = held.asked_by_id == user.pk
        decisions = {
            "can_decide": held.is_waiting and not is_own and user.has_perm(MAY_DECIDE),
            "can_take_back": held.is_waiting and is_own,
        }
        thing = held.thing
        about = {"thing": thing, "thing_url": AdminURLFinder(user).get_edit_url(thing) if thing else None}
        return {**super().get_context_data(**kwargs), "proposal": held, **about, **decisions}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry out the decision; a refusal becomes a message. What was typed about it is still there."""
        try:
            messages.success(request, self._decide(request.POST.get("decision", "")))
        except ValidationError as error:
            at_remark = error.message_dict.pop("remark", []) if hasattr(error, "error_dict") else []
            if at_remark:
                typed = request.POST.get("remark", "")
                return self.render_to_response(self.get_context_data(remark=typed, remark_errors=at_remark))
            for sentence in sentences_of(error):
                messages.error(request, sentence)
        return HttpResponseRedirect(request.path)

    def _decide(self, decision: str) -> str:
        held, by = self.proposal, self.request.user
        if decision == "take-back":
            take_back(held, by=by)
            return _("Taken back. Readers go on seeing what they see.")
        if not by.has_perm(MAY_DECIDE):
            raise ValidationError(_("Ask a reviewer or a safety officer to decide it."))
        if decision == "confirm":
            confirm_proposal(held, by=by)
            return _("Confirmed. Readers see the new words from now on.")
        if decision == "refuse":
            refuse_proposal(held, by=by, remark=self.request.POST.get("remark", ""))
            return _("Refused. Readers go on seeing what they see.")
        raise ValidationError(_("Choose one of the buttons."))
