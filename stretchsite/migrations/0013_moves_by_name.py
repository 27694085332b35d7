from django.db import migrations, models


class Migration(migrations.Migration):
    """A move that was not finished is told from a backup that was brought back."""

    dependencies = [
        ("stretchsite", "0012_told_change"),
    ]

    operations = [
        migrations.AddField(
            model_name="restoration",
            name="is_move",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
