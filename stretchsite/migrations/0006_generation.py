from django.db import migrations, models


def take_triggers_off(apps, schema_editor):
    """Backwards: a trigger that moves a row of a table that is gone refuses every write."""
    from stretchsite.page_cache.move_triggers import take_triggers_off

    take_triggers_off(schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ('stretchsite', '0005_words_to_find_by'),
    ]

    operations = [
        migrations.CreateModel(
            name='Generation',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('value', models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                'verbose_name': 'generation',
                'default_permissions': (),
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, take_triggers_off),
    ]
