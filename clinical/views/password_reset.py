"""The form for whoever forgot a password."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import PasswordResetForm

from clinical.models.one_time_links import send_reset


class ResetForm(PasswordResetForm):
    """The platform's, but for the letter: it is asked for, and nobody waits until it is sent."""

    def send_mail(self, subject: str, body: str, context: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        """Called once for each account with the address."""
        person = context["user"]
        send_reset.enqueue(about=_("New password → %s") % person.email, account=person.pk)
