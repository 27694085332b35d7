"""One link a practitioner has made: where it stands, and how to end, replace or follow it up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinical.people.accounts import SignedInRequest
from exercises.frequency_words import frequency
from sharing.assembly import note_as_read
from sharing.choices import ShareState
from sharing.models import ShareLink
from sharing.models.sources import follow_up
from sharing.models.standing import marks_of
from sharing.views.making import MAY_SHARE, link_shown_once

MAY_SEE_ALL = "sharing.change_sharelink"


class LinksViewMixin(WagtailAdminTemplateMixin, TemplateView):
    """A screen about one link or several, for whoever has them in their care."""

    request: SignedInRequest

    header_icon = "link"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for whoever may make links or look after them."""
        if not (request.user.has_perm(MAY_SHARE) or request.user.has_perm(MAY_SEE_ALL)):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Under the list."""
        links = {"url": reverse("sharing_links"), "label": _("Share links")}
        return [*super().get_breadcrumbs_items(), links, {"url": "", "label": self.get_page_title()}]


class OneLink(LinksViewMixin):
    """What was given, and the two things that can still be done with it."""

    template_name = "sharing/admin/link.html"
    urgent_for = (MAY_SHARE, MAY_SEE_ALL)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The link, if it is in this person's care."""
        super().setup(request, *args, **kwargs)
        self.link = get_object_or_404(ShareLink.objects.in_care_of(self.request.user).for_list(), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        """Its label."""
        return self.link.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The link, where it stands, and its list in words."""
        often, given = self.link.often(), list(self.link.items.with_exercises())
        return super().get_context_data(
            link=self.link,
            note_read=note_as_read(self.link.note, given),
            state=self.link.state(),
            marks=marks_of([self.link])[self.link.pk],
            rows=[(row, row.dosage_words(often)) for row in given],
            how_often=frequency(often),
            may_share=self._may_follow_up(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Revoke it, or give it a new address."""
        if "follow_up" in request.POST:
            return self._follow_up(request)
        if "replace" in request.POST:
            return self._replace(request)
        self.link.revoke(self.request.user)
        messages.success(
            request, _("%(link)s is revoked. Whoever opens it is told to ask for a new one.") % {"link": self.link}
        )
        return redirect("sharing_links")

    def _may_follow_up(self) -> bool:
        """A follow-up stands under the name of whoever makes it, so it begins with a link of one's own."""
        person = self.request.user
        return person.has_perm(MAY_SHARE) and self.link.created_by_id == person.pk

    def _follow_up(self, request: HttpRequest) -> HttpResponse:
        if not self._may_follow_up():
            return permission_denied(request)
        try:
            programme, left = follow_up(self.link, self.request.user)
        except ValidationError as error:
            return self._refused(request, error)
        for words in left:
            messages.warning(request, words)
        if self.link.state() is ShareState.LIVE:
            told = _("%s still opens. You can end it when you give the new one.")
            messages.info(request, told % self.link.label)
        return redirect("sharing_programme", programme.pk)

    def _refused(self, request: HttpRequest, error: ValidationError) -> HttpResponse:
        for text in error.messages:
            messages.error(request, text)
        return redirect("sharing_link", self.link.pk)

    def _replace(self, request: HttpRequest) -> HttpResponse:
        if self.link.state() is not ShareState.LIVE:
            messages.error(request, _("Only a link that opens can be replaced; share the routine again instead."))
            return redirect("sharing_link", self.link.pk)
        try:
            return link_shown_once(request, self.link.replace(self.request.user))
        except ValidationError as error:
            return self._refused(request, error)
