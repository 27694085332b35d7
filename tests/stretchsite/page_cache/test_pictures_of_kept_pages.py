"""Pages that are kept, and those published long ago, name pictures by addresses that do not end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from clinical.models import Picture
from exercises.models import ExercisePage
from stretchsite.settings.buckets import Bucket
from testing import factories
from tests import bucket_server
from tests import hostile_pictures as pictures
from tests.stretchsite.page_cache.asking import Clock, asked, django, in_front

PAGE = "/exercises/wall-calf-stretch/"
SAID = {"alternative_text": "Hands on a wall.", "source": "Own work", "licence": "CC BY 4.0", "consent": "given"}
AN_HOUR = 60 * 60


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    with bucket_server.serving() as address:
        yield bucket_server.new_bucket(address)


@pytest.fixture
def _signed(bucket: Bucket, settings: Any) -> None:
    """A storage whose own addresses are signed and end after an hour."""
    options = {
        "bucket_name": bucket.name,
        "endpoint_url": bucket.endpoint,
        "access_key": bucket.access_key,
        "secret_key": bucket.secret_key,
        "region_name": bucket.region,
        "addressing_style": "path",
        "querystring_auth": True,
        "querystring_expire": AN_HOUR,
    }
    signed = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": signed}
    cache.clear()  # the platform remembers sizes of a picture by its number, which comes again in every test


@pytest.fixture
def shown(_signed: None, exercise: ExercisePage) -> ExercisePage:
    """An exercise with a photo, as readers see it."""
    file = SimpleUploadedFile("calf.png", pictures.whole()["png"])
    exercise.photo = Picture.objects.create(title="Calf", file=file, **SAID)
    exercise.steps = [("move", {"text": "Lean.", "picture": exercise.photo})]
    factories.publish(exercise)
    return ExercisePage.objects.get()


def addresses(page: str) -> set[str]:
    """Of the pictures on a page."""
    return {found for found in re.findall(r'src="([^"]+\.webp[^"]*)"', page) if not found.startswith("/static/")}


def test_page_that_was_kept_names_pictures_that_are_still_there_an_hour_later(shown: ExercisePage, bucket: Bucket):
    assert "Signature=" in default_storage.url(shown.pictures_ready["photo"]["name"]), "it would end"
    clock = Clock()
    cache_in_front = in_front(clock=clock)
    opened = timezone.now().replace(hour=9)
    with clock.at(opened):
        first = asked(cache_in_front, PAGE)
    with clock.at(opened + timedelta(seconds=AN_HOUR + 60)):
        later = asked(cache_in_front, PAGE)
        assert (cache_in_front.answered, later.body) == (1, first.body)
        [picture] = addresses(later.said)
        assert asked(cache_in_front, picture).status == 200
    for output in ("", "sheet.json", "follow/"):
        said = asked(django(), f"{PAGE}{output}").said
        assert "Signature=" not in said
        assert bucket.endpoint not in said


def test_page_published_with_an_address_that_has_ended_shows_its_picture(shown: ExercisePage):
    made = dict(shown.pictures_ready["photo"])
    name = made.pop("name")
    for before in (default_storage.url(name), f"/media/{name}"):
        ExercisePage.objects.update(pictures_ready={"photo": {**made, "url": before}})
        [picture] = addresses(asked(django(), PAGE).said)
        assert (picture, asked(django(), picture).status) == (f"/media/{name}", 200)
    ExercisePage.objects.update(pictures_ready={"photo": {**made, "url": ""}})
    assert "Picture not available: Hands on a wall." in asked(django(), PAGE).said
