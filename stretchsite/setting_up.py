"""The page tree, the groups and their permissions: what every Stretchsite has before anybody writes a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from clinical.background.heartbeats import begin_to_count
from clinical.models import ClinicalReviewTask, GatedPage, SafetyNote, release
from clinical.pages.concerns_kept import read_anew
from clinical.words.choices import ApprovalBasis
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from routines.models.minutes_kept import count_minutes_anew
from stretchsite.finding.index_of_words import forget_unsaid_words, index_all_words
from stretchsite.group_permissions import (
    OTHER_PERMISSIONS,
    PAGE_PERMISSIONS,
    PICTURE_PERMISSIONS,
    REVIEWERS,
    SAFETY_OFFICERS,
)
from stretchsite.models import ConditionIndexPage, HomePage, KnownWord
from stretchsite.routing import forget_roots

#: What the workflow and its only step are called.
REVIEW = "Clinical review"

Say = Callable[[str], None]


@transaction.atomic
def set_up(say: Say) -> None:
    """Make what is missing and leave the rest alone; running it twice changes nothing.

    The groups of the site's own may do exactly what is written here, so that an upgrade leaves no permission behind.
    Whoever needs another gets a group of another name, which is never touched.
    """
    begin_to_count()
    home = _home(say)
    _section(home, ConditionIndexPage, "conditions", "Conditions", say)
    _section(home, ExerciseIndexPage, "exercises", "Exercises", say)
    _section(home, RoutineIndexPage, "routines", "Routines", say)
    for name, codes in PAGE_PERMISSIONS.items():
        group, made = Group.objects.get_or_create(name=name)
        if made:
            say(f"Group “{name}” made.")
        taken = _allow_pages(group, home, codes) + _allow(group, OTHER_PERMISSIONS[name])
        taken += _allow_pictures(group, PICTURE_PERMISSIONS if codes else ())
        if taken:
            say(f"Group “{name}”: taken back what it may not, or may no longer: {', '.join(sorted(set(taken)))}.")
    review = _review(say)
    for front in HomePage.objects.all():  # what stands below takes it over
        WorkflowPage.objects.get_or_create(page=front.page_ptr, defaults={"workflow": review})
    notes = ContentType.objects.get_for_model(SafetyNote)
    WorkflowContentType.objects.get_or_create(content_type=notes, defaults={"workflow": review})
    if not KnownWord.objects.exists():  # a site from before its words were indexed
        say(f"Search: the words of {index_all_words()} things indexed.")
    forget_unsaid_words()
    if counted := count_minutes_anew():
        say(f"Minutes of {counted} exercises and routines counted.")
    if read := read_anew((ExercisePage, RoutinePage)):
        say(f"Whom they concern: {read} exercises and routines read.")
    forget_roots()


def _review(say: Say) -> Workflow:
    """The one road to publication: somebody who did not write it approves it."""
    step = ClinicalReviewTask.objects.filter(active=True).order_by("pk").first()
    if step is None:
        step = ClinicalReviewTask.objects.create(name=REVIEW)
    step.groups.add(*Group.objects.filter(name__in=[REVIEWERS, SAFETY_OFFICERS]))
    workflow = Workflow.objects.filter(active=True, workflow_tasks__task=step).order_by("pk").first()
    if workflow is None:
        workflow = Workflow.objects.create(name=REVIEW)
        WorkflowTask.objects.create(workflow=workflow, task=step, sort_order=0)
        say(f"“{REVIEW}” made: who wrote it submits it, a colleague approves it.")
    return workflow


def _home(say: Say) -> HomePage:
    home = HomePage.objects.order_by("depth").first()
    if home is not None:
        _follow_the_port(say)
        return home
    root = Page.objects.get(depth=1)
    _remove_the_platforms_welcome_page(root)
    home = HomePage(
        title="Gentle exercises, clearly shown",
        slug="home",
        locale=Locale.get_default(),
        introduction="Stretches and routines for sore, tight and restless muscles, with the warnings first.",
        live=False,
    )
    root.add_child(instance=home)
    _bring_live(home)
    _serve_at_the_settings_address(home)
    _remove_the_platforms_moderation()
    say("Home page made.")
    return home


def _settings_address() -> tuple[str, int]:
    """The host name and the port of the site, as the settings give them."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    return address.hostname or "localhost", address.port or (443 if address.scheme == "https" else 80)


