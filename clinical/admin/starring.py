"""The star beside an exercise or a routine in the admin: one press makes it a favourite, one takes that back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.auth import permission_denied, user_has_any_page_permission
from wagtail.admin.ui.tables import Column
from wagtail.models import Page

from clinical.pages.favourites import star, unstar
from clinical.people.accounts import SignedInRequest


class Star(View):
    """Puts a star on something live, or takes it off. Nothing but a press does."""

    request: SignedInRequest
    http_method_names = ("post",)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever works with pages."""
        if not user_has_any_page_permission(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, and go back to where the star stands."""
        page = get_object_or_404(Page, pk=pk)
        if not getattr(page.specific_class, "may_be_copied", False):
            raise Http404
        if request.POST.get("star") == "off":
            unstar(page, request.user)
        elif page.live:
            star(page, request.user)
        back = request.headers.get("referer", "")  # a list that was narrowed by its script is there, not at its results
        is_here = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        there = back if is_here else reverse("wagtailadmin_explore", args=[page.get_parent().pk])
        return HttpResponseRedirect(f"{there.partition('#')[0]}#{row_of(page)}")


def row_of(page: Page) -> str:
    """The name of its star's place in a list, by which a browser finds back to it."""
    return f"star-{page.pk}"


class StarColumn(Column):
    """A button in each row; pressed where the page is a favourite. The list fetches that along (``is_favourite``)."""

    cell_template_name = "clinical/admin/star_cell.html"

    def __init__(self) -> None:
        super().__init__("star", label=_("Favourite"), accessor="is_favourite")

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """With whether it is starred, which no words of its own say."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "is_starred": instance.is_favourite, "row": row_of(instance)}
