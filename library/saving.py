"""Saving what a library says as a version: whose words it is here, and that a file brought it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from library.changed_fields import changed_fields

if TYPE_CHECKING:
    from library.loading import Loading

#: What the log calls it. A version with such an entry is no edit of whoever loaded it.
LOADED = "library.load"


def save_loaded(thing: Any, loading: Loading, **more: Any) -> Revision:
    """A new version of a page or note. To review it takes somebody else than whoever loaded it, if anybody did."""
    before = thing.latest_revision
    revision: Revision = thing.save_revision(user=loading.by, **more)
    loading.note_changes(changed_fields(thing, before, revision))
    if loading.by is not None:
        log(instance=thing, action=LOADED, user=loading.by, revision=revision)
    return revision


def was_loaded(revision: Revision) -> bool:
    """Whether a file brought this version, and nobody wrote it here. One query, two for a page."""
    entries = (PageLogEntry, ModelLogEntry)
    return any(entry.objects.filter(revision=revision, action=LOADED).exists() for entry in entries)
