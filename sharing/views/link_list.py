"""The links a practitioner has made, with what is wrong with each; found by label, page or exercise."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.models import IndexView
from wagtail.permission_policies import ModelPermissionPolicy

from routines.models import RoutinePage
from sharing.choices import ShareState
from sharing.models import ShareLink, ShareLinkItem
from sharing.models.standing import marks_of
from sharing.views.making import MAY_SHARE
from sharing.views.own_links import MAY_SEE_ALL, LinksViewMixin

#: What needs attention is judged link by link, as their pages would be: the newest so many that open.
MOST_JUDGED = 200
#: A longer question is a mistake or an attack.
LONGEST_QUERY = 100


class LinkFilterSet(WagtailFilterSet):
    """By state, by routine, and by whose they are."""

    MINE, LEFT = "mine", "left"
    ATTENTION = "attention"

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[
            (ATTENTION, gettext_lazy("Needs attention")),
            *(choice for choice in ShareState.choices if choice[0] != ShareState.ROUTINE_GONE),
        ],
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
        if value == self.ATTENTION:  # judged link by link, and so after everything else: ``needing_attention``
            return queryset.filter(revoked_at__isnull=True, expires_at__gt=now)
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


def needing_attention(links: Any) -> Any:
    """Of the newest among these, those that have not ended and of which something is to be said."""
    newest = links.not_ended().order_by("-created_at", "-pk")
    keys = list(newest.values_list("pk", flat=True)[:MOST_JUDGED])
    found = marks_of(list(ShareLink.objects.filter(pk__in=keys).for_list()))
    return links.filter(pk__in=[key for key, marks in found.items() if any(mark.needs_attention for mark in marks)])


def searched(links: Any, words: str) -> Any:
    """Those with every word in their label, in the title of their routine or among the exercises they give."""
    asked = words[:LONGEST_QUERY].split()
    found = Q()
    for word in asked:
        given = ShareLinkItem.objects.filter(is_left_out=False, exercise__title__icontains=word)
        found &= Q(mark__icontains=word) | Q(routine__title__icontains=word) | Q(pk__in=given.values("link"))
    # As the list writes a label, with its day: "K7 Fern, 3 May".
    return links.filter(found | Q(mark__iexact=words.partition(",")[0].strip())) if asked else links


class LabelledColumn(Column):
    """A column whose cells say what they are where a narrow screen shows them below each other."""

    cell_template_name = "sharing/admin/labelled_cell.html"


class StandingColumn(Column):
    """What is said of a link, in words, each with an icon."""

    cell_template_name = "sharing/admin/standing_cell.html"


class LinkList(IndexView):
    """My links, newest first; everybody's for whoever looks after the service."""

    model = ShareLink
    page_title = gettext_lazy("Share links")
    header_icon = "link"
    template_name = "sharing/admin/links.html"
    results_template_name = "sharing/admin/links_results.html"
    index_url_name = "sharing_links"
    index_results_url_name = "sharing_links_results"
    filterset_class = LinkFilterSet
    permission_policy = ModelPermissionPolicy(ShareLink)
    any_permission_required = ["add", "change"]
    default_ordering = ["-created_at"]
    paginate_by = 25
    search_fields = ["mark"]
    search_backend_name = None
    #: Whether more might need attention than are judged.
    are_too_many = False

    @property
    def columns(self) -> list[Column]:
        """Its generated label, never a patient; whose it is only where others' are shown."""
        maker = [LabelledColumn("created_by", label=_("Made by"))] if self.request.user.has_perm(MAY_SEE_ALL) else []
        return [
            TitleColumn("label", label=_("Link"), get_url=lambda link: reverse("sharing_link", args=[link.pk])),
            StandingColumn("state", label=_("State"), accessor="marks"),
            LabelledColumn("given", label=_("Made from"), accessor=_made_from),
            LabelledColumn("hint", label=_("Begins with"), accessor="hint"),
            *maker,
            LabelledColumn("created_at", label=_("Made"), sort_key="created_at", accessor=_day_made),
            # The platform's column of dates says how long ago a day was; this one is still to come.
            LabelledColumn("expires_at", label=_("Ends"), sort_key="expires_at", accessor=_last_day),
        ]

    def get_base_queryset(self) -> QuerySet[ShareLink]:
        """Those in this person's care, with all a row names, in one query."""
        return ShareLink.objects.in_care_of(self.request.user).for_list()

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By label, routine and exercise; what needs attention is looked for among what all else has left."""
        found = searched(queryset, self.search_query) if self.is_searching else queryset
        if self.request.GET.get("state") != LinkFilterSet.ATTENTION:
            return found
        self.are_too_many = found.count() > MOST_JUDGED
        return needing_attention(found)

    def get_table(self, object_list: Any) -> Any:
        """With what is said of each link; the queries do not grow with the page."""
        marks = marks_of(list(object_list))
        for link in object_list:
            link.marks = marks[link.pk]
        return super().get_table(object_list)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Also how many links are looked at where not all were, who may begin one, and where all shown are ended."""
        most = MOST_JUDGED if self.are_too_many else 0
        may_share = self.request.user.has_perm(MAY_SHARE)
        asked = self.request.GET.urlencode()
        revoke = reverse("sharing_links_revoke") + (f"?{asked}" if asked else "")
        return super().get_context_data(*args, judged_most=most, may_share=may_share, revoke=revoke, **kwargs)


