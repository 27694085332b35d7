"""Two more bases of an approval, for pages about the site: its own code, and what was live before anybody asked."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clinical', '0012_fingerprints_name_their_way'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='approval',
            name='clinical_approval_by_somebody',
        ),
        migrations.AlterField(
            model_name='approval',
            name='basis',
            field=models.CharField(choices=[('reviewed', 'Approved by a colleague'), ('library', 'Came with a published library'), ('code', 'Came with the site itself'), ('before', 'Was live before two people were asked for')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approver__isnull', False), ('basis', 'reviewed')), models.Q(('approver__isnull', True), ('basis__in', ('library', 'code', 'before'))), _connector='OR'), name='clinical_approval_by_somebody'),
        ),
    ]
