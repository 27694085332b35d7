"""Videos and photos of an exercise and its steps: shown alike by every output, and hidden at once without consent."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from clinical.models import PublishRefused, User, WrittenConsent
from clinical.review.decisions import changes_between
from exercises.models import ExercisePage, Video
from testing import factories
from tests import full_disk
from tests import small_videos as videos

PAGE = "/exercises/wall-calf-stretch/"


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """The folder of files."""
    cache.clear()
    return full_disk.use(settings, tmp_path)


@pytest.fixture
def consent(db: None) -> WrittenConsent:
    """A signed paper, looked after by somebody with an address."""
    person = factories.UserFactory.create(email="keeper@clinic.example")
    return WrittenConsent.objects.create(reference="2026-014", looked_after_by=person)


@pytest.fixture
def shown(media: Path, exercise: ExercisePage, consent: WrittenConsent) -> Video:
    """A video of the exercise and of its step, a photo beside it, all with that consent."""
    video = videos.video(consent="given", written_consent=consent)
    photo = videos.poster("Photo", written_consent=consent)
    exercise.video, exercise.photo = video, photo
    exercise.steps = [("move", {"text": "Lean.", "picture": photo, "video": video})]
    factories.publish(exercise)
    return video


def address_of(video: Video) -> str:
    return f"/media/{Video.objects.get(pk=video.pk).file.name}"


def said_by(client: Client) -> dict[str, str]:
    texts = [output.path for output in ExercisePage.outputs if output.name != "card"]
    return {path: client.get(PAGE + path).content.decode() for path in texts}


def test_every_output_shows_the_same_video_with_captions_and_transcript(shown: Video, client: Client):
    said = said_by(client)
    for path in ("", "follow/"):
        assert said[path].count("<video ") == 2
        assert said[path].count(f'src="{address_of(shown)}" type="video/webm"') == 2
        assert said[path].count(f'<track kind="captions" src="/media/videos/{shown.key.hex}.vtt" srclang="en-gb"') == 2
        for told in ('preload="none"', "controls", 'aria-label="Video: Leaning"', "Her heel stays down.", "A. Clinic"):
            assert told in said[path]
        assert "autoplay" not in said[path]
        assert "videos.css" in said[path]
        assert said[path].count('class="print-only" src="/media/images/') == 2
        assert 'type="image/avif"' in said[path]
    told = json.loads(said["sheet.json"])["exercise"]
    assert told["video"] == told["steps"][0]["video"]
    assert (told["video"]["address"], told["video"]["language"]) == (address_of(shown), "en-gb")
    assert told["video"]["poster"]["address"] in said[""]
    assert told["photo"]["smaller_address"].endswith(".avif")
    assert told["steps"][0]["picture"]["alt"] == "Hands on a wall."


@pytest.mark.parametrize("how", ["taken back", "a day that is over"])
def test_consent_that_ends_hides_everything_at_once_and_its_files_too(
    shown: Video,
    consent: WrittenConsent,
    client: Client,
    media: Path,
    how: str,
    django_capture_on_commit_callbacks: Any,
):
    file = client.get(PAGE).content.decode().split('srcset="')[1].split('"')[0]
    assert (media / file.removeprefix("/media/")).is_file()
    for kept_by_nobody_unasked in (file, address_of(shown)):
        answer = client.get(kept_by_nobody_unasked)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")
    if how == "taken back":
        consent.is_taken_back = True
    else:
        consent.ends_on = timezone.localdate() - timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        consent.save()
    for path, said in said_by(client).items():
        for gone in ("<video", "<picture", "/media/videos/", "/media/images/", "Her heel", "Hands on a wall"):
            assert gone not in said, path
    assert "Lean." in client.get(PAGE).content.decode()
    assert client.get(address_of(shown)).status_code == 404
    assert client.get(f"/media/videos/{shown.key.hex}.vtt").status_code == 404
    assert not (media / file.removeprefix("/media/")).exists()
    call_command("draw_figures", verbosity=0)
    assert ExercisePage.objects.get().pictures_ready["photo"]["name"] == ""


def test_paper_that_is_named_later_counts_at_once(
    media: Path,
    exercise: ExercisePage,
    consent: WrittenConsent,
    client: Client,
    django_capture_on_commit_callbacks: Any,
):
    exercise.photo = photo = videos.poster("Photo", consent="nobody_shown")
    exercise.video = video = videos.video()
    factories.publish(exercise)
    before = ExercisePage.objects.get().pictures_ready["photo"]["name"]
    assert not Path(before).name.startswith("consent-")
    for thing in (photo, video):
        thing.written_consent = consent
        thing.save()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("draw_figures", verbosity=0)
    named = ExercisePage.objects.get().pictures_ready["photo"]["name"]
    assert Path(named).name.startswith("consent-")
    assert not (media / before).exists()
    assert client.get(f"/media/{named}")["Cache-Control"] == "no-cache"
    ended = WrittenConsent.objects.create(reference="2025-001", is_taken_back=True)
    with django_capture_on_commit_callbacks(execute=True):
        for thing in (photo, video):
            thing.written_consent = ended
            thing.save()
    said = client.get(PAGE).content.decode()
    assert ("<video" in said, "/media/images/" in said) == (False, False)
    assert not (media / named).exists()


def test_consent_that_is_given_again_shows_them_again(shown: Video, consent: WrittenConsent, client: Client):
    consent.is_taken_back = True
    consent.save()
    consent.is_taken_back = False
    consent.save()
    call_command("draw_figures", verbosity=0)
    said = client.get(PAGE).content.decode()
    assert (said.count("<video "), said.count('type="image/avif"')) == (2, 2)
    assert client.get(address_of(shown)).status_code == 200


def test_last_day_passes_without_anybody_writing(
    shown: Video,
    consent: WrittenConsent,
    client: Client,
    media: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
):
    consent.ends_on = timezone.localdate()
    consent.save()
    assert "<video " in client.get(PAGE).content.decode()
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_asked: tomorrow)
    said = client.get(PAGE).content.decode()
    assert ("<video" in said, "/media/images/" in said) == (False, False)
    assert client.get(address_of(shown)).status_code == 404
    before = len(list((media / "images").iterdir()))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled", verbosity=0)
    assert before - len(list((media / "images").iterdir())) == 2  # the photo's; the still picture has no such consent


def test_its_keeper_is_told_once_before_it_ends(shown: Video, consent: WrittenConsent):
    consent.ends_on = timezone.localdate() + timedelta(days=10)
    consent.save()
    for _time in range(2):
        call_command("send_review_reminders", verbosity=0)
    [letter] = [each for each in mail.outbox if each.to == ["keeper@clinic.example"]]
    assert "consent 2026-014" in letter.body
    assert "Renew them" in letter.body
    assert User.objects.filter(email="keeper@clinic.example").exists()


def test_page_with_an_ended_consent_is_not_published_anew(shown: Video, consent: WrittenConsent):
    consent.is_taken_back = True
    consent.save()
    exercise = ExercisePage.objects.get()
    exercise.purpose = "Another purpose."
    factories.approve(exercise)
    with pytest.raises(PublishRefused) as refusal:
        exercise.save()
    assert {"photo", "video", "steps"} <= set(refusal.value.refusal)


@pytest.mark.parametrize("lacking", ["captions", "transcript"])
def test_video_without_captions_or_transcript_is_refused(media: Path, db: None, lacking: str):
    with pytest.raises(ValidationError) as refusal:
        videos.video(**{lacking: " "})
    assert list(refusal.value.message_dict) == [lacking]
    assert not Video.objects.exists()
    assert not list(media.glob("videos/*"))


def test_what_was_approved_is_what_is_seen(shown: Video):
    for change in ({"transcript": "Other words."}, {"file": videos.a_file()}, {"title": "Another"}):
        video = Video.objects.get(pk=shown.pk)
        for name, value in change.items():
            setattr(video, name, value)
        with pytest.raises(ValidationError, match="in use"):
            video.save()
    with pytest.raises(ValidationError, match="in use"):
        Video.objects.all().delete()


def test_words_of_a_video_may_allow_no_more_pain_than_its_exercise(media: Path, exercise: ExercisePage):
    exercise.video = videos.video(transcript="Go on although it hurts, up to 8 out of 10.")
    factories.approve(exercise)
    with pytest.raises(PublishRefused) as refusal:
        exercise.save()
    assert "In the video “Leaning”" in str(refusal.value.refusal["video"])


@pytest.mark.parametrize("broken", ["lost", "empty", "cut off"])
def test_page_is_whole_without_the_file_of_its_video(shown: Video, client: Client, media: Path, broken: str):
    path = media / shown.file.name
    whole = path.read_bytes()
    path.unlink()
    if broken != "lost":
        path.write_bytes(whole[: 0 if broken == "empty" else len(whole) // 2])
    assert client.get(address_of(shown)).status_code == 404
    assert set(map(bool, said_by(client).values())) == {True}
    factories.publish(ExercisePage.objects.get())
    said = client.get(PAGE).content.decode()
    assert said.count("Video not available: Leaning") == 2
    assert ("<video" in said, "Her heel stays down." in said) == (False, True)
    assert json.loads(client.get(PAGE + "sheet.json").content)["exercise"]["video"]["address"] == ""
    client.force_login(factories.UserFactory.create(is_superuser=True))
    for screen in ("", f"edit/{shown.pk}/"):
        assert client.get(f"/admin/snippets/exercises/video/{screen}").status_code == 200
    path.write_bytes(whole)
    call_command("draw_figures", verbosity=0)
    assert "<video" in client.get(PAGE).content.decode()


def said_of_the_change(before: ExercisePage, after: ExercisePage) -> str:
    return "".join(change.htmldiff() for change in changes_between(before, after))


@pytest.mark.parametrize("place", ["its own", "of a step"])
def test_whoever_approves_sees_a_video_and_a_photo_and_reads_every_word_and_who_agreed(
    exercise: ExercisePage, media: Path, place: str
):
    video, photo = videos.video(), videos.poster("Photo")
    before = ExercisePage.objects.get(pk=exercise.pk)
    if place == "its own":
        exercise.video, exercise.photo = video, photo
    else:
        told = {"text": "Lean.", "picture": photo.pk, "video": video.pk}
        exercise.steps = json.dumps([{"type": "move", "value": told, "id": "a"}])
    said = said_of_the_change(before, exercise)
    for words in (*video.transcript.split("\n\n"), "Lean forward.", video.credit, photo.alternative_text, photo.credit):
        assert words in said
    assert "She leans forward.<br><br>Her heel stays down.</dd>" in said
    assert f'src="{video.url}"' in said
    assert f'src="{video.captions_url}"' in said
    assert said.count("<img") == 1, "the photo is not seen"
    assert said.count("<dt>Consent</dt>") == 2
    assert "Nobody is shown</dd>" in said
    assert "None" not in said
    assert "&lt;" not in said


def test_a_video_in_the_place_of_another_is_read_whole_and_the_other_named(exercise: ExercisePage, media: Path):
    before, after = (ExercisePage.objects.get(pk=exercise.pk) for _number in range(2))
    before.video = videos.video(title="Old")
    after.video = videos.video(title="<b>New</b>", transcript="Pull & hold.")
    said = said_of_the_change(before, after)
    assert '<span class="deletion">Old</span>' in said
    assert "&lt;b&gt;New&lt;/b&gt;" in said
    assert "Pull &amp; hold." in said
    assert said_of_the_change(after, before).count("deletion") == 1
    assert "<b>" not in said
