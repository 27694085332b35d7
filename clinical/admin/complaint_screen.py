"""A new complaint on one screen: what belongs to it, submitted together by its author, and approved together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages as platform_messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from clinical.models import ClinicalPage, Condition, SafetyNote
from clinical.notes.targets import without_red_flag
from clinical.people.accounts import SignedInRequest
from clinical.publishing.refusals import remember_refusal
from clinical.review.approval_form import ApprovalForm
from clinical.review.new_complaints import (
    NotTogether,
    Part,
    approve_together,
    is_new,
    may_decide,
    new_complaints_of,
    parts_of,
    submit_together,
)
from clinical.withdrawal.withdrawing import clinical_page_models
from clinical.words.choices import NoteKind, Tier

MAY_WRITE = "clinical.add_safetynote"


class NewComplaint(WagtailAdminTemplateMixin, TemplateView):
    """What belongs to a complaint that has no page yet, where each part stands, and what may be done with all of it."""

    request: SignedInRequest

    template_name = "clinical/admin/complaint.html"
    page_title = gettext_lazy("New complaint")
    header_icon = "tag"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever writes; a complaint with a page is no new one."""
        if not request.user.has_perm(MAY_WRITE):
            return permission_denied(request)
        if not is_new(self.condition):
            raise Http404(_("This complaint has a page already."))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def condition(self) -> Condition:
        """The complaint."""
        return get_object_or_404(Condition, pk=self.kwargs["pk"])

    @cached_property
    def parts(self) -> list[Part]:
        """What this person may see of what belongs to it."""
        return parts_of(self.condition, self.request.user)

    def get_page_subtitle(self) -> str:
        """Which."""
        return str(self.condition)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The parts, each with what is wanting where something was refused, and what may be done."""
        parts, faults = self.parts, kwargs.pop("faults", {})
        own = {part.key for part in parts if part.step and self.request.user.pk in part.step.writer_keys()}
        waits = [part for part in parts if part.step]
        to_write = list(_to_write(self.condition, parts, self.request))
        reviews = bool(waits) and not own and all(may_decide(part, self.request.user) for part in waits)
        return {
            **super().get_context_data(**kwargs),
            "condition": self.condition,
            "parts": [(part, _address(part.thing), faults.get(part.key, ())) for part in parts],
            "may_submit": len(waits) < len(parts),
            "may_approve": reviews,
            "form": ApprovalForm({"seen": "-", **self.request.POST.dict()} if self._approves() else None),
            "to_write": [each for each in to_write if not each.is_there],
            "may_add": [each for each in to_write if each.is_there and each.once_more],
        }

    def post(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Submit or approve all of it; where one part is refused, say at each why, and do nothing."""
        form = ApprovalForm({"seen": "-", **request.POST.dict()}) if self._approves() else None
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data())
        if form is not None and self._keys_read() != {part.key for part in self.parts if part.step}:
            messages.error(request, _("What belongs to it has changed since you opened this. Read it again."))
            return HttpResponseRedirect(request.path)
        try:
            told = self._decide(request, form.cleaned_data if form else {})
        except NotTogether as refused:
            for each in refused.refusals.values():
                remember_refusal(each, by=request.user)
            del self.parts  # what was tried has left its marks on them
            messages.error(request, _("Nothing was done: not every part may go live yet. See at each what it wants."))
            return self.render_to_response(self.get_context_data(faults=refused.reasons()))
        messages.success(request, told)
        # Once it is approved it is no new one, and has no such screen.
        return HttpResponseRedirect(reverse("wagtailadmin_home") if self._approves() else request.path)

    def _approves(self) -> bool:
        return self.request.POST.get("decision") == "approve"

    def _keys_read(self) -> set[str]:
        """The parts this person has been shown to approve: one that was taken back since must not be missed."""
        return {name.removeprefix("seen-") for name in self.request.POST if name.startswith("seen-")}

    def _decide(self, request: SignedInRequest, typed: dict[str, Any]) -> str:
        if not self.parts:
            return _("Nothing belongs to it yet.")
        if not self._approves():
            submit_together(self.parts, by=request.user)
            return _("Submitted together. A colleague reads and approves them together.")
        waits = [part for part in self.parts if part.step]
        given = {"comment": typed["comment"], "review_due": typed["review_due"]}
        said = {
            part.key: {
                **given,
                "seen": request.POST.get(f"seen-{part.key}", ""),
                "answer": f"answer-{part.key}" in request.POST,
            }
            for part in waits
        }
        approve_together(waits, by=request.user, said=said)
        if is_new(self.condition):
            return _("Approved together. It is not found yet: its page has still to go live, on its day.")
        return _("Approved together; readers find the complaint from now on.")


