"""``manage.py publish_pack``: make this site's pack anew, and publish it where anything changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from library.packs.making import PackTooLarge, publish_pack


class Command(BaseCommand):
    """Publish the pack; run it after a release of content, and every night."""

    help = "Publish what readers see, and what was withdrawn, as a signed pack under /packs/ID/pack.zip."

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish, and say which version stands there."""
        if not (settings.PACK_ID and settings.PACK_SIGNING_KEY):
            raise CommandError("Set PACK_ID and PACK_SIGNING_KEY first; make_pack_keys makes one.")
        try:
            self.stdout.write(f"Version {publish_pack().version} is published.")
        except PackTooLarge as error:
            raise CommandError(str(error)) from error
