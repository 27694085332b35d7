"""Files in a bucket two machines share: both serve the same, and while it is away nobody is refused a page."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document

from clinical.middleware import FILES_SECONDS
from clinical.models import Picture, PictureRendition
from clinical.serving import bucket_files, outside
from clinical.serving.waiting import Patience, StorageAway, patience, waiting_at_most
from exercises import drawings
from exercises.models import ExercisePage, redrawing
from routines.models import RoutinePage
from stretchsite.settings.buckets import Bucket
from testing import factories
from testing.editor import edit_address, page_as_posted
from tests import bucket_server
from tests import hostile_pictures as pictures
from tests.exercises.illustrated import figure_of, forbid_drawing
from tests.routines.outputs.quickly_made import CARDS, HANDOUT, answers, drawn, quickly_made

PAGE, ROUTINE = "/exercises/wall-calf-stretch/", "/routines/calves/"
SAID = {"alternative_text": "Hands on a wall.", "source": "Own work", "licence": "CC BY 4.0", "consent": "given"}
FAULTS = [
    "nobody there",
    bucket_server.HANGS,
    bucket_server.REFUSES,
    bucket_server.FULL,
    bucket_server.BREAKS_OFF,
]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with bucket_server.serving() as address:
        yield address


@pytest.fixture
def bucket(
    endpoint: str,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    exercise: ExercisePage,
    routine: RoutinePage,
) -> Bucket:
    """Where a site keeps its files whose exercise has a figure and a photo; nothing in it yet but these."""
    cache.clear()  # the platform remembers sizes of a picture by its number, which comes again in every test
    quickly_made(monkeypatch)
    made = bucket_server.new_bucket(endpoint)
    bucket_server.use(settings, made)
    file = SimpleUploadedFile("calf.png", pictures.whole()["png"])
    exercise.photo = Picture.objects.create(title="Calf", file=file, **SAID | {"consent": "nobody_shown"})
    exercise.figure = figure_of()
    factories.publish(exercise)
    return made


def another_machine(settings: Any, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Client:
    """One that has just been started, with nothing on its disk and nothing in its memory."""
    cache.clear()
    monkeypatch.setattr(redrawing, "_owners", {})
    monkeypatch.setattr(redrawing, "_known_until", 0.0)
    bucket_server.use(settings, bucket)
    return Client()


def photo(client: Client) -> str:
    """The address of the photo, as the page says it."""
    [found] = set(re.findall(r'src="(/media/[^"]+)"', client.get(PAGE).content.decode()))
    return found


def test_everything_that_is_kept_is_in_the_bucket_and_another_machine_makes_none_of_it_again(
    bucket: Bucket, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    whole = answers(client)
    picture = client.get(photo(client))
    kept = bucket_server.files_in(bucket)
    folders = sorted(name.partition("/")[0] for name in kept if not name.startswith("figures/"))
    assert folders == ["cards", "cards", "handouts", "images", "images", "original_images"]
    assert len([name for name in kept if name.startswith("figures/")]) == len(drawn())
    assert (picture.status_code, kept[photo(client).removeprefix("/media/")]) == (200, picture.content)
    other = another_machine(settings, bucket, monkeypatch)
    forbid_drawing(monkeypatch)
    for making in ("routines.outputs.handout.typeset_pdf", "clinical.outputs.share_card.typeset_png"):
        monkeypatch.setattr(making, None)
    assert answers(other) == whole
    assert other.get(photo(other)).content == picture.content
    assert bucket_server.files_in(bucket) == kept


def test_picture_is_given_for_ever_under_the_sites_own_address_and_nothing_else_of_the_bucket_is(
    bucket: Bucket, client: Client
):
    answer = client.get(photo(client))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert not answer.cookies
    for name in bucket_server.files_in(bucket):
        if not name.startswith("images/"):
            assert client.get(f"/media/{name}").status_code == 404
            assert client.get(f"/media/images/../{name}").status_code == 404
    for name in ("lost.png", "..%2Foriginal_images", "a.svg", "a.png/"):
        assert client.get(f"/media/images/{name}").status_code == 404


def test_what_lacks_a_drawing_is_answered_and_kept_in_no_bucket(
    bucket: Bucket, client: Client, monkeypatch: pytest.MonkeyPatch
):
    for name in bucket_server.files_in(bucket):
        if name.startswith("figures/"):
            default_storage.delete(name)
    monkeypatch.setattr(drawings, "drawn_again", lambda *_: "")
    for address in (HANDOUT, *CARDS):
        answer = client.get(address)
        assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
    assert {name.partition("/")[0] for name in bucket_server.files_in(bucket)} == {"images", "original_images"}


@contextmanager
def fault(does: str, bucket: Bucket, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The storage does this, for as long as the block lasts."""
    with bucket_server.bad_server() as bad, monkeypatch.context() as soon:
        soon.setattr(bucket_files, "READ_SECONDS", 0.4)
        soon.setattr(bucket_files, "KEEP_SECONDS", 0.4)
        bad.does = does
        there = bucket_server.nobody_there() if does == FAULTS[0] else bad.endpoint
        bucket_server.use(settings, dataclasses.replace(bucket, endpoint=there))
        yield
    bucket_server.use(settings, bucket)


