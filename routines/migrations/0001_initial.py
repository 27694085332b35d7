import clinical.words.fields
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import routines.models.prescriptions
import routines.models.routes
import uuid
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clinical', '0002_clinical_records'),
        ('clinical', '__first__'),
        ('exercises', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='RoutineIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('content_key', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('introduction', models.TextField(blank=True, help_text='One or two sentences above the list.')),
            ],
            options={
                'verbose_name': 'list of routines',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='RoutineCondition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evidence', models.CharField(choices=[('guideline', 'Guideline'), ('trial', 'Trial'), ('consensus', 'Expert consensus'), ('untested', 'Untested')], help_text='How well this use is supported. “Untested” is an honest answer.', max_length=20)),
                ('statement', models.CharField(help_text='The same in one sentence for patients: “No trial has tested this stretch for restless legs.”', max_length=255)),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(app_label)s_%(class)s_items', to='clinical.condition', verbose_name='condition')),
            ],
            options={
                'abstract': False,
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='RoutinePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('content_key', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('purpose', models.CharField(help_text='One line for patients: what it is good for. “A gentle floor stretch for the back of the thigh.”', max_length=255)),
                ('who_it_is_for', models.TextField(help_text='Who it suits, in a sentence or two.')),
                ('check_first_if', models.TextField(help_text='Who should ask a clinician before starting: after an operation, in pregnancy, with thin bones …', verbose_name='check first if')),
                ('evidence_summary', models.TextField(help_text='What is known about it, and what is not. Never more than the sources say.')),
                ('dos', clinical.words.fields.LinesField(blank=True, help_text='One a line, starting with a verb: “keep your back long”.', verbose_name='do')),
                ('donts', clinical.words.fields.LinesField(blank=True, help_text='One a line, completing “Do not …”: “bounce or force it”.', verbose_name='do not')),
                ('review_state', models.CharField(choices=[('reviewed', 'Reviewed by a clinician'), ('unreviewed', 'Not yet confirmed by a clinician')], default='reviewed', max_length=20)),
                ('reviewed_on', models.DateField(blank=True, help_text='Change it only after reading the whole page.', null=True)),
                ('review_due', models.DateField(blank=True, help_text='At most three years after the review.', null=True)),
                ('library_id', models.CharField(blank=True, editable=False, max_length=60)),
                ('library_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('came_published', models.BooleanField(default=False, editable=False, help_text='Loaded from a library file that was asked to be published.')),
                ('moments', clinical.words.fields.ChoiceSetField(default=tuple, help_text='When in the day, or round what.', max_length=255)),
                ('sessions_per_day', models.PositiveSmallIntegerField(help_text='How often a day.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)])),
                ('days_per_week', models.PositiveSmallIntegerField(help_text='On how many days a week.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)])),
                ('weeks', models.PositiveSmallIntegerField(blank=True, help_text='For how many weeks; empty for as long as it helps.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(52)])),
                ('weeks_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range.', null=True, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(52)], verbose_name='weeks, at most')),
                ('expect_change', models.TextField(help_text='What most people notice, and when.', verbose_name='when to expect a change')),
                ('see_someone', models.TextField(help_text='When to ask for help if nothing changes.', verbose_name='when to see someone')),
                ('advice', wagtail.fields.StreamField([('heading', 0), ('paragraph', 1), ('points', 3)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'A few words.', 'icon': 'title', 'max_length': 255}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ul', 'ol', 'link'], 'help_text': 'Short sentences, plain verbs.'}), 2: ('wagtail.blocks.CharBlock', (), {'max_length': 255}), 3: ('wagtail.blocks.ListBlock', (2,), {'help_text': 'One thought a line.', 'icon': 'list-ul'})}, help_text='Cushion, foot stool, water …', verbose_name='everyday advice')),
                ('chosen_despite', models.JSONField(blank=True, default=list, editable=False)),
                ('author', models.ForeignKey(blank=True, help_text='Who wrote it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conditions', modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='routines.RoutineCondition', to='clinical.Condition', verbose_name='Tags')),
                ('reviewer', models.ForeignKey(blank=True, help_text='The colleague who checked it; never the author.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'routine',
                'verbose_name_plural': 'routines',
                'constraints': [models.CheckConstraint(condition=models.Q(('sessions_per_day__isnull', True), models.Q(('sessions_per_day__gte', 1), ('sessions_per_day__lte', 12)), _connector='OR'), name='routines_routinepage_sessions_per_day'), models.CheckConstraint(condition=models.Q(('days_per_week__isnull', True), models.Q(('days_per_week__gte', 1), ('days_per_week__lte', 7)), _connector='OR'), name='routines_routinepage_days_per_week'), models.CheckConstraint(condition=models.Q(('weeks__isnull', True), models.Q(('weeks__gte', 1), ('weeks__lte', 52)), _connector='OR'), name='routines_routinepage_weeks'), models.CheckConstraint(condition=models.Q(('weeks_most__isnull', True), models.Q(('weeks__isnull', False), ('weeks_most__gt', models.F('weeks'))), _connector='OR'), name='routines_routinepage_weeks_most', violation_error_message='A range of weeks needs its lower end, and a higher one above it.')],
            },
            bases=(routines.models.routes.RoutineRoutesMixin, wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='RoutineItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('hold_seconds', models.PositiveSmallIntegerField(blank=True, help_text='Seconds one repetition is held. Most adults 10–30; older adults 30–60 (ACSM).', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)])),
                ('hold_seconds_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range: the longest hold in seconds.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='hold seconds, at most')),
                ('repetitions', models.PositiveSmallIntegerField(blank=True, help_text='How many times. For stretches usually 2–4 (ACSM).', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)])),
                ('repetitions_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range: the most repetitions.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='repetitions, at most')),
                ('seconds_per_repetition', models.PositiveSmallIntegerField(blank=True, help_text='Seconds one repetition takes when nothing is held; 4 is usual.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)])),
                ('moving_seconds', models.PositiveSmallIntegerField(blank=True, help_text='Seconds of moving: 300 for five minutes of walking.', null=True, validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(1800)])),
                ('moving_seconds_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range: the most seconds of moving.', null=True, validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(1800)], verbose_name='moving seconds, at most')),
                ('sets', models.PositiveSmallIntegerField(blank=True, help_text='How many groups of repetitions; usually 1.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)])),
                ('rest_seconds', models.PositiveSmallIntegerField(blank=True, help_text='Seconds of rest between sets.', null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(600)])),
                ('intensity_cue', models.CharField(blank=True, help_text='How it should feel, and its ceiling: “A mild pull, never pain.”', max_length=255)),
                ('sessions_per_day', models.PositiveSmallIntegerField(blank=True, help_text='How often a day.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)])),
                ('days_per_week', models.PositiveSmallIntegerField(blank=True, help_text='On how many days a week; most stretches do best on most days.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)])),
                ('phase', models.CharField(choices=[('warm_up', 'Warm-up'), ('main', 'Main part'), ('cool_down', 'Cool-down')], default='main', max_length=20)),
                ('side', models.CharField(blank=True, choices=[('each', 'Each side'), ('left', 'Left side'), ('right', 'Right side'), ('both', 'Both sides together')], help_text='Left, right or each for a one-sided exercise; empty takes the usual: each side, or both together.', max_length=10)),
                ('cue', models.CharField(blank=True, help_text='What to remember here: “Tip from the hips.”', max_length=255)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='routine_items', to='exercises.exercisepage')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='routines.routinepage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('hold_seconds__isnull', True), models.Q(('hold_seconds__gte', 1), ('hold_seconds__lte', 120)), _connector='OR'), name='routines_routineitem_hold_seconds'), models.CheckConstraint(condition=models.Q(('repetitions__isnull', True), models.Q(('repetitions__gte', 1), ('repetitions__lte', 100)), _connector='OR'), name='routines_routineitem_repetitions'), models.CheckConstraint(condition=models.Q(('seconds_per_repetition__isnull', True), models.Q(('seconds_per_repetition__gte', 1), ('seconds_per_repetition__lte', 60)), _connector='OR'), name='routines_routineitem_seconds_per_repetition'), models.CheckConstraint(condition=models.Q(('moving_seconds__isnull', True), models.Q(('moving_seconds__gte', 10), ('moving_seconds__lte', 1800)), _connector='OR'), name='routines_routineitem_moving_seconds'), models.CheckConstraint(condition=models.Q(('sets__isnull', True), models.Q(('sets__gte', 1), ('sets__lte', 10)), _connector='OR'), name='routines_routineitem_sets'), models.CheckConstraint(condition=models.Q(('rest_seconds__isnull', True), models.Q(('rest_seconds__gte', 0), ('rest_seconds__lte', 600)), _connector='OR'), name='routines_routineitem_rest_seconds'), models.CheckConstraint(condition=models.Q(('sessions_per_day__isnull', True), models.Q(('sessions_per_day__gte', 1), ('sessions_per_day__lte', 12)), _connector='OR'), name='routines_routineitem_sessions_per_day'), models.CheckConstraint(condition=models.Q(('days_per_week__isnull', True), models.Q(('days_per_week__gte', 1), ('days_per_week__lte', 7)), _connector='OR'), name='routines_routineitem_days_per_week'), models.CheckConstraint(condition=models.Q(('hold_seconds_most__isnull', True), models.Q(('hold_seconds_most__gte', 1), ('hold_seconds_most__lte', 120)), _connector='OR'), name='routines_routineitem_hold_seconds_most'), models.CheckConstraint(condition=models.Q(('repetitions_most__isnull', True), models.Q(('repetitions_most__gte', 1), ('repetitions_most__lte', 100)), _connector='OR'), name='routines_routineitem_repetitions_most'), models.CheckConstraint(condition=models.Q(('moving_seconds_most__isnull', True), models.Q(('moving_seconds_most__gte', 10), ('moving_seconds_most__lte', 1800)), _connector='OR'), name='routines_routineitem_moving_seconds_most'), models.CheckConstraint(condition=models.Q(('hold_seconds__isnull', True), ('moving_seconds__isnull', True), _connector='OR'), name='routines_routineitem_one_measure', violation_error_message='Choose one measure: a hold or a moving time, not both.')],
            },
            bases=(routines.models.prescriptions.PrescribingMixin, models.Model),
        ),
        migrations.AddField(
            model_name='routinecondition',
            name='content_object',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='condition_uses', to='routines.routinepage'),
        ),
        migrations.CreateModel(
            name='RoutineSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(help_text='What a reader could look up: author, title, year.', max_length=255)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('doi', models.CharField(blank=True, help_text='Such as 10.5664/jcsm.11390.', max_length=120, verbose_name='DOI')),
                ('pmid', models.CharField(blank=True, max_length=20, verbose_name='PubMed number')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='routines.routinepage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='routinecondition',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('content_object', 'tag'), name='routines_routinecondition_once', violation_error_message='This condition is already in the list.'),
        ),
    ]
