import clinical.words.fields
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import routines.models.item_faults
import routines.models.prescriptions
import routines.models.routes
import uuid
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('routines', '0001_initial'), ('routines', '0002_signs_in_short'), ('routines', '0003_rest_between_holds'), ('routines', '0004_more_words'), ('routines', '0005_dose'), ('routines', '0006_item_weeks'), ('routines', '0007_step_up')]

    initial = True

    dependencies = [
        ('clinical', '0006_more_dose_figures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('exercises', '0006_step_up'),
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
                ('evidence', models.CharField(choices=[('guideline', 'Guideline'), ('trial', 'Trial'), ('consensus', 'Expert consensus'), ('untested', 'Untested'), ('no_benefit', 'No benefit found'), ('guideline_against', 'Guideline against')], help_text='How well this use is supported. “Untested” is an honest answer.', max_length=20)),
                ('statement', models.CharField(help_text='The same in one sentence for patients: “No trial has tested this stretch for restless legs.”', max_length=255)),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(app_label)s_%(class)s_items', to='clinical.condition', verbose_name='condition')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoutinePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('content_key', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('purpose', models.CharField(help_text='One line for patients: what it is good for. “A gentle floor stretch for the back of the thigh.”', max_length=255)),
                ('who_it_is_for', models.TextField(help_text='Who it suits, in a sentence or two.')),
                ('check_first_concerns', clinical.words.fields.ChoiceSetField(blank=True, default='', help_text='Who should ask a clinician before starting. A routine says each of them once.', max_length=400, verbose_name='ask first: whom it concerns')),
                ('check_first_if', clinical.words.fields.LinesField(blank=True, help_text='What the list above does not have, one a line, completing “Ask first if …”: “kneeling hurts”.', verbose_name='ask first if')),
                ('evidence_summary', models.TextField(help_text='What is known about it, and what is not. Never more than the sources say.')),
                ('dos', clinical.words.fields.LinesField(blank=True, help_text='One a line, starting with a verb: “keep your back long”.', verbose_name='do')),
                ('donts', clinical.words.fields.LinesField(blank=True, help_text='One a line, completing “Do not …”: “bounce or force it”.', verbose_name='do not')),
                ('review_state', models.CharField(choices=[('reviewed', 'Reviewed by a clinician'), ('unreviewed', 'Not yet confirmed by a clinician')], default='reviewed', max_length=20)),
                ('reviewed_on', models.DateField(blank=True, help_text='Change it only after reading the whole page.', null=True)),
                ('review_due', models.DateField(blank=True, help_text='At most three years after the review.', null=True)),
                ('library_id', models.CharField(blank=True, editable=False, max_length=60)),
                ('library_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('came_published', models.BooleanField(default=False, editable=False, help_text='Loaded from a library file that was asked to be published.')),
                ('sessions_per_day', models.PositiveSmallIntegerField(blank=True, help_text='How often a day; hourly while awake is 16.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(16)])),
                ('sessions_per_day_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range: the most times a day.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(16)], verbose_name='sessions per day, at most')),
                ('days_per_week', models.PositiveSmallIntegerField(blank=True, help_text='On how many days a week; most stretches do best on most days.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)])),
                ('days_per_week_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range: the most days a week.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)], verbose_name='days per week, at most')),
                ('every_days', models.PositiveSmallIntegerField(blank=True, help_text='Instead of days a week: 2 for every second day, 3 for every third.', null=True, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(14)], verbose_name='every so many days')),
                ('as_needed', models.BooleanField(default=False, help_text='Instead of times and days: whenever it is needed, such as during an attack. Nothing is planned for it.', verbose_name='as needed')),
                ('as_needed_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for as needed: the most times a day.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(16)], verbose_name='as needed, at most a day')),
                ('moments', clinical.words.fields.ChoiceSetField(default=tuple, help_text='When in the day, or round what.', max_length=255)),
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
                'constraints': [models.CheckConstraint(condition=models.Q(('sessions_per_day__isnull', True), models.Q(('sessions_per_day__gte', 1), ('sessions_per_day__lte', 16)), _connector='OR'), name='routines_routinepage_sessions_per_day'), models.CheckConstraint(condition=models.Q(('sessions_per_day_most__isnull', True), models.Q(('sessions_per_day_most__gte', 1), ('sessions_per_day_most__lte', 16)), _connector='OR'), name='routines_routinepage_sessions_per_day_most'), models.CheckConstraint(condition=models.Q(('days_per_week__isnull', True), models.Q(('days_per_week__gte', 1), ('days_per_week__lte', 7)), _connector='OR'), name='routines_routinepage_days_per_week'), models.CheckConstraint(condition=models.Q(('days_per_week_most__isnull', True), models.Q(('days_per_week_most__gte', 1), ('days_per_week_most__lte', 7)), _connector='OR'), name='routines_routinepage_days_per_week_most'), models.CheckConstraint(condition=models.Q(('every_days__isnull', True), models.Q(('every_days__gte', 2), ('every_days__lte', 14)), _connector='OR'), name='routines_routinepage_every_days'), models.CheckConstraint(condition=models.Q(('as_needed_most__isnull', True), models.Q(('as_needed_most__gte', 1), ('as_needed_most__lte', 16)), _connector='OR'), name='routines_routinepage_as_needed_most'), models.CheckConstraint(condition=models.Q(models.Q(('as_needed_most__isnull', True), ('as_needed', True), _connector='OR'), models.Q(('as_needed', False), models.Q(('days_per_week__isnull', True), ('days_per_week_most__isnull', True), ('every_days__isnull', True), ('sessions_per_day__isnull', True), ('sessions_per_day_most__isnull', True)), _connector='OR'), models.Q(('every_days__isnull', True), ('days_per_week__isnull', True), _connector='OR')), name='routines_routinepage_one_frequency', violation_error_message='Say how often in one way: so many times on so many days a week, every so many days, or as needed.'), models.CheckConstraint(condition=models.Q(('weeks__isnull', True), models.Q(('weeks__gte', 1), ('weeks__lte', 52)), _connector='OR'), name='routines_routinepage_weeks'), models.CheckConstraint(condition=models.Q(('weeks_most__isnull', True), models.Q(('weeks__isnull', False), ('weeks_most__gt', models.F('weeks'))), _connector='OR'), name='routines_routinepage_weeks_most', violation_error_message='A range of weeks needs its lower end, and a higher one above it.')],
            },
            bases=(routines.models.routes.RoutineRoutesMixin, wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='RoutineItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('sessions_per_day', models.PositiveSmallIntegerField(blank=True, help_text='How often a day; hourly while awake is 16.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(16)])),
                ('sessions_per_day_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range: the most times a day.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(16)], verbose_name='sessions per day, at most')),
                ('days_per_week', models.PositiveSmallIntegerField(blank=True, help_text='On how many days a week; most stretches do best on most days.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)])),
                ('days_per_week_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range: the most days a week.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)], verbose_name='days per week, at most')),
                ('every_days', models.PositiveSmallIntegerField(blank=True, help_text='Instead of days a week: 2 for every second day, 3 for every third.', null=True, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(14)], verbose_name='every so many days')),
                ('as_needed', models.BooleanField(default=False, help_text='Instead of times and days: whenever it is needed, such as during an attack. Nothing is planned for it.', verbose_name='as needed')),
                ('as_needed_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for as needed: the most times a day.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(16)], verbose_name='as needed, at most a day')),
                ('hold_seconds', models.PositiveSmallIntegerField(blank=True, help_text='Seconds one repetition is held. Most adults 10–30; older adults 30–60 (ACSM).', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)])),
                ('hold_seconds_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range: the longest hold in seconds.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='hold seconds, at most')),
                ('contract_seconds', models.PositiveSmallIntegerField(blank=True, help_text='Seconds the muscle is tensed before it is stretched (contract–relax); usually 3–10.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='tense, seconds')),
                ('relax_seconds', models.PositiveSmallIntegerField(blank=True, help_text='Seconds to let go, between tensing and stretching; usually 2.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='let go, seconds')),
                ('stretch_seconds', models.PositiveSmallIntegerField(blank=True, help_text='Seconds of stretching after letting go; usually 10–30.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='then stretch, seconds')),
                ('repetitions', models.PositiveSmallIntegerField(blank=True, help_text='How many times. For stretches usually 2–4 (ACSM).', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)])),
                ('repetitions_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range: the most repetitions.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='repetitions, at most')),
                ('repetitions_up_to', models.PositiveSmallIntegerField(blank=True, help_text='Instead of repetitions: as many as are comfortable, up to this many.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='as many as comfortable, up to')),
                ('rest_between_seconds', models.PositiveSmallIntegerField(blank=True, help_text='Seconds of rest after each hold, before the next one on the same side. Without it there are 3.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='rest between holds, seconds')),
                ('rest_between_seconds_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range: the longest rest between holds in seconds.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='rest between holds, seconds, at most')),
                ('seconds_per_repetition', models.PositiveSmallIntegerField(blank=True, help_text='Seconds one repetition takes when nothing is held; 4 is usual.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)])),
                ('tempo_out_seconds', models.PositiveSmallIntegerField(blank=True, help_text='A tempo: seconds out, such as lifting.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='out, seconds')),
                ('tempo_hold_seconds', models.PositiveSmallIntegerField(blank=True, help_text='Seconds at the end of it.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='hold, seconds')),
                ('tempo_back_seconds', models.PositiveSmallIntegerField(blank=True, help_text='Seconds back, such as lowering.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='back, seconds')),
                ('moving_seconds', models.PositiveSmallIntegerField(blank=True, help_text='Seconds of moving: 300 for five minutes of walking.', null=True, validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(3600)])),
                ('moving_seconds_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range: the most seconds of moving.', null=True, validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(3600)], verbose_name='moving seconds, at most')),
                ('band', models.CharField(blank=True, choices=[('light', 'light'), ('medium', 'medium'), ('strong', 'strong'), ('yellow', 'yellow'), ('red', 'red'), ('green', 'green'), ('blue', 'blue'), ('black', 'black'), ('silver', 'silver'), ('gold', 'gold')], default='', help_text='The band it is done with; otherwise it is body weight.', max_length=20)),
                ('load_grams', models.PositiveSmallIntegerField(blank=True, help_text='The weight it is done with, in grams: 1500 is 1.5 kg.', null=True, validators=[django.core.validators.MinValueValidator(50), django.core.validators.MaxValueValidator(30000)], verbose_name='weight, grams')),
                ('effort', models.PositiveSmallIntegerField(blank=True, help_text='How hard it should feel: 0 is nothing, 4 somewhat hard, 10 the hardest there is (Borg CR10).', null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(10)], verbose_name='effort, out of 10')),
                ('effort_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range: the hardest it should feel.', null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(10)], verbose_name='effort, at most')),
                ('sets', models.PositiveSmallIntegerField(blank=True, help_text='How many groups of repetitions; usually 1.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)])),
                ('sets_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range: the most sets.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='sets, at most')),
                ('rest_seconds', models.PositiveSmallIntegerField(blank=True, help_text='Seconds of rest between sets.', null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(600)])),
                ('rest_seconds_most', models.PositiveSmallIntegerField(blank=True, help_text='Only for a range: the longest rest between sets in seconds.', null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(600)], verbose_name='rest between sets, seconds, at most')),
                ('intensity_cue', models.CharField(blank=True, default='', help_text='How it should feel, and its ceiling: “A mild pull, never pain.”', max_length=255)),
                ('steps_up', models.CharField(blank=True, choices=[('hold_seconds', 'Seconds of the hold'), ('repetitions', 'Repetitions'), ('sets', 'Sets'), ('moving_seconds', 'Seconds of moving'), ('load_grams', 'Weight in grams')], default='', help_text='Which figure goes up when it has become easy. The reader is asked each time; it never goes up by itself.', max_length=20, verbose_name='steps up')),
                ('steps_up_by', models.PositiveSmallIntegerField(blank=True, help_text='By how much, in the unit of the figure: 1 repetition, 5 seconds, 500 grams.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10000)], verbose_name='steps up by')),
                ('steps_up_every_days', models.PositiveSmallIntegerField(blank=True, help_text='After so many days at the earliest; empty for whenever it has become easy.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(28)], verbose_name='steps up every so many days')),
                ('steps_up_to', models.PositiveSmallIntegerField(blank=True, help_text='Up to what: 15 repetitions, 60 seconds. Notes that limit the dose are held against it.', null=True, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(30000)], verbose_name='steps up to')),
                ('from_week', models.PositiveSmallIntegerField(blank=True, help_text='Only from this week on; empty for from the beginning.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(52)])),
                ('to_week', models.PositiveSmallIntegerField(blank=True, help_text='Only until the end of this week; empty for until the end.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(52)])),
                ('phase', models.CharField(choices=[('warm_up', 'Warm-up'), ('main', 'Main part'), ('cool_down', 'Cool-down')], default='main', max_length=20)),
                ('side', models.CharField(blank=True, choices=[('each', 'Each side'), ('left', 'Left side'), ('right', 'Right side'), ('both', 'Both sides together'), ('in_turn', 'Left and right in turn')], help_text='Left, right or each for a one-sided exercise; empty takes the usual: each side, or both together.', max_length=10)),
                ('cue', models.CharField(blank=True, help_text='What to remember here: “Tip from the hips.”', max_length=255)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='routine_items', to='exercises.exercisepage')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='routines.routinepage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('sessions_per_day__isnull', True), models.Q(('sessions_per_day__gte', 1), ('sessions_per_day__lte', 16)), _connector='OR'), name='routines_routineitem_sessions_per_day'), models.CheckConstraint(condition=models.Q(('sessions_per_day_most__isnull', True), models.Q(('sessions_per_day_most__gte', 1), ('sessions_per_day_most__lte', 16)), _connector='OR'), name='routines_routineitem_sessions_per_day_most'), models.CheckConstraint(condition=models.Q(('days_per_week__isnull', True), models.Q(('days_per_week__gte', 1), ('days_per_week__lte', 7)), _connector='OR'), name='routines_routineitem_days_per_week'), models.CheckConstraint(condition=models.Q(('days_per_week_most__isnull', True), models.Q(('days_per_week_most__gte', 1), ('days_per_week_most__lte', 7)), _connector='OR'), name='routines_routineitem_days_per_week_most'), models.CheckConstraint(condition=models.Q(('every_days__isnull', True), models.Q(('every_days__gte', 2), ('every_days__lte', 14)), _connector='OR'), name='routines_routineitem_every_days'), models.CheckConstraint(condition=models.Q(('as_needed_most__isnull', True), models.Q(('as_needed_most__gte', 1), ('as_needed_most__lte', 16)), _connector='OR'), name='routines_routineitem_as_needed_most'), models.CheckConstraint(condition=models.Q(models.Q(('as_needed_most__isnull', True), ('as_needed', True), _connector='OR'), models.Q(('as_needed', False), models.Q(('days_per_week__isnull', True), ('days_per_week_most__isnull', True), ('every_days__isnull', True), ('sessions_per_day__isnull', True), ('sessions_per_day_most__isnull', True)), _connector='OR'), models.Q(('every_days__isnull', True), ('days_per_week__isnull', True), _connector='OR')), name='routines_routineitem_one_frequency', violation_error_message='Say how often in one way: so many times on so many days a week, every so many days, or as needed.'), models.CheckConstraint(condition=models.Q(('steps_up_by__isnull', True), models.Q(('steps_up_by__gte', 1), ('steps_up_by__lte', 10000)), _connector='OR'), name='routines_routineitem_steps_up_by'), models.CheckConstraint(condition=models.Q(('steps_up_every_days__isnull', True), models.Q(('steps_up_every_days__gte', 1), ('steps_up_every_days__lte', 28)), _connector='OR'), name='routines_routineitem_steps_up_every_days'), models.CheckConstraint(condition=models.Q(('steps_up_to__isnull', True), models.Q(('steps_up_to__gte', 2), ('steps_up_to__lte', 30000)), _connector='OR'), name='routines_routineitem_steps_up_to'), models.CheckConstraint(condition=models.Q(('hold_seconds__isnull', True), models.Q(('hold_seconds__gte', 1), ('hold_seconds__lte', 600)), _connector='OR'), name='routines_routineitem_hold_seconds'), models.CheckConstraint(condition=models.Q(('hold_seconds_most__isnull', True), models.Q(('hold_seconds_most__gte', 1), ('hold_seconds_most__lte', 600)), _connector='OR'), name='routines_routineitem_hold_seconds_most'), models.CheckConstraint(condition=models.Q(('contract_seconds__isnull', True), models.Q(('contract_seconds__gte', 1), ('contract_seconds__lte', 120)), _connector='OR'), name='routines_routineitem_contract_seconds'), models.CheckConstraint(condition=models.Q(('relax_seconds__isnull', True), models.Q(('relax_seconds__gte', 1), ('relax_seconds__lte', 120)), _connector='OR'), name='routines_routineitem_relax_seconds'), models.CheckConstraint(condition=models.Q(('stretch_seconds__isnull', True), models.Q(('stretch_seconds__gte', 1), ('stretch_seconds__lte', 120)), _connector='OR'), name='routines_routineitem_stretch_seconds'), models.CheckConstraint(condition=models.Q(('repetitions__isnull', True), models.Q(('repetitions__gte', 1), ('repetitions__lte', 100)), _connector='OR'), name='routines_routineitem_repetitions'), models.CheckConstraint(condition=models.Q(('repetitions_most__isnull', True), models.Q(('repetitions_most__gte', 1), ('repetitions_most__lte', 100)), _connector='OR'), name='routines_routineitem_repetitions_most'), models.CheckConstraint(condition=models.Q(('repetitions_up_to__isnull', True), models.Q(('repetitions_up_to__gte', 1), ('repetitions_up_to__lte', 100)), _connector='OR'), name='routines_routineitem_repetitions_up_to'), models.CheckConstraint(condition=models.Q(('rest_between_seconds__isnull', True), models.Q(('rest_between_seconds__gte', 1), ('rest_between_seconds__lte', 600)), _connector='OR'), name='routines_routineitem_rest_between_seconds'), models.CheckConstraint(condition=models.Q(('rest_between_seconds_most__isnull', True), models.Q(('rest_between_seconds_most__gte', 1), ('rest_between_seconds_most__lte', 600)), _connector='OR'), name='routines_routineitem_rest_between_seconds_most'), models.CheckConstraint(condition=models.Q(('seconds_per_repetition__isnull', True), models.Q(('seconds_per_repetition__gte', 1), ('seconds_per_repetition__lte', 60)), _connector='OR'), name='routines_routineitem_seconds_per_repetition'), models.CheckConstraint(condition=models.Q(('tempo_out_seconds__isnull', True), models.Q(('tempo_out_seconds__gte', 1), ('tempo_out_seconds__lte', 20)), _connector='OR'), name='routines_routineitem_tempo_out_seconds'), models.CheckConstraint(condition=models.Q(('tempo_hold_seconds__isnull', True), models.Q(('tempo_hold_seconds__gte', 1), ('tempo_hold_seconds__lte', 20)), _connector='OR'), name='routines_routineitem_tempo_hold_seconds'), models.CheckConstraint(condition=models.Q(('tempo_back_seconds__isnull', True), models.Q(('tempo_back_seconds__gte', 1), ('tempo_back_seconds__lte', 20)), _connector='OR'), name='routines_routineitem_tempo_back_seconds'), models.CheckConstraint(condition=models.Q(('moving_seconds__isnull', True), models.Q(('moving_seconds__gte', 10), ('moving_seconds__lte', 3600)), _connector='OR'), name='routines_routineitem_moving_seconds'), models.CheckConstraint(condition=models.Q(('moving_seconds_most__isnull', True), models.Q(('moving_seconds_most__gte', 10), ('moving_seconds_most__lte', 3600)), _connector='OR'), name='routines_routineitem_moving_seconds_most'), models.CheckConstraint(condition=models.Q(('load_grams__isnull', True), models.Q(('load_grams__gte', 50), ('load_grams__lte', 30000)), _connector='OR'), name='routines_routineitem_load_grams'), models.CheckConstraint(condition=models.Q(('effort__isnull', True), models.Q(('effort__gte', 0), ('effort__lte', 10)), _connector='OR'), name='routines_routineitem_effort'), models.CheckConstraint(condition=models.Q(('effort_most__isnull', True), models.Q(('effort_most__gte', 0), ('effort_most__lte', 10)), _connector='OR'), name='routines_routineitem_effort_most'), models.CheckConstraint(condition=models.Q(('sets__isnull', True), models.Q(('sets__gte', 1), ('sets__lte', 10)), _connector='OR'), name='routines_routineitem_sets'), models.CheckConstraint(condition=models.Q(('sets_most__isnull', True), models.Q(('sets_most__gte', 1), ('sets_most__lte', 10)), _connector='OR'), name='routines_routineitem_sets_most'), models.CheckConstraint(condition=models.Q(('rest_seconds__isnull', True), models.Q(('rest_seconds__gte', 0), ('rest_seconds__lte', 600)), _connector='OR'), name='routines_routineitem_rest_seconds'), models.CheckConstraint(condition=models.Q(('rest_seconds_most__isnull', True), models.Q(('rest_seconds_most__gte', 0), ('rest_seconds_most__lte', 600)), _connector='OR'), name='routines_routineitem_rest_seconds_most'), models.CheckConstraint(condition=models.Q(('hold_seconds__isnull', True), ('moving_seconds__isnull', True), _connector='OR'), name='routines_routineitem_one_measure', violation_error_message='Choose one measure: a hold or a moving time, not both.'), models.CheckConstraint(condition=models.Q(('contract_seconds__isnull', True), models.Q(('hold_seconds__isnull', True), ('moving_seconds__isnull', True)), _connector='OR'), name='routines_routineitem_one_stretch', violation_error_message='Choose one measure: tensing and letting go is neither a hold nor a moving time.'), models.CheckConstraint(condition=models.Q(('repetitions__isnull', True), ('repetitions_up_to__isnull', True), _connector='OR'), name='routines_routineitem_one_count', violation_error_message='Say how many repetitions, or up to how many, not both.'), models.CheckConstraint(condition=models.Q(('band', ''), ('load_grams__isnull', True), _connector='OR'), name='routines_routineitem_one_load', violation_error_message='It is done with a band or with a weight, not both.'), models.CheckConstraint(condition=models.Q(('band__in', ['', 'light', 'medium', 'strong', 'yellow', 'red', 'green', 'blue', 'black', 'silver', 'gold'])), name='routines_routineitem_band', violation_error_message='Choose one of the bands.'), models.CheckConstraint(condition=models.Q(('steps_up__in', ['', 'hold_seconds', 'repetitions', 'sets', 'moving_seconds', 'load_grams'])), name='routines_routineitem_steps_up', violation_error_message='Choose one of the figures that may step up.'), models.CheckConstraint(condition=models.Q(('from_week__isnull', True), models.Q(('from_week__gte', 1), ('from_week__lte', 52)), _connector='OR'), name='routines_routineitem_from_week'), models.CheckConstraint(condition=models.Q(('to_week__isnull', True), models.Q(('to_week__gte', 1), ('to_week__lte', 52)), _connector='OR'), name='routines_routineitem_to_week'), models.CheckConstraint(condition=models.Q(('from_week__isnull', True), ('to_week__isnull', True), ('to_week__gte', models.F('from_week')), _connector='OR'), name='routines_routineitem_weeks_go_upwards', violation_error_message='The last week comes before the first one.')],
            },
            bases=(routines.models.item_faults.ItemFaultsMixin, routines.models.prescriptions.PrescribingMixin, models.Model),
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
