"""What a column takes is said before anything is moved; what two databases hold is compared in words of neither."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import connection, models

from stretchsite.moving.digests import Held
from stretchsite.moving.fitting import Unreadable, faults, known_kinds, read_row, why_not
from stretchsite.moving.moved_tables import LEFT_OUT, Column, Table, moved_tables

SHORT, JSON = models.CharField(max_length=3), models.JSONField()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        (SHORT, "abc", ""),
        (SHORT, "äöü", ""),
        (SHORT, "abcd", "4 characters where 3 are the most"),
        (SHORT, "a\x00b", "a character NUL"),
        (SHORT, b"abc".decode() + "\udcff", "no text (UTF-8)"),
        (SHORT, 7, "int where str belongs"),
        (models.TextField(max_length=3), "as long as it likes", ""),
        (models.SlugField(), "a" * 51, "51 characters"),
        (models.FileField(max_length=5), "a/b.pdf", "7 characters"),
        (models.PositiveSmallIntegerField(), 40_000, "not between 0 and 32767"),
        (models.IntegerField(), 2**31, "not between"),
        (models.IntegerField(), "seven", "a whole number belongs"),
        (models.BigIntegerField(), 2**62, ""),
        (models.BooleanField(), 2, "int where bool belongs"),
        (models.BinaryField(), b"\x89PNG\x00", ""),
        (models.BinaryField(), "PNG", "str where bytes belongs"),
        (models.FloatField(), 1, ""),
        (models.UUIDField(), uuid.uuid4(), ""),
        (models.DateField(), Unreadable("it cannot be read"), "it cannot be read"),
        (JSON, '{"a": [1, "\\u00e9"]}', ""),
        (JSON, '{"a": "\\u0000"}', "a character NUL"),
        (JSON, '{"a": "\\\\u0000"}', ""),
        (JSON, '"\\ud800"', "no text"),
        (JSON, "[NaN]", "it is no JSON"),
        (JSON, "{", "it is no JSON"),
    ],
)
def test_a_column_takes_what_both_databases_hold(field: Any, value: Any, told: str):
    said = why_not(Column("column", field), value)
    assert told in said
    assert bool(told) == bool(said)


KEY, WHEN = Column("id", models.IntegerField()), Column("at", models.DateTimeField())
TABLE = Table("things", (KEY, WHEN, Column("data", JSON)), KEY, is_numbered=True)
BYTES = Table("bytes", (KEY, Column("bytes", models.BinaryField())), KEY, is_numbered=True)
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL holds no date that is none")
def test_what_is_no_date_is_named_by_table_row_and_column():
    row = read_row(TABLE.readers(connection), (7, "yesterday", None))
    assert [str(fault) for fault in faults(TABLE, row)] == [
        "things, row 7, column at: it cannot be read as what belongs there"
    ]


def test_bytes_are_bytes_from_whatever_holds_them():
    assert read_row(BYTES.readers(connection), (1, memoryview(b"PNG"))) == (1, b"PNG")
    assert bytes(BYTES.written(connection)[1][1](b"PNG").obj) == b"PNG"
    assert list(faults(BYTES, (1, b"PNG"))) == []


def held(*rows: tuple[Any, ...]) -> Held:
    found = Held()
    for row in rows:
        found.add(TABLE, row)
    return found


def test_the_same_rows_have_the_same_digest_in_whatever_order_and_words():
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5)))
    one, other = (1, NOON, '{"b": 1e2, "a": [true, null]}'), (2, None, "7.0")
    assert held(one, other) == held((2, None, "7"), (1, elsewhere, '{"a":[true,null],"b":100}'))
    assert held(one, other) != held(one, one)
    assert held(one) != held((1, NOON, '{"b": 100, "a": [1, null]}'))


def test_what_is_left_out_is_a_table_there_is_and_all_else_is_moved():
    names = {table.name for table in moved_tables()}
    assert {column.kind for table in moved_tables() for column in table.columns} <= known_kinds()
    assert {"clinical_auditentry", "sharing_sharelink", "mfa_authenticator", "wagtailcore_revision"} <= names
    tables = {model._meta.db_table for model in django_models()}
    assert LEFT_OUT - tables <= {"wagtailsearch_indexentry_fts"}
    assert not names & LEFT_OUT


def django_models() -> list[Any]:
    from django.apps import apps

    return apps.get_models(include_auto_created=True)
