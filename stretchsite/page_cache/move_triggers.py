"""Triggers that move the generation: whoever changes what readers may be shown, by whatever road, moves it with it.

They stand on every table but a closed list that no public page shows. A table that is new is watched unless somebody
puts it on the list. SQLite forgets a table's triggers whenever Django remakes the table, and neither database alters a
column that one of them names; so all are taken off before a migration and made anew after it, and the generation is
empty meanwhile, which means that nothing may be kept. The name of each holds a digest of what it does: one made for
the columns of an older release is missing, as one is that is not there. The check ``stretchsite.W001`` names those, and
the page cache keeps nothing while there are any.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import nullcontext
from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.utils.crypto import get_random_string

from clinical.audit.triggers import present_triggers

GENERATION = "stretchsite_generation"
#: What the name of each of these triggers holds, whatever release made it.
NAMED = "moves_generation"

#: What no public page shows: who is signed in, what is typed but not live, what was decided and counted, what waits,
#: what one patient was given, and the search, whose answers are never kept.
UNSEEN = frozenset(
    {
        GENERATION,
        "account_emailaddress",
        "account_emailconfirmation",
        "clinical_auditentry",
        "clinical_failedsignin",
        "clinical_favourite",
        "clinical_heartbeat",
        "clinical_lostdevice",
        "clinical_ratecount",
        "clinical_reviewreminder",
        "django_session",
        "django_tasks_database_dbtaskresult",
        "library_foreignword",
        "library_heardrecall",
        "library_librarypicture",
        "library_libraryupload",
        "library_publishedname",
        "library_publishedpack",
        "library_reviewelsewhere",
        "library_subscription",
        "library_tocomplete",
        "mfa_authenticator",
        "sharing_dailyopenings",
        "sharing_programme",
        "sharing_programmecondition",
        "sharing_programmeitem",
        "sharing_sharelink",
        "sharing_sharelinkitem",
        "sharing_sharetotal",
        "socialaccount_socialaccount",
        "socialaccount_socialapp",
        "socialaccount_socialtoken",
        "stretchsite_dailytotal",
        "stretchsite_indexedword",
        "stretchsite_knownword",
        "stretchsite_readerreport",
        "stretchsite_restoration",
        "stretchsite_saying",
        "stretchsite_toldchange",
        "wagtailadmin_editingsession",
        "wagtailadmin_formstate",
        "wagtailcore_comment",
        "wagtailcore_commentreply",
        "wagtailcore_modellogentry",
        "wagtailcore_pagelogentry",
        "wagtailcore_pagesubscription",
        "wagtailcore_referenceindex",
        "wagtailcore_revision",
        "wagtailcore_uploadedfile",
        "wagtailsearch_indexentry",
        "wagtailsearch_indexentry_fts",
        "wagtailusers_userprofile",
    }
)
#: Fields that only say how a draft stands, or when somebody signed in: changing them alone changes nothing for readers.
UNSEEN_FIELDS = frozenset(
    {"draft_title", "has_unpublished_changes", "last_login", "latest_revision", "latest_revision_created_at"}
)

#: SQLite asks for each row; moving it again within one transaction costs a few microseconds.
_MOVED = f"UPDATE {GENERATION} SET value = lower(hex(randomblob(16))) WHERE value <> ''"  # noqa: S608  (our own table)
#: PostgreSQL keeps each version of a row until the transaction ends, so there it is moved once in each.
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION stretchsite_move_generation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('stretchsite.moved_in', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        UPDATE {GENERATION} SET value = gen_random_uuid()::text WHERE value <> '';
        PERFORM set_config('stretchsite.moved_in', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END $$
"""  # noqa: S608  (our own table)
_SET = (
    f"INSERT INTO {GENERATION} (id, value) VALUES (1, %s) "  # noqa: S608  (our own table)
    "ON CONFLICT (id) DO UPDATE SET value = excluded.value"
)


def watched_models() -> list[Any]:
    """Every model with a table that a public page may show something of; the tables between two models too."""
    own = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    return [model for model in own if not model._meta.proxy and model._meta.db_table not in UNSEEN]


