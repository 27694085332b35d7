"""Every road of a file into the site: what is refused is told and leaves nothing, what is taken is clean."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from PIL import Image
from wagtail.documents.models import Document
from wagtail.models import Collection, GroupCollectionPermission, UploadedFile

from clinical.middleware import refused
from clinical.models import Picture, User
from clinical.serving.storage import NotKept
from testing import factories
from tests import full_disk
from tests import hostile_pictures as pictures

SAID = {"alternative_text": "Hands on a wall.", "source": "Own work", "licence": "CC BY 4.0", "consent": "given"}
PLACES = pictures.encoded("JPEG", exif=pictures.exif(6))
BOMB = pictures.png_of(30_000, 30_000)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def media(db: None, settings: Any, tmp_path: Path) -> Path:
    """The folder of files."""
    cache.clear()  # the platform remembers sizes of a picture by its number, which comes again in every test
    return full_disk.use(settings, tmp_path)


@pytest.fixture
def person(db: None, client: Client) -> User:
    """Somebody who may do everything, signed in."""
    user = factories.UserFactory.create(is_superuser=True)
    client.force_login(user)
    return user


def upload(content: bytes, name: str = "IMG 1.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)


def files(media: Path) -> list[Path]:
    """What is on the disk, unfinished ones too."""
    return [path for path in media.rglob("*") if path.is_file()]


def fields(**more: Any) -> dict[str, Any]:
    place = Collection.get_first_root_node().pk
    return {"title": "Calf", "collection": place, **SAID, "consent": "nobody_shown", **more}


def roads(client: Client, content: bytes, name: str) -> dict[str, str]:
    """What each road says to a file; every one of them is the platform's own."""
    many = client.post(reverse("wagtailimages:add_multiple"), {"title": "Calf", "files[]": upload(content, name)})
    chooser = client.post(
        reverse("wagtailimages_chooser:create"),
        {f"image-chooser-upload-{key}": value for key, value in fields(file=upload(content, name)).items()},
    )
    one = client.post(reverse("wagtailimages:add"), fields(file=upload(content, name)))
    assert {many.status_code, chooser.status_code} == {200}
    assert one.status_code in (200, 302)
    return {"many": many.content.decode(), "chooser": chooser.content.decode(), "one": one.content.decode()}


@pytest.mark.usefixtures("person")
def test_refused_picture_is_told_at_its_field_on_every_road_and_leaves_nothing(media: Path, client: Client):
    for name, content, word in (
        ("bomb.png", BOMB, "too many pixels"),
        ("cut.jpg", pictures.whole()["jpg"][:300], "cannot be read"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read"),
        ("moving.gif", pictures.moving("GIF"), "cannot be read"),
        ("moving.webp", pictures.moving("WEBP"), "moves"),
        ("empty.png", b"", "empty"),
    ):
        for road, said in roads(client, content, name).items():
            assert word in said, (road, name)
    assert (Picture.objects.count(), UploadedFile.objects.count(), files(media)) == (0, 0, [])


@pytest.mark.usefixtures("person")
def test_large_file_is_refused_before_it_is_read(media: Path, client: Client, settings: Any):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 500
    for said in roads(client, PLACES, "large.jpg").values():
        assert "too big" in said
    assert files(media) == []


@pytest.mark.usefixtures("person")
def test_what_is_taken_is_clean_on_every_road_from_its_first_byte_on_the_disk(media: Path, client: Client):
    said = roads(client, PLACES, "IMG 1.jpg")
    assert '"success": true' in said["many"]
    [waiting] = UploadedFile.objects.all()  # more is asked before it becomes a picture
    form = {f"uploaded-image-{waiting.pk}-{key}": value for key, value in fields().items()}
    client.post(reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk]), form)
    taken = list(Picture.objects.all())
    assert len(taken) == 3
    for path in files(media):
        content = path.read_bytes()
        assert pictures.SECRET not in content
        assert b"Exif" not in content
    for picture in taken:
        assert (picture.width, picture.height) == (32, 48), "upright"
        assert picture.file.name.startswith("original_images/")
        assert len(Path(picture.file.name).stem) == 32
        assert "IMG" not in picture.file.name
    assert len({picture.file.name for picture in taken}) == 3


