"""Uploads of libraries in the admin."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('library', '0002_to_complete'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LibraryUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255)),
                ('raw', models.BinaryField(null=True)),
                ('asked', models.CharField(choices=[('check', 'check it'), ('load', 'load it, or nothing'), ('load_sound', 'load what is sound')], default='check', max_length=10)),
                ('state', models.CharField(choices=[('waiting', 'Waits for the worker'), ('running', 'Being worked on'), ('checked', 'Checked; nothing is written yet'), ('loaded', 'Loaded as drafts'), ('cancelled', 'Cancelled; nothing was written'), ('stopped', 'Stopped in the middle; nothing was written')], default='waiting', max_length=10)),
                ('stage', models.CharField(blank=True, choices=[('reading', 'Reading the file'), ('trying', 'Trying it out; all of it is taken back'), ('writing', 'Writing drafts')], max_length=10)),
                ('token', models.CharField(max_length=32)),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('begun_at', models.DateTimeField(null=True)),
                ('heard_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('results', models.JSONField(default=dict)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'upload of a library',
                'verbose_name_plural': 'uploads of libraries',
                'ordering': ('-pk',),
                'default_permissions': ('add',),
            },
        ),
    ]
