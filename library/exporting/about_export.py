"""What an export says of itself: what a loaded library said, or whose site it is where the records were written."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from clinical.models import clinic
from library.about import LibraryRecord
from library.exporting.outcome import Asked
from library.exporting.record_names import plain_name
from library.models import Library


class NoSuchLibrary(Exception):
    """No library of this id was loaded here."""


def about_export(asked: Asked) -> LibraryRecord:
    """The words of its ``library.yaml``. Raises ``NoSuchLibrary``."""
    if asked.library:
        row = Library.objects.filter(identifier=asked.library).first()
        if row is None:
            raise NoSuchLibrary(f"No library “{asked.library}” was loaded here.")
        names = ("title", "publisher", "licence", "licence_address", "version", "language", "address")
        said: dict[str, Any] = {name: getattr(row, name) or None for name in names}
        return LibraryRecord(id=row.identifier, **said)
    return LibraryRecord(
        id=asked.name or _own_name(),
        title=clinic().name,
        publisher=clinic().name,
        licence=asked.licence,
        version="1",
        language=settings.LANGUAGE_CODE,
        address=f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/",
    )


def _own_name() -> str:
    """The clinic's name as an id; never that of a library which was loaded here."""
    plain = plain_name(clinic().name)
    taken = Library.objects.filter(identifier=plain).exists()
    return f"{plain}-own" if taken else plain
