"""An address of a database, as ``DATABASE_URL`` takes it, made into Django's settings of one."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

__all__ = ["POSTGRES_OPTIONS", "SQLITE_OPTIONS", "configured", "quoted"]

SQLITE_OPTIONS = {
    # Measured: with the defaults eight writers lose 197 of 200 publishes, with these none (docs/decisions).
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}

POSTGRES_OPTIONS = {
    # Measured: to plan a page's questions costs the server ten times what answering them does. Asked with their values
    # apart, each is planned once for a connection (docs/decisions).
    "server_side_binding": True,
    "prepare_threshold": 1,
}

#: Scheme, then either a file's path or an account, a password and the rest behind the last ``@``.
_FILE = re.compile(r"(?P<scheme>sqlite://)(?P<path>/.*)", re.DOTALL)
_SERVER = re.compile(r"(?P<scheme>[a-z][a-z0-9+]*://)(?P<user>[^:/]*):(?P<password>.*)@(?P<rest>[^@]*)", re.DOTALL)


def configured(address: str) -> dict[str, Any]:
    """Django's settings of the database at an address. Raises ``ImproperlyConfigured``, without the password."""
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(quoted(address), conn_max_age=600))
    except ValueError as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL is no address of a database: write {_scheme(address)}://name:password@host:5432/database, "
            "or sqlite:////folder/db.sqlite3."
        ) from error
    # Django's own two, but that no request waits for them without end (docs/decisions).
    found["ENGINE"] = found["ENGINE"].replace("django.db.backends", "clinical.databases")
    if found["ENGINE"] == "clinical.databases.sqlite3":
        return {**found, "OPTIONS": SQLITE_OPTIONS}
    return {**found, "CONN_HEALTH_CHECKS": True, "OPTIONS": {**found.get("OPTIONS", {}), **POSTGRES_OPTIONS}}


def quoted(address: str) -> str:
    """The same with what would end a part of it encoded: ``#`` in a folder's name; ``#``, ``/``, ``?`` in a password.

    What is encoded already stays as it is.
    """
    if file := _FILE.fullmatch(address):
        return file["scheme"] + _encoded(file["path"], safe="/?=&")
    if server := _SERVER.fullmatch(address):
        return f"{server['scheme']}{_encoded(server['user'])}:{_encoded(server['password'])}@{server['rest']}"
    return address


def _encoded(part: str, safe: str = "") -> str:
    """Every other character encoded; a ``%`` only where it is not the beginning of one that is."""
    return re.sub(r"%(?![0-9A-Fa-f]{2})|[^%]", lambda found: quote(found[0], safe=safe), part)


def _scheme(address: str) -> str:
    scheme = address.partition("://")[0]
    return scheme if scheme.isalnum() and scheme != address else "postgres"
