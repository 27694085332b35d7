import clinical.pictures.pictures
import clinical.words.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import modelcluster.fields
import modelsearch.index
import taggit.managers
import uuid
import wagtail.images.models
import wagtail.models.media
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('clinical', '0002_clinical_records'), ('clinical', '0003_where_tasks_stand'), ('clinical', '0004_signs_in_short'), ('clinical', '0005_more_words'), ('clinical', '0006_more_dose_figures')]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('clinical', '0001_initial'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClinicalReviewStep',
            fields=[
                ('taskstate_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.taskstate')),
            ],
            bases=('wagtailcore.taskstate',),
        ),
        migrations.CreateModel(
            name='RateCount',
            fields=[
                ('key', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField()),
                ('ends', models.FloatField(db_index=True, help_text='Seconds since 1970.')),
            ],
            options={
                'verbose_name': 'rate count',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ClinicalReviewTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'Clinical review',
                'verbose_name_plural': 'Clinical reviews',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('slug', models.SlugField(blank=True, help_text='Part of addresses; leave it empty to have it made from the name. Do not change it once the condition is in use.', max_length=100, unique=True)),
                ('aliases', clinical.words.fields.LinesField(blank=True, help_text='Other words people search for, one a line: RLS, Willis-Ekbom.')),
                ('library_id', models.CharField(blank=True, editable=False, max_length=60)),
                ('library_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('hub', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'condition',
                'verbose_name_plural': 'conditions',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[-a-zA-Z0-9_]+\\Z')), name='clinical_condition_slug_fits_an_address')],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='ConditionCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('system', models.CharField(help_text='Such as ICD-10-CM or SNOMED CT.', max_length=40)),
                ('edition', models.CharField(help_text='Such as 2026.', max_length=40)),
                ('code', models.CharField(max_length=40)),
                ('condition', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='clinical.condition')),
            ],
            options={
                'ordering': ['system', 'code'],
                'constraints': [models.UniqueConstraint(fields=('condition', 'system', 'edition', 'code'), name='clinical_condition_code_once')],
            },
        ),
        migrations.CreateModel(
            name='FailedSignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField(db_index=True, verbose_name='quarter of an hour from')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='failed')),
                ('account', models.ForeignKey(blank=True, help_text='None: for names nobody has.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'failed sign-in',
                'verbose_name_plural': 'failed sign-ins',
                'ordering': ['-began_at', '-count', 'pk'],
                'default_permissions': ('view',),
                'constraints': [models.UniqueConstraint(fields=('account', 'began_at'), name='clinical_failedsignin_once'), models.UniqueConstraint(condition=models.Q(('account__isnull', True)), fields=('began_at',), name='clinical_failedsignin_unknown_once')],
            },
        ),
        migrations.CreateModel(
            name='Override',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.UUIDField(db_index=True)),
                ('title', models.CharField(max_length=255)),
                ('rule', models.CharField(choices=[('ruled_out', 'Exercise ruled out for the condition'), ('contradiction', 'Notes that contradict each other'), ('dose', 'Dose outside what notes allow'), ('preparation', 'Preparation missing'), ('no_red_flag', 'Condition without a red flag')], max_length=20)),
                ('note_key', models.UUIDField()),
                ('other_key', models.UUIDField()),
                ('conflict', models.TextField(help_text='The conflict, in words.')),
                ('fingerprint', models.CharField(editable=False, max_length=64)),
                ('reason', models.TextField(help_text='Why it is chosen all the same; readers are told.')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'override',
                'verbose_name_plural': 'overrides',
                'ordering': ['-asked_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Trim(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.comparison.Cast(models.F('reason'), models.TextField()), models.Value('\n', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\r', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\t', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\xa0', output_field=models.TextField()), models.Value('', output_field=models.TextField()))), models.Value('', output_field=models.TextField())), _negated=True), name='clinical_override_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='clinical_override_by_two')],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('file', clinical.pictures.pictures.PictureFileField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('alternative_text', models.CharField(blank=True, help_text='What a reader who cannot see it must know. Never “image of”.', max_length=255)),
                ('is_decorative', models.BooleanField(default=False, help_text='It tells a reader nothing; screen readers skip it.')),
                ('source', models.CharField(help_text='Who made it, and where it comes from.', max_length=255)),
                ('licence', models.CharField(help_text='Such as “Own work” or “CC BY 4.0”.', max_length=120)),
                ('consent', models.CharField(choices=[('nobody_shown', 'Nobody is shown'), ('given', 'The person shown agreed in writing')], max_length=20)),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'permissions': [('choose_image', 'Can choose image')],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('is_decorative', True), models.Q(('alternative_text', ''), _negated=True), _connector='OR'), name='clinical_picture_described', violation_error_message='Write the alternative text, or tick “decorative”.')],
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='PictureRendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='clinical.picture')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('image', 'filter_spec', 'focal_point_key'), name='clinical_rendition_once')],
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Practitioner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As the public should read it.', max_length=120)),
                ('role', models.CharField(help_text='Such as “Physiotherapist”.', max_length=120)),
                ('registration_body', models.CharField(blank=True, help_text='Such as “HCPC”.', max_length=120)),
                ('registration_number', models.CharField(blank=True, max_length=40)),
                ('biography', models.TextField(blank=True, help_text='Two or three sentences.', max_length=600)),
                ('account', models.OneToOneField(blank=True, help_text='The account this person signs in with, if they have one.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='practitioner', to=settings.AUTH_USER_MODEL)),
                ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='clinical.picture')),
            ],
            options={
                'verbose_name': 'practitioner',
                'verbose_name_plural': 'practitioners',
                'ordering': ['name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
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
        migrations.CreateModel(
            name='ReviewReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.UUIDField()),
                ('month', models.CharField(help_text='Such as 2026-11.', max_length=7)),
                ('sent_at', models.DateTimeField(auto_now_add=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'review reminder',
                'verbose_name_plural': 'review reminders',
                'constraints': [models.UniqueConstraint(fields=('content_key', 'account', 'month'), name='clinical_reminder_once_a_month')],
            },
        ),
        migrations.CreateModel(
            name='SafetyNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('in_short', models.CharField(blank=True, help_text='The sign alone, completing the same label in at most 10 words: “a leg is suddenly cold and pale”. It stands on the card before the first step, and may say more than the text, never less. Without it the whole text stands there.', max_length=60)),
                ('concerns', clinical.words.fields.ChoiceSetField(blank=True, default='', help_text='Whom it is about, for tiers 2 and 3. On the card several notes about the same are read as one.', max_length=400)),
                ('only_with_condition', models.BooleanField(default=False, help_text='Keeps a note of tier 1 out of routines for other conditions than those it hangs on.', verbose_name='only with its condition')),
                ('family_sign', models.CharField(blank=True, help_text='One sign for this note and those below, read as one. It stands only while all are in force.', max_length=60, verbose_name='joint sign')),
                ('family_ready', models.JSONField(blank=True, default=dict, editable=False)),
                ('dose_figure', models.CharField(blank=True, choices=[('hold_seconds', 'Seconds of a hold'), ('repetitions', 'Repetitions'), ('moving_seconds', 'Seconds of moving'), ('sets', 'Sets'), ('load_grams', 'Grams of weight'), ('effort', 'Effort (0 to 10)'), ('sessions_per_day', 'Sessions a day'), ('days_per_week', 'Days a week')], help_text='If it limits how much: which figure …', max_length=20)),
                ('dose_least', models.PositiveSmallIntegerField(blank=True, help_text='… from, included …', null=True)),
                ('dose_most', models.PositiveSmallIntegerField(blank=True, help_text='… to, included.', null=True)),
                ('needs_warm_up', models.BooleanField(default=False, help_text='If a routine it applies to has to begin with a warm-up.')),
                ('kind', models.CharField(choices=[('red_flag', 'Red flag'), ('contraindication', 'Contraindication'), ('stop', 'Stop sign'), ('check_first', 'Check first'), ('population', 'Who should take care'), ('preparation', 'Preparation'), ('do', 'Do'), ('dont', 'Do not'), ('caveat', 'Limits of the evidence')], max_length=20)),
                ('tier', models.PositiveSmallIntegerField(choices=[(1, '1 – Get help'), (2, '2 – Do not, or stop'), (3, '3 – Check first'), (4, '4 – Good to know')], help_text='May be more serious than the kind asks for (a lower number), never milder.')),
                ('urgency', models.CharField(blank=True, choices=[('emergency', 'Emergency: call now'), ('same_day', 'Get help today')], help_text='For tier 1 only: how fast help is needed.', max_length=20)),
                ('text', models.TextField(help_text='Readers see it under a fixed label. Complete it: red flag “… if you have new numbness between your legs”; contraindication “Do not do this if …”; stop sign “Stop if …”; do not “Do not …”. Every other kind is a whole sentence. At most 60 words.', max_length=2000)),
                ('what_to_do', models.TextField(blank=True, help_text='What to do about it, in whole sentences. May stay empty.', max_length=2000)),
                ('action_code', models.SlugField(blank=True, help_text='The action it is about, in one word such as “stretch-after-rising”; notes on one action may not disagree.', max_length=60, verbose_name='action')),
                ('polarity', models.CharField(blank=True, choices=[('do', 'Do'), ('dont', 'Do not')], help_text='Whether it asks for the action or forbids it.', max_length=10)),
                ('moment', models.CharField(blank=True, choices=[('on_waking', 'On waking'), ('before_activity', 'Before activity'), ('after_activity', 'After activity'), ('at_the_desk', 'At the desk'), ('during_symptoms', 'During symptoms'), ('evening', 'In the evening'), ('before_bed', 'Before bed'), ('any_time', 'Any time')], help_text='If it only holds at one time of day or occasion.', max_length=20)),
                ('concerns_step', models.CharField(blank=True, choices=[('set_up', 'Set up'), ('move', 'Move'), ('hold', 'Hold'), ('contract', 'Push'), ('relax', 'Let go'), ('breathe', 'Breathe'), ('return', 'Return')], help_text='If it belongs to one part of an exercise, it is repeated beside that step.', max_length=20)),
                ('source', models.CharField(help_text='Where it comes from: a guideline, a study, your own judgement.', max_length=255)),
                ('reviewed_on', models.DateField(blank=True, null=True)),
                ('review_due', models.DateField(blank=True, help_text='At most three years after the review.', null=True)),
                ('library_id', models.CharField(blank=True, editable=False, max_length=60)),
                ('library_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('rules_out', models.ForeignKey(blank=True, help_text='If the exercises it applies to are not for people with a certain condition.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinical.condition')),
            ],
            options={
                'verbose_name': 'safety note',
                'verbose_name_plural': 'safety notes',
                'ordering': ['tier', 'kind', 'text'],
                'permissions': [('set_tier', 'Can set the tier of a safety note')],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('dose_figure', ''), ('dose_least__isnull', True), ('dose_most__isnull', True)), models.Q(models.Q(('dose_figure', ''), _negated=True), ('dose_least__isnull', False), ('dose_most__gte', models.F('dose_least'))), _connector='OR'), name='clinical_note_dose_complete', violation_error_message='Give all three or none: the figure, the least and the most of it.'), models.CheckConstraint(condition=models.Q(('live', False), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Trim(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.comparison.Cast(models.F('text'), models.TextField()), models.Value('\n', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\r', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\t', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\xa0', output_field=models.TextField()), models.Value('', output_field=models.TextField()))), models.Value('', output_field=models.TextField())), _negated=True), _connector='OR'), name='clinical_note_worded'), models.CheckConstraint(condition=models.Q(('live', False), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Trim(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.comparison.Cast(models.F('source'), models.TextField()), models.Value('\n', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\r', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\t', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\xa0', output_field=models.TextField()), models.Value('', output_field=models.TextField()))), models.Value('', output_field=models.TextField())), _negated=True), _connector='OR'), name='clinical_note_sourced'), models.CheckConstraint(condition=models.Q(('tier__gte', 1), ('tier__lte', 4)), name='clinical_note_tier'), models.CheckConstraint(condition=models.Q(('live', False), models.Q(('kind', 'red_flag'), ('tier__lte', 1)), models.Q(('kind', 'contraindication'), ('tier__lte', 2)), models.Q(('kind', 'stop'), ('tier__lte', 2)), models.Q(('kind', 'check_first'), ('tier__lte', 3)), models.Q(('kind', 'population'), ('tier__lte', 3)), models.Q(('kind', 'preparation'), ('tier__lte', 4)), models.Q(('kind', 'do'), ('tier__lte', 4)), models.Q(('kind', 'dont'), ('tier__lte', 4)), models.Q(('kind', 'caveat'), ('tier__lte', 4)), _connector='OR'), name='clinical_note_tier_fits_kind'), models.CheckConstraint(condition=models.Q(('live', False), models.Q(('tier', 1), ('urgency__in', ['emergency', 'same_day'])), models.Q(('tier__gt', 1), ('urgency', '')), _connector='OR'), name='clinical_note_urgency'), models.CheckConstraint(condition=models.Q(('reviewed_on__isnull', True), ('review_due__isnull', True), ('review_due__gt', models.F('reviewed_on')), _connector='OR'), name='clinical_note_reviewed_before_due', violation_error_message='The next review must come after the last.')],
            },
            bases=(wagtail.models.preview.PreviewableMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='NoteTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('everywhere', models.BooleanField(default=False, help_text='Every exercise, routine and condition.')),
                ('region', models.CharField(blank=True, choices=[('jaw', 'Jaw'), ('neck', 'Neck'), ('shoulder', 'Shoulder'), ('arm', 'Arm'), ('elbow', 'Elbow'), ('forearm', 'Forearm'), ('hand', 'Wrist and hand'), ('chest', 'Chest'), ('upper_back', 'Upper back'), ('low_back', 'Low back'), ('trunk', 'Tummy and sides'), ('pelvic_floor', 'Pelvic floor'), ('hip', 'Hip'), ('buttock', 'Buttock'), ('front_thigh', 'Front of thigh'), ('back_thigh', 'Back of thigh'), ('inner_thigh', 'Inner thigh'), ('knee', 'Knee'), ('lower_leg', 'Calf and lower leg'), ('ankle', 'Ankle'), ('foot', 'Ankle and foot')], max_length=20)),
                ('position', models.CharField(blank=True, choices=[('in_bed', 'In bed'), ('supine', 'Lying on your back'), ('prone', 'Lying on your front'), ('side_lying', 'Lying on your side'), ('long_sitting', 'Sitting on the floor'), ('sitting', 'Sitting on a chair'), ('wheelchair', 'Sitting in a wheelchair'), ('four_point_kneeling', 'On hands and knees'), ('kneeling', 'Kneeling on both knees'), ('half_kneeling', 'Kneeling on one knee'), ('leaning', 'Standing and leaning'), ('standing', 'Standing')], max_length=20)),
                ('equipment', models.CharField(blank=True, choices=[('wall', 'Wall'), ('chair', 'Chair'), ('mat', 'Mat'), ('bed', 'Bed'), ('table', 'Table'), ('doorway', 'Doorway'), ('step', 'Step'), ('towel', 'Towel'), ('support', 'Fixed support'), ('raised_surface', 'Raised surface'), ('small_ball', 'Small ball'), ('cushion', 'Cushion'), ('band', 'Stretch band'), ('dumbbell', 'Dumbbell'), ('water_bottle', 'Water bottle'), ('stick', 'Stick'), ('foam_roller', 'Foam roller'), ('wheelchair', 'Wheelchair')], max_length=20)),
                ('exercise_kind', models.CharField(blank=True, choices=[('warm_up', 'Warm-up'), ('aerobic', 'Aerobic'), ('self_massage', 'Self-massage'), ('dynamic_stretch', 'Dynamic stretch'), ('mobility', 'Mobility'), ('nerve_glide', 'Nerve glide'), ('balance', 'Balance'), ('strengthening', 'Strengthening'), ('isometric', 'Isometric hold'), ('static_stretch', 'Static stretch'), ('breathing', 'Breathing'), ('relaxation', 'Relaxation')], max_length=20, verbose_name='kind of exercise')),
                ('content_key', models.UUIDField(blank=True, db_index=True, editable=False, null=True)),
                ('condition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinical.condition')),
                ('page', models.ForeignKey(blank=True, help_text='An exercise, a routine or a condition’s page.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('note', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='clinical.safetynote')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('condition__isnull', True), ('equipment', ''), ('everywhere', True), ('exercise_kind', ''), ('page__isnull', True), ('position', ''), ('region', '')), models.Q(('condition__isnull', True), ('equipment', ''), ('everywhere', False), ('exercise_kind', ''), ('page__isnull', True), ('position', ''), models.Q(('region', ''), _negated=True)), models.Q(('condition__isnull', True), ('equipment', ''), ('everywhere', False), ('exercise_kind', ''), ('page__isnull', True), ('region', ''), models.Q(('position', ''), _negated=True)), models.Q(('condition__isnull', True), ('everywhere', False), ('exercise_kind', ''), ('page__isnull', True), ('position', ''), ('region', ''), models.Q(('equipment', ''), _negated=True)), models.Q(('condition__isnull', True), ('equipment', ''), ('everywhere', False), ('page__isnull', True), ('position', ''), ('region', ''), models.Q(('exercise_kind', ''), _negated=True)), models.Q(('condition__isnull', False), ('equipment', ''), ('everywhere', False), ('exercise_kind', ''), ('page__isnull', True), ('position', ''), ('region', '')), models.Q(('condition__isnull', True), ('equipment', ''), ('everywhere', False), ('exercise_kind', ''), ('page__isnull', False), ('position', ''), ('region', '')), _connector='OR'), name='clinical_note_target_exactly_one', violation_error_message='Choose exactly one place in each row.'), models.CheckConstraint(condition=models.Q(('page__isnull', True), ('content_key__isnull', False), _connector='OR'), name='clinical_note_target_finds_its_page')],
            },
        ),
        migrations.CreateModel(
            name='FamilyMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(blank=True, max_length=16)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinical.safetynote', verbose_name='safety note')),
                ('note', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='family_members', to='clinical.safetynote')),
            ],
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.UUIDField(db_index=True)),
                ('title', models.CharField(help_text='What it was called when it was withdrawn.', max_length=255)),
                ('reason', models.TextField(help_text='In plain words, for patients.')),
                ('withdrawn_at', models.DateTimeField(auto_now_add=True)),
                ('needs_second_person', models.BooleanField(default=False, help_text='It takes a serious warning away.')),
                ('in_force_at', models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True)),
                ('lifting_asked_at', models.DateTimeField(blank=True, null=True)),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('lifting_reason', models.TextField(blank=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('lifted_by', models.ForeignKey(blank=True, help_text='Who asked to lift it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifting_confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('replaced_by_note', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinical.safetynote')),
                ('withdrawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'withdrawal',
                'verbose_name_plural': 'withdrawals',
                'ordering': ['-withdrawn_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('content_key',), name='clinical_withdrawal_open_once'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Trim(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.comparison.Cast(models.F('reason'), models.TextField()), models.Value('\n', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\r', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\t', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\xa0', output_field=models.TextField()), models.Value('', output_field=models.TextField()))), models.Value('', output_field=models.TextField())), _negated=True), name='clinical_withdrawal_reason'), models.CheckConstraint(condition=models.Q(('needs_second_person', False), ('in_force_at__isnull', True), models.Q(('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('withdrawn_by')), _negated=True)), _connector='OR'), name='clinical_withdrawal_of_warning_by_two'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', True), ('lifting_confirmed_by__isnull', True), ('lifted_by__isnull', True)), models.Q(('lifted_at__isnull', True), ('lifting_confirmed_by__isnull', True), ('lifted_by__isnull', False), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Trim(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.comparison.Cast(models.F('lifting_reason'), models.TextField()), models.Value('\n', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\r', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\t', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\xa0', output_field=models.TextField()), models.Value('', output_field=models.TextField()))), models.Value('', output_field=models.TextField())), _negated=True)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False), ('lifting_confirmed_by__isnull', False), models.Q(('lifted_by', models.F('lifting_confirmed_by')), _negated=True), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Trim(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.comparison.Cast(models.F('lifting_reason'), models.TextField()), models.Value('\n', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\r', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\t', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\xa0', output_field=models.TextField()), models.Value('', output_field=models.TextField()))), models.Value('', output_field=models.TextField())), _negated=True)), _connector='OR'), name='clinical_withdrawal_lifted_by_two')],
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(choices=[('reviewed', 'Approved by a colleague'), ('library', 'Came with a published library'), ('code', 'Came with the site itself')], max_length=20)),
                ('content_key', models.UUIDField()),
                ('content_hash', models.CharField(max_length=80)),
                ('language', models.CharField(blank=True, help_text="Of the words; a translation's share their original's key.", max_length=12)),
                ('title', models.CharField(max_length=255)),
                ('writers', models.JSONField(default=list, help_text='The accounts that changed it since it was live.')),
                ('approved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reviewed_on', models.DateField(blank=True, null=True)),
                ('review_due', models.DateField(blank=True, null=True)),
                ('comment', models.TextField(blank=True)),
                ('approver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-approved_at', '-pk'],
                'indexes': [models.Index(fields=['content_key', 'content_hash'], name='clinical_approval_of_words')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('approver__isnull', False), ('basis', 'reviewed')), models.Q(('approver__isnull', True), ('basis__in', ('library', 'code'))), _connector='OR'), name='clinical_approval_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('submitted', 'Submitted for review'), ('changes_requested', 'Changes requested'), ('review_cancelled', 'Review cancelled'), ('approved', 'Approved'), ('published', 'Published'), ('refused', 'Refused by the publish gate'), ('taken_off', 'Taken off the site'), ('tier_changed', 'Tier changed'), ('deleted', 'Deleted'), ('proposed', 'Proposed to a second person'), ('declined', 'Proposal declined'), ('withdrawn', 'Withdrawn'), ('lifted', 'Withdrawal lifted'), ('overridden', 'Rule overridden'), ('changed', 'Shared words changed'), ('link_made', 'Share link made'), ('link_revoked', 'Share link revoked'), ('link_replaced', 'Share link replaced'), ('invited', 'Invited'), ('account_made', 'Account made'), ('account_changed', 'Account changed'), ('group_changed', 'Group changed'), ('superuser_made', 'Superuser made'), ('superuser_unmade', 'No longer a superuser'), ('deactivated', 'Account deactivated'), ('reactivated', 'Account reactivated'), ('account_deleted', 'Account deleted'), ('permissions_changed', 'Permissions changed'), ('privacy_changed', 'Who may see it changed'), ('workflow_changed', 'Road to publication changed'), ('settings_changed', 'Settings of the site changed'), ('let_in', 'Allowed to sign in again')], max_length=20, verbose_name='decision')),
                ('content_key', models.UUIDField(blank=True, db_index=True, null=True)),
                ('title', models.CharField(help_text='What it was called then.', max_length=255, verbose_name='about')),
                ('reason', models.TextField(blank=True, verbose_name='why')),
                ('details', models.JSONField(blank=True, default=dict)),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='when')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('second', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='second person')),
            ],
            options={
                'verbose_name': 'audit entry',
                'verbose_name_plural': 'audit',
                'ordering': ['-at', '-pk'],
                'permissions': [('audit_live', 'Can ask everything live again')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('action__in', ('withdrawn', 'lifted', 'overridden')), _negated=True), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Trim(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.comparison.Cast(models.F('reason'), models.TextField()), models.Value('\n', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\r', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\t', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\xa0', output_field=models.TextField()), models.Value('', output_field=models.TextField()))), models.Value('', output_field=models.TextField())), _negated=True), _connector='OR'), name='clinical_audit_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('action__in', ('lifted', 'overridden')), _negated=True), models.Q(('by__isnull', False), ('second__isnull', False), models.Q(('by', models.F('second')), _negated=True)), _connector='OR'), name='clinical_audit_by_two')],
            },
        ),
        migrations.AlterUniqueTogether(
            name='safetynote',
            unique_together={('translation_key', 'locale')},
        ),
    ]
