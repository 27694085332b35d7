"""``setup_site`` makes the page tree, the groups and exactly their permissions; run twice, it changes nothing."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from clinical.models import ClinicalReviewTask, User
from stretchsite.group_permissions import (
    MANAGERS,
    OTHER_PERMISSIONS,
    PAGE_PERMISSIONS,
    PRACTITIONERS,
    REVIEWERS,
    SAFETY_OFFICERS,
)
from stretchsite.models import HomePage
from testing import factories
from testing.factories import UserFactory
from tests.library.loading import everything_stored

GROUPS = (PRACTITIONERS, REVIEWERS, SAFETY_OFFICERS, MANAGERS)
PICTURES = {"add_image", "change_image", "choose_image"}


@pytest.fixture
def site(set_up_site: None, db: None) -> HomePage:
    """The front page of the site as it was set up."""
    return HomePage.objects.get()


def member(group: str) -> User:
    """An account in this group and no other."""
    user = UserFactory.create()
    user.groups.add(Group.objects.get(name=group))
    return user


def said() -> list[str]:
    """What the command says it made."""
    out = StringIO()
    call_command("setup_site", stdout=out)
    return out.getvalue().splitlines()


def test_run_twice_it_changes_nothing(site: HomePage):
    before = everything_stored()
    assert said() == ["Nothing to do: the site is set up."]
    assert everything_stored() == before


def test_tree_is_the_contracts(site: HomePage, client):
    assert {page.slug: page.specific_class.__name__ for page in site.get_children()} == {
        "conditions": "ConditionIndexPage",
        "exercises": "ExerciseIndexPage",
        "routines": "RoutineIndexPage",
    }
    assert Page.find_problems() == ([], [], [], [], [])
    for address in ("/", "/conditions/", "/exercises/", "/routines/"):
        assert client.get(address).status_code == 200


def test_site_begins_at_the_front_page_and_the_platforms_welcome_is_gone(site: HomePage):
    (only,) = Site.objects.all()
    assert (only.root_page_id, only.is_default_site, only.site_name) == (site.pk, True, "Stretchsite")
    assert list(Page.objects.filter(depth=2)) == [site.page_ptr]


def test_what_was_changed_since_is_left_as_it_is(site: HomePage):
    site.title = "Our own words"
    factories.publish(site)
    site.get_children().get(slug="conditions").specific.delete()
    assert said() == ["“Conditions” made."]
    assert HomePage.objects.get().title == "Our own words"


def test_deleted_group_is_made_again(site: HomePage):
    Group.objects.get(name=REVIEWERS).delete()
    assert said() == ["Group “Reviewers” made."]
    assert member(REVIEWERS).has_perm("clinical.set_tier")
    assert ClinicalReviewTask.objects.get().groups.filter(name=REVIEWERS).exists()


def test_what_a_group_of_ours_could_do_in_an_earlier_version_is_taken_back(site: HomePage):
    group: Any = Group.objects.get(name=MANAGERS)
    other: Any = Group.objects.create(name="Students")
    permission = Permission.objects.get(codename="delete_condition")
    of_pages = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
    for each in (group, other):
        each.permissions.add(permission)
        GroupPagePermission.objects.create(group=each, page=site.get_children().first(), permission=of_pages)
        root = Collection.get_first_root_node()
        of_pictures = Permission.objects.get(content_type__app_label="wagtailimages", codename="add_image")
        GroupCollectionPermission.objects.create(group=each, collection=root, permission=of_pictures)
    told = "taken back what it may not, or may no longer: add_image, delete_condition, publish_page"
    assert said() == [f"Group “Managers”: {told}."]
    assert set(group.permissions.values_list("codename", flat=True)) == set(OTHER_PERMISSIONS[MANAGERS])
    assert not group.page_permissions.exists()
    assert not group.collection_permissions.exists()
    assert list(other.permissions.all()) == [permission]
    assert (other.page_permissions.count(), other.collection_permissions.count()) == (1, 1)
    assert said() == ["Nothing to do: the site is set up."]


def test_table_names_every_group():
    assert set(PAGE_PERMISSIONS) == set(OTHER_PERMISSIONS) == set(GROUPS)


@pytest.mark.parametrize("group", GROUPS)
def test_group_may_do_with_pages_what_the_table_says(site: HomePage, group: str):
    given = GroupPagePermission.objects.filter(group__name=group)
    assert {row.page_id for row in given} <= {site.pk}
    assert {row.permission.codename for row in given} == set(PAGE_PERMISSIONS[group])


@pytest.mark.parametrize("group", GROUPS)
def test_group_may_do_beyond_pages_what_the_table_says(site: HomePage, group: str):
    given = Group.objects.get(name=group).permissions.values_list("codename", flat=True)
    assert sorted(given) == sorted(OTHER_PERMISSIONS[group])


@pytest.mark.parametrize("group", GROUPS)
def test_who_writes_pages_adds_pictures(site: HomePage, group: str):
    given = GroupCollectionPermission.objects.filter(group__name=group)
    assert {row.permission.codename for row in given} == (PICTURES if PAGE_PERMISSIONS[group] else set())


@pytest.mark.parametrize(
    ("group", "adds", "edits_others", "takes_off"),
    [
        (PRACTITIONERS, True, False, False),
        (REVIEWERS, True, True, True),
        (SAFETY_OFFICERS, True, True, True),
        (MANAGERS, False, False, False),
    ],
)
def test_role_works_on_pages_as_it_should(site: HomePage, group: str, adds, edits_others, takes_off):
    exercises = site.get_children().get(slug="exercises").specific
    may = exercises.permissions_for_user(member(group))
    assert (may.can_add_subpage(), may.can_edit(), may.can_publish_subpage()) == (adds, edits_others, False)
    about = factories.InformationPageFactory(parent=site, title="About", slug="about")
    assert about.permissions_for_user(member(group)).can_unpublish() is takes_off
    assert not may.can_unpublish()


@pytest.mark.parametrize("group", GROUPS)
def test_role_can_sign_in_to_the_admin_and_is_no_superuser(site: HomePage, client, group: str):
    user = member(group)
    client.force_login(user)
    assert client.get("/admin/").status_code == 200
    assert not user.is_superuser
    assert not any(user.has_perm(f"clinical.{verb}_user") for verb in ("add", "change", "delete"))


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [
        ("add_safetynote", {PRACTITIONERS, REVIEWERS, SAFETY_OFFICERS}),
        ("publish_safetynote", set()),
        ("set_tier", {REVIEWERS, SAFETY_OFFICERS}),
        ("delete_safetynote", {SAFETY_OFFICERS}),
        ("change_condition", {REVIEWERS, SAFETY_OFFICERS}),
        ("delete_condition", {SAFETY_OFFICERS}),
        ("change_practitioner", {MANAGERS}),
        ("audit_live", {REVIEWERS, SAFETY_OFFICERS, MANAGERS}),
    ],
)
def test_permission_is_held_by_these_roles_only(site: HomePage, permission: str, allowed: set[str]):
    assert {group for group in GROUPS if member(group).has_perm(f"clinical.{permission}")} == allowed


def test_nothing_is_set_up_by_halves(site: HomePage, monkeypatch):
    Group.objects.filter(name__in=GROUPS).delete()
    site.get_children().get(slug="conditions").specific.delete()
    before = everything_stored()
    monkeypatch.setattr("stretchsite.setting_up._allow_pictures", _break)
    with pytest.raises(RuntimeError):
        call_command("setup_site")
    assert everything_stored() == before


def _break(group: Group, codes: tuple[str, ...]) -> None:
    raise RuntimeError("broken on purpose")


def test_same_host_at_another_port_is_the_same_site(site: HomePage, client, settings):
    port = Site.objects.get().port
    settings.WAGTAILADMIN_BASE_URL = f"http://{Site.objects.get().hostname}:8123"
    assert said() == [f"The site is at {settings.WAGTAILADMIN_BASE_URL} now."]
    assert port != 8123
    assert "127.0.0.1:8123/exercises/" in client.get("/sitemap.xml", headers={"Host": "127.0.0.1:8123"}).text
    assert said() == ["Nothing to do: the site is set up."]
    settings.WAGTAILADMIN_BASE_URL = "https://another.example"
    assert said() == ["Nothing to do: the site is set up."]
    assert Site.objects.get().port == 8123
