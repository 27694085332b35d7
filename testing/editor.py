"""What a browser would send from the editor of a page or a safety note, made from the object instead of from HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import reverse
from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

Posted = dict[str, Any]


def filled_in(form: Any) -> Posted:
    """Every field of a form and of its rows, with the values it was opened with."""
    posted = dict(_fields(form))
    for formset in form.formsets.values():
        posted.update(_fields(formset.management_form))
        for row in formset.forms:
            posted.update(_fields(row))
    return posted


def page_as_posted(page: Page, user: Any) -> Posted:
    """The editor of a page as it is in memory, ready to be sent."""
    form = page.get_edit_handler().get_form_class()(instance=page, for_user=user)
    return {**filled_in(form), **as_opened(page)}


def as_opened(thing: Any) -> Posted:
    """Which version the editor was opened with, as its hidden fields say: the newest there is."""
    newest = thing.revisions.order_by("-created_at", "-pk").first() if thing.pk else None
    if newest is None:
        return {}
    return {"loaded_revision_id": str(newest.pk), "loaded_revision_created_at": newest.created_at.isoformat()}


def edit_address(page: Page) -> str:
    """Where the editor of a page is."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def errors_of(response: Any) -> str:
    """Everything a refused form says, as one text: at its fields, in its rows, and about the whole."""
    form = response.context["form"]
    rows = [
        f"{name}: {errors.as_text()}"
        for name, formset in form.formsets.items()
        for errors in [*formset.errors, formset.non_form_errors()]
        if errors
    ]
    return " ".join([form.errors.as_text(), *rows])


def _fields(form: forms.BaseForm) -> Iterator[tuple[str, Any]]:
    for bound in form:
        value = bound.value()
        if isinstance(value, StreamValue):
            blocks = [(block.block_type, _block(block)) for block in value]
            yield from nested_form_data({bound.html_name: streamfield(blocks)}).items()
        elif isinstance(bound.field, forms.BooleanField):
            if value:
                yield bound.html_name, "on"
        elif isinstance(bound.field.widget, forms.MultiWidget):
            widget: Any = bound.field.widget
            written = zip(widget.widgets_names, widget.decompress(value), strict=True)
            yield from ((f"{bound.html_name}{name}", words) for name, words in written)
        elif isinstance(value, (list, tuple)):
            yield bound.html_name, [str(part) for part in value]
        else:
            yield bound.html_name, "" if value is None else str(value)


def _block(block: Any) -> Any:
    value = block.block.get_prep_value(block.value)
    if isinstance(value, dict):
        return {name: "" if part is None else part for name, part in value.items()}
    if block.block_type == "paragraph":
        return rich_text(value, features=block.block.features)
    return value
