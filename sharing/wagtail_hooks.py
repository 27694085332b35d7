"""Sharing's part of the admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from sharing import buttons  # noqa: F401  (its hooks register themselves)
from sharing.urls import admin_urlpatterns
from sharing.viewsets import routine_listing


@hooks.register("register_admin_viewset")
def listing() -> ViewSet:
    """The list of routines, with how often what was shared of each is opened."""
    return routine_listing


@hooks.register("register_admin_urls")
def sharing_screens() -> list[object]:
    """The screens that make and list share links."""
    return admin_urlpatterns
