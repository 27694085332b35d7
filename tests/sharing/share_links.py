"""What tests of share links ask again and again: the address, and everything that is kept anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse


def address(token: str) -> str:
    """The address of a link."""
    return reverse("shared", kwargs={"token": token})


def pieces(token: str) -> set[str]:
    return {token[start : start + 12] for start in range(len(token) - 11)}


def found_pieces(text: str, tokens: list[str]) -> set[str]:
    """Twelve characters of any token that stand somewhere in the text."""
    looked_for = set().union(*map(pieces, tokens))
    runs = re.findall(r"[A-Za-z0-9_-]{12,}", text)
    return {run[start : start + 12] for run in runs for start in range(len(run) - 11)} & looked_for


def every_table() -> str:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        rows = []
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            rows += [repr(row) for row in cursor.fetchall()]
    return "\n".join(rows)


def every_file(folder: str = "") -> Iterator[str]:
    folders, names = default_storage.listdir(folder) if default_storage.exists(folder) or not folder else ([], [])
    for name in names:
        yield f"{name} {default_storage.open(f'{folder}/{name}').read()!r}"
    for inner in folders:
        yield from every_file(f"{folder}/{inner}".lstrip("/"))
