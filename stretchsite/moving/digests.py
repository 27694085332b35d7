"""What a table holds, in one number: the same for the same rows, in whatever order and database they are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from stretchsite.moving.moved_tables import Row, Table

_ALL = 2**256


@dataclass
class Held:
    """How many rows a table has, and the sum of their digests."""

    rows: int = 0
    digest: int = 0

    def add(self, table: Table, row: Row) -> None:
        """Count a row, in values of Python."""
        said = json.dumps([_said(column.kind, value) for column, value in zip(table.columns, row, strict=True)])
        self.rows += 1
        self.digest = (self.digest + int.from_bytes(hashlib.sha256(said.encode()).digest(), "big")) % _ALL

    @property
    def name(self) -> str:
        """Its first letters, to be compared by eye."""
        return f"{self.digest:064x}"[:12]


def _said(kind: str, value: Any) -> Any:
    """A value in words that are the same of both databases."""
    if value is None or isinstance(value, bool):
        return value
    if kind == "JSONField":
        return ["json", json.dumps(_plain(json.loads(value)), sort_keys=True)]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return _plain(value) if isinstance(value, int | float) else str(value)


def _plain(value: Any) -> Any:
    """JSON with each number in one way: PostgreSQL writes 1e2 as 100."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
