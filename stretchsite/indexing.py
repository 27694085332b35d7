"""Takes what is deleted out of the search index.

A page indexes itself when it is saved, once its rows are written; the platform's own receivers, which come earlier, are
off for it, and the one for what is deleted with them.
"""

from __future__ import annotations

from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.search.index import get_indexed_models, remove_object


def leave_index(sender: type[Page], instance: Page, **kwargs: object) -> None:
    """Take a page out of the index."""
    remove_object(instance)


def connect() -> None:
    """Called once, when the application is ready."""
    for model in get_indexed_models():
        if not getattr(model, "search_auto_update", True):
            post_delete.connect(leave_index, sender=model, dispatch_uid=f"stretchsite.indexing.{model._meta.label}")
