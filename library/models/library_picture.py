"""Which record of a library a picture was loaded from."""

from __future__ import annotations

from django.db import models

from clinical.models import Picture


class LibraryPicture(models.Model):
    """A picture a library brought, by the record's id, and what the record said."""

    picture = models.OneToOneField(Picture, on_delete=models.CASCADE, related_name="of_library")
    from_library = models.CharField(max_length=60, blank=True, default="", db_default="")
    library_id = models.CharField(max_length=60)
    library_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_library", "library_id"], name="library_picture_once_in_its_library")
        ]

    def __str__(self) -> str:
        return self.library_id
