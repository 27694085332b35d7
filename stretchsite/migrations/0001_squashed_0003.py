import clinical.words.fields
import django.db.models.deletion
import modelcluster.fields
import uuid
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('stretchsite', '0001_initial'), ('stretchsite', '0002_signs_in_short'), ('stretchsite', '0003_pictures_of_conditions')]

    initial = True

    dependencies = [
        ('clinical', '0006_more_dose_figures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('exercises', '0006_step_up'),
        ('routines', '0007_step_up'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConditionIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('content_key', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('introduction', models.TextField(blank=True, help_text='One or two sentences above the list.')),
            ],
            options={
                'verbose_name': 'list of conditions',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('content_key', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('introduction', models.TextField(blank=True, help_text='One sentence under the title.')),
            ],
            options={
                'verbose_name': 'home page',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='InformationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('content_key', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('introduction', models.TextField(help_text='What this page answers, in a sentence or two.')),
                ('body', wagtail.fields.StreamField([('heading', 0), ('paragraph', 1), ('points', 3)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'A few words.', 'icon': 'title', 'max_length': 255}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ul', 'ol', 'link'], 'help_text': 'Short sentences, plain verbs.'}), 2: ('wagtail.blocks.CharBlock', (), {'max_length': 255}), 3: ('wagtail.blocks.ListBlock', (2,), {'help_text': 'One thought a line.', 'icon': 'list-ul'})})),
                ('in_footer', models.BooleanField(default=True, help_text='Linked from the foot of every page.')),
                ('library_id', models.CharField(blank=True, editable=False, max_length=60)),
                ('library_digest', models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                'verbose_name': 'information page',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='ConditionPage',
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
                ('now_title', models.CharField(blank=True, help_text='A question of two words or three: “Cramp now?”', max_length=40, verbose_name='right now')),
                ('now_steps', clinical.words.fields.LinesField(blank=True, help_text='Three short steps, one a line. They stand above everything else.', verbose_name='what to do')),
                ('now_afterwards', models.TextField(blank=True, help_text='How to get up safely, and when to see a doctor.', max_length=600, verbose_name='afterwards')),
                ('now_sources', models.TextField(blank=True, help_text='Said aloud where sources disagree.', max_length=600, verbose_name='where sources differ')),
                ('what_it_is', wagtail.fields.StreamField([('heading', 0), ('paragraph', 1), ('points', 3)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'A few words.', 'icon': 'title', 'max_length': 255}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ul', 'ol', 'link'], 'help_text': 'Short sentences, plain verbs.'}), 2: ('wagtail.blocks.CharBlock', (), {'max_length': 255}), 3: ('wagtail.blocks.ListBlock', (2,), {'help_text': 'One thought a line.', 'icon': 'list-ul'})}, help_text='Short: how it feels, why it happens, how it usually goes.')),
                ('what_helps', wagtail.fields.StreamField([('heading', 0), ('paragraph', 1), ('points', 3)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'A few words.', 'icon': 'title', 'max_length': 255}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ul', 'ol', 'link'], 'help_text': 'Short sentences, plain verbs.'}), 2: ('wagtail.blocks.CharBlock', (), {'max_length': 255}), 3: ('wagtail.blocks.ListBlock', (2,), {'help_text': 'One thought a line.', 'icon': 'list-ul'})}, help_text='What people can do themselves, and what is not known.')),
                ('usual_sensation', models.CharField(blank=True, help_text='Only where the complaint itself is a sensation: what is no reason to stop, and what still is, in one sentence: “Your usual restless-legs feeling is no reason to stop; new numbness is.” It follows the stop sign wherever this condition is the only one named, and takes nothing away from it.', max_length=120)),
                ('pictured', models.CharField(blank=True, choices=[('jaw', 'Jaw'), ('neck', 'Neck'), ('shoulder', 'Shoulder'), ('arm', 'Arm'), ('elbow', 'Elbow'), ('forearm', 'Forearm'), ('hand', 'Wrist and hand'), ('chest', 'Chest'), ('upper_back', 'Upper back'), ('low_back', 'Low back'), ('trunk', 'Tummy and sides'), ('pelvic_floor', 'Pelvic floor'), ('hip', 'Hip'), ('buttock', 'Buttock'), ('front_thigh', 'Front of thigh'), ('back_thigh', 'Back of thigh'), ('inner_thigh', 'Inner thigh'), ('knee', 'Knee'), ('lower_leg', 'Calf and lower leg'), ('ankle', 'Ankle'), ('foot', 'Ankle and foot')], help_text='The body region on its card in lists. It says nothing about safety, and notes do not follow it.', max_length=20, verbose_name='pictured by')),
                ('author', models.ForeignKey(blank=True, help_text='Who wrote it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('condition', models.ForeignKey(help_text='The tag this page explains.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinical.condition')),
                ('now_exercise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exercises.exercisepage', verbose_name='exercise to follow')),
                ('reviewer', models.ForeignKey(blank=True, help_text='The colleague who checked it; never the author.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'condition page',
                'verbose_name_plural': 'condition pages',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='HubSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(help_text='What a reader could look up: author, title, year.', max_length=255)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('doi', models.CharField(blank=True, help_text='Such as 10.5664/jcsm.11390.', max_length=120, verbose_name='DOI')),
                ('pmid', models.CharField(blank=True, max_length=20, verbose_name='PubMed number')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='stretchsite.conditionpage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StartingRoutine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='starting_routines', to='stretchsite.homepage')),
                ('routine', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='routines.routinepage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
    ]
