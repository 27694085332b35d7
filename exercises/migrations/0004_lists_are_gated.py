"""The list of exercises has a key, by which an approval finds its words."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exercises', '0002_figures'),
    ]

    operations = [
        migrations.AddField(
            model_name='exerciseindexpage',
            name='content_key',
            field=models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
        ),
    ]
