"""Hearing of withdrawals here, so that whoever follows this site's pack is told at their next contact."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from clinical.words.choices import AuditAction


def hear(action: AuditAction, subject: Any) -> None:
    """Something went on record: where it is a withdrawal or a lifting, have the pack made anew."""
    if action in {AuditAction.WITHDRAWN, AuditAction.LIFTED} and settings.PACK_ID and settings.PACK_SIGNING_KEY:
        # Imported late: the records of the site are not there yet when this is registered.
        from library.packs.publishing_packs import make_pack

        make_pack.enqueue(about=_("Publish this site’s pack anew"))