@pytest.mark.parametrize("does", FAULTS)
def test_storage_that_is_away_costs_readers_nothing_but_photos(
    bucket: Bucket, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, does: str
):
    address = photo(client)
    kept = bucket_server.files_in(bucket)
    with fault(does, bucket, settings, monkeypatch), bucket_server.within(6):
        while_away = answers(client)
        for page in (PAGE, ROUTINE):
            assert client.get(page).status_code == 200
        assert f'src="{address}"' in client.get(PAGE).content.decode()
        assert 'alt="Hands on a wall."' in client.get(PAGE).content.decode()
        refused = client.get(address)
        assert (refused.status_code, refused.headers["Cache-Control"]) == (503, "no-store")
        assert "Emergency: call 999" in refused.content.decode()
    assert bucket_server.files_in(bucket) == kept, "nothing torn, nothing lost"
    assert answers(client) == while_away
    assert client.get(address).status_code == 200


@pytest.fixture
def away(bucket: Bucket, settings: Any, monkeypatch: pytest.MonkeyPatch) -> AbstractContextManager[None]:
    """``with away:`` the server takes and gives nothing."""
    return fault(bucket_server.FULL, bucket, settings, monkeypatch)


def test_who_works_here_is_told_in_words_and_nothing_is_half_saved(
    bucket: Bucket, client: Client, away: AbstractContextManager[None], monkeypatch: pytest.MonkeyPatch
):
    client.force_login(factories.UserFactory.create(is_superuser=True))
    picture, document = Picture.objects.get(), Document.objects.create(title="Leaflet")
    document.file.save("leaflet.pdf", ContentFile(b"%PDF-1.7 %%EOF"))
    served = reverse("wagtaildocs_serve", args=[document.pk, document.filename])
    assert client.get(served).getvalue() == b"%PDF-1.7 %%EOF"
    monkeypatch.setattr(outside, "LEFT_ALONE_SECONDS", 0.0)
    with away:
        for address in (served, reverse("clinical_original", args=[picture.pk])):
            answer = client.get(address)
            assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
        for address in ("wagtailimages:index", "wagtaildocs:index", "wagtailadmin_home"):
            assert client.get(reverse(address)).status_code == 200
        assert client.get(reverse("wagtailimages:edit", args=[picture.pk])).status_code == 200
        for kind, file in (("images", pictures.whole()["png"]), ("docs", b"%PDF-1.7 %%EOF")):
            upload = SimpleUploadedFile("new.png" if kind == "images" else "new.pdf", file)
            sent = {"title": "What was typed", "file": upload, "collection": picture.collection_id, **SAID}
            sent["consent"] = "nobody_shown"
            told = client.post(reverse(f"wagtail{kind}:add"), sent)
            assert (told.status_code, "What was typed" in told.content.decode()) == (503, True)
            assert "pictures and documents cannot be kept right now" in told.content.decode()
    assert (Picture.objects.count(), Document.objects.count()) == (1, 1)


def test_page_that_is_published_while_the_storage_is_away_keeps_its_photo(
    bucket: Bucket, client: Client, away: AbstractContextManager[None]
):
    before = photo(client)
    with away:
        exercise = ExercisePage.objects.get()
        exercise.purpose = "Another purpose."
        factories.publish(exercise)
    assert "Another purpose." in client.get(PAGE).content.decode()
    assert photo(client) == before


