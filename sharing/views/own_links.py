"""The links a practitioner has made: where each stands, and how to end or replace it."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from clinical.people.accounts import SignedInRequest
from exercises.frequency_words import frequency
from routines.models import RoutinePage
from sharing.choices import ShareState
from sharing.models import ShareLink
from sharing.models.sources import follow_up
from sharing.views.making import MAY_SHARE, link_shown_once

MAY_SEE_ALL = "sharing.change_sharelink"


class LinkFilterSet(WagtailFilterSet):
    """By state, by routine, and by whose they are."""

    MINE, LEFT = "mine", "left"

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[choice for choice in ShareState.choices if choice[0] != ShareState.ROUTINE_GONE],
        method="filter_state",
    )
    routine = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Routine"),
        queryset=lambda request: RoutinePage.objects.filter(share_links__isnull=False).distinct(),
    )
    whose = django_filters.ChoiceFilter(
        label=gettext_lazy("Whose"),
        choices=[(MINE, gettext_lazy("Mine")), (LEFT, gettext_lazy("Of people who have left"))],
        method="filter_whose",
    )

    class Meta:
        model = ShareLink
        fields: list[str] = []

    def filter_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that stand so."""
        now = timezone.now()
        if value == ShareState.LIVE:
            return queryset.filter(revoked_at__isnull=True, expires_at__gt=now)
        if value == ShareState.EXPIRED:
            return queryset.filter(revoked_at__isnull=True, expires_at__lte=now)
        return queryset.filter(revoked_at__isnull=False, replaced_by__isnull=value == ShareState.REVOKED)

    def filter_whose(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """One's own, or those nobody looks after any more."""
        if value == self.MINE:
            return queryset.filter(created_by=self.request.user)
        return queryset.filter(created_by__is_active=False)


class LinkList(IndexView):
    """My links, newest first; everybody's for whoever looks after the service."""

    model = ShareLink
    page_title = gettext_lazy("Share links")
    header_icon = "link"
    index_url_name = "sharing_links"
    index_results_url_name = "sharing_links_results"
    filterset_class = LinkFilterSet
    permission_policy = ModelPermissionPolicy(ShareLink)
    any_permission_required = ["add", "change"]
    default_ordering = ["-created_at"]
    paginate_by = 50
    search_fields = ["mark"]
    search_backend_name = None

    @property
    def columns(self) -> list[Column]:
        """Its generated label, never a patient; whose it is only where others' are shown."""
        maker = [Column("created_by", label=_("Made by"))] if self.request.user.has_perm(MAY_SEE_ALL) else []
        return [
            TitleColumn("label", label=_("Link"), get_url=lambda link: reverse("sharing_link", args=[link.pk])),
            Column("given", label=_("Made from"), accessor="given"),
            Column("hint", label=_("Begins with"), accessor="hint"),
            *maker,
            DateColumn("created_at", label=_("Made"), sort_key="created_at"),
            # The platform's column of dates says how long ago a day was; this one is still to come.
            Column("expires_at", label=_("Ends"), sort_key="expires_at", accessor=_last_day),
            Column("state", label=_("State"), accessor=lambda link: link.state_in_list().label),
        ]

    def get_base_queryset(self) -> QuerySet[ShareLink]:
        """Those in this person's care, with all a row names, in one query."""
        return ShareLink.objects.in_care_of(self.request.user).for_list()

    def get_header_buttons(self) -> list[HeaderButton]:
        """End all that the filters show."""
        asked = self.request.GET.urlencode()
        address = reverse("sharing_links_revoke") + (f"?{asked}" if asked else "")
        return [HeaderButton(_("Revoke all shown"), url=address, icon_name="cross")]


def _last_day(link: ShareLink) -> str:
    """The last day it opens."""
    return date_format(timezone.localtime(link.expires_at), "j F Y")


class _LinksViewMixin(WagtailAdminTemplateMixin, TemplateView):
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


class OneLink(_LinksViewMixin):
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
        often = self.link.often()
        return super().get_context_data(
            link=self.link,
            state=self.link.state(),
            rows=[(row, row.dosage_words(often)) for row in self.link.items.with_exercises()],
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
            told = _("%s still opens. Revoke it once the new one is given, if it is no longer to be done.")
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


class RevokeLinks(_LinksViewMixin):
    """End all links the list showed: one's own, or as many as a manager has filtered."""

    template_name = "sharing/admin/revoke_links.html"
    urgent_for = (MAY_SHARE, MAY_SEE_ALL)
    page_title = gettext_lazy("Revoke links")

    def _links(self) -> Any:
        links = ShareLink.objects.in_care_of(self.request.user)
        filtered = LinkFilterSet(self.request.GET, queryset=links, request=self.request).qs
        return filtered.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many, and made from what."""
        links = self._links()
        routines = RoutinePage.objects.filter(share_links__in=links).distinct().order_by("title")
        titles = list(routines.values_list("title", flat=True))
        programmes = links.filter(programme__isnull=False).count()
        if programmes:
            words = ngettext("%d programme for one patient", "%d programmes for one patient", programmes)
            titles.append(words % programmes)
        return super().get_context_data(count=links.count(), titles=titles, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End them."""
        count = self._links().revoke(self.request.user)
        words = ngettext("%(count)d link is revoked.", "%(count)d links are revoked.", count)
        messages.success(request, words % {"count": count})
        return redirect("sharing_links")
