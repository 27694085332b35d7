"""For trials of something else: whatever is about to go live has been approved by a colleague."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clinical.models import SafetyNote
from clinical.models.approvals import Approved


def approve_everything(put: Callable[[type, str, Any], None] = setattr) -> None:
    """Answer every question for an approval with yes; everything else the publish gate asks is asked as ever."""
    for kind in (Approved, SafetyNote):
        put(kind, "approval_refusal", lambda thing: {})
    put(Approved, "change_refusal", lambda thing: {})
