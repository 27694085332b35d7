"""Favourites: a star in the lists of the admin, a filter, a source of programmes; nobody else's, and no reader's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinical.models import Favourite, User
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage
from sharing.views.offers import offers
from testing import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(set_up_site: None) -> User:
    """A practitioner."""
    account: User = factories.UserFactory.create()
    account.groups.add(Group.objects.get(name="Practitioners"))
    return account


def live_exercise(title: str, **fields: Any) -> ExercisePage:
    page: ExercisePage = ExerciseIndexPage.objects.get().add_child(
        instance=factories.draft_exercise(title=title, **fields)
    )
    return page


def test_star_is_put_on_and_taken_off_and_is_ones_own(me: User, client: Client):
    page = live_exercise("Calf stretch")
    client.force_login(me)
    listed = reverse("exercises:index")
    for sent, pressed in (("on", "true"), ("on", "true"), ("off", "false")):
        answer = client.post(
            reverse("clinical_star", args=[page.pk]),
            {"star": sent},
            headers={"referer": f"http://testserver{listed}?q=calf"},
        )
        assert answer["Location"] == f"http://testserver{listed}?q=calf#star-{page.pk}"
        assert f'id="star-{page.pk}"' in client.get(listed).content.decode()
        assert f'aria-pressed="{pressed}"' in client.get(listed).content.decode()
    form = client.get(listed).content.decode().partition('<form id="page-reorder-form"')[2].partition("</form>")[0]
    assert "csrfmiddlewaretoken" in form.partition('class="star"')[0]
    assert 'class="star"' in form
    client.post(reverse("clinical_star", args=[page.pk]), {"star": "on"})
    other = factories.UserFactory.create(is_superuser=True)
    client.force_login(other)
    assert 'aria-pressed="true"' not in client.get(listed).content.decode()
    away = client.post(
        reverse("clinical_star", args=[page.pk]), {"star": "on"}, headers={"referer": "https://elsewhere.example/"}
    )
    assert away["Location"] == reverse("wagtailadmin_explore", args=[page.get_parent().pk]) + f"#star-{page.pk}"


def test_list_is_narrowed_to_favourites(me: User, client: Client):
    pages = [live_exercise(f"Stretch {number}") for number in range(6)]
    for page in pages[:2]:
        Favourite.objects.create(person=me, page=page.page_ptr)
    client.force_login(me)
    said = client.get(reverse("exercises:index"), {"favourites": "mine"}).content.decode()
    assert [page.title in said for page in pages] == [True, True, False, False, False, False]


@pytest.mark.parametrize("words", ["", "calf"])
def test_programme_begins_with_favourites_that_are_live(me: User, words: str):
    index = ExerciseIndexPage.objects.get()
    mine, other = live_exercise("Calf stretch"), live_exercise("Another calf stretch")
    routine = RoutineIndexPage.objects.get().add_child(
        instance=factories.draft_routine([mine], [], title="Calf routine")
    )
    gone = live_exercise("Calf stretch that is off")
    for page in (mine, routine, gone):
        Favourite.objects.create(person=me, page=page.page_ptr)
    gone.unpublish()
    for source, expected in (("favourites", [mine.pk]), ("favourite-routines", [routine.pk])):
        asked = QueryDict(f"from={source}&q={words}")
        cards: Any = offers(asked, index.locale_id, me).cards
        assert [offer.pk for offer in cards] == expected
    assert not offers(QueryDict("from=favourites"), index.locale_id, factories.UserFactory.create()).cards
    assert other.pk


def test_only_what_is_live_and_can_be_done_is_starred(me: User, client: Client):
    draft = live_exercise("Not live", live=False)
    client.force_login(me)
    client.post(reverse("clinical_star", args=[draft.pk]), {"star": "on"})
    assert (
        client.post(reverse("clinical_star", args=[ExerciseIndexPage.objects.get().pk]), {"star": "on"}).status_code
        == 404
    )
    assert client.get(reverse("clinical_star", args=[draft.pk])).status_code == 405
    assert not Favourite.objects.exists()


def test_my_drafts_that_were_left_lying_are_a_list_without_what_waits_or_is_anothers(me: User, client: Client):
    index = ExerciseIndexPage.objects.get()
    drafts = {}
    for title, owner in (("Left lying", me), ("Gone on with", me), ("In review", me), ("A colleague’s", None)):
        draft = factories.draft_exercise(title=title, live=False)
        draft.owner = draft.author = owner or factories.UserFactory.create()
        index.add_child(instance=draft).save_revision(user=draft.owner)
        drafts[title] = ExercisePage.objects.get(pk=draft.pk)
    drafts["In review"].get_workflow().start(drafts["In review"], me)
    for title in ("Left lying", "In review", "A colleague’s"):
        long_ago = timezone.now() - timedelta(days=31)
        ExercisePage.objects.filter(pk=drafts[title].pk).update(latest_revision_created_at=long_ago)
    client.force_login(me)
    said = client.get(reverse("exercises:index"), {"whose": "left"}).content.decode()
    assert [title for title in drafts if title in said] == ["Left lying"]
