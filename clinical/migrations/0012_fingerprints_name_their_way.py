"""A fingerprint of approved words begins with the number of the way it was taken in; those there are took the first."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clinical', '0011_addresses_in_plain_letters'),
    ]

    operations = [
        migrations.AlterField(
            model_name='approval',
            name='content_hash',
            field=models.CharField(max_length=80),
        ),
    ]
