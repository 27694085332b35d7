"""Keeps the search index true after a publish.

A signal receiver, since nothing else is called then: Wagtail indexes a page before its tags and other rows are written,
so a condition added in the same save would not be found until the next one.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.search.index import insert_or_update_object
from wagtail.signals import page_published


def index_again(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Index a page once more, now that everything it is found by is in the tables."""
    insert_or_update_object(instance)


def connect() -> None:
    """Called once, when the application is ready."""
    page_published.connect(index_again, dispatch_uid="stretchsite.indexing.index_again")
