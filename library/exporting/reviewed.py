"""Who reviewed what is exported: here, and before it came here. At the receiver it is told, and approves nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from clinical.models import Approval
from clinical.publishing.approvals import BY_A_PERSON
from clinical.publishing.fingerprints import fingerprints_of
from clinical.words.choices import ApprovalBasis
from library.exporting.saying import said
from library.models import ReviewElsewhere
from library.told_reviews import reviews_of


class Reviewed:
    """The reviews of a batch of things. Two queries."""

    def __init__(self, things: list[Any], publisher: str) -> None:
        keys = {thing.content_key for thing in things}
        self._publisher = publisher
        self._elsewhere = reviews_of(keys)
        self._here: dict[UUID, list[Any]] = defaultdict(list)
        rows = Approval.objects.filter(content_key__in=keys, basis__in=BY_A_PERSON)
        for row in rows.select_related("approver__practitioner").order_by("-approved_at", "-pk"):
            self._here[row.content_key].append(row)

    def of(self, version: Any, *, is_as_loaded: bool) -> list[dict[str, Any]]:
        """The reviews of these words: those it came with while it says what came, then the newest of ours."""
        told = [_told(row) for row in self._elsewhere.get(version.content_key, [])] if is_as_loaded else []
        rows = self._here.get(version.content_key, [])
        if rows:
            words = set(fingerprints_of(version))
            ours = next((row for row in rows if row.content_hash in words and row.may_stand), None)
            told += [self._ours(ours)] if ours else []
        return told

    def _ours(self, row: Any) -> dict[str, Any]:
        day = row.reviewed_on or row.approved_at.date()
        person = row.approver
        named = {"publisher": self._publisher, "reviewer": person.public_name(), "role": person.public_role()}
        is_own = row.basis == ApprovalBasis.SAME_PERSON
        return said({**named, "reviewed_on": day.isoformat(), "by_its_author": is_own or None})


def _told(row: ReviewElsewhere) -> dict[str, Any]:
    named = {"publisher": row.publisher, "reviewer": row.reviewer, "role": row.role}
    return said({**named, "reviewed_on": row.reviewed_on.isoformat(), "by_its_author": row.by_its_author or None})