@dataclass(frozen=True)
class ToWrite:
    """One sort of thing a complaint needs or may have: whether it is there, and where it, or one more, is written."""

    label: str
    address: str
    is_there: bool
    #: What to press where one is there already; nothing where there is only ever one.
    once_more: str = ""


def _to_write(condition: Condition, parts: Iterable[Part], request: HttpRequest) -> Iterator[ToWrite]:
    """What belongs to it, in the order in which it goes live. A routine may be added, and is never missed."""
    written = [part.thing for part in parts]
    has_flag = any(getattr(thing, "tier", None) == Tier.GET_HELP for thing in written)
    address = reverse("wagtailsnippets_clinical_safetynote:add")
    asked = urlencode({"condition": condition.pk, "kind": NoteKind.RED_FLAG})
    flag = _("Write a red flag for it"), f"{address}?{asked}", has_flag or not without_red_flag([condition.pk])
    yield ToWrite(*flag, _("Write another safety note for it"))
    for model in sorted(clinical_page_models(), key=lambda model: (model.search_rank > 0, -model.search_rank)):
        # Its own list, not a page that may have anything below it.
        kinds = sorted(model.allowed_parent_page_models(), key=lambda kind: len(kind.allowed_subpage_models()))
        parent: Any = kinds[0].objects.first()
        if not parent or not parent.permissions_for_user(request.user).can_add_subpage():
            continue
        address = reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])
        name, is_about_it = model._meta.verbose_name, model.search_rank == 0
        is_there = any(isinstance(thing, model) for thing in written)
        once_more = _("Write another page for it: %s") if is_there else _("Write a new page for it: %s")
        yield ToWrite(
            _("Write a new page for it: %s") % name,
            f"{address}?condition={condition.pk}",
            is_there or not (is_about_it or model.is_one_exercise),
            "" if is_about_it else once_more % name,
        )


def _address(thing: Any) -> str:
    if hasattr(thing, "snippet_viewset"):
        return reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])
    return reverse("wagtailadmin_pages:edit", args=[thing.pk])


@hooks.register("register_snippet_listing_buttons")
def belongs_to_it(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """At a condition's row, while it has no page: what belongs to it."""
    if isinstance(snippet, Condition) and not snippet.hub_id and user.has_perm(MAY_WRITE):
        address = reverse("clinical_new_complaint", args=[snippet.pk])
        yield Button(_("What belongs to it"), url=address, icon_name="list-ul", priority=15)


@hooks.register("after_create_snippet")
def what_comes_next(request: HttpRequest, snippet: Any) -> None:
    """Whoever has named a new complaint is led on to its red flag, its page and its first exercise."""
    if isinstance(snippet, Condition):
        address = reverse("clinical_new_complaint", args=[snippet.pk])
        told = _("Next: its red flag, its page and its first exercise. They are submitted and approved together.")
        platform_messages.info(request, told, buttons=[platform_messages.button(address, _("What belongs to it"))])


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def belongs_to_a_new_complaint(request: HttpRequest, thing: Any) -> None:
    """On the form of a part of it: where the whole of it is."""
    is_draft = isinstance(thing, (ClinicalPage, SafetyNote)) and not thing.live and thing.latest_revision_id
    if request.method != "GET" or not is_draft or thing.first_published_at:
        return
    for condition in new_complaints_of(thing):
        address = reverse("clinical_new_complaint", args=[condition.pk])
        told = _("It belongs to the new complaint “%s”, which is submitted and approved as a whole.") % condition
        platform_messages.info(request, told, buttons=[platform_messages.button(address, _("What belongs to it"))])
