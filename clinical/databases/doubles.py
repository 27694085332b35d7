"""Before a record of a library can be one row only: rows beside the first let go of whose record they are.

Earlier versions gave an alias of a page, and a note in another language, the id of what it was made from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def without_doubles(app_label: str, name: str, *others: str) -> Callable[[Any, Any], None]:
    """A step of a migration: of the rows with one id, which differ in none of the ``others``, the first keeps it."""

    def let_go(apps: Any, schema_editor: Any) -> None:
        model = apps.get_model(app_label, name)
        rows = model._default_manager.using(schema_editor.connection.alias)
        if any(field.name == "alias_of" for field in model._meta.get_fields()):
            aliases = list(rows.exclude(library_id="").filter(alias_of__isnull=False).values_list("pk", flat=True))
            rows.filter(pk__in=aliases).update(library_id="")
        seen, doubles = set(), []
        for pk, *key in rows.exclude(library_id="").order_by("pk").values_list("pk", "library_id", *others):
            if tuple(key) in seen:
                doubles.append(pk)
            seen.add(tuple(key))
        rows.filter(pk__in=doubles).update(library_id="")

    return let_go
