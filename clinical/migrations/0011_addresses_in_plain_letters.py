"""Slugs no address could hold are mended: of pages with everything below them, of their versions, of conditions."""

from django.db import migrations, models
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from clinical.slugs import PATTERN, slug_of, slugs_for

UNFIT = r"[^-a-zA-Z0-9_]"


def mend(apps, schema_editor):
    """Every page, version and condition whose slug is unfit, parents before what is below them."""
    using = schema_editor.connection.alias
    renamed = mend_pages(apps.get_model("wagtailcore", "Page").objects.using(using))
    mend_versions(apps.get_model("wagtailcore", "Revision").objects.using(using), renamed)
    mend_conditions(apps.get_model("clinical", "Condition").objects.using(using))


def mend_pages(pages):
    """The new slug of each mended page, with its old one."""
    renamed = {}
    for pk in pages.filter(slug__regex=UNFIT).order_by("path").values_list("pk", flat=True):
        page = pages.get(pk=pk)
        beside = pages.filter(path__startswith=page.path[:-4], depth=page.depth).exclude(pk=pk)
        taken = set(beside.values_list("slug", flat=True))
        slug = next(each for each in slugs_for(page.slug) if each not in taken)
        renamed[str(pk)] = (page.slug, slug)
        # url_path ends in "<slug>/"; a page outside any tree has none.
        above = page.url_path[: -len(page.slug) - 1] if page.url_path.endswith(f"{page.slug}/") else ""
        rest = Substr("url_path", len(page.url_path) + 1)
        below = pages.filter(path__startswith=page.path).exclude(pk=pk)
        below.update(url_path=Concat(Value(f"{above}{slug}/"), rest))
        pages.filter(pk=pk).update(slug=slug, url_path=f"{above}{slug}/" if above else page.url_path)
    return renamed


def mend_versions(revisions, renamed):
    """Versions of pages, drafts among them: or else publishing one would bring its old slug back, and be refused."""
    of_pages = revisions.filter(base_content_type__app_label="wagtailcore", base_content_type__model="page")
    for revision in of_pages.filter(content__slug__regex=UNFIT).iterator(chunk_size=50):
        old, new = renamed.get(revision.object_id, ("", ""))
        written = revision.content["slug"]
        revision.content["slug"] = new if written == old else slug_of(written) or new or revision.object_id
        revision.save(update_fields=["content"])


def mend_conditions(conditions):
    """The slugs of conditions stand in the addresses of filtered lists."""
    for condition in conditions.filter(slug__regex=UNFIT):
        taken = set(conditions.exclude(pk=condition.pk).values_list("slug", flat=True))
        slug = next(each for each in slugs_for(condition.slug) if each not in taken)
        conditions.filter(pk=condition.pk).update(slug=slug)


class Migration(migrations.Migration):
    dependencies = [
        ('clinical', '0010_who_may_audit_what_is_live'),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(mend, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="condition",
            name="slug",
            field=models.SlugField(
                blank=True,
                help_text=(
                    "Part of addresses; leave it empty to have it made from the name. "
                    "Do not change it once the condition is in use."
                ),
                max_length=100,
                unique=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=models.CheckConstraint(
                condition=models.Q(slug__regex=PATTERN),
                name="clinical_condition_slug_fits_an_address",
            ),
        ),
    ]