def make_triggers(using: str = "default") -> None:
    """Make those that are missing, take off those of older releases, and begin a new generation.

    Nothing where the table is not there yet.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if GENERATION not in tables:
        return
    present, wanted = present_triggers(connection), list(_wanted(connection))
    with _together(connection), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table, name, statements in wanted:
            if table in tables and (table, name) not in present:
                for statement in (_dropped(connection, table, name), *statements):
                    cursor.execute(statement)
        take_triggers_off(using, but_for={(table, name) for table, name, _statements in wanted})
        cursor.execute(_SET, [get_random_string(32)])


def keep_nothing_while_migrating(using: str = "default") -> None:
    """Empty the generation before tables are altered, and take the triggers off."""
    connection = connections[using]
    if GENERATION not in connection.introspection.table_names():
        return
    with _together(connection), connection.cursor() as cursor:
        cursor.execute(_SET, [""])
        take_triggers_off(using)


def _together(connection: Any) -> Any:
    """On PostgreSQL each statement by itself: all at once would hold every table while others write."""
    return transaction.atomic(connection.alias) if connection.vendor == "sqlite" else nullcontext()


def take_triggers_off(using: str = "default", but_for: Collection[tuple[str, str]] = ()) -> None:
    """Take them off every table, whatever release made them, and those that are switched off as well."""
    connection = connections[using]
    asked = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    if connection.vendor == "postgresql":
        asked = (
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid) AND t.tgname LIKE %s"
        )
    with connection.cursor() as cursor:
        cursor.execute(asked, [f"%{NAMED}%"])
        for table, name in cursor.fetchall():
            if (table, name) not in but_for:
                cursor.execute(_dropped(connection, table, name))


def missing_triggers(connection: Any) -> list[str]:
    """Where and what those are that should be there and are not, or are switched off."""
    present = present_triggers(connection)
    wanted = wanted_triggers(connection)
    return [f"{name} on {table}" for table, name in wanted if (table, name) not in present]


def wanted_triggers(connection: Any) -> list[tuple[str, str]]:
    """The table and the name of each that should be there."""
    return [(table, name) for table, name, _statements in _wanted(connection)]


def _wanted(connection: Any) -> Iterator[tuple[str, str, list[str]]]:
    """Each trigger of each watched table: the table, its name, and how it is made."""
    made = _of_postgresql if connection.vendor == "postgresql" else _of_sqlite
    for model in watched_models():
        yield from made(connection, model)


def _of_sqlite(connection: Any, model: Any) -> Iterator[tuple[str, str, list[str]]]:
    table = model._meta.db_table
    for what in ("INSERT", _update(connection, model), "DELETE"):
        done = f"AFTER {what} ON {connection.ops.quote_name(table)} BEGIN {_MOVED}; END"
        name = f"{table}_{NAMED}_{what.partition(' ')[0].lower()}_{_digest(done)}"
        yield table, name, [f"CREATE TRIGGER {name} {done}"]


def _of_postgresql(connection: Any, model: Any) -> Iterator[tuple[str, str, list[str]]]:
    """Before the statement, so that whoever writes holds the generation first and nobody waits crosswise."""
    table = model._meta.db_table
    quoted = connection.ops.quote_name(table)
    for kind, what in (
        (NAMED, f"INSERT OR {_update(connection, model)} OR DELETE"),
        (f"{NAMED}_truncate", "TRUNCATE"),
    ):
        done = f"BEFORE {what} ON {quoted} FOR EACH STATEMENT EXECUTE FUNCTION stretchsite_move_generation()"
        name = f"{kind}_{_digest(done)}"
        # ALWAYS: also for a session that says it only copies what was decided elsewhere.
        yield table, name, [f"CREATE TRIGGER {name} {done}", f"ALTER TABLE {quoted} ENABLE ALWAYS TRIGGER {name}"]


def _digest(statement: str) -> str:
    """Eight letters that are others when it says something else."""
    return hashlib.sha256(statement.encode()).hexdigest()[:8]


def _update(connection: Any, model: Any) -> str:
    """Any update; but where a table has columns no reader sees, of the others only."""
    seen = [field.column for field in model._meta.local_concrete_fields if field.name not in UNSEEN_FIELDS]
    if len(seen) == len(model._meta.local_concrete_fields):
        return "UPDATE"
    return f"UPDATE OF {', '.join(map(connection.ops.quote_name, seen))}"


def _dropped(connection: Any, table: str, name: str) -> str:
    on = f" ON {connection.ops.quote_name(table)}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {name}{on}"
