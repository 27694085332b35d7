"""``manage.py publish_pack``: make this site's pack anew, and publish it where anything changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from library.packs.publishing_packs import publish_pack


class Command(BaseCommand):
    """Publish the pack; run it after a release of content, and every night."""

    help = "Publish what readers see, and what was withdrawn, as a signed pack under /packs/ID/pack.zip."

    def add_arguments(self, parser: Any) -> None:
        """The version followers have already, after a restored backup."""
        parser.add_argument("--above", type=int, default=0, help="Let the version be above this one.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish, and say which version stands there."""
        if not (settings.PACK_ID and settings.PACK_SIGNING_KEY):
            raise CommandError("Set PACK_ID and PACK_SIGNING_KEY first; make_pack_keys makes one.")
        published = publish_pack(above=options["above"])
        self.stdout.write(f"Version {published.pack.version} is published.")
        for entry in published.outcome.left_out:
            self.stdout.write(f"Left out: {entry}")
        for entry in published.outcome.to_mend:
            self.stderr.write(f"To mend, or nobody can load it: {entry}")
        if published.fault:
            raise CommandError(f"Its records are not in it, only what was withdrawn is published: {published.fault}")
