"""``manage.py make_pack_keys``: a pair of keys for signing packs. Nothing is kept."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from library.packs.pack_keys import new_key_pair


class Command(BaseCommand):
    """Make a key pair, and say what goes where."""

    help = "Make a pair of keys: one to sign this site's pack with, one for those who follow it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print both."""
        private, public = new_key_pair()
        self.stdout.write(f"PACK_SIGNING_KEY={private}")
        self.stdout.write(
            "Keep that secret. Whoever follows the pack is given this one, on another road than the pack:"
        )
        self.stdout.write(public)
