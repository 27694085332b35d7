"""The codes of a condition, read along with it: all of them in one column, so that they cost no query of their own.

No code holds a tab or the end of a line: ``clinical.words.legible`` refuses both.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Aggregate, CharField, OuterRef, Subquery, Value
from django.db.models.functions import Concat

from clinical.notes.conditions import ConditionCode
from clinical.safety.coding_systems import Code

_BETWEEN_PARTS, _BETWEEN_CODES = "\t", "\n"


class _Joined(Aggregate):
    """Texts of a group as one, in any order; each database has its own name for it."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, chr(10))"
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite's name for it."""
        asked = {"function": "GROUP_CONCAT", "template": "%(function)s(%(expressions)s, char(10))"}
        return self.as_sql(compiler, connection, **asked, **context)


def joined_codes(condition: str = "tag_id") -> Subquery:
    """The codes of the condition in this column, for ``codes_in``."""
    tab = Value(_BETWEEN_PARTS)
    line = Concat("system", tab, "edition", tab, "code", output_field=CharField())
    codes = ConditionCode.objects.filter(condition=OuterRef(condition)).order_by().values("condition")
    return Subquery(codes.annotate(joined=_Joined(line)).values("joined"), output_field=CharField(null=True))


def joined(codes: Iterable[Any]) -> str:
    """The same of rows in memory."""
    return _BETWEEN_CODES.join(_BETWEEN_PARTS.join((each.system, each.edition, each.code)) for each in codes)


def codes_in(together: str | None) -> tuple[Code, ...]:
    """The codes one by one, in their order."""
    lines = together.split(_BETWEEN_CODES) if together else []
    return tuple(sorted(Code(*line.split(_BETWEEN_PARTS)) for line in lines))
