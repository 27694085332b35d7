"""The doors to what is private in Wagtail: nothing else in the house names anything that is.

An upgrade may move any of it without a word. So each door says what is relied on, and
``tests/clinical/test_platform.py`` asks the installed Wagtail for exactly that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser
from wagtail.models import Page, ReferenceIndex
from wagtail.url_routing import RouteResult


def slug_is_free(slug: str, parent: Page | None, page: Page) -> bool:
    """Whether no other page below this parent has the slug.

    Relied on: it asks the database, and leaves the page itself out.
    """
    return bool(Page._slug_is_available(slug, parent, page))


def knows_its_parent(page: Page) -> bool:
    """Whether a page that is not in the tree yet knows below which page it will be. Relied on: where it is kept."""
    return bool(getattr(page, "_cached_parent_obj", None))


def settle_core_fields(page: Page) -> None:
    """Fill in what Wagtail fills in before it saves a page: language, slug, draft title.

    Relied on: ``Page.full_clean`` calls the same method, so a page may override it to make its own slug first.
    """
    page._set_core_field_defaults()


def named_by(thing: Any) -> set[tuple[int, str]]:
    """What a page or note points at, by content type and key, whether or not it is stored.

    Relied on: the function behind the usage index takes an object, and yields the type, the key and two paths.
    """
    return {(kind, str(key)) for kind, key, *_path in ReferenceIndex._extract_references_from_object(thing)}


@contextmanager
def usage_indexed_by_hand() -> Iterator[None]:
    """The usage index is not brought up to date for each row that is written; whoever writes does so at the end."""
    from wagtail.signal_handlers import disable_reference_index_auto_update  # needs all models to be there

    with disable_reference_index_auto_update():
        yield


def headers_of_a_reader(page: Page) -> dict[str, Any]:
    """The environment of a request for this page, as Wagtail makes it up for previews."""
    headers: dict[str, Any] = page._get_dummy_headers()
    return headers


def remember_route(request: HttpRequest, result: RouteResult) -> None:
    """Say which page a request is for. Relied on: ``wagtail.views.serve`` looks here before it asks the page tree."""
    request._wagtail_route_for_request = result  # type: ignore[attr-defined]  # where Wagtail itself keeps it


#: What makes the markup of a chooser: given the widget, its markup, and the script that would start it.
Started = Callable[[BaseChooser, SafeString, str], SafeString]


def start_choosers_with(started: Started) -> None:
    """Have every chooser start otherwise than by an inline script, which Wagtail gives no other place to say.

    Relied on: ``BaseChooser.render`` is made of ``get_value_data``, ``render_html`` and ``render_js_init``.
    """

    def render(self: BaseChooser, name: str, value: Any, attrs: dict[str, Any], renderer: Any = None) -> SafeString:
        value_data = self.get_value_data(value)
        html = self.render_html(name, value_data, attrs)
        return started(self, html, self.render_js_init(attrs["id"], name, value_data))

    BaseChooser.render = render
