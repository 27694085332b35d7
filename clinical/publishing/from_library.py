"""Which record of which library something was loaded from: its identity, which no version of its words changes.

An id lives within its library. Two libraries may both have a ``squat``, and neither ever changes the other's.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

#: The fields that say it. A copy has none of them: nobody loaded it.
KEPT_OF_LIBRARY = ("from_library", "library_id", "library_digest")


class FromLibrary(models.Model):
    """Abstract: the library, the record's id within it, and what the record said when it was loaded last.

    ``from_library`` is empty for what was written here, and for what came from a folder that has no name.
    """

    from_library = models.CharField(max_length=60, blank=True, default="", db_default="", editable=False)
    library_id = models.CharField(max_length=60, blank=True, editable=False)
    library_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A version of it as an object. Whose record it is says the row, never the version."""
        return keep_whose(super().with_content_json(content), self)  # type: ignore[misc]  # of what has versions


def keep_whose(version: Any, row: Any) -> Any:
    """Whose record something is says its row, never a version of it; an alias is no record of its own."""
    if getattr(row, "library_id", "") or (getattr(row, "alias_of_id", None) and hasattr(row, "library_id")):
        version.from_library, version.library_id = row.from_library, row.library_id
    return version


def let_go_if_alias(page: Any) -> None:
    """An alias is the same page elsewhere, and no record of its own."""
    if page.alias_of_id and getattr(page, "library_id", ""):
        page.from_library = page.library_id = ""


def once(name: str, *others: str) -> models.UniqueConstraint:
    """One row for each record of a library; ``others`` are columns in which its rows may differ, such as a language."""
    return models.UniqueConstraint(
        fields=["from_library", "library_id", *others],
        condition=~Q(library_id=""),
        name=f"{name}_once_in_its_library",
    )
