"""A title in any language is published by its proper road, is found, and every public address goes on answering."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from clinical.models import Condition, NoteTarget
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage
from stretchsite.models import ConditionIndexPage, HomePage
from testing import factories
from testing.editor import edit_address, errors_of, page_as_posted
from tests.clinical.publishing.roads import chief
from tests.outputs import ON_PAGES

#: French, Chinese, and no letter at all; ``tests/clinical/words/test_slugs.py`` has more, and each page takes a second.
TITLES = ["Étirement du mollet à plat", "小腿拉伸", "«—»"]


@pytest.fixture
def tree(home_page: HomePage) -> HomePage:
    for index in (factories.ConditionIndexPageFactory, factories.ExerciseIndexPageFactory):
        index(parent=home_page)
    factories.RoutineIndexPageFactory(parent=home_page)
    return home_page


def publish_all(title: str, home: HomePage) -> list[Page]:
    """A condition, a note and one page of every kind of this title, each as a colleague approved it."""
    condition = Condition(name=title)
    condition.full_clean()
    condition.save()
    factories.note_at(NoteTarget(condition=condition), **{**factories.RED_FLAG, "text": f"it is {title}"})
    exercise = _add(ExerciseIndexPage, factories.draft_exercise(title=title, slug="", conditions=[condition]))
    routine = _add(RoutineIndexPage, factories.draft_routine([exercise], [condition], title=title, slug=""))
    hub = _add(ConditionIndexPage, factories.draft_hub(condition, title=title, slug=""))
    information = factories.InformationPageFactory.build(title=title, slug="")
    factories.approve(information)
    return [exercise, routine, hub, home.add_child(instance=information)]


def _add(index: type[Page], draft: Any) -> Any:
    page = index.objects.get().add_child(instance=draft)
    factories.publish(page)
    return page


def test_every_address_answers_and_search_and_site_map_find_it(tree: HomePage, client: Client):
    pages = {title: publish_all(title, tree) for title in TITLES}
    listed = client.get("/sitemap.xml").content.decode()
    for address in ("/", "/exercises/", "/routines/", "/conditions/", "/search/", "/no-such-page/", "/offline/"):
        assert client.get(address).status_code == (404 if "such" in address else 200), address
    for title, of_title in pages.items():
        for page in of_title:
            url = Page.objects.get(pk=page.pk).url
            answer = client.get(url)
            assert answer.status_code == 200, url
            assert title in answer.content.decode()
            assert f"<loc>http://testserver{url}</loc>" in listed
            assert url.isascii()
        exercise, routine, *_ = of_title
        for place in ON_PAGES:
            page = exercise if place.owner == "exercise" else routine
            assert client.get(page.get_url() + place.output.path).status_code == 200, place
        assert f"it is {title}" in client.get(exercise.get_url()).content.decode()
        slug = Condition.objects.get(name=title).slug
        assert title in client.get("/exercises/", {"condition": slug}).content.decode()
        if any(letter.isalnum() for letter in title):
            found = client.get("/search/", {"q": title}).content.decode()
            assert exercise.get_url() in found, title


def test_editor_takes_a_title_without_an_address(tree: HomePage, client: Client):
    """The form's script leaves nothing of Chinese; the address is then made here."""
    client.force_login(chief())
    draft = ExerciseIndexPage.objects.get().add_child(instance=factories.draft_exercise(title="Of one", slug="x"))
    posted = page_as_posted(draft, chief())
    add = reverse("wagtailadmin_pages:add", args=["exercises", "exercisepage", ExerciseIndexPage.objects.get().pk])
    answer = client.post(add, {**posted, "title": "小腿拉伸", "slug": ""}, follow=False)
    assert answer.status_code == 302, errors_of(answer)
    made = ExercisePage.objects.get(title="小腿拉伸")
    assert made.slug == "xiaotuilashen"
    refused = client.post(edit_address(made), {**page_as_posted(made, chief()), "slug": "小腿"})
    assert "slug" in errors_of(refused)
    form = client.get(edit_address(made)).content.decode()
    assert "blur->w-slug#urlify" in form.replace("&gt;", ">")
    assert "data-w-slug-allow-unicode-value" not in form


@pytest.mark.parametrize("kind", [HomePage, ExerciseIndexPage, RoutineIndexPage, ConditionIndexPage, ExercisePage])
def test_no_road_brings_another_slug(tree: HomePage, kind: type[Page]):
    _add(ExerciseIndexPage, factories.draft_exercise(title="Of one", slug="x"))
    page = kind.objects.get()
    page.slug = "étirement"
    with pytest.raises(ValidationError) as refused:
        page.save()
    assert "étirement" not in str(refused.value)
    assert "etirement" in str(refused.value)
    with pytest.raises(ValidationError):
        kind.objects.get().copy(update_attrs={"slug": "小腿", "title": "Other"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=page.pk).update(slug="étirement")
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=page.pk).update(slug="")


def test_condition_takes_no_other_slug(db: None):
    condition = Condition(name="Mollet", slug="étirement")
    with pytest.raises(ValidationError):
        condition.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        condition.save()
    first, second = Condition(name="«»"), Condition(name="— —")
    first.save()
    second.save()
    assert [first.slug, second.slug] == ["1", "2"]


def test_information_page_may_have_any_title(tree: HomePage):
    information = factories.InformationPageFactory.build(title="À propos", slug="")
    factories.approve(information)
    page = tree.add_child(instance=information)
    assert page.slug == "a-propos"
