"""The screen that says whose packs are followed, who signs them, and when they were last heard of."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from library.models import HeardRecall, Subscription
from library.packs.contacting import ask_all
from library.packs.publishers import publishers

MAY_SEE_PACKS = "library.view_subscription"
MAY_ASK = "library.change_subscription"
#: So many recalls are listed, the newest first.
MOST_RECALLS = 50


class FollowedPacks(WagtailAdminTemplateMixin, TemplateView):
    """Each publisher the settings permit, with what was last heard. Two queries, however many."""

    template_name = "library/packs.html"
    page_title = gettext_lazy("Packs of others")
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away whoever may not."""
        if not request.user.has_perm(MAY_ASK if request.method == "POST" else MAY_SEE_PACKS):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Itself, below the desk."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Packs of others")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Those the settings permit; who was followed once and is no longer permitted is said to be."""
        known = {each.identifier: each for each in Subscription.objects.all()}
        permitted = publishers()
        rows = [
            {"identifier": name, "heard": known.get(name), "permitted": permitted.get(name)}
            for name in sorted({*known, *permitted})
        ]
        recalls = list(HeardRecall.objects.select_related("subscription")[:MOST_RECALLS])
        return {**super().get_context_data(**kwargs), "rows": rows, "recalls": recalls}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask them all now; what comes of it stands here in a moment."""
        ask_all()
        messages.success(request, _("They are being asked. Look again in a minute."))
        return HttpResponseRedirect(reverse("followed_packs"))
