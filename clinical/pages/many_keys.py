"""Any number of keys as one value of a question: databases take a limited number of values, and read many slowly."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Expression, IntegerField


class Keys(Expression):
    """Whole numbers to stand after ``IN``: ``pk__in=Keys(numbers)``."""

    output_field = IntegerField()

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__()
        self.keys = tuple(keys)

    def as_sql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, tuple[Any, ...]]:
        """As a table that SQLite makes of one text."""
        return "(SELECT value FROM json_each(%s))", (json.dumps(self.keys),)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, tuple[Any, ...]]:
        """As a table that PostgreSQL makes of one array."""
        return "(SELECT unnest(%s::bigint[]))", (list(self.keys),)
