"""The libraries, and whose the records are that were loaded before libraries had names."""

from django.db import migrations, models

#: Every record the starter library has had.
STARTER = {
    "conditions": """
        leg-cramps leg-pain low-back-pain low-back-spasm restless-legs
    """.split(),
    "exercises": """
        bed-ankle-bends bed-arm-lifts bed-heel-slides bed-knee-press calf-cramp-release chair-ankle-bends
        chair-arm-raises chair-chest-stretch chair-hamstring-stretch chair-head-turns chair-knee-straightening
        chair-march chair-side-bend chair-upper-body-twist easy-walking glute-bridge hamstring-release-with-a-ball
        jogging-on-the-spot knee-to-chest kneeling-hip-flexor-stretch lying-figure-four-stretch
        lying-hamstring-stretch lying-trunk-rotation neck-release-with-a-ball plank raised-leg-hamstring-stretch
        seated-hamstring-stretch side-lunge-with-arm-circles squat standing-hamstring-stretch standing-thigh-stretch
        walking-lunge walking-lunge-with-a-twist wall-calf-stretch
    """.split(),
    "routines": """
        before-activity daily-legs first-minutes-after-getting-up in-a-chair in-bed release-then-stretch
        restless-legs-before-bed restless-legs-during-an-attack three-hamstring-stretches warm-up-a-sore-low-back
    """.split(),
    "notes": """
        ask-before-you-start back-after-injury back-ask-if-unsure back-bladder-bowel-or-sex back-both-legs
        back-cancer-or-weight-loss back-early-and-regular back-fever back-gentle-every-way back-night-pain
        back-no-heavy-demand back-no-pain-no-gain back-numb-between-legs back-pain-is-a-signal back-stop-at-spasm
        back-thigh-nerve-or-strain back-torn-or-not-checked back-warm-up-first ball-not-on-sore-skin-or-veins
        bed-before-you-get-up cramp-lasts cramps-ask-first cramps-what-trials-show cushion-and-foot-stool
        hamstring-claims hot-joint-or-infection isometric-keep-breathing joint-comes-to-a-hard-stop
        kneeling-hold-a-support leg-cannot-bear-weight leg-clot-signs leg-clot-with-breathlessness leg-cold-or-pale
        leg-comfortable-effort leg-moving-before-held-after leg-pain-ask-first leg-spreading-hot-skin
        leg-strengthen-too leg-tightness-only leg-warm-up-first neck-ball-muscle-only neck-hurt-or-dizzy
        neck-sudden-signs no-deeper-version-at-first no-rolling-out-of-bed no-stretch-straight-after-rising
        operation-not-cleared raised-heel-on-steady-surface release-before-stretching rising-no-bed-making
        rising-no-bending-down rls-ask-your-doctor rls-break-up-sitting rls-caffeine-and-alcohol rls-iron
        rls-light-at-night rls-little-research rls-medicines rls-not-the-only-thing rls-pregnancy-or-kidney
        rls-safe-before-which rls-stretch-during-an-attack rls-symptoms-return sitting-steady-chair
        sore-joint-or-back-under-load standing-hold-a-support stiff-tissue-claim thin-bones-bending-or-twisting
        unhealed-injury upper-body-claim
    """.split(),
    "information": """
        about accessibility how-we-review is-it-safe privacy
    """.split(),
}

#: What the records of a folder were loaded into.
TABLES = (
    ("clinical", "Condition", "conditions"),
    ("stretchsite", "ConditionPage", "conditions"),
    ("exercises", "ExercisePage", "exercises"),
    ("routines", "RoutinePage", "routines"),
    ("clinical", "SafetyNote", "notes"),
    ("stretchsite", "InformationPage", "information"),
)
#: A library is loaded whole or not at all. Of what a site without the starter library has, few bear its ids by chance.
LEAST_PART = 1 / 3


def give_records_to_the_starter(apps, schema_editor):
    """Records with the starter library's ids are the starter library's, where it was loaded; all others are nobody's."""
    using = schema_editor.connection.alias
    tables = [(apps.get_model(app, name), STARTER[folder]) for app, name, folder in TABLES]
    theirs = [model._base_manager.using(using).filter(library_id__in=ids) for model, ids in tables]
    there = sum(rows.count() for rows in theirs)
    if there < LEAST_PART * sum(len(ids) for _model, ids in tables):
        return
    for rows in theirs:
        rows.update(from_library="starter")
    withdrawals = apps.get_model("clinical", "Withdrawal")._base_manager.using(using)
    for app, name, folder in TABLES:
        held = withdrawals.filter(content_type__app_label=app, content_type__model=name.lower())
        held.filter(library_id__in=STARTER[folder]).update(from_library="starter")


def give_them_back(apps, schema_editor):
    """As it was: nobody's."""
    using = schema_editor.connection.alias
    for app, name in {(app, name) for app, name, _folder in TABLES} | {("clinical", "Withdrawal")}:
        apps.get_model(app, name)._base_manager.using(using).filter(from_library="starter").update(from_library="")


class Migration(migrations.Migration):
    """The table of libraries; the starter library's row is written when it is loaded next."""

    initial = True

    dependencies = [
        ("clinical", "0018_from_library"),
        ("exercises", "0010_from_library"),
        ("routines", "0011_from_library"),
        ("stretchsite", "0014_from_library"),
    ]

    operations = [
        migrations.CreateModel(
            name='Library',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.SlugField(max_length=60, unique=True, verbose_name='id')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('publisher', models.CharField(max_length=255, verbose_name='publisher')),
                ('licence', models.CharField(max_length=255, verbose_name='licence')),
                ('licence_address', models.URLField(blank=True, max_length=500, verbose_name='address of the licence')),
                ('version', models.CharField(max_length=60, verbose_name='version')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('address', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
            ],
            options={
                'verbose_name': 'library',
                'verbose_name_plural': 'libraries',
                'ordering': ['title'],
            },
        ),
        migrations.RunPython(give_records_to_the_starter, give_them_back),
    ]
