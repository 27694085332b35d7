"""Words of several columns, or of several rows, as one text: on both databases alike."""

from __future__ import annotations

from typing import Any

from django.db.models import Aggregate, Func, TextField


class ColumnsJoined(Func):
    """Columns that are never null as one text, with a slash between; the words themselves hold no slash."""

    template = "(%(expressions)s)"
    arg_joiner = " || '/' || "
    output_field = TextField()


class JoinedWords(Aggregate):
    """The different words of a group, with a comma between, in no order; the words themselves hold no comma."""

    function = "GROUP_CONCAT"
    template = "%(function)s(DISTINCT %(expressions)s)"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        """PostgreSQL has another name for it, and asks for the comma."""
        return self.as_sql(
            compiler, connection, function="STRING_AGG", template="%(function)s(DISTINCT %(expressions)s, ',')", **more
        )
