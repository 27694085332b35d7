"""The exercise library's part of the admin."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.models import register_snippet

from exercises.choices import Measure
from exercises.dosage import FIELDS, MEASURE_FIELDS
from exercises.urls import admin_urlpatterns
from exercises.video_list import VideoViewSet
from exercises.viewsets import exercise_chooser, exercise_listing

register_snippet(VideoViewSet)


@hooks.register("register_admin_viewset")
def listing_and_chooser() -> list[ViewSet]:
    """The list of exercises, and the chooser routines use."""
    return [exercise_listing, exercise_chooser]


class FindPanel(Component):
    """On the desk: a box that searches what the list of exercises searches."""

    name = "find_an_exercise"
    order = 20
    template_name = "exercises/admin/find_panel.html"


@hooks.register("construct_homepage_panels")
def find_an_exercise(request: HttpRequest, panels: list[Any]) -> None:
    """For whoever may open that list."""
    if user_has_any_page_permission(request.user):
        panels.append(FindPanel())


@hooks.register("register_admin_urls")
def small_views() -> list[URLPattern]:
    """The dosage of a chosen exercise, for the editor of a routine."""
    return admin_urlpatterns


@hooks.register("insert_editor_js")
def measure_script() -> SafeString:
    """Shows of an exercise's dosage only what the chosen measure needs; without it every field is there."""
    told = {
        "fields": {name: FIELDS[name].measures for name in MEASURE_FIELDS},
        "names": {measure.value: str(measure.label) for measure in Measure},
        "label": gettext("What is counted"),
        "all": gettext("Show everything"),
    }
    script = static("exercises/measure.js")
    return format_html('<script type="module" src="{}" data-measures="{}"></script>', script, json.dumps(told))


@hooks.register("insert_global_admin_css")
def figures_in_comparisons() -> SafeString:
    """Revisions are compared on a page of the platform's own, which loads no form's style sheets."""
    return format_html('<link rel="stylesheet" href="{}">', static("figures/comparison.css"))
