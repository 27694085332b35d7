"""Refusals of the publish gate, put on record: after whatever was begun is rolled back, so that the entry stays."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import get_active_log_context

from clinical.choices import AuditAction
from clinical.models.audit import AuditEntry, record
from clinical.turns import one_writer_at_a_time


def remember_refusal(refused: Any, *, by: Any = None) -> None:
    """Put on record that the gate refused something (a ``PublishRefused``), and for which reasons.

    What the clock tries again every few minutes is told once, until something else is decided about the same thing.
    """
    reason, by = "\n".join(refused.reasons()), by or get_active_log_context().user
    with one_writer_at_a_time():
        last = AuditEntry.objects.filter(content_key=refused.content_key).first()
        if by is None and last and (last.action, last.by_id, last.reason) == (AuditAction.REFUSED, None, reason):
            return
        record(AuditAction.REFUSED, refused.subject, key=refused.content_key, by=by, reason=reason)
