"""The list of routines has a key, by which an approval finds its words."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('routines', '0006_openings'),
    ]

    operations = [
        migrations.AddField(
            model_name='routineindexpage',
            name='content_key',
            field=models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
        ),
    ]
