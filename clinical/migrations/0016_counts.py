from django.db import migrations

from clinical.limits import COLUMNS, TABLE


def make_table(apps, schema_editor):
    """On SQLite the counts stand in a file of their own; here in a table that is never written to the log."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE UNLOGGED TABLE {TABLE} ({COLUMNS})")


def drop_table(apps, schema_editor):
    """Take it away again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("clinical", "0010_who_may_audit_what_is_live")]

    operations = [migrations.RunPython(make_table, drop_table)]
