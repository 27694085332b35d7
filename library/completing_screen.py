"""The list in the admin of what a library brought with something missing: what each still needs, how many are done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy
from django.views.generic import ListView
from wagtail.admin.auth import permission_denied, user_has_any_page_permission
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from library.completing import how_many, look_again, still_to_complete


class PagesToComplete(WagtailAdminTemplateMixin, ListView):
    """Every draft that still lacks something, the one that came first on top."""

    template_name = "library/admin/to_complete.html"
    context_object_name = "pages"
    page_title = gettext_lazy("To complete")
    header_icon = "tasks"
    paginate_by = 20
    paginator_class = WagtailPaginator
    page_kwarg = "p"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever may write pages. What was written since is looked at first, so that the numbers are true."""
        if not user_has_any_page_permission(request.user):
            return permission_denied(request)
        self.left = look_again()
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        """With their pages, in one query more."""
        return still_to_complete()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Itself, below the desk."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many are done."""
        done, of = how_many()
        return {**super().get_context_data(**kwargs), "done": done, "of": of, "left": self.left}
