import clinical.words.fields
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import exercises.models.outputs
import modelcluster.contrib.taggit
import modelcluster.fields
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
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExerciseIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('content_key', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('introduction', models.TextField(blank=True, help_text='One or two sentences above the list.')),
            ],
            options={
                'verbose_name': 'list of exercises',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='ExerciseCondition',
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
            name='ExercisePage',
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
                ('figure', models.JSONField(blank=True, help_text='The poses to draw, as data. Leave empty for an exercise without a figure.', null=True)),
                ('leads', models.CharField(choices=[('figure', 'Figure'), ('photo', 'Photo')], default='figure', help_text='What stands on the stage when there is both a figure and a photo.', max_length=10)),
                ('figure_ready', models.JSONField(blank=True, default=dict, editable=False)),
                ('clinical_name', models.CharField(help_text='As colleagues call it: “Supine hamstring stretch”.', max_length=255)),
                ('other_names', clinical.words.fields.LinesField(blank=True, help_text='Other names people search for, one a line.')),
                ('kind', models.CharField(choices=[('warm_up', 'Warm-up'), ('self_massage', 'Self-massage'), ('dynamic_stretch', 'Dynamic stretch'), ('mobility', 'Mobility'), ('strengthening', 'Strengthening'), ('static_stretch', 'Static stretch'), ('relaxation', 'Relaxation')], max_length=20)),
                ('body_regions', clinical.words.fields.ChoiceSetField(default=tuple, help_text='What is stretched or worked, not what hurts. Notes follow it.', max_length=255)),
                ('target_muscles', clinical.words.fields.LinesField(blank=True, help_text='One a line, in plain words first: “hamstrings”.')),
                ('starting_position', models.CharField(choices=[('supine', 'Lying on your back'), ('prone', 'Lying on your front'), ('side_lying', 'Lying on your side'), ('long_sitting', 'Sitting on the floor'), ('sitting', 'Sitting on a chair'), ('four_point_kneeling', 'On hands and knees'), ('half_kneeling', 'Kneeling on one knee'), ('standing', 'Standing')], max_length=20)),
                ('equipment', clinical.words.fields.ChoiceSetField(blank=True, default=tuple, help_text='Leave empty when nothing is needed.', max_length=255)),
                ('laterality', models.CharField(choices=[('unilateral', 'One side at a time'), ('bilateral', 'Both sides at once')], max_length=20)),
                ('steps', wagtail.fields.StreamField([('set_up', 3), ('move', 4), ('hold', 5), ('breathe', 6), ('return', 7)], block_lookup={0: ('wagtail.blocks.TextBlock', (), {'help_text': 'One or two short sentences, starting with a verb. Leave numbers to the dosage.', 'label': 'What to do', 'max_length': 2000, 'rows': 2}), 1: ('wagtail.images.blocks.ImageChooserBlock', (), {'help_text': 'Its alternative text is read out to those who cannot see it.', 'required': False}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'The key of a pose of this exercise’s figure, such as start or end; shown small beside the step.', 'max_length': 60, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('text', 0), ('picture', 1), ('pose', 2)]], {'help_text': 'Getting into place, and what must be within reach.', 'label': 'Set up'}), 4: ('wagtail.blocks.StructBlock', [[('text', 0), ('picture', 1), ('pose', 2)]], {'help_text': 'The movement into the stretch or effort.', 'label': 'Move'}), 5: ('wagtail.blocks.StructBlock', [[('text', 0), ('picture', 1), ('pose', 2)]], {'help_text': 'Staying there: what to feel, what not to force.', 'label': 'Hold'}), 6: ('wagtail.blocks.StructBlock', [[('text', 0), ('picture', 1), ('pose', 2)]], {'help_text': 'How to breathe meanwhile.', 'label': 'Breathe'}), 7: ('wagtail.blocks.StructBlock', [[('text', 0), ('picture', 1), ('pose', 2)]], {'help_text': 'The way back, and changing sides.', 'label': 'Return'})}, help_text='In order. Four to six steps are plenty.')),
                ('feel', models.TextField(help_text='Where, and how strong at most.', verbose_name='what you should feel')),
                ('not_feel', models.TextField(help_text='What means too much, or wrong.', verbose_name='what you should not feel')),
                ('common_mistakes', clinical.words.fields.LinesField(blank=True, help_text='One a line.')),
                ('pictures_ready', models.JSONField(blank=True, default=dict, editable=False)),
                ('condition_ids', models.JSONField(blank=True, default=list, editable=False)),
                ('author', models.ForeignKey(blank=True, help_text='Who wrote it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conditions', modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='exercises.ExerciseCondition', to='clinical.Condition', verbose_name='Tags')),
                ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinical.picture')),
                ('reviewer', models.ForeignKey(blank=True, help_text='The colleague who checked it; never the author.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'exercise',
                'verbose_name_plural': 'exercises',
                'constraints': [models.CheckConstraint(condition=models.Q(('hold_seconds__isnull', True), models.Q(('hold_seconds__gte', 1), ('hold_seconds__lte', 120)), _connector='OR'), name='exercises_exercisepage_hold_seconds'), models.CheckConstraint(condition=models.Q(('repetitions__isnull', True), models.Q(('repetitions__gte', 1), ('repetitions__lte', 100)), _connector='OR'), name='exercises_exercisepage_repetitions'), models.CheckConstraint(condition=models.Q(('seconds_per_repetition__isnull', True), models.Q(('seconds_per_repetition__gte', 1), ('seconds_per_repetition__lte', 60)), _connector='OR'), name='exercises_exercisepage_seconds_per_repetition'), models.CheckConstraint(condition=models.Q(('moving_seconds__isnull', True), models.Q(('moving_seconds__gte', 10), ('moving_seconds__lte', 1800)), _connector='OR'), name='exercises_exercisepage_moving_seconds'), models.CheckConstraint(condition=models.Q(('sets__isnull', True), models.Q(('sets__gte', 1), ('sets__lte', 10)), _connector='OR'), name='exercises_exercisepage_sets'), models.CheckConstraint(condition=models.Q(('rest_seconds__isnull', True), models.Q(('rest_seconds__gte', 0), ('rest_seconds__lte', 600)), _connector='OR'), name='exercises_exercisepage_rest_seconds'), models.CheckConstraint(condition=models.Q(('sessions_per_day__isnull', True), models.Q(('sessions_per_day__gte', 1), ('sessions_per_day__lte', 12)), _connector='OR'), name='exercises_exercisepage_sessions_per_day'), models.CheckConstraint(condition=models.Q(('days_per_week__isnull', True), models.Q(('days_per_week__gte', 1), ('days_per_week__lte', 7)), _connector='OR'), name='exercises_exercisepage_days_per_week'), models.CheckConstraint(condition=models.Q(('hold_seconds_most__isnull', True), models.Q(('hold_seconds_most__gte', 1), ('hold_seconds_most__lte', 120)), _connector='OR'), name='exercises_exercisepage_hold_seconds_most'), models.CheckConstraint(condition=models.Q(('repetitions_most__isnull', True), models.Q(('repetitions_most__gte', 1), ('repetitions_most__lte', 100)), _connector='OR'), name='exercises_exercisepage_repetitions_most'), models.CheckConstraint(condition=models.Q(('moving_seconds_most__isnull', True), models.Q(('moving_seconds_most__gte', 10), ('moving_seconds_most__lte', 1800)), _connector='OR'), name='exercises_exercisepage_moving_seconds_most'), models.CheckConstraint(condition=models.Q(('hold_seconds__isnull', True), ('moving_seconds__isnull', True), _connector='OR'), name='exercises_exercisepage_one_measure', violation_error_message='Choose one measure: a hold or a moving time, not both.')],
            },
            bases=(exercises.models.outputs.OutputRoutesMixin, wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.AddField(
            model_name='exercisecondition',
            name='content_object',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='condition_uses', to='exercises.exercisepage'),
        ),
        migrations.CreateModel(
            name='ExerciseSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(help_text='What a reader could look up: author, title, year.', max_length=255)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('doi', models.CharField(blank=True, help_text='Such as 10.5664/jcsm.11390.', max_length=120, verbose_name='DOI')),
                ('pmid', models.CharField(blank=True, max_length=20, verbose_name='PubMed number')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='exercises.exercisepage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Variation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('kind', models.CharField(choices=[('regression', 'Easier'), ('progression', 'Harder'), ('alternative', 'Instead')], max_length=20)),
                ('text', models.TextField(blank=True, help_text='… or what changes, in a sentence.', max_length=1000)),
                ('exercise', models.ForeignKey(blank=True, help_text='Another exercise …', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exercises.exercisepage')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='variations', to='exercises.exercisepage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('exercise__isnull', False), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Trim(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.comparison.Cast(models.F('text'), models.TextField()), models.Value('\n', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\r', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\t', output_field=models.TextField()), models.Value('', output_field=models.TextField())), models.Value('\xa0', output_field=models.TextField()), models.Value('', output_field=models.TextField()))), models.Value('', output_field=models.TextField())), _negated=True), _connector='OR'), name='exercises_variation_says_something', violation_error_message='Choose an exercise, or say what changes.')],
            },
        ),
        migrations.AddConstraint(
            model_name='exercisecondition',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('content_object', 'tag'), name='exercises_exercisecondition_once', violation_error_message='This condition is already in the list.'),
        ),
    ]
