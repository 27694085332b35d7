"""What the front pages and lists say today was live before two people were asked for: put on record as just that.

Their words stay live, to the letter. Whoever changes one of them needs a colleague from now on.
"""

from django.db import migrations

from clinical.models.fingerprints import fingerprint_of

#: The kinds of page that one person could publish until now.
KINDS = (
    ('stretchsite', 'HomePage'),
    ('stretchsite', 'InformationPage'),
    ('stretchsite', 'ConditionIndexPage'),
    ('exercises', 'ExerciseIndexPage'),
    ('routines', 'RoutineIndexPage'),
)


def keep(apps, schema_editor):
    """Give translations and aliases the key of their original, and put on record what is live."""
    approvals = apps.get_model('clinical', 'Approval').objects.using(schema_editor.connection.alias)
    for kind in KINDS:
        rows = apps.get_model(*kind).objects.using(schema_editor.connection.alias)
        for page in list(rows.select_related('alias_of')):
            key = (page.alias_of or page).translation_key
            rows.filter(pk=page.pk).update(content_key=key)
            if page.live:
                words = fingerprint_of(page)
                approvals.create(basis='before', content_key=key, content_hash=words, title=page.title[:255])


def forget(apps, schema_editor):
    """The table of approvals knew no such basis."""
    approvals = apps.get_model('clinical', 'Approval').objects.using(schema_editor.connection.alias)
    approvals.filter(basis__in=['before', 'code']).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('clinical', '0013_whose_word_stands_behind_front_pages'),
        ('exercises', '0004_lists_are_gated'),
        ('stretchsite', '0003_front_pages_are_gated'),
    ]

    operations = [migrations.RunPython(keep, forget)]
