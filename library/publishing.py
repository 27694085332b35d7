"""Publishing what a library brings, and what becomes of a change that no library may make alone.

Serious warnings, allowed pain and what is no reason to stop are changed on the word of a second person. Where the
loading was told to keep what people decided, such a change is kept as a draft: readers see what they saw, and the new
words wait in the admin for somebody to submit them for review.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from clinical.models import PublishRefused, release
from library.loading import WAITING, Loading


def publish(thing: Any, revision: Any, loading: Loading, outcome: str) -> str:
    """Publish a draft if that was asked for. Returns the outcome, which is ``WAITING`` where it takes a second person.

    Raises ``PublishRefused`` for anything else the gate refuses.
    """
    if not loading.publish:
        return outcome
    try:
        with transaction.atomic():
            release(thing)
            revision.publish()
    except PublishRefused as refused:
        if loading.keep_edited and refused.takes_a_second_person:
            return WAITING
        raise
    return outcome


def still_waits(thing: Any, digest: str, loading: Loading) -> bool:
    """Whether a draft of this very record waits for a second person already, so that no other need be written."""
    asked = loading.publish and loading.keep_edited
    if not (asked and thing.live and thing.has_unpublished_changes and thing.library_digest == digest):
        return False
    with transaction.atomic():
        draft = thing.get_latest_revision_as_object()
        waits = publish(draft, thing.latest_revision, loading, "") == WAITING
        transaction.set_rollback(True)
    return waits
