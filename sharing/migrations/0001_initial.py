import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import sharing.models.items
import sharing.models.links
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clinical', '__first__'),
        ('exercises', '0001_initial'),
        ('routines', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShareLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('language', models.CharField(max_length=10)),
                ('number', models.PositiveIntegerField(help_text="Counts its maker's links; part of its label.", verbose_name='number')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made')),
                ('expires_at', models.DateTimeField(verbose_name='ends')),
                ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('sessions_per_day', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)])),
                ('days_per_week', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)])),
                ('note', models.CharField(blank=True, max_length=280, validators=[django.core.validators.ProhibitNullCharactersValidator(), sharing.models.links.names_nobody])),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='share_links', to=settings.AUTH_USER_MODEL)),
                ('replaced_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='sharing.sharelink')),
                ('routine', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='share_links', to='routines.routinepage')),
                ('routine_revision', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision')),
            ],
            options={
                'verbose_name': 'share link',
                'verbose_name_plural': 'share links',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('created_at'), '+', models.Value(datetime.timedelta(days=365))))), name='sharing_sharelink_ends'), models.CheckConstraint(condition=models.Q(('sessions_per_day__gte', 1), ('sessions_per_day__lte', 12)), name='sharing_sharelink_sessions_per_day'), models.CheckConstraint(condition=models.Q(('days_per_week__gte', 1), ('days_per_week__lte', 7)), name='sharing_sharelink_days_per_week')],
            },
        ),
        migrations.CreateModel(
            name='ShareLinkItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
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
                ('sort_order', models.PositiveSmallIntegerField()),
                ('is_left_out', models.BooleanField(default=False)),
                ('phase', models.CharField(choices=[('warm_up', 'Warm-up'), ('main', 'Main part'), ('cool_down', 'Cool-down')], max_length=20)),
                ('side', models.CharField(choices=[('each', 'Each side'), ('left', 'Left side'), ('right', 'Right side'), ('both', 'Both sides together')], max_length=10)),
                ('cue', models.CharField(blank=True, max_length=255)),
                ('exercise_measure', models.CharField(choices=[('hold', 'Hold'), ('repetitions', 'Repetitions'), ('moving', 'Moving time')], help_text='What the exercise counted when it was given.', max_length=20)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='share_link_items', to='exercises.exercisepage')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='sharing.sharelink')),
            ],
            options={
                'verbose_name': 'exercise of a share link',
                'verbose_name_plural': 'exercises of share links',
                'ordering': ['sort_order'],
                'constraints': [models.CheckConstraint(condition=models.Q(('hold_seconds__isnull', True), models.Q(('hold_seconds__gte', 1), ('hold_seconds__lte', 120)), _connector='OR'), name='sharing_sharelinkitem_hold_seconds'), models.CheckConstraint(condition=models.Q(('repetitions__isnull', True), models.Q(('repetitions__gte', 1), ('repetitions__lte', 100)), _connector='OR'), name='sharing_sharelinkitem_repetitions'), models.CheckConstraint(condition=models.Q(('seconds_per_repetition__isnull', True), models.Q(('seconds_per_repetition__gte', 1), ('seconds_per_repetition__lte', 60)), _connector='OR'), name='sharing_sharelinkitem_seconds_per_repetition'), models.CheckConstraint(condition=models.Q(('moving_seconds__isnull', True), models.Q(('moving_seconds__gte', 10), ('moving_seconds__lte', 1800)), _connector='OR'), name='sharing_sharelinkitem_moving_seconds'), models.CheckConstraint(condition=models.Q(('sets__isnull', True), models.Q(('sets__gte', 1), ('sets__lte', 10)), _connector='OR'), name='sharing_sharelinkitem_sets'), models.CheckConstraint(condition=models.Q(('rest_seconds__isnull', True), models.Q(('rest_seconds__gte', 0), ('rest_seconds__lte', 600)), _connector='OR'), name='sharing_sharelinkitem_rest_seconds'), models.CheckConstraint(condition=models.Q(('sessions_per_day__isnull', True), models.Q(('sessions_per_day__gte', 1), ('sessions_per_day__lte', 12)), _connector='OR'), name='sharing_sharelinkitem_sessions_per_day'), models.CheckConstraint(condition=models.Q(('days_per_week__isnull', True), models.Q(('days_per_week__gte', 1), ('days_per_week__lte', 7)), _connector='OR'), name='sharing_sharelinkitem_days_per_week'), models.CheckConstraint(condition=models.Q(('hold_seconds_most__isnull', True), models.Q(('hold_seconds_most__gte', 1), ('hold_seconds_most__lte', 120)), _connector='OR'), name='sharing_sharelinkitem_hold_seconds_most'), models.CheckConstraint(condition=models.Q(('repetitions_most__isnull', True), models.Q(('repetitions_most__gte', 1), ('repetitions_most__lte', 100)), _connector='OR'), name='sharing_sharelinkitem_repetitions_most'), models.CheckConstraint(condition=models.Q(('moving_seconds_most__isnull', True), models.Q(('moving_seconds_most__gte', 10), ('moving_seconds_most__lte', 1800)), _connector='OR'), name='sharing_sharelinkitem_moving_seconds_most'), models.CheckConstraint(condition=models.Q(('hold_seconds__isnull', True), ('moving_seconds__isnull', True), _connector='OR'), name='sharing_sharelinkitem_one_measure', violation_error_message='Choose one measure: a hold or a moving time, not both.')],
            },
            bases=(sharing.models.items.SharedItemMixin, models.Model),
        ),
        migrations.CreateModel(
            name='ShareTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('removed', models.PositiveIntegerField(default=0)),
                ('routine', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='share_total', to='routines.routinepage')),
            ],
            options={
                'verbose_name': 'total of share links',
                'verbose_name_plural': 'totals of share links',
            },
        ),
        migrations.CreateModel(
            name='DailyOpenings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('count', models.PositiveIntegerField(default=0)),
                ('routine', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='daily_openings', to='routines.routinepage')),
            ],
            options={
                'verbose_name': 'openings of a day',
                'verbose_name_plural': 'openings by day',
                'constraints': [models.UniqueConstraint(fields=('routine', 'day'), name='sharing_dailyopenings_once')],
            },
        ),
    ]
