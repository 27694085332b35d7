"""The exercise library's part of the admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from exercises.urls import admin_urlpatterns
from exercises.viewsets import exercise_chooser, exercise_listing


@hooks.register("register_admin_viewset")
def listing_and_chooser() -> list[ViewSet]:
    """The list of exercises, and the chooser routines use."""
    return [exercise_listing, exercise_chooser]


@hooks.register("register_admin_urls")
def small_views() -> list[object]:
    """The dosage of a chosen exercise, for the editor of a routine."""
    return admin_urlpatterns