def _follow_the_port(say: Say) -> None:
    """The same host at another port is the same site, served elsewhere. Another host name is somebody's decision."""
    hostname, port = _settings_address()
    for site in Site.objects.filter(hostname=hostname).exclude(port=port):
        if not Site.objects.filter(hostname=hostname, port=port).exists():
            site.port = port
            site.save()
            say(f"The site is at {site.root_url} now.")


def _serve_at_the_settings_address(home: HomePage) -> None:
    hostname, port = _settings_address()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": hostname,
            "port": port,
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )


def _remove_the_platforms_moderation() -> None:
    """The platform ships a workflow for a group nobody is in, and two groups that may do what ours may not."""
    Workflow.objects.filter(name="Moderators approval").delete()
    Task.objects.filter(name="Moderators approval").delete()
    Group.objects.filter(name__in=["Moderators", "Editors"], user__isnull=True).delete()


def _remove_the_platforms_welcome_page(root: Page) -> None:
    Site.objects.filter(root_page__depth=2, root_page__slug="home").update(root_page=root)
    for welcome in root.get_children().filter(slug="home"):
        welcome.delete()


def _bring_live(page: GatedPage) -> None:
    """Publish what is written here: its words are the site's own code, and the approval says so. Only here."""
    revision = page.save_revision()
    release(page, ApprovalBasis.CODE)
    revision.publish()


def _section(home: HomePage, model: type[Page], slug: str, title: str, say: Say) -> None:
    if model.objects.child_of(home).exists():
        return
    section = model(title=title, slug=slug, show_in_menus=True, locale=home.locale, live=False)
    home.add_child(instance=section)
    _bring_live(section)
    say(f"“{title}” made.")


def _allow_pages(group: Group, home: HomePage, codes: Iterable[str]) -> list[str]:
    """Let the group do this with pages under the home page, and nothing else with any; what it could do besides."""
    given = []
    for code in codes:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=code)
        row, _made = GroupPagePermission.objects.get_or_create(group=group, page=home.page_ptr, permission=permission)
        given.append(row.pk)
    return _take_back(GroupPagePermission.objects.filter(group=group).exclude(pk__in=given))


def _allow(group: Group, codes: Iterable[str]) -> list[str]:
    """Give the group these permissions and no others; what it had besides. ``LookupError`` where one is none."""
    apps = ("clinical", "exercises", "sharing", "stretchsite", "library", "wagtailadmin", "django_tasks_database")
    permissions = Permission.objects.filter(codename__in=codes, content_type__app_label__in=apps)
    if unknown := set(codes) - set(permissions.values_list("codename", flat=True)):
        raise LookupError(f"There are no permissions named {', '.join(sorted(unknown))}; no group was given any.")
    others = group.permissions.exclude(pk__in=permissions.values("pk"))
    taken = list(others.values_list("codename", flat=True))
    group.permissions.set(permissions)
    return taken


def _allow_pictures(group: Group, codes: Iterable[str]) -> list[str]:
    """Let the group do this with pictures, and nothing else with what is collected; what it could do besides."""
    root = Collection.get_first_root_node()
    permissions = Permission.objects.filter(
        codename__in=codes, content_type__app_label__in=["wagtailimages", "clinical"]
    )
    given = []
    for permission in permissions:
        row, _made = GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )
        given.append(row.pk)
    return _take_back(GroupCollectionPermission.objects.filter(group=group).exclude(pk__in=given))


def _take_back(rows: QuerySet[Any]) -> list[str]:
    """Delete permissions of a version before this, or given by hand; their codes."""
    taken = list(rows.values_list("permission__codename", flat=True))
    if taken:
        rows.delete()
    return taken
