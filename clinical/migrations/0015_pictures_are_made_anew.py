import wagtail.images.models
from django.db import migrations

import clinical.models.pictures


class Migration(migrations.Migration):
    """The field is another class and the column the same: nothing is written."""

    dependencies = [("clinical", "0014_proposals")]

    operations = [
        migrations.AlterField(
            model_name="picture",
            name="file",
            field=clinical.models.pictures.PictureFileField(
                height_field="height",
                upload_to=wagtail.images.models.get_upload_to,
                verbose_name="file",
                width_field="width",
            ),
        ),
    ]
