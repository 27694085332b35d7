"""Saving what a library says as a version: whose words it is here, and that a file brought it."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

#: What the log calls it. A version with such an entry is no edit of whoever loaded it.
LOADED = "library.load"


def save_loaded(thing: Any, by: Any, **more: Any) -> Revision:
    """A new version of a page or note. ``by`` is who loaded it, if anybody did: to review it takes somebody else."""
    revision: Revision = thing.save_revision(user=by, **more)
    if by is not None:
        log(instance=thing, action=LOADED, user=by, revision=revision)
    return revision


def was_loaded(revision: Revision) -> bool:
    """Whether a file brought this version, and nobody wrote it here. One query, two for a page."""
    entries = (PageLogEntry, ModelLogEntry)
    return any(entry.objects.filter(revision=revision, action=LOADED).exists() for entry in entries)
