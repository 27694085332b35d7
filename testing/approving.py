"""For trials of something else: whatever is about to go live has been approved by a colleague."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clinical.models import ClinicalPage, SafetyNote
from clinical.publishing.gate import GatedMixin


def approve_everything(put: Callable[[type, str, Any], None] = setattr) -> None:
    """Answer every question for an approval with yes; everything else the publish gate asks is asked as ever."""
    for kind in (GatedMixin, SafetyNote):
        put(kind, "approval_refusal", lambda thing: {})
    put(GatedMixin, "change_refusal", lambda thing: {})


def sign_everything(put: Callable[[type, str, Any], None] = setattr) -> None:
    """Ask no page for the names and days an approval writes on it; for trials where one person writes and publishes."""
    put(ClinicalPage, "signature_refusal", lambda page: {})
