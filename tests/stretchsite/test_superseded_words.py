"""Words that others were approved instead of do not come back by one person: not as a copy, not after a deletion.

One reviewer alone could: copy a page live, wait until its words were corrected, delete the page and take its address.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from clinical.models import PublishRefused, User
from exercises.models import ExercisePage
from stretchsite.group_permissions import REVIEWERS
from stretchsite.models import HomePage, InformationPage
from stretchsite.reserved import is_answered_by_the_site
from stretchsite.templatetags.chrome_tags import footer_links
from testing import factories

SUPERSEDED = "Other words were approved after these"


@pytest.fixture
def site(set_up_site: None, db: None) -> HomePage:
    """A new site with one page about it."""
    home = HomePage.objects.get()
    factories.InformationPageFactory(parent=home, title="Is it safe for me?", slug="safe")
    return home


@pytest.fixture
def reviewer(site: HomePage, client: Client) -> Client:
    """A reviewer, signed in."""
    account = User.objects.create_user("reviewer", "reviewer@example.org")
    account.groups.add(Group.objects.get(name=REVIEWERS))
    client.force_login(account)
    return client


def copy_of(page: Any, slug: str, **options: Any) -> Any:
    return page.copy(update_attrs={"slug": slug}, keep_live=False, **options)


def test_copy_of_words_that_were_corrected_does_not_go_live(site: HomePage):
    page = InformationPage.objects.get()
    older = copy_of(page, "older")
    page.introduction = "Corrected words."
    factories.publish(page)
    page.delete()
    with pytest.raises(PublishRefused, match=SUPERSEDED):
        older.get_latest_revision().publish()
    factories.publish(older)
    assert InformationPage.objects.get().live


def test_words_that_were_corrected_do_not_come_back_once_the_correction_is_taken_off(exercise: ExercisePage):
    older = factories.publish(exercise)
    exercise.purpose = "Corrected words."
    factories.publish(exercise)
    exercise.unpublish()
    with pytest.raises(PublishRefused, match=SUPERSEDED):
        older.publish()
    ExercisePage.objects.get().get_latest_revision().publish()
    assert ExercisePage.objects.get().live


def test_translation_supersedes_nothing(exercise: ExercisePage, site: HomePage):
    page = InformationPage.objects.get()
    french = Locale.objects.create(language_code="fr")
    site.copy_for_translation(french)
    translated = page.copy_for_translation(french)
    translated.title = "Est-ce sans danger ?"
    factories.publish(translated)
    page.unpublish()
    page.save_revision().publish()
    assert InformationPage.objects.get(pk=page.pk).live


def test_copy_begins_as_a_draft_whatever_road_is_taken(reviewer: Client, site: HomePage):
    page = InformationPage.objects.get()
    sent = {"new_title": page.title, "new_slug": "again", "new_parent_page": site.pk}
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    for live in ("publish_copies", "alias"):
        assert "You do not have permission to publish" in reviewer.post(address, {**sent, live: "on"}).content.decode()
    assert reviewer.post(f"/admin/api/main/pages/{page.pk}/action/copy/").status_code == 403
    assert InformationPage.objects.count() == 1
    assert reviewer.post(address, sent).status_code == 302
    assert not InformationPage.objects.get(slug="again").live


def test_one_person_takes_off_what_is_about_a_subject_but_not_the_front_page(reviewer: Client, site: HomePage):
    for page, goes in ((InformationPage.objects.get(), True), (site, False)):
        for action in ("unpublish", "delete"):
            reviewer.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]), {"reason": "It is out of date."})
        assert type(page).objects.filter(pk=page.pk, live=True).exists() is not goes


@pytest.mark.parametrize("slug", ["search", "diary", "offline", "code", "admin", "exercises", "routines", "conditions"])
def test_address_of_the_sites_own_is_refused_and_never_made(slug: str, site: HomePage):
    assert is_answered_by_the_site(slug)
    page = site.add_child(instance=InformationPage(title=slug, live=False, introduction="Words.", body=[]))
    assert page.slug == f"{slug}-2"
    page.slug = slug
    assert page.publish_errors()["slug"] == ["The site itself answers at this address; write another."]
    assert not is_answered_by_the_site("is-it-safe")


def test_alias_adds_no_link_at_the_foot(site: HomePage):
    InformationPage.objects.get().create_alias(parent=site, update_slug="alias")
    assert [link.url for link in footer_links()] == ["/safe/", "/code/"]


def test_new_page_can_be_sent_to_review_before_it_has_its_address(reviewer: Client, site: HomePage):
    words = InformationPage(title="你好", introduction="Words.", body=[("paragraph", "Words.")])
    assert "slug" not in words.completeness_errors()
    assert "slug" in InformationPage(title="", introduction="Words.").completeness_errors()
