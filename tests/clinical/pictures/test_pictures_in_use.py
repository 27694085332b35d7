"""A picture that readers see stays: nobody deletes it, exchanges its file behind a check, or leaves its old words."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from clinical.models import Picture, Practitioner
from clinical.pictures import intake
from clinical.pictures.uploads import PictureForm
from clinical.review.proposals import confirm_proposal, propose
from clinical.serving import write_lock as locking
from exercises.models import ExercisePage
from routines.models import RoutineIndexPage
from stretchsite import setting_up
from testing import factories
from tests import full_disk
from tests import hostile_pictures as pictures
from tests.clinical.publishing.roads import messages_of

PAGE = "/exercises/wall-calf-stretch/"
SAID = {"alternative_text": "Hands on a wall.", "source": "Own work", "licence": "CC BY 4.0", "consent": "given"}
IN_USE = "Nothing was deleted: “Calf” is in use"


def a_file(size: tuple[int, int] = (48, 32)) -> SimpleUploadedFile:
    return SimpleUploadedFile("calf.png", pictures.encoded("PNG", pictures.small(size=size)), "image/png")


def picture_of(title: str) -> Picture:
    return Picture.objects.create(title=title, file=a_file(), **SAID)


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """The folder of files."""
    cache.clear()  # the platform remembers sizes of a picture by its number, which comes again in every test
    return full_disk.use(settings, tmp_path)


@pytest.fixture
def shown(media: Path, exercise: ExercisePage) -> Picture:
    """A picture beside a step that readers see."""
    picture = picture_of("Calf")
    exercise.steps = [("move", {"text": "Lean.", "picture": picture})]
    factories.publish(exercise)
    return picture


@pytest.fixture
def practitioner(exercise: ExercisePage, routine_index: RoutineIndexPage, client: Client) -> Client:
    """Somebody who may change pictures, signed in."""
    factories.ConditionIndexPageFactory(parent=routine_index.get_parent())
    setting_up.set_up(lambda line: None)
    account = factories.UserFactory.create(username="in-practitioners")
    account.groups.add(Group.objects.get(name="Practitioners"))
    client.force_login(account)
    return client


def addresses_of(picture: Picture) -> list[str]:
    """Every road of the admin on which a picture is deleted."""
    return [
        reverse("wagtailimages:delete", args=[picture.pk]),
        reverse("wagtailimages:delete_multiple", args=[picture.pk]),
        reverse("wagtail_bulk_action", args=["clinical", "picture", "delete"]) + f"?id={picture.pk}",
    ]


@pytest.mark.parametrize("road", range(3))
def test_picture_that_readers_see_is_deleted_on_no_road_and_it_is_said(
    shown: Picture, media: Path, practitioner: Client, road: int
):
    before = sorted(media.rglob("*.*"))
    answer = practitioner.post(addresses_of(shown)[road])
    assert answer.status_code == 302
    assert any(IN_USE in said for said in messages_of(answer))
    assert Picture.objects.get().renditions.exists()
    assert sorted(media.rglob("*.*")) == before
    assert "Hands on a wall." in practitioner.get(PAGE).content.decode()


@pytest.mark.parametrize("road", range(3))
def test_picture_that_nobody_shows_is_deleted(
    shown: Picture, practitioner: Client, road: int, django_capture_on_commit_callbacks: Any
):
    unused = picture_of("Unused")
    with django_capture_on_commit_callbacks(execute=True):
        practitioner.post(addresses_of(unused)[road], HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert list(Picture.objects.all()) == [shown]
    assert not unused.file.storage.exists(unused.file.name)


def test_picture_of_a_person_stays_and_many_are_deleted_together_or_not_at_all(media: Path, db: None):
    kept, _unused = picture_of("Calf"), picture_of("Unused")
    Practitioner.objects.create(name="A person", role="Physiotherapist", photo=kept)
    for delete in (kept.delete, Picture.objects.all().delete):
        with pytest.raises(ValidationError, match=IN_USE):
            delete()
    assert Picture.objects.count() == 2
    Practitioner.objects.all().delete()
    Picture.objects.all().delete()
    assert not Picture.objects.exists()


def test_page_that_shows_a_picture_is_deleted_and_the_picture_stays(shown: Picture):
    ExercisePage.objects.get().delete()
    assert Picture.objects.get() == shown
    shown.delete()


def is_writing() -> bool:
    return getattr(locking._thread, "is_writing", False)


def test_whether_a_file_may_be_exchanged_is_asked_in_the_turn_it_is_saved_in(
    media: Path, db: None, monkeypatch: pytest.MonkeyPatch
):
    picture, asked, made = picture_of("Calf"), [], []
    takes_two, taken = Picture.takes_two, intake.taken
    monkeypatch.setattr(Picture, "takes_two", lambda self: asked.append(is_writing()) or takes_two(self))
    monkeypatch.setattr(intake, "taken", lambda content: made.append(is_writing()) or taken(content))
    picture.file = a_file((20, 20))
    picture.save()
    assert asked[-1]
    assert made == [False], "others may write while it is decoded"
    assert Picture.objects.get().width == 20


def test_file_of_a_picture_that_came_into_use_meanwhile_is_kept_and_the_new_one_goes(
    media: Path, db: None, monkeypatch: pytest.MonkeyPatch
):
    picture = picture_of("Calf")
    monkeypatch.setattr(Picture, "takes_two", lambda self: is_writing())
    picture.file = a_file((20, 20))
    with pytest.raises(ValidationError, match="upload this as a new picture"):
        picture.save()
    assert Picture.objects.get().width == 48
    assert len(list((media / "original_images").iterdir())) == 1


def test_words_of_many_are_asked_about_in_the_turn_they_are_saved_in(
    media: Path, db: None, monkeypatch: pytest.MonkeyPatch
):
    picture_of("Calf")
    asked: list[bool] = []
    monkeypatch.setattr(Picture, "takes_two", lambda self: asked.append(is_writing()) or False)
    Picture.objects.update(source="Somebody")
    assert asked == [True]


def test_form_asks_the_same_about_a_file_as_the_save(media: Path, db: None, monkeypatch: pytest.MonkeyPatch):
    form = PictureForm.__new__(PictureForm)
    form.instance, form.changed_data, form.cleaned_data = picture_of("Calf"), ["file"], {"file": None}
    assert form.clean_file() is None
    monkeypatch.setattr(Picture, "takes_two", lambda self: True)
    with pytest.raises(ValidationError, match="This picture is in use"):
        form.clean_file()


def test_page_is_not_published_with_a_sign_because_others_are_decoding(
    shown: Picture, client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(intake, "PATIENCE_SECONDS", 0)
    before = ExercisePage.objects.get().pictures_ready
    shown.renditions.all().delete()
    cache.clear()
    with intake.decoding(), intake.decoding():
        with pytest.raises(ValidationError, match="Try again in a minute"):
            factories.publish(ExercisePage.objects.get())
        assert shown.get_rendition("width-100").is_sign, "a reader is shown the sign, and refused nothing"
        assert client.get(PAGE).status_code == 200
    assert ExercisePage.objects.get().pictures_ready == before
    assert not shown.get_rendition("width-100").is_sign, "for that moment only"


def test_words_two_people_agreed_on_reach_the_readers_of_a_live_exercise(shown: Picture, client: Client):
    first, second = (factories.UserFactory.create(username=name) for name in ("first", "second"))
    page = ExercisePage.objects.get()
    page.photo = picture_of("Another")
    factories.publish(page)
    other = ExercisePage.objects.get().pictures_ready["photo"]
    words = {"alternative_text": "Both hands on a wall.", "source": "A friend"}
    confirm_proposal(propose(shown, words, by=first, reason="Plainer."), by=second)
    told = client.get(PAGE).content.decode()
    assert told.count("Both hands on a wall.") == 1
    page = ExercisePage.objects.get()
    assert "A friend, CC BY 4.0" in [shown["credit"] for shown in page.pictures_ready.values()]
    assert page.pictures_ready["photo"] == other, "another picture's words stay"
    assert not page.publish_errors()
    call_command("draw_figures", stdout=StringIO())
    assert ExercisePage.objects.get().pictures_ready == page.pictures_ready
