from django.db import migrations


def drop_table(apps, schema_editor):
    """The table of the cache that counted misses; they are counted in clinical.rate_limits now, and last five minutes."""
    schema_editor.execute("DROP TABLE IF EXISTS share_link_misses")


class Migration(migrations.Migration):
    dependencies = [("routines", "0008_lists_are_gated")]

    operations = [migrations.RunPython(drop_table, migrations.RunPython.noop)]
