"""``manage.py second_factors_to_new_key``: after another ``SECRET_KEY``, before the old one is taken out."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinical.people.factor_secrets import encrypt_anew


class Command(BaseCommand):
    """Encrypt the secrets of second factors with the key in force. Run as often as one likes."""

    help = "Encrypt second factors with the SECRET_KEY in force; those of SECRET_KEY_FALLBACKS can then be taken out."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises ``CommandError`` where some cannot be read: their key is not here."""
        done, unreadable = encrypt_anew()
        self.stdout.write(f"{done} second factors are encrypted with the key in force.")
        if unreadable:
            raise CommandError(
                f"{unreadable} cannot be read: put the key they were encrypted with into SECRET_KEY_FALLBACKS, or have "
                "their owners set them up anew."
            )
