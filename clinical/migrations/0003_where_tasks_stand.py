"""Background tasks that waited under 0.2.0 are found where their functions stand now.

The name of a task's function, its module included, is kept in its row.
"""

from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Replace

BEFORE, NOW = "clinical.models.one_time_links.", "clinical.people.inviting."


def rename(before, now):
    """Give the rows of functions in one module the name of the other."""

    def forwards(apps, schema_editor):
        tasks = apps.get_model("django_tasks_database", "DBTaskResult").objects.using(schema_editor.connection.alias)
        tasks.filter(task_path__startswith=before).update(
            task_path=Replace(F("task_path"), Value(before), Value(now))
        )

    return forwards


class Migration(migrations.Migration):
    dependencies = [
        ("clinical", "0002_clinical_records"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [migrations.RunPython(rename(BEFORE, NOW), rename(NOW, BEFORE))]
