"""Handing a routine to one patient: one screen to adjust it, then the link, which is shown once.

Nothing is sent from here: the link is copied, scanned, printed, or put into a message that the practitioner's own
programs send. What identifies the patient never reaches this site.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.generic import View
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinical.addresses import whole_address
from clinical.outputs.qr_code import qr_inline
from clinical.pages.visible import is_shown
from clinical.people.accounts import SignedInRequest
from routines.choices import Phase
from routines.models import RoutinePage
from sharing import assembly as sharing
from sharing import codes
from sharing.models import Programme, ShareLink, ShareLinkItem, issue, sharing_refusals
from sharing.models.issued import Issued
from sharing.views.forms import ExerciseForm, GivingForm
from sharing.views.shared import code_address, page_context

MAY_SHARE = "sharing.add_sharelink"
#: What the button sends that shows the patient's page in its frame, so that the form stays where it is.
IN_THE_FRAME = "frame"


class ShareRoutine(WagtailAdminTemplateMixin, View):
    """The one screen. Its answer to a complete form is the link."""

    routine: Any

    request: SignedInRequest

    page_title = gettext_lazy("Share")
    header_icon = "link"
    template_name = "sharing/admin/give.html"

    def dispatch(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Only for whoever may make links."""
        if not request.user.has_perm(MAY_SHARE):
            return permission_denied(request)
        self.routine = self.get_given(pk)
        return super().dispatch(request, pk=pk)

    def get_given(self, pk: int) -> Any:
        """What is given."""
        return get_object_or_404(RoutinePage, pk=pk)

    def get_page_subtitle(self) -> str:
        """Which routine it is: similar titles are easily mixed up."""
        return self.routine.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Under the list of links."""
        links = {"url": reverse("sharing_links"), "label": _("Share links")}
        return [
            *super().get_breadcrumbs_items(),
            links,
            {"url": "", "label": _("Share"), "sublabel": self.routine.title},
        ]

    @cached_property
    def rows(self) -> list[ShareLinkItem]:
        """The routine's exercises as they would be given now."""
        items = self.routine.items.with_exercises().order_by("sort_order")
        rows = [ShareLinkItem.kept_of(item, number) for number, item in enumerate(items)]
        for row in rows if isinstance(self.routine, RoutinePage) else ():
            row.take_out_if_kept_back()
        return rows

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The screen, or why this routine cannot be shared."""
        refusals = sharing_refusals(self.routine)
        if refusals:
            return self.render_to_response(self.get_context_data(refusals=refusals))
        return self.screen(*self.forms(None))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make the link, or show what the patient would see."""
        if refusals := sharing_refusals(self.routine):
            return self.render_to_response(self.get_context_data(refusals=refusals))
        form, exercises = self.forms(request.POST)
        if keys_sent(request.POST) != {exercise.prefix for exercise in exercises}:
            return self._changed(form)
        is_complete = all([form.is_valid(), *(exercise.is_valid() for exercise in exercises)])
        if request.POST.get("preview") == IN_THE_FRAME:
            return self._framed(form, exercises, is_complete=is_complete)
        if "preview" in request.POST or not is_complete:
            return self.screen(form, exercises, is_complete=is_complete)
        try:
            issued = issue(self.routine, self.request.user, self.rows, ends=form.ended(), **form.values())
        except ValidationError as error:
            form.add_error("note" if "note" in getattr(error, "error_dict", ()) else None, error.messages)
            return self.screen(form, exercises, is_complete="note" not in form.errors)
        return link_shown_once(request, issued)

    def forms(self, data: Any) -> tuple[GivingForm, list[ExerciseForm]]:
        """The form of the whole and one for each exercise that can be given, with what was sent or as they stand."""
        exercises = [
            ExerciseForm(row, data=data, prefix=key_of(number, row))
            for number, row in enumerate(self.rows, start=1)
            if not row.is_taken_out
        ]
        return GivingForm(self.routine, data=data), exercises

    def _changed(self, form: GivingForm) -> HttpResponse:
        """The screen as it stands now, where the list is another than the one that was filled in."""
        form.add_error(
            None, _("The list was changed since you opened it. Look at it again: it stands here as it is now.")
        )
        return self.screen(form, self.forms(None)[1], is_complete=False)

    def screen(self, form: GivingForm, exercises: list[ExerciseForm], *, is_complete: bool = True) -> HttpResponse:
        """The screen with these forms, and with the patient's page where they are complete."""
        preview = self._preview(form) if is_complete else ""
        return self.render_to_response(
            self.get_context_data(
                form=form,
                exercises=exercises,
                preview=preview,
                routine=self.routine,
                taken_out=[row.exercise.title for row in self.rows if row.is_taken_out],
                lost_warm_up=self._has_lost_its_warm_up(),
                conditions=", ".join(use.tag.name for use in self.routine.condition_uses.select_related("tag")),
                languages=self.other_languages(),
            )
        )

    def _framed(self, form: GivingForm, exercises: list[ExerciseForm], *, is_complete: bool) -> HttpResponse:
        """The patient's page alone, or what is to be corrected first."""
        if is_complete:
            return HttpResponse(self._preview(form))
        forms = [form, *exercises]
        return render(self.request, "sharing/admin/preview_refused.html", {"forms": forms})

    def _has_lost_its_warm_up(self) -> bool:
        """Whether what warmed up is taken out, and what is left begins with something else."""
        left = [row for row in self.rows if not row.is_taken_out]
        lost = any(row.is_taken_out and row.phase == Phase.WARM_UP for row in self.rows)
        return lost and bool(left) and left[0].phase != Phase.WARM_UP

    def other_languages(self) -> list[tuple[str, str]]:
        """The same routine in other languages patients may read it in: name and address of its screen."""
        others = [page for page in self.routine.get_translations() if is_shown(page)]
        return [(page.locale.get_display_name(), reverse("sharing_make", args=[page.pk])) for page in others]

    def _preview(self, form: GivingForm) -> str:
        """What the patient would see, as a document of its own."""
        values = form.values() if form.is_bound else GivingForm.usual_values(self.routine)
        made_from = "programme" if isinstance(self.routine, Programme) else "routine"
        values = {made_from: self.routine, "created_at": timezone.now(), **values}
        link = ShareLink(language=self.routine.language, **values)
        with translation.override(self.routine.language):
            shared = sharing.shared_sheet(link, self.rows)
            return render_to_string("sharing/shared_page.html", page_context(shared), self.request)


