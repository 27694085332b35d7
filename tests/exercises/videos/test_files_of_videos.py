"""The files of videos: in parts to readers, before they are shown to those who choose, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from exercises.models import ExercisePage, Video
from stretchsite.group_permissions import MANAGERS, PRACTITIONERS
from testing import factories
from tests import bucket_server, full_disk
from tests import small_videos as videos


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An S3 server."""
    with bucket_server.serving() as endpoint:
        yield endpoint


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> None:
    """Wherever files are kept."""
    cache.clear()
    if request.param == "folder":
        full_disk.use(settings, tmp_path)
    else:
        bucket_server.use(settings, bucket_server.new_bucket(request.getfixturevalue("server")))


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """The folder of files."""
    cache.clear()
    return full_disk.use(settings, tmp_path)


def whole(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def member(group: str) -> Client:
    person, client = factories.UserFactory.create(), Client()
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    return client


def publish(exercise: ExercisePage, video: Video) -> None:
    exercise.video = video
    factories.publish(exercise)


@pytest.mark.usefixtures("storage")
def test_readers_are_sent_the_parts_they_ask_for(exercise: ExercisePage, client: Client):
    video = videos.video()
    publish(exercise, video)
    address, size = f"/media/{video.file.name}", video.size
    answer = client.get(address)
    content = whole(answer)
    assert (answer.status_code, answer["Accept-Ranges"], answer["Content-Length"]) == (200, "bytes", str(size))
    assert (len(content), videos.PERSON in content, videos.PLACE in content) == (size, False, False)
    asked = {"0-99": (0, 100), "100-": (100, size), f"-{50}": (size - 50, size), f"10-{size + 5000}": (10, size)}
    for part, (first, end) in asked.items():
        answer = client.get(address, headers={"range": f"bytes={part}"})
        assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {first}-{end - 1}/{size}"), part
        assert whole(answer) == content[first:end]
    answer = client.get(address, headers={"range": f"bytes={size}-"})
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{size}")
    for odd in ("bytes=", "bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=a-b"):
        assert client.get(address, headers={"range": odd}).status_code == 200, odd
    changed = client.get(address, headers={"range": "bytes=0-9", "if-range": '"another"'})
    assert changed.status_code == 200
    assert client.get(address, headers={"if-none-match": answer_tag(client, address)}).status_code == 304


def answer_tag(client: Client, address: str) -> str:
    return str(client.head(address)["ETag"])


def test_large_file_is_never_whole_in_memory(exercise: ExercisePage, client: Client, media: Path, monkeypatch: Any):
    monkeypatch.setattr("clinical.serving.file_parts.PIECE_BYTES", 100)
    video = videos.video()
    publish(exercise, video)
    answer: Any = client.get(f"/media/{video.file.name}")
    parts = list(answer.streaming_content)
    assert {len(part) for part in parts[:-1]} == {100}
    assert sum(map(len, parts)) == video.size


def test_nothing_squeezes_a_film(exercise: ExercisePage, client: Client, media: Path):
    video = videos.video()
    publish(exercise, video)
    answer = client.get(f"/media/{video.file.name}", headers={"accept-encoding": "gzip"})
    assert (answer["Content-Encoding"], answer["Content-Length"]) == ("identity", str(video.size))
    captions = client.get(f"/media/videos/{video.key.hex}.vtt")
    assert captions["Content-Type"] == "text/vtt; charset=utf-8"
    assert captions.content.decode().startswith("WEBVTT")


@pytest.mark.usefixtures("set_up_site", "db")
def test_no_file_is_reached_before_it_is_shown_but_by_those_who_choose(media: Path, client: Client):
    video, still = videos.video(), videos.poster("Original")
    film, words = f"/media/{video.file.name}", f"/media/videos/{video.key.hex}.vtt"
    for address in (film, words):
        asked = {name: who.get(address).status_code for name, who in whoever(client).items()}
        assert asked == {"reader": 404, "manager": 404, "practitioner": 200}
        assert "no-store" in member(PRACTITIONERS).get(address)["Cache-Control"]
    original = reverse("clinical_original", args=[still.pk])
    for address in (f"/media/{still.file.name}", "/media/videos/", "/media/videos/../original_images/", "/media/"):
        assert client.get(address).status_code == 404
    assert client.get(original).status_code in {302, 403}
    assert member(MANAGERS).get(original).status_code in {302, 403}


def whoever(client: Client) -> dict[str, Client]:
    return {"reader": client, "manager": member(MANAGERS), "practitioner": member(PRACTITIONERS)}


@pytest.mark.parametrize("name", ["1.mp4", "film.webm", "%2e%2e%2fdb.sqlite3", "0" * 32 + ".vtt", "0" * 32 + ".mp4"])
def test_names_that_are_guessed_lead_nowhere(name: str, db: None, client: Client):
    assert client.get(f"/media/videos/{name}").status_code == 404


@pytest.mark.usefixtures("set_up_site", "db")
def test_form_says_what_is_wrong_and_keeps_what_is_right(media: Path, client: Client):
    person = member(PRACTITIONERS)
    still, tiny = videos.poster(file=videos.picture_file((640, 360))), videos.poster()
    said = {"title": "Leaning", "poster": still.pk, "language": "en-gb", **videos.SAID}
    address = reverse("wagtailsnippets_exercises_video:add")
    broken = {**said, "captions": "Lean.", "transcript": ""}
    told = person.post(address, {**broken, "file": videos.a_file(videos.mp4(codec=b"hvc1"))}).content.decode()
    for words in ("begin with a line that says WEBVTT", "Not every browser plays this video", "This field is required"):
        assert words in told
    assert not Video.objects.exists()
    small = person.post(address, {**said, "poster": tiny.pk, "file": videos.a_file()}).content.decode()
    assert "at least 320 pixels wide" in small
    given = {**said, "consent": "given", "file": videos.a_file()}
    assert "Name the signed paper" in person.post(address, given).content.decode()
    assert person.post(address, {**said, "file": videos.a_file()}).status_code == 302
    video = Video.objects.get()
    assert (video.kind, video.width, video.seconds, video.is_public) == ("video/webm", 160, 2, False)
    assert "Jane" not in video.file.name
    assert [file.name for file in (media / "videos").iterdir()] == [f"{video.key.hex}.webm"]
