"""Publishing what a library brings, and what becomes of a change that no library may make alone.

Serious warnings, allowed pain and what is no reason to stop are changed on the word of a second person. Where the
loading was told to keep what people decided, such a change is kept as a draft: readers see what they saw, and the new
words wait in the admin for somebody to submit them for review.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.db.models import Q

from clinical.models import PublishRefused, Withdrawal, release
from clinical.publishing.approvals import known_to_readers, second_person_refusal
from exercises.models import ExerciseCondition
from library.loading import WAITING, Loading
from routines.models import RoutineCondition

_LIVE = Q(content_object__live=True)
_NEW_REASON = (
    "would tell readers of pages they know what is no reason to stop, and that takes a second person; "
    "load it without --publish and submit it for review"
)


def publish(thing: Any, revision: Any, loading: Loading, outcome: str) -> str:
    """Publish a draft if that was asked for. Returns the outcome, which is ``WAITING`` where it takes a second person.

    What is withdrawn stays a draft.

    Raises ``PublishRefused`` for anything else the gate refuses.
    """
    if not loading.publishes or Withdrawal.objects.open_keys({thing.content_key}):
        return outcome
    try:
        with transaction.atomic():
            release(thing)
            _refuse_new_reason_not_to_stop(thing, loading)
            revision.publish()
    except PublishRefused as refused:
        if loading.keep_edited and refused.takes_a_second_person:
            return WAITING
        raise
    return outcome


def conditions_readers_see() -> frozenset[int]:
    """The conditions that live exercises and routines name."""
    rows = (ExerciseCondition, RoutineCondition)
    return frozenset(tag for row in rows for tag in row.objects.filter(_LIVE).values_list("tag_id", flat=True))


def _refuse_new_reason_not_to_stop(thing: Any, loading: Loading) -> None:
    """Raise ``PublishRefused`` where a new page would tell readers of older ones what is no reason to stop."""
    is_news = getattr(thing, "usual_sensation", "") and not known_to_readers(thing).exists()
    if not (is_news and thing.condition_id in loading.named_before):
        return
    if refusal := second_person_refusal(thing, _NEW_REASON):
        refused = PublishRefused(str(thing), {"usual_sensation": refusal[NON_FIELD_ERRORS]}, thing.content_key)
        refused.takes_a_second_person = True
        raise refused


def still_waits(thing: Any, digests: Collection[str], loading: Loading) -> bool:
    """Whether a draft of this very record waits for a second person already, so that no other need be written."""
    asked = loading.publishes and loading.keep_edited
    if not (asked and thing.live and thing.has_unpublished_changes and thing.library_digest in digests):
        return False
    with transaction.atomic():
        draft = thing.get_latest_revision_as_object()
        waits = publish(draft, thing.latest_revision, loading, "") == WAITING
        transaction.set_rollback(True)
    return waits
