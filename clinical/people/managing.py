"""Who works here: inviting people, closing and opening their accounts, letting them in. For managers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.users.views.bulk_actions.set_active_state import SetActiveStateBulkAction

from clinical.people.accounts import SignedInRequest
from clinical.people.attempts import minutes_to_wait
from clinical.people.inviting import MAY_INVITE, deactivate, groups_to_give, invite, let_in, people, reactivate
from clinical.people.lost_devices import ask_to_remove, with_second_factors
from clinical.words.legible import legible_line

#: What is decided about an account, by the value of the button.
DECISIONS = {"deactivate": deactivate, "reactivate": reactivate, "let_in": let_in, "lost_device": ask_to_remove}


class SetActiveStateOfMany(SetActiveStateBulkAction):
    """The platform's, which would change the rows without anybody's word on record or in the journal."""

    @classmethod
    def execute_action(cls, objects: Any, mark_as_active: bool = False, user: Any = None, **kwargs: Any) -> Any:
        """Each by itself, all or none; nobody's own. Returns how many were another than before."""
        others = [each for each in objects if user is None or each.pk != user.pk]
        changed = [each for each in others if each.is_active != mark_as_active]
        with transaction.atomic():
            for person in changed:
                person.is_active = mark_as_active
                person.save(update_fields=["is_active"])
        return len(changed), 0


class InvitationForm(forms.Form):
    """Whom, by which name, and into which group."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=150,
        validators=[legible_line],
        help_text=gettext_lazy("As colleagues read it in the admin."),
    )
    group = forms.ModelChoiceField(
        label=gettext_lazy("Group"),
        queryset=Group.objects.none(),
        help_text=gettext_lazy("What this person will do here. Nobody becomes a superuser this way."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group: Any = self.fields["group"]
        group.queryset = groups_to_give()


class _ManagersOnlyMixin(WagtailAdminTemplateMixin):
    """A screen for those who invite."""

    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn everybody else away."""
        if not request.user.has_perm(MAY_INVITE):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)


class People(_ManagersOnlyMixin, TemplateView):
    """Every account but the superusers'."""

    template_name = "clinical/admin/people.html"
    page_title = gettext_lazy("People")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In three queries, however many people."""
        found: list[Any] = list(with_second_factors(people()))
        waiting = minutes_to_wait(found)
        for person in found:
            person.minutes_to_wait = waiting.get(person.pk, 0)
        return {**super().get_context_data(**kwargs), "people": found}


class Invite(_ManagersOnlyMixin, FormView):
    """Inviting somebody."""

    request: SignedInRequest

    template_name = "clinical/admin/invite.html"
    form_class = InvitationForm
    page_title = gettext_lazy("Invite somebody")

    def form_valid(self, form: InvitationForm) -> HttpResponse:
        """Ask for the invitation to be sent; what is wrong with it stands at its field."""
        try:
            person = invite(by=self.request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("An invitation is on its way to %s.") % person.email)
        return HttpResponseRedirect(reverse("clinical_people"))


class OnePerson(_ManagersOnlyMixin, TemplateView):
    """What is decided about one account; there is nothing to look at."""

    request: SignedInRequest

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing is decided by looking."""
        return HttpResponseNotAllowed(["POST"])

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what was asked; a refusal becomes a message on the way out."""
        person = get_object_or_404(people(), pk=pk)
        decide = DECISIONS.get(request.POST.get("decision", ""))
        if decide is None:
            raise ValidationError(
                _("Say what to do with the account: deactivate it, reactivate it, let it in, or its device is lost.")
            )
        decide(person, by=self.request.user, reason=request.POST.get("reason", ""))
        messages.success(request, _("Done: %s.") % person.get_username())
        return HttpResponseRedirect(reverse("clinical_people"))