def _made_from(link: ShareLink) -> str:
    """The routine or the programme, with the link that it follows up."""
    follows = link.programme.follows if link.programme else None
    return _("%(given)s, follows %(link)s") % {"given": link.given, "link": follows} if follows else str(link.given)


def _day_made(link: ShareLink) -> str:
    return date_format(timezone.localtime(link.created_at), "j F Y")


def _last_day(link: ShareLink) -> str:
    """The last day it opens."""
    return date_format(timezone.localtime(link.expires_at), "j F Y")


class RevokeLinks(LinksViewMixin):
    """End all links the list showed: one's own, or as many as a manager has filtered."""

    template_name = "sharing/admin/revoke_links.html"
    urgent_for = (MAY_SHARE, MAY_SEE_ALL)
    page_title = gettext_lazy("Revoke links")

    def _links(self) -> Any:
        """Those the list shows as it is filtered and searched."""
        links = ShareLink.objects.in_care_of(self.request.user)
        filtered: Any = LinkFilterSet(self.request.GET, queryset=links, request=self.request).qs
        filtered = searched(filtered, self.request.GET.get("q", ""))
        if self.request.GET.get("state") == LinkFilterSet.ATTENTION:
            filtered = needing_attention(filtered)
        return filtered.not_ended()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many, and made from what; the form sends which they are."""
        keys = sorted(self._links().values_list("pk", flat=True))
        links = ShareLink.objects.filter(pk__in=keys)
        routines = RoutinePage.objects.filter(share_links__in=links).distinct().order_by("title")
        titles = list(routines.values_list("title", flat=True))
        programmes = links.filter(programme__isnull=False).count()
        if programmes:
            words = ngettext("%d programme for one patient", "%d programmes for one patient", programmes)
            titles.append(words % programmes)
        shown = ",".join(map(str, keys))
        return super().get_context_data(count=len(keys), shown=shown, titles=titles, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End those that were shown and no other: what has been made since, nobody has seen."""
        keys = {int(key) for key in request.POST.get("shown", "").split(",") if key.isdecimal() and len(key) < 19}
        count = (
            ShareLink.objects.in_care_of(self.request.user).not_ended().filter(pk__in=keys).revoke(self.request.user)
        )
        words = ngettext("%(count)d link is revoked.", "%(count)d links are revoked.", count)
        messages.success(request, words % {"count": count})
        return redirect("sharing_links")
