from django.core.management import call_command
from django.db import connections, migrations

TABLE = "share_link_misses"


def make_table(apps, schema_editor):
    """The table of the cache that counts misses; Django's own command knows its shape."""
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop_table(apps, schema_editor):
    """Take it away again."""
    quoted = connections[schema_editor.connection.alias].ops.quote_name(TABLE)
    schema_editor.execute(f"DROP TABLE {quoted}")


class Migration(migrations.Migration):
    dependencies = [("routines", "0002_share_links")]

    operations = [migrations.RunPython(make_table, drop_table)]