def already_given(request: SignedInRequest, pk: int) -> HttpResponse | None:
    """For a programme of one's own that has a link: to that link, since its address cannot be shown again."""
    link = ShareLink.objects.filter(programme=pk, programme__created_by=request.user).order_by("-pk").first()
    if link is None:
        return None
    told = _("This was given already, as %s. Its address was shown once; replace it here, or follow it up.")
    messages.info(request, told % link.label)
    return redirect("sharing_link", link.pk)


def key_of(number: int, row: Any) -> str:
    """What the fields of an exercise begin with: where it stands and which it is."""
    return f"exercise-{number}-{row.exercise_id}"


def keys_sent(posted: QueryDict) -> set[str]:
    """Which exercises were filled in, each with its place: what was typed for one never lands on another."""
    return {name.rpartition("-")[0] for name in posted if name.startswith("exercise-")}


def _of_what_it_follows(link: ShareLink) -> dict[str, Any]:
    """The link it follows up: ended with this one, or still open."""
    programme = link.programme
    followed = programme.follows if programme else None
    is_ended = followed is not None and followed.replaced_by_id == link.pk
    return {"ended": followed if is_ended else None, "earlier": programme.earlier_link() if programme else None}


@sensitive_variables("issued", "address", "text", "context")
def link_shown_once(request: HttpRequest, issued: Issued) -> HttpResponse:
    """The link in every way it can be handed over. It stands in this one answer and is not kept anywhere."""
    with translation.override(issued.link.language):
        address = whole_address(request, reverse("shared", kwargs={"token": issued.token}))
        typed_at = code_address(request)
        title = _("Your stretching routine")
    text = f"{title}: {address}"
    context = {
        "link": issued.link,
        "address": address,
        "code": codes.in_groups(issued.code),
        "code_address": typed_at,
        "qr": qr_inline(address),
        **_of_what_it_follows(issued.link),
        "mail": "mailto:?" + urlencode({"subject": title, "body": text}, quote_via=quote),
        "message": "sms:?&" + urlencode({"body": text}, quote_via=quote),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("sharing_links"), "label": _("Share links")},
            {"url": "", "label": issued.link.label},
        ],
        "header_title": issued.link.label,
    }
    response = render(request, "sharing/admin/link_once.html", context)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    return response
