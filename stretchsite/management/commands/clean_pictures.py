"""``manage.py clean_pictures``: take in again what was uploaded before pictures were cleaned.

Those may say where they were taken, and so may sizes of them that were made as JPEG. Run it once after an upgrade; run
twice, it changes nothing.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand

from clinical.models import Picture


class Command(BaseCommand):
    """Take in every picture again, and make the sizes that pages show."""

    help = "Remove places, names and the like from pictures that were uploaded before this was done by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        """One picture after the other; what cannot be read is named and left as it is."""
        cleaned = 0
        # By their keys: nothing may be read on while each is saved.
        for key in list(Picture.objects.order_by("pk").values_list("pk", flat=True)):
            picture = Picture.objects.filter(pk=key).first()
            if picture is None:
                continue
            try:
                cleaned += picture.take_in_again()
            except (ValidationError, OSError) as fault:
                why = fault.messages[0] if isinstance(fault, ValidationError) else fault
                self.stderr.write(f"  {picture} ({picture.pk}) is left as it is: {why}")
        self.stdout.write(f"{cleaned} pictures cleaned.")
        if cleaned:
            call_command("draw_figures", stdout=self.stdout)
