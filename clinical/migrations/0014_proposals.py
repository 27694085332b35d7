"""Other words for something in use are proposed by one person and confirmed by another."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clinical', '0013_whose_word_stands_behind_front_pages'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('title', models.CharField(help_text='What it was called when it was proposed.', max_length=255)),
                ('before', models.JSONField(help_text='What readers saw then, field by field.')),
                ('after', models.JSONField(help_text='What they would see, field by field.')),
                ('reason', models.TextField(help_text='Why, for the colleague who decides.')),
                ('state', models.CharField(choices=[('waiting', 'Waits for a colleague'), ('confirmed', 'Confirmed'), ('refused', 'Refused'), ('taken_back', 'Taken back')], default='waiting', max_length=20)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('remark', models.TextField(blank=True, help_text='Why it was refused.')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'proposed change',
                'verbose_name_plural': 'proposed changes',
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('content_type', 'object_id'), name='clinical_proposal_waits_once'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Trim(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.comparison.Cast(models.F('reason'), models.TextField()), models.Value('\n', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\r', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\t', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\xa0', output_field=models.TextField()), models.Value('', output_field=models.TextField()))), models.Value('', output_field=models.TextField())), _negated=True), name='clinical_proposal_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'waiting')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state', 'confirmed'), models.Q(('decided_by', models.F('asked_by')), _negated=True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state', 'refused'), models.Q(('decided_by', models.F('asked_by')), _negated=True), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Trim(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.comparison.Cast(models.F('remark'), models.TextField()), models.Value('\n', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\r', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\t', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\xa0', output_field=models.TextField()), models.Value('', output_field=models.TextField()))), models.Value('', output_field=models.TextField())), _negated=True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('decided_by', models.F('asked_by')), ('state', 'taken_back')), _connector='OR'), name='clinical_proposal_by_two')],
            },
        ),
    ]
