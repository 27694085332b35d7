"""Withdrawing in the admin: what it would reach, why, what instead; and lifting, by two. For safety officers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page
from wagtail.snippets.widgets import AdminSnippetChooser

from clinical.notes.note import SafetyNote
from clinical.people.accounts import SignedInRequest, User
from clinical.publishing.refusals import sentences_of
from clinical.publishing.withdrawals import Withdrawal
from clinical.withdrawal.impact import affected_by
from clinical.withdrawal.withdrawing import (
    ask_to_lift,
    clinical_page_models,
    confirm,
    decline_lifting,
    lift,
    reasons_against,
    takes_a_warning_away,
    withdraw,
)
from clinical.words.legible import legible

MAY_WITHDRAW, MAY_LIFT, MAY_LOOK = "clinical.add_withdrawal", "clinical.change_withdrawal", "clinical.view_withdrawal"


def who_may_lift() -> QuerySet[User]:
    """Everybody whose account is open and who may ask for a withdrawal to be lifted, or confirm it."""
    found: QuerySet[User] = User.objects.with_perm(MAY_LIFT)
    return found


class WithdrawalForm(forms.Form):
    """Why, what instead, and that what it reaches was read."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[legible],
        help_text=gettext_lazy("In plain words: readers are shown this. “It can tear a tendon that is still healing.”"),
    )
    replaced_by = forms.ModelChoiceField(
        label=gettext_lazy("What to do instead"),
        required=False,
        queryset=Page.objects.none(),
        help_text=gettext_lazy("Something of the same sort, if there is anything. Readers are sent there."),
    )
    understood = forms.BooleanField(
        label=gettext_lazy("I have read what this reaches"),
        error_messages={"required": gettext_lazy("Tick this when you have read the list above.")},
    )

    def __init__(self, *args: Any, thing: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thing = thing
        model = type(thing)
        choice: Any = self.fields["replaced_by"]
        choice.queryset = model.objects.filter(live=True)
        is_note = isinstance(thing, SafetyNote)
        choice.widget = AdminSnippetChooser(model) if is_note else AdminPageChooser(target_models=[model])

    def clean_replaced_by(self) -> Any:
        """Refuse the thing itself, a copy of it, and what is withdrawn."""
        chosen = self.cleaned_data["replaced_by"]
        if chosen and chosen.content_key == self.thing.content_key:
            raise ValidationError(_("Choose another one: this is what you are withdrawing."))
        if chosen and Withdrawal.objects.open_keys({chosen.content_key}):
            raise ValidationError(_("Choose another one: that is withdrawn itself."))
        return chosen


class _OfficersOnlyMixin(WagtailAdminTemplateMixin):
    """A screen that needs a permission of safety officers."""

    permission = MAY_WITHDRAW
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn everybody else away."""
        if not request.user.has_perm(self.permission):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, this."""
        listing = {"url": reverse("clinical_withdrawals"), "label": _("Withdrawals")}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.get_page_title()}]


class _Withdraw(_OfficersOnlyMixin, FormView):
    """What withdrawing this would reach, and the form that does it."""

    request: SignedInRequest

    template_name = "clinical/admin/withdraw.html"
    urgent_for = (MAY_WITHDRAW,)
    form_class = WithdrawalForm
    page_title = gettext_lazy("Withdraw")

    def get_page_subtitle(self) -> str:
        """What is being withdrawn."""
        return str(self.thing)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form knows what it is about."""
        return {**super().get_form_kwargs(), "thing": self.thing}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What it would reach, and what stands against it."""
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "thing": self.thing,
            "affected": affected_by(self.thing),
            "against": reasons_against(self.thing),
            "by_two": takes_a_warning_away(self.thing),
            "officers": who_may_lift().count(),
            "media": context["form"].media,
        }

    def form_valid(self, form: WithdrawalForm) -> HttpResponse:
        """Withdraw, and show the withdrawal; a refusal stands at the top of the form."""
        words = {"reason": form.cleaned_data["reason"], "replaced_by": form.cleaned_data["replaced_by"]}
        if words["replaced_by"] and not isinstance(self.thing, SafetyNote):
            words["replaced_by"] = words["replaced_by"].page_ptr
        try:
            made = withdraw(self.thing, by=self.request.user, **words)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        messages.success(self.request, _("“%(title)s”: %(state)s.") % {"title": made.title, "state": made.state})
        return HttpResponseRedirect(reverse("clinical_withdrawal", args=[made.pk]))


class WithdrawPage(_Withdraw):
    """Withdraw an exercise, a routine or a condition page."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the page; only clinical pages can be withdrawn."""
        super().setup(request, *args, **kwargs)
        page = get_object_or_404(Page.objects.type(*clinical_page_models()), pk=kwargs["pk"])
        self.thing = page.specific


class WithdrawNote(_Withdraw):
    """Withdraw a safety note."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the note."""
        super().setup(request, *args, **kwargs)
        self.thing = get_object_or_404(SafetyNote, pk=kwargs["pk"])


class OneWithdrawal(_OfficersOnlyMixin, TemplateView):
    """A withdrawal, where it stands, and what two people may decide about it."""

    request: SignedInRequest

    template_name = "clinical/admin/withdrawal.html"
    urgent_for = (MAY_WITHDRAW,)
    page_title = gettext_lazy("Withdrawal")
    permission = MAY_LOOK

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it, with everybody it names."""
        super().setup(request, *args, **kwargs)
        people = ("withdrawn_by", "confirmed_by", "lifted_by", "lifting_confirmed_by", "content_type")
        self.withdrawal = get_object_or_404(Withdrawal.objects.select_related(*people), pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """What was withdrawn."""
        return self.withdrawal.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The withdrawal, and what this person may decide."""
        may = self.request.user.has_perm(MAY_LIFT)
        held, person = self.withdrawal, self.request.user.pk
        decisions = {
            "can_confirm": may and not held.in_force_at and held.withdrawn_by_id != person,
            "can_ask": may and not held.lifted_at and not held.lifted_by_id,
            "can_lift": may and held.lifted_by_id and not held.lifted_at and held.lifted_by_id != person,
            "can_decline": may and held.lifted_by_id and not held.lifted_at,
        }
        return {**super().get_context_data(**kwargs), "withdrawal": held, **decisions}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry out the decision; a refusal becomes a message."""
        if not request.user.has_perm(MAY_LIFT):
            return permission_denied(request)
        try:
            said = self._decide(request.POST.get("decision", ""))
        except ValidationError as error:
            for sentence in sentences_of(error):
                messages.error(request, sentence)
        else:
            messages.success(request, said)
        return HttpResponseRedirect(request.path)

    def _decide(self, decision: str) -> str:
        held, by = self.withdrawal, self.request.user
        if decision == "confirm":
            confirm(held, by=by)
            return _("It is withdrawn.")
        if decision == "ask":
            ask_to_lift(held, by=by, reason=self.request.POST.get("reason", ""))
            return _("Asked for. A colleague has to confirm it.")
        if decision == "lift":
            lift(held, by=by)
            return _("Lifted. It may be published again.")
        if decision == "decline":
            decline_lifting(held, by=by)
            return _("It stays withdrawn.")
        raise ValidationError(_("Choose one of the buttons."))
