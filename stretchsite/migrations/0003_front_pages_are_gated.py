"""The front page, pages about the site and the list of conditions have a key, by which an approval finds their words."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('routines', '0008_lists_are_gated'),
        ('stretchsite', '0001_initial'),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name='content_key',
                field=models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
            )
            for model in ('conditionindexpage', 'homepage', 'informationpage')
        ),
        migrations.AlterField(
            model_name='startingroutine',
            name='routine',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='routines.routinepage'),
        ),
    ]
