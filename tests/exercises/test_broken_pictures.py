"""A stored picture that is lost or broken is shown as a sign with its alternative text, and stops nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from clinical.models import Picture
from exercises.models import ExercisePage
from testing import factories
from tests import full_disk
from tests import hostile_pictures as pictures
from tests.exercises.illustrated import figure_of

PAGE = "/exercises/wall-calf-stretch/"
SIGN = "clinical/no-picture.svg"
BROKEN = {
    "lost": None,
    "cut": pictures.whole()["png"][:60],
    "zeros": bytes(500),
    "bomb": pictures.png_of(30_000, 30_000),
    "page": b"<html>",
}


SAID = {"alternative_text": "Hands on a wall.", "source": "Own work", "licence": "CC BY 4.0", "consent": "given"}


def picture_of(title: str) -> Picture:
    """A picture with everything said about it."""
    return Picture.objects.create(title=title, file=SimpleUploadedFile("calf.png", pictures.whole()["png"]), **SAID)


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """The folder of files."""
    cache.clear()  # the platform remembers sizes of a picture by its number, which comes again in every test
    return full_disk.use(settings, tmp_path)


@pytest.fixture
def shown(media: Path, exercise: ExercisePage, client: Client) -> Picture:
    """A picture on a page that readers see; the person signed in may do everything."""
    client.force_login(factories.UserFactory.create(is_superuser=True))
    picture = picture_of("Calf")
    exercise.photo = picture
    exercise.steps = [("move", {"text": "Lean.", "picture": picture})]
    factories.publish(exercise)
    return picture


def break_it(media: Path, picture: Picture, content: bytes | None) -> None:
    """Spoil the original on the disk, and forget its sizes."""
    path = media / picture.file.name
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)
    picture.renditions.all().delete()
    cache.clear()


def test_every_screen_and_page_answers_with_a_broken_picture(
    shown: Picture, media: Path, client: Client, exercise: ExercisePage
):
    screens = {
        "list": reverse("wagtailimages:index"),
        "rows": reverse("wagtailimages:index") + "?layout=list",
        "edit": reverse("wagtailimages:edit", args=[shown.pk]),
        "chooser": reverse("wagtailimages_chooser:choose"),
        "chooser rows": reverse("wagtailimages_chooser:choose") + "?layout=list",
        "chosen": reverse("wagtailimages_chooser:chosen", args=[shown.pk]),
        "page editor": reverse("wagtailadmin_pages:edit", args=[exercise.pk]),
    }
    for name, content in BROKEN.items():
        break_it(media, shown, content)
        for screen, address in screens.items():
            answer = client.get(address)
            assert (answer.status_code, SIGN in answer.content.decode()) == (200, True), (name, screen)
        for address in (
            reverse("wagtailimages:preview", args=[shown.pk, "width-100"]),
            reverse("clinical_original", args=[shown.pk]),
            reverse("wagtailimages:image_usage", args=[shown.pk]),
        ):
            assert client.get(address).status_code < 500, (name, address)
        factories.publish(ExercisePage.objects.get())
        told = client.get(PAGE).content.decode()
        assert told.count("Picture not available: Hands on a wall.") == 2, name
        assert 'src=""' not in told
        for output in ExercisePage.outputs:
            assert client.get(PAGE + output.path).status_code == 200
    break_it(media, shown, pictures.whole()["png"])
    call_command("draw_figures", verbosity=0)
    assert "Picture not available" not in client.get(PAGE).content.decode()


def test_picture_that_leads_and_is_broken_gives_way_to_the_figure(shown: Picture, media: Path, client: Client):
    break_it(media, shown, None)
    exercise = ExercisePage.objects.get()
    exercise.figure, exercise.leads = figure_of(), "photo"
    factories.publish(exercise)
    sheet = ExercisePage.objects.get().sheet()
    assert (sheet.shows_figure_first, sheet.photo.url) == (True, "")
    assert "Picture not available" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("cut", [0, 20, -1])
def test_torn_size_from_before_is_made_anew(shown: Picture, media: Path, client: Client, cut: int):
    before = ExercisePage.objects.get().pictures_ready["photo"]["name"]
    file = media / before
    whole = file.read_bytes()
    file.write_bytes(whole[:cut])
    call_command("draw_figures", verbosity=0)
    after = ExercisePage.objects.get().pictures_ready["photo"]["name"]
    assert (media / after).read_bytes() == whole
    assert f"/media/{after}" in client.get(PAGE).content.decode()


def test_page_is_published_on_a_full_disk_and_mended_afterwards(shown: Picture, media: Path, client: Client):
    shown.renditions.all().delete()
    cache.clear()
    full_disk.give_room(10)
    factories.publish(ExercisePage.objects.get())
    assert "Picture not available: Hands on a wall." in client.get(PAGE).content.decode()
    assert client.get(reverse("wagtailimages:index")).status_code == 200
    full_disk.give_room(None)
    call_command("draw_figures", verbosity=0)
    assert "Picture not available" not in client.get(PAGE).content.decode()


def test_file_of_a_picture_in_use_is_not_replaced_behind_its_page(shown: Picture, client: Client, media: Path):
    unused = picture_of("Other")
    for picture, width in ((shown, 48), (unused, 20)):
        edit = reverse("wagtailimages:edit", args=[picture.pk])
        form = {
            "title": "Calf",
            "file": SimpleUploadedFile("new.png", pictures.encoded("PNG", pictures.small(size=(20, 20)))),
            "collection": picture.collection_id,
            **SAID,
        }
        assert client.post(edit, form).status_code == 302
        assert Picture.objects.get(pk=picture.pk).width == width
    assert len(list((media / "original_images").iterdir())) == 2