@pytest.mark.parametrize("does", [bucket_server.HANGS, bucket_server.FULL, bucket_server.BREAKS_OFF])
def test_page_is_not_published_without_its_new_photo_while_the_storage_is_away(
    bucket: Bucket, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, does: str
):
    before, exercise = photo(client), ExercisePage.objects.get()
    file = SimpleUploadedFile("new.png", pictures.encoded("PNG", pictures.small(size=(60, 40))))
    exercise.photo = Picture.objects.create(title="New", file=file, **SAID)
    with fault(does, bucket, settings, monkeypatch), waiting_at_most(Patience(each=3, lock=1, files=1.0)):
        with pytest.raises(StorageAway):
            factories.publish(exercise)
        assert exercise.photo.get_rendition("width-100").is_sign, "nobody is refused a view of it"
    assert photo(client) == before
    factories.publish(exercise)
    assert photo(client) != before
    assert client.get(photo(client)).status_code == 200


def test_photo_is_not_taken_off_a_page_by_drawing_anew_while_the_storage_is_away(
    bucket: Bucket, client: Client, away: AbstractContextManager[None]
):
    before = ExercisePage.objects.get().pictures_ready
    PictureRendition.objects.all().delete()
    cache.clear()
    with away, pytest.raises(CommandError, match="Run it again when the storage is back"):
        call_command("draw_figures")
    assert ExercisePage.objects.get().pictures_ready == before
    call_command("draw_figures")
    assert client.get(photo(client)).status_code == 200


@pytest.mark.usefixtures("everything_is_approved")
def test_whoever_publishes_a_new_photo_while_the_storage_is_away_is_told_so(
    bucket: Bucket, client: Client, away: AbstractContextManager[None]
):
    user = factories.UserFactory.create(is_superuser=True)
    client.force_login(user)
    exercise = ExercisePage.objects.get()
    exercise.photo = Picture.objects.create(
        title="New", file=SimpleUploadedFile("n.png", pictures.whole()["png"]), **SAID
    )
    sent = {**page_as_posted(exercise, user), "action-publish": "1"}
    with away:
        told = client.post(edit_address(exercise), sent)
    assert told.status_code == 503
    assert "pictures and documents cannot be kept right now" in told.content.decode()
    assert ExercisePage.objects.get().photo_id != exercise.photo_id


def test_document_whose_file_is_lost_is_not_found(bucket: Bucket, client: Client):
    document = Document.objects.create(title="Leaflet")
    document.file.save("leaflet.pdf", ContentFile(b"%PDF-1.7 %%EOF"))
    default_storage.delete(document.file.name)
    assert client.get(reverse("wagtaildocs_serve", args=[document.pk, document.filename])).status_code == 404


def test_file_that_cannot_be_deleted_now_fails_nobody_and_is_named(
    bucket: Bucket,
    client: Client,
    away: AbstractContextManager[None],
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
):
    unused = Picture.objects.create(title="Other", file=SimpleUploadedFile("b.png", pictures.whole()["png"]), **SAID)
    client.force_login(factories.UserFactory.create(is_superuser=True))
    with away, django_capture_on_commit_callbacks(execute=True):
        told = client.post(reverse("wagtailimages:delete", args=[unused.pk]))
    assert (told.status_code, Picture.objects.filter(pk=unused.pk).exists()) == (302, False)
    assert f"{unused.file.name} was to be deleted and is still in the bucket" in caplog.text


@pytest.mark.usefixtures("everything_is_approved")
def test_who_holds_up_other_writers_waits_for_files_a_moment_only(
    bucket: Bucket, client: Client, monkeypatch: pytest.MonkeyPatch
):
    left = []
    monkeypatch.setattr(PictureRendition, "is_whole", lambda _self: left.append(patience().files) or True)
    user = factories.UserFactory.create(is_superuser=True)
    client.force_login(user)
    exercise = ExercisePage.objects.get()
    client.post(edit_address(exercise), {**page_as_posted(exercise, user), "action-publish": "1"})
    assert left
    assert max(left) <= FILES_SECONDS
