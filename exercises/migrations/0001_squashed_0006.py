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

    replaces = [('exercises', '0001_initial'), ('exercises', '0002_signs_in_short'), ('exercises', '0003_rest_between_holds'), ('exercises', '0004_more_words'), ('exercises', '0005_dose'), ('exercises', '0006_step_up')]

    initial = True

    dependencies = [
        ('clinical', '0006_more_dose_figures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
                ('evidence', models.CharField(choices=[('guideline', 'Guideline'), ('trial', 'Trial'), ('consensus', 'Expert consensus'), ('untested', 'Untested'), ('no_benefit', 'No benefit found'), ('guideline_against', 'Guideline against')], help_text='How well this use is supported. “Untested” is an honest answer.', max_length=20)),
                ('statement', models.CharField(help_text='The same in one sentence for patients: “No trial has tested this stretch for restless legs.”', max_length=255)),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(app_label)s_%(class)s_items', to='clinical.condition', verbose_name='condition')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExercisePage',
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
                ('clinical_name', models.CharField(help_text='As colleagues call it: “Supine hamstring stretch”.', max_length=255)),
                ('other_names', clinical.words.fields.LinesField(blank=True, help_text='Other names people search for, one a line.')),
                ('kind', models.CharField(choices=[('warm_up', 'Warm-up'), ('aerobic', 'Aerobic'), ('self_massage', 'Self-massage'), ('dynamic_stretch', 'Dynamic stretch'), ('mobility', 'Mobility'), ('nerve_glide', 'Nerve glide'), ('balance', 'Balance'), ('strengthening', 'Strengthening'), ('isometric', 'Isometric hold'), ('static_stretch', 'Static stretch'), ('breathing', 'Breathing'), ('relaxation', 'Relaxation')], max_length=20)),
                ('body_regions', clinical.words.fields.ChoiceSetField(default=tuple, help_text='What is stretched or worked, not what hurts. Notes follow it.', max_length=255)),
                ('target_muscles', clinical.words.fields.LinesField(blank=True, help_text='One a line, in plain words first: “hamstrings”.')),
                ('starting_position', models.CharField(choices=[('in_bed', 'In bed'), ('supine', 'Lying on your back'), ('prone', 'Lying on your front'), ('side_lying', 'Lying on your side'), ('long_sitting', 'Sitting on the floor'), ('sitting', 'Sitting on a chair'), ('wheelchair', 'Sitting in a wheelchair'), ('four_point_kneeling', 'On hands and knees'), ('kneeling', 'Kneeling on both knees'), ('half_kneeling', 'Kneeling on one knee'), ('leaning', 'Standing and leaning'), ('standing', 'Standing')], max_length=20)),
                ('other_positions', clinical.words.fields.ChoiceSetField(blank=True, default='', help_text='Where it may be done in another position just as well: “sitting or standing”.', max_length=255)),
                ('equipment', clinical.words.fields.ChoiceSetField(blank=True, default=tuple, help_text='Leave empty when nothing is needed.', max_length=255)),
                ('substitutes', models.JSONField(blank=True, default=dict, help_text='Only where it is safe for this very exercise, in a few words: “a rug or a folded blanket”. Leave empty where nothing else will do.', verbose_name='what may be taken instead')),
                ('laterality', models.CharField(choices=[('unilateral', 'One side at a time'), ('bilateral', 'Both sides at once'), ('alternating', 'Left and right in turn')], max_length=20)),
                ('steps', wagtail.fields.StreamField([('set_up', 3), ('move', 4), ('hold', 5), ('contract', 6), ('relax', 7), ('breathe', 8), ('return', 9)], block_lookup={0: ('wagtail.blocks.TextBlock', (), {'help_text': 'One or two short sentences, starting with a verb. Leave numbers to the dosage, and the other side to the site: it tells readers to change over where they are to.', 'label': 'What to do', 'max_length': 2000, 'rows': 2}), 1: ('wagtail.images.blocks.ImageChooserBlock', (), {'help_text': 'Its alternative text is read out to those who cannot see it.', 'required': False}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'The key of a pose of this exercise’s figure, such as start or end; shown small beside the step.', 'max_length': 60, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('text', 0), ('picture', 1), ('pose', 2)]], {'help_text': 'Getting into place, and what must be within reach.', 'label': 'Set up'}), 4: ('wagtail.blocks.StructBlock', [[('text', 0), ('picture', 1), ('pose', 2)]], {'help_text': 'The movement into the stretch or effort.', 'label': 'Move'}), 5: ('wagtail.blocks.StructBlock', [[('text', 0), ('picture', 1), ('pose', 2)]], {'help_text': 'Staying there: what to feel, what not to force.', 'label': 'Hold'}), 6: ('wagtail.blocks.StructBlock', [[('text', 0), ('picture', 1), ('pose', 2)]], {'help_text': 'Pushing against something that does not give: how hard, against what.', 'label': 'Push'}), 7: ('wagtail.blocks.StructBlock', [[('text', 0), ('picture', 1), ('pose', 2)]], {'help_text': 'Letting go of the push, before going further.', 'label': 'Let go'}), 8: ('wagtail.blocks.StructBlock', [[('text', 0), ('picture', 1), ('pose', 2)]], {'help_text': 'How to breathe meanwhile.', 'label': 'Breathe'}), 9: ('wagtail.blocks.StructBlock', [[('text', 0), ('picture', 1), ('pose', 2)]], {'help_text': 'The way back.', 'label': 'Return'})}, help_text='In order. Four to six steps are plenty.')),
                ('feel', models.TextField(help_text='Where, and how strong at most.', verbose_name='what you should feel')),
                ('not_feel', models.TextField(help_text='What means too much, or wrong.', verbose_name='what you should not feel')),
                ('pain_most', models.PositiveSmallIntegerField(default=0, help_text='0: readers stop at any pain. Up to 5 where graded pain is part of the care, as for tendons; it words the stop sign. Numbness, weakness and dizziness stay signs to stop at.', validators=[django.core.validators.MaxValueValidator(5)], verbose_name='pain allowed, out of 10')),
                ('settles_by', models.CharField(choices=[('at_once', 'At once'), ('within_the_hour', 'Within the hour'), ('next_morning', 'By next morning')], default='at_once', help_text='By when allowed pain must be gone; longer only where some pain is allowed.', max_length=20, verbose_name='and it settles')),
                ('common_mistakes', clinical.words.fields.LinesField(blank=True, help_text='One a line.')),
                ('figure', models.JSONField(blank=True, help_text='The poses to draw, as data. Leave empty for an exercise without a figure.', null=True)),
                ('leads', models.CharField(choices=[('figure', 'Figure'), ('photo', 'Photo')], default='figure', help_text='What stands on the stage when there is both a figure and a photo.', max_length=10)),
                ('figure_ready', models.JSONField(blank=True, default=dict, editable=False)),
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
                'constraints': [models.CheckConstraint(condition=models.Q(('sessions_per_day__isnull', True), models.Q(('sessions_per_day__gte', 1), ('sessions_per_day__lte', 16)), _connector='OR'), name='exercises_exercisepage_sessions_per_day'), models.CheckConstraint(condition=models.Q(('sessions_per_day_most__isnull', True), models.Q(('sessions_per_day_most__gte', 1), ('sessions_per_day_most__lte', 16)), _connector='OR'), name='exercises_exercisepage_sessions_per_day_most'), models.CheckConstraint(condition=models.Q(('days_per_week__isnull', True), models.Q(('days_per_week__gte', 1), ('days_per_week__lte', 7)), _connector='OR'), name='exercises_exercisepage_days_per_week'), models.CheckConstraint(condition=models.Q(('days_per_week_most__isnull', True), models.Q(('days_per_week_most__gte', 1), ('days_per_week_most__lte', 7)), _connector='OR'), name='exercises_exercisepage_days_per_week_most'), models.CheckConstraint(condition=models.Q(('every_days__isnull', True), models.Q(('every_days__gte', 2), ('every_days__lte', 14)), _connector='OR'), name='exercises_exercisepage_every_days'), models.CheckConstraint(condition=models.Q(('as_needed_most__isnull', True), models.Q(('as_needed_most__gte', 1), ('as_needed_most__lte', 16)), _connector='OR'), name='exercises_exercisepage_as_needed_most'), models.CheckConstraint(condition=models.Q(models.Q(('as_needed_most__isnull', True), ('as_needed', True), _connector='OR'), models.Q(('as_needed', False), models.Q(('days_per_week__isnull', True), ('days_per_week_most__isnull', True), ('every_days__isnull', True), ('sessions_per_day__isnull', True), ('sessions_per_day_most__isnull', True)), _connector='OR'), models.Q(('every_days__isnull', True), ('days_per_week__isnull', True), _connector='OR')), name='exercises_exercisepage_one_frequency', violation_error_message='Say how often in one way: so many times on so many days a week, every so many days, or as needed.'), models.CheckConstraint(condition=models.Q(('steps_up_by__isnull', True), models.Q(('steps_up_by__gte', 1), ('steps_up_by__lte', 10000)), _connector='OR'), name='exercises_exercisepage_steps_up_by'), models.CheckConstraint(condition=models.Q(('steps_up_every_days__isnull', True), models.Q(('steps_up_every_days__gte', 1), ('steps_up_every_days__lte', 28)), _connector='OR'), name='exercises_exercisepage_steps_up_every_days'), models.CheckConstraint(condition=models.Q(('steps_up_to__isnull', True), models.Q(('steps_up_to__gte', 2), ('steps_up_to__lte', 30000)), _connector='OR'), name='exercises_exercisepage_steps_up_to'), models.CheckConstraint(condition=models.Q(('hold_seconds__isnull', True), models.Q(('hold_seconds__gte', 1), ('hold_seconds__lte', 600)), _connector='OR'), name='exercises_exercisepage_hold_seconds'), models.CheckConstraint(condition=models.Q(('hold_seconds_most__isnull', True), models.Q(('hold_seconds_most__gte', 1), ('hold_seconds_most__lte', 600)), _connector='OR'), name='exercises_exercisepage_hold_seconds_most'), models.CheckConstraint(condition=models.Q(('contract_seconds__isnull', True), models.Q(('contract_seconds__gte', 1), ('contract_seconds__lte', 120)), _connector='OR'), name='exercises_exercisepage_contract_seconds'), models.CheckConstraint(condition=models.Q(('relax_seconds__isnull', True), models.Q(('relax_seconds__gte', 1), ('relax_seconds__lte', 120)), _connector='OR'), name='exercises_exercisepage_relax_seconds'), models.CheckConstraint(condition=models.Q(('stretch_seconds__isnull', True), models.Q(('stretch_seconds__gte', 1), ('stretch_seconds__lte', 120)), _connector='OR'), name='exercises_exercisepage_stretch_seconds'), models.CheckConstraint(condition=models.Q(('repetitions__isnull', True), models.Q(('repetitions__gte', 1), ('repetitions__lte', 100)), _connector='OR'), name='exercises_exercisepage_repetitions'), models.CheckConstraint(condition=models.Q(('repetitions_most__isnull', True), models.Q(('repetitions_most__gte', 1), ('repetitions_most__lte', 100)), _connector='OR'), name='exercises_exercisepage_repetitions_most'), models.CheckConstraint(condition=models.Q(('repetitions_up_to__isnull', True), models.Q(('repetitions_up_to__gte', 1), ('repetitions_up_to__lte', 100)), _connector='OR'), name='exercises_exercisepage_repetitions_up_to'), models.CheckConstraint(condition=models.Q(('rest_between_seconds__isnull', True), models.Q(('rest_between_seconds__gte', 1), ('rest_between_seconds__lte', 600)), _connector='OR'), name='exercises_exercisepage_rest_between_seconds'), models.CheckConstraint(condition=models.Q(('rest_between_seconds_most__isnull', True), models.Q(('rest_between_seconds_most__gte', 1), ('rest_between_seconds_most__lte', 600)), _connector='OR'), name='exercises_exercisepage_rest_between_seconds_most'), models.CheckConstraint(condition=models.Q(('seconds_per_repetition__isnull', True), models.Q(('seconds_per_repetition__gte', 1), ('seconds_per_repetition__lte', 60)), _connector='OR'), name='exercises_exercisepage_seconds_per_repetition'), models.CheckConstraint(condition=models.Q(('tempo_out_seconds__isnull', True), models.Q(('tempo_out_seconds__gte', 1), ('tempo_out_seconds__lte', 20)), _connector='OR'), name='exercises_exercisepage_tempo_out_seconds'), models.CheckConstraint(condition=models.Q(('tempo_hold_seconds__isnull', True), models.Q(('tempo_hold_seconds__gte', 1), ('tempo_hold_seconds__lte', 20)), _connector='OR'), name='exercises_exercisepage_tempo_hold_seconds'), models.CheckConstraint(condition=models.Q(('tempo_back_seconds__isnull', True), models.Q(('tempo_back_seconds__gte', 1), ('tempo_back_seconds__lte', 20)), _connector='OR'), name='exercises_exercisepage_tempo_back_seconds'), models.CheckConstraint(condition=models.Q(('moving_seconds__isnull', True), models.Q(('moving_seconds__gte', 10), ('moving_seconds__lte', 3600)), _connector='OR'), name='exercises_exercisepage_moving_seconds'), models.CheckConstraint(condition=models.Q(('moving_seconds_most__isnull', True), models.Q(('moving_seconds_most__gte', 10), ('moving_seconds_most__lte', 3600)), _connector='OR'), name='exercises_exercisepage_moving_seconds_most'), models.CheckConstraint(condition=models.Q(('load_grams__isnull', True), models.Q(('load_grams__gte', 50), ('load_grams__lte', 30000)), _connector='OR'), name='exercises_exercisepage_load_grams'), models.CheckConstraint(condition=models.Q(('effort__isnull', True), models.Q(('effort__gte', 0), ('effort__lte', 10)), _connector='OR'), name='exercises_exercisepage_effort'), models.CheckConstraint(condition=models.Q(('effort_most__isnull', True), models.Q(('effort_most__gte', 0), ('effort_most__lte', 10)), _connector='OR'), name='exercises_exercisepage_effort_most'), models.CheckConstraint(condition=models.Q(('sets__isnull', True), models.Q(('sets__gte', 1), ('sets__lte', 10)), _connector='OR'), name='exercises_exercisepage_sets'), models.CheckConstraint(condition=models.Q(('sets_most__isnull', True), models.Q(('sets_most__gte', 1), ('sets_most__lte', 10)), _connector='OR'), name='exercises_exercisepage_sets_most'), models.CheckConstraint(condition=models.Q(('rest_seconds__isnull', True), models.Q(('rest_seconds__gte', 0), ('rest_seconds__lte', 600)), _connector='OR'), name='exercises_exercisepage_rest_seconds'), models.CheckConstraint(condition=models.Q(('rest_seconds_most__isnull', True), models.Q(('rest_seconds_most__gte', 0), ('rest_seconds_most__lte', 600)), _connector='OR'), name='exercises_exercisepage_rest_seconds_most'), models.CheckConstraint(condition=models.Q(('hold_seconds__isnull', True), ('moving_seconds__isnull', True), _connector='OR'), name='exercises_exercisepage_one_measure', violation_error_message='Choose one measure: a hold or a moving time, not both.'), models.CheckConstraint(condition=models.Q(('contract_seconds__isnull', True), models.Q(('hold_seconds__isnull', True), ('moving_seconds__isnull', True)), _connector='OR'), name='exercises_exercisepage_one_stretch', violation_error_message='Choose one measure: tensing and letting go is neither a hold nor a moving time.'), models.CheckConstraint(condition=models.Q(('repetitions__isnull', True), ('repetitions_up_to__isnull', True), _connector='OR'), name='exercises_exercisepage_one_count', violation_error_message='Say how many repetitions, or up to how many, not both.'), models.CheckConstraint(condition=models.Q(('band', ''), ('load_grams__isnull', True), _connector='OR'), name='exercises_exercisepage_one_load', violation_error_message='It is done with a band or with a weight, not both.'), models.CheckConstraint(condition=models.Q(('band__in', ['', 'light', 'medium', 'strong', 'yellow', 'red', 'green', 'blue', 'black', 'silver', 'gold'])), name='exercises_exercisepage_band', violation_error_message='Choose one of the bands.'), models.CheckConstraint(condition=models.Q(('steps_up__in', ['', 'hold_seconds', 'repetitions', 'sets', 'moving_seconds', 'load_grams'])), name='exercises_exercisepage_steps_up', violation_error_message='Choose one of the figures that may step up.'), models.CheckConstraint(condition=models.Q(('pain_most__gte', 0), ('pain_most__lte', 5)), name='exercises_exercisepage_pain_most'), models.CheckConstraint(condition=models.Q(('settles_by', 'at_once'), models.Q(('pain_most__gt', 0), ('settles_by__in', ['at_once', 'within_the_hour', 'next_morning'])), _connector='OR'), name='exercises_exercisepage_settles_by', violation_error_message='Say how much pain is allowed before you say when it settles.')],
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
