"""The library's part of the admin: what is still to complete of what was loaded."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem

from library.completing_screen import PagesToComplete


@hooks.register("register_admin_urls")
def screens() -> list[URLPattern]:
    """The list of what is still to complete."""
    return [path("to-complete/", PagesToComplete.as_view(), name="library_to_complete")]


class _ToCompleteItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """For whoever may write pages."""
        return bool(user_has_any_page_permission(request.user))


@hooks.register("register_reports_menu_item")
def to_complete() -> MenuItem:
    """Among the reports."""
    return _ToCompleteItem(_("To complete"), reverse("library_to_complete"), icon_name="tasks", order=100)
