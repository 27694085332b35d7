"""The report that asks everything live again, for those who answer for what is live; it changes nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinical.review.live_audit import findings, how_many_are_live

MAY_ASK = "clinical.audit_live"


class LiveAudit(WagtailAdminTemplateMixin, TemplateView):
    """What should not be live as it is, as of this moment."""

    template_name = "clinical/admin/live_audit.html"
    page_title = _("Audit of everything live")
    header_icon = "tasks"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away whoever may not: asking costs a look at everything that is live."""
        if not request.user.has_perm(MAY_ASK):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask, and show the answers."""
        context = super().get_context_data(**kwargs)
        return {**context, "findings": list(findings()), "asked": how_many_are_live()}
