"""What ``clinical.platform`` relies on in Wagtail: an upgrade that moves a private door says so here, by its name."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.widgets import AdminPageChooser, BaseChooser
from wagtail.models import Page, ReferenceIndex
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from clinical import platform
from clinical.admin.widgets import start_choosers_by_data
from clinical.models import Condition
from exercises.models import ExercisePage
from routines.models import RoutinePage
from testing import factories


def test_a_slug_is_free_below_its_parent_but_for_the_page_itself(exercise: ExercisePage):
    parent = exercise.get_parent()
    other = factories.draft_exercise(title="Other", slug="other")
    assert platform.slug_is_free("other", parent, other)
    assert not platform.slug_is_free(exercise.slug, parent, other)
    assert platform.slug_is_free(exercise.slug, parent, exercise)


def test_a_new_page_knows_its_parent_once_it_is_given_one(exercise: ExercisePage):
    new = factories.draft_exercise(title="New", slug="new")
    assert not platform.knows_its_parent(new)
    exercise.get_parent().add_child(instance=new)
    assert platform.knows_its_parent(new)


def test_core_fields_are_settled_by_the_method_that_wagtail_calls_itself(exercise: ExercisePage):
    page = Page(title="Plain words", path="", locale_id=exercise.locale_id)
    platform.settle_core_fields(page)
    assert page.draft_title == "Plain words"
    assert "_set_core_field_defaults" in inspect.getsource(Page.full_clean)


def test_what_an_object_names_is_told_without_storing_it(routine: RoutinePage, exercise: ExercisePage):
    draft = RoutinePage.objects.get(pk=routine.pk)
    stored = set(ReferenceIndex.get_references_for_object(draft).values_list("to_object_id", flat=True))
    assert str(exercise.pk) in stored
    assert {key for _kind, key in platform.named_by(draft)} >= stored
    draft.items.set([])
    assert str(exercise.pk) not in {key for _kind, key in platform.named_by(draft)}


def test_usage_is_not_indexed_row_by_row_inside(exercise: ExercisePage, monkeypatch: pytest.MonkeyPatch):
    asked: list[Any] = []
    monkeypatch.setattr(ReferenceIndex, "create_or_update_for_object", asked.append)
    condition: Condition = factories.ConditionFactory.create()
    outside = len(asked)
    with platform.usage_indexed_by_hand():
        condition.save()
    assert len(asked) == outside > 0


def test_headers_of_a_reader_are_those_of_the_pages_own_host(exercise: ExercisePage):
    headers = platform.headers_of_a_reader(exercise)
    assert headers["REQUEST_METHOD"] == "GET"
    assert headers["PATH_INFO"] == exercise.url
    assert headers["wsgi.input"] is not None


def test_a_route_that_was_remembered_is_not_looked_for_again(
    exercise: ExercisePage, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
):
    request = RequestFactory().get("/somewhere/else/")
    platform.remember_route(request, RouteResult(exercise))
    monkeypatch.setattr(ExercisePage, "serve", lambda page, request, *args, **kwargs: HttpResponse(page.title))
    monkeypatch.setattr("wagtail.views.hooks.get_hooks", lambda name: [])
    with django_assert_num_queries(0):
        assert serve(request, "somewhere/else/").content.decode() == exercise.title


def test_a_chooser_starts_the_way_it_was_told_to(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(BaseChooser, "render", BaseChooser.render)  # put back afterwards
    told: list[str] = []

    def started(widget: BaseChooser, html: SafeString, script: str) -> SafeString:
        told.append(script)
        return html + mark_safe("<b></b>")

    platform.start_choosers_with(started)
    written = AdminPageChooser().render("place", None, {"id": "place-id"})
    assert written.endswith("<b></b>")
    assert "<script" not in written
    assert told == [AdminPageChooser().render_js_init("place-id", "place", AdminPageChooser().get_value_data(None))]


def test_choosers_of_this_site_write_no_script():
    start_choosers_by_data()
    assert '<script type="application/json" data-start="PageChooser">' in AdminPageChooser().render(
        "place", None, {"id": "place-id"}
    )
