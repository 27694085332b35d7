"""The move itself: everything is looked at first; then all rows go over in one transaction, and are compared in it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from wagtail.models import Site

from clinical.publishing import approvals
from stretchsite import closed, routing
from stretchsite.models import Restoration
from stretchsite.moving.digests import Held
from stretchsite.moving.fitting import Fault, dangling, faults, read_row
from stretchsite.moving.moved_tables import Table, moved_tables, unknown_tables
from stretchsite.moving.numbering import highest_numbers, set_numbers
from stretchsite.moving.standing_still import NEW, OLD, CannotMove, held_still, refuse_in_use, refuse_other_version

#: What ``migrate`` fills by itself, with how many pages at most; any other table is empty in a database that is new.
FILLED_BY_MIGRATE = frozenset(
    {
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "clinical_clinicsettings",
        "django_content_type",
        "stretchsite_restoration",
        "wagtailcore_collection",
        "wagtailcore_groupapprovaltask",
        "wagtailcore_groupapprovaltask_groups",
        "wagtailcore_groupcollectionpermission",
        "wagtailcore_grouppagepermission",
        "wagtailcore_locale",
        "wagtailcore_page",
        "wagtailcore_site",
        "wagtailcore_task",
        "wagtailcore_workflow",
        "wagtailcore_workflowpage",
        "wagtailcore_workflowtask",
    }
)
PAGES, PAGES_OF_MIGRATE = "wagtailcore_page", 2
#: So many values that cannot be moved are named; of the others their number.
MOST_NAMED = 100
#: Of these it is said by name that they are the same.
SAID_BY_NAME = ("clinical_user", "clinical_approval", "clinical_auditentry", "sharing_sharelink", "sharing_programme")

Say = Callable[[str], object]


def move(say: Say) -> dict[str, Held]:
    """Move everything from the old database to the site's own; what each table held, which both hold now.

    Raises :class:`CannotMove` with every reason; the new database then holds no row of the old one, and is closed.
    """
    old, new, tables = connections[OLD], connections[NEW], moved_tables()
    refuse_in_use(new, "new")
    _refuse_filled(new, tables, say)
    with held_still(old, [table.name for table in tables]):
        refuse_other_version(old)
        held = _looked_at(old, tables, say)
        for name in unknown_tables(old):
            say(f"Not moved, since nothing of this version knows it: the table {name}")
        say("Making the tables of the new database (a minute or two)")
        call_command("migrate", database=NEW, verbosity=0, interactive=False)
        if not Restoration.objects.open().exists():
            Restoration.objects.create(backup_made_at=timezone.now(), is_move=True)
        with transaction.atomic(NEW):
            _carry_over(old, new, tables, held, say)
    _forget()
    return held


def _refuse_filled(new: BaseDatabaseWrapper, tables: list[Table], say: Say) -> None:
    there = set(new.introspection.table_names())
    filled = {table.name: number for table in tables if table.name in there and (number := table.count(new))}
    others = sorted(filled.keys() - FILLED_BY_MIGRATE)
    if others or filled.get(PAGES, 0) > PAGES_OF_MIGRATE:
        raise CannotMove(f"The new database is not empty ({', '.join(others[:5]) or PAGES}). Name one that is.")
    if "stretchsite_restoration" in filled:
        say("An earlier move into this database was not finished: it is begun anew")


def _looked_at(old: BaseDatabaseWrapper, tables: list[Table], say: Say) -> dict[str, Held]:
    """What each table holds. Raises :class:`CannotMove` where anything of it has no place in the new database."""
    found: list[Fault] = list(islice(dangling(old), MOST_NAMED))
    many, held = len(found), {}
    for number, table in enumerate(tables, 1):
        held[table.name], wrong = Held(), 0
        readers = table.readers(old)
        for some in table.rows(old):
            for row in (read_row(readers, each) for each in some):
                if here := list(faults(table, row)):
                    wrong += len(here)
                    found += here[: max(0, MOST_NAMED - len(found))]
                else:
                    held[table.name].add(table, row)
        many += wrong
        if held[table.name].rows or wrong:
            say(f"{number}/{len(tables)} {table.name}: {held[table.name].rows} rows looked at")
    if many:
        named = [str(fault) for fault in found]
        more = [f"and {many - len(found)} more"] if many > len(found) else []
        raise CannotMove("\n".join([f"{many} values cannot be moved. Mend them in the old database:", *named, *more]))
    return held


def _carry_over(
    old: BaseDatabaseWrapper, new: BaseDatabaseWrapper, tables: list[Table], held: dict[str, Held], say: Say
) -> None:
    """All rows with their keys, in place of what ``migrate`` had made; then they are read again and compared."""
    with new.cursor() as cursor:
        for table in tables:
            if table.name in FILLED_BY_MIGRATE:
                cursor.execute(f"DELETE FROM {new.ops.quote_name(table.name)}")  # noqa: S608  (our own table)
        for number, table in enumerate(tables, 1):
            _carry_table(old, new, table, cursor)
            if held[table.name].rows:
                say(f"{number}/{len(tables)} {table.name}: {held[table.name].rows} rows moved")
    set_numbers(new, highest_numbers(old, tables))
    new.check_constraints()
    say("Reading everything again and comparing it")
    if differing := [name for name, here in _held_by(new, tables) if here != held[name]]:
        raise CannotMove(f"These tables do not hold what they should: {', '.join(differing)}. Nothing was moved.")


def _carry_table(old: BaseDatabaseWrapper, new: BaseDatabaseWrapper, table: Table, cursor: Any) -> None:
    readers = table.readers(old)
    statement, writers = table.written(new)
    for some in table.rows(old):
        rows = (read_row(readers, row) for row in some)
        cursor.executemany(statement, [[fit(value) for fit, value in zip(writers, row, strict=True)] for row in rows])


def _held_by(connection: BaseDatabaseWrapper, tables: list[Table]) -> list[tuple[str, Held]]:
    found = []
    for table in tables:
        held, readers = Held(), table.readers(connection)
        for some in table.rows(connection):
            for row in some:
                held.add(table, read_row(readers, row))
        found.append((table.name, held))
    return found


def _forget() -> None:
    """What this process remembers of the rows that ``migrate`` had made."""
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    approvals.forget_locales()
    routing.forget_roots()
    closed.forget()
