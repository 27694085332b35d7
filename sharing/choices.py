"""The closed vocabulary of share links."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShareState(models.TextChoices):
    """What has become of a share link."""

    LIVE = "live", _("Live")
    EXPIRED = "expired", _("Ended")
    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")
    ROUTINE_GONE = "routine_gone", _("Routine not available")