def test_a_shell_takes_in_pictures_like_everybody(media: Path):
    picture = Picture.objects.create(title="Calf", file=upload(PLACES), **SAID)
    assert (picture.width, picture.height) == (32, 48)
    assert pictures.SECRET not in picture.file.storage.open(picture.file.name).read()
    with pytest.raises((ValidationError, Image.DecompressionBombError)):
        Picture.objects.create(title="Bomb", file=upload(BOMB, "bomb.png"), **SAID)
    with pytest.raises(Exception, match="clinical_picture_described"):
        Picture.objects.create(title="Calf", file=upload(PLACES), **{**SAID, "alternative_text": ""})
    assert [path.name for path in files(media)] == [Path(picture.file.name).name]


@pytest.mark.usefixtures("person")
def test_original_is_given_only_to_those_who_may(media: Path, client: Client):
    picture = Picture.objects.create(title="Calf", file=upload(PLACES), **SAID)
    address = picture.get_rendition("original").url
    answer = client.get(address)
    assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff")
    assert answer.getvalue() == picture.file.storage.open(picture.file.name).read()
    client.get(reverse("wagtailimages:edit", args=[picture.pk]))
    small = [path for path in files(media) if path.parent.name == "images"]
    assert small, "what the screen shows is a size of it"
    assert not any(Path(picture.file.name).stem in path.name for path in small)
    assert client.get(f"/media/{picture.file.name}").status_code == 404
    other = factories.UserFactory.create()
    group = other.groups.create(name="Elsewhere")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    elsewhere = Collection.get_first_root_node().add_child(name="Elsewhere")
    may = Permission.objects.get(codename="choose_image", content_type__app_label="clinical")
    GroupCollectionPermission.objects.create(group=group, collection=elsewhere, permission=may)
    client.force_login(other)
    assert client.get(address).status_code in (302, 403)
    Picture.objects.update(collection=elsewhere)
    assert client.get(address).status_code == 200
    client.logout()
    assert client.get(address).status_code == 302


def test_disk_that_takes_nothing_is_told_and_nothing_is_left(media: Path, rf: RequestFactory):
    full_disk.give_room(100)
    with pytest.raises(NotKept) as refusal, transaction.atomic():
        Picture.objects.create(title="Calf", file=upload(PLACES), **SAID)
    assert (Picture.objects.count(), files(media)) == (0, [])
    answer = refused(rf.post(reverse("wagtailimages:add"), headers={"accept": "application/json"}), refusal.value)
    assert answer is not None
    assert "could not be kept" in json.loads(answer.content)["error_message"]


@pytest.mark.usefixtures("person")
def test_document_is_a_whole_pdf_given_as_a_file_to_save(media: Path, client: Client):
    collection = Collection.get_first_root_node().pk
    add = reverse("wagtaildocs:add")
    for content, name, word in (
        (b"<html><script>alert(1)</script>", "page.pdf", "no PDF"),
        (PDF[:-7], "cut.pdf", "no PDF"),
        (PDF, "page.html", "not allowed"),
    ):
        form = {"title": "Leaflet", "file": upload(content, name, "application/pdf"), "collection": collection}
        assert word in client.post(add, form).content.decode()
        many = client.post(reverse("wagtaildocs:add_multiple"), {"title": "L", "files[]": upload(content, name)})
        assert word in json.loads(many.content)["error_message"]
    assert (Document.objects.count(), UploadedFile.objects.count(), files(media)) == (0, 0, [])
    client.post(add, {"title": "Leaflet", "file": upload(PDF, "leaflet.pdf"), "collection": collection})
    answer = client.get(Document.objects.get().url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.usefixtures("person")
def test_nobody_is_asked_for_a_picture_of_themselves(media: Path, client: Client):
    address = reverse("wagtailadmin_account")
    assert 'name="avatar-avatar"' not in client.get(address).content.decode()
    client.post(address, {"avatar-avatar": upload(PLACES)})
    assert files(media) == []
