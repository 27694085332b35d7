"""What videos are taken in, and that nothing but picture and sound is left of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf, nan

import pytest
from django.core.exceptions import ValidationError

from exercises.videos import captions
from exercises.videos import video_intake as intake
from exercises.videos.facts import MOST_PARTS, MOST_TRACKS
from tests import small_videos as videos

MDTA = videos.box(b"trak", videos.box(b"mdia", videos.box(b"hdlr", bytes(8) + b"meta" + bytes(12))))


def fault_of(content: bytes) -> str:
    with pytest.raises(ValidationError) as refusal:
        intake.taken(content)
    return refusal.value.messages[0]


def webm_with(number: int, change: Callable[[bytes], bytes]) -> bytes:
    """A film in which something else stands in one of its elements."""
    original = videos._el
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(videos, "_el", lambda which, body: original(which, change(body) if which == number else body))
        return videos.webm()


@pytest.mark.parametrize("content", [videos.webm(), videos.mp4()], ids=["webm", "mp4"])
def test_places_names_and_dates_are_taken_out_and_nothing_moves(content: bytes):
    film = intake.taken(content)
    for secret in (videos.PLACE, videos.PERSON, b"\xde\xad\xbe\xef", b"muxer"):
        assert secret not in film.content
    assert len(film.content) == len(content)
    assert intake.taken(film.content).content == film.content


def test_frames_stay_to_the_byte_and_their_size_and_length_are_known():
    film = intake.taken(videos.webm(seconds=2.5, size=(160, 120)))
    assert (film.suffix, film.kind, film.width, film.height, film.seconds) == ("webm", "video/webm", 160, 120, 3)
    assert videos._frame((160, 120), (40, 120, 90)) in film.content
    film = intake.taken(videos.mp4(seconds=3))
    assert (film.suffix, film.kind, film.width, film.height, film.seconds) == ("mp4", "video/mp4", 640, 360, 3)
    assert film.content.endswith(b"\x11" * 200)


@pytest.mark.parametrize("content", [videos.webm(), videos.mp4()], ids=["webm", "mp4"])
def test_whatever_is_cut_off_is_refused_wherever_it_was_cut(content: bytes):
    for length in {*range(0, len(content), 37), len(content) - 1}:
        assert fault_of(content[:length]).startswith(("This video is damaged", "This is no MP4"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "damaged|no MP4"),
        (b"<html>" * 20, "damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "damaged"),
        (videos.webm() + b"PK\3\4 and a zip behind it", "damaged"),
        (videos.mp4(brand=b"qt  "), "no MP4 or WebM"),
        (videos.mp4(codec=b"hvc1"), "Not every browser"),
        (videos.mp4(sort=b"soun", codec=b"mp4a"), "no moving picture"),
        (videos.mp4(more=MDTA), "more than picture and sound"),
        (videos.mp4(more=videos.box(b"mvex")), "in pieces"),
        (videos.mp4(seconds=601), "longer than 10 minutes"),
        (videos.mp4(at=2**31), "damaged"),
        (videos.webm(size=(16, 16)), "16 × 16 pixels"),
        (videos.webm().replace(b"V_VP8", b"V_XYZ"), "Not every browser"),
        (bytes(intake.MOST_BYTES + 1), "more than 24 MB"),
    ],
)
def test_what_is_no_video_for_readers_is_refused_in_words(content: bytes, told: str):
    assert any(each in fault_of(content) for each in told.split("|"))


def test_figures_nobody_can_count_to_are_damage():
    for seconds in (nan, inf, -inf, -2.0):
        assert "damaged" in fault_of(videos.webm(seconds=seconds)), seconds
    for number in (0xB0, 0x2AD7B1):
        assert "damaged" in fault_of(webm_with(number, lambda _told: b"\x7f" * 3000)), number


def films_in_too_many_parts() -> Iterator[tuple[str, bytes]]:
    """By what there is too much of in them."""
    many = MOST_PARTS + 1
    head = videos.box(b"ftyp", b"isom" + bytes(4) + b"isom") + videos.box(b"mdat", b"x")
    yield "boxes", head + videos.box(b"moov", videos.box(b"trak") * many)
    yield "boxes beside", head + videos.box(b"free") * many
    whole = videos.mp4()
    table = whole.index(b"stco") - 4
    places = videos.box(b"stco", bytes(8) + (40).to_bytes(4) * many)
    added = len(places) - 20
    long = bytearray(whole[:table] + places + whole[table + 20 :])
    for kind in (b"stbl", b"minf", b"mdia", b"trak", b"moov"):
        at = whole.index(kind) - 4
        long[at : at + 4] = (int.from_bytes(long[at : at + 4]) + added).to_bytes(4)
    yield "places", bytes(long)
    track = whole[whole.index(b"trak") - 4 :]
    yield "tracks", videos.mp4(more=track[: int.from_bytes(track[:4])] * MOST_TRACKS)
    yield "blocks", webm_with(0x1F43B675, lambda cluster: cluster + b"\xa3\x80" * many)
    yield "tracks of a WebM", webm_with(0x1654AE6B, lambda tracks: tracks * (MOST_TRACKS + 1))


def test_films_in_more_parts_than_any_film_are_refused_before_they_take_long():
    for named, content in films_in_too_many_parts():
        assert "more parts than any film" in fault_of(content), named


def test_captions_are_kept_as_plain_text_with_times():
    given = (
        "\ufeffWEBVTT - made by somebody\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\nNOTE a remark\r\n\r\n"
        "first\r\n00:02.000 --> 00:03.500 line:0\r\n<v Jane>Hold & <b>breathe</b></v>\r\nslowly\r\n\r\n"
        "00:00:00.000 --> 00:00:02.000\r\nLean.\r\n"
    )
    kept = captions.read(given)
    assert kept == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nLean.\n\n00:00:02.000 --> 00:00:03.500\nHold &amp; breathe\nslowly\n"
    )
    assert captions.read(kept) == kept


def test_hours_of_any_number_of_digits_are_refused_with_their_line():
    for digits in (4, 5000):
        with pytest.raises(ValidationError) as refusal:
            captions.read(f"WEBVTT\n\n00:00.000 --> {'9' * digits}:00:01.000\nLean.")
        assert "Line 3 of the captions: write the times as" in refusal.value.messages[0]


def test_sign_that_is_written_as_a_number_nobody_has_is_shown_as_missing():
    kept = captions.read(f"WEBVTT\n\n00:00.000 --> 00:01.000\nLean &#{'9' * 5000}; &#x41;&#66;.")
    assert kept.endswith("\nLean \ufffd AB.\n")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("Lean.", "Line 1 of the captions: captions begin with a line that says WEBVTT."),
        ("1\n00:00:01,000 --> 00:00:02,000\nLean.", "WEBVTT"),
        ("WEBVTT", "There is no caption in it."),
        ("WEBVTT\n00:00.000 --> 00:01.000\nLean.", "Line 2 of the captions: leave an empty line below WEBVTT."),
        ("WEBVTT\n\n00:00,000 --> 00:01,000\nLean.", "Line 3 of the captions: write the times as"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nLean.", "Line 3 of the captions: it ends before it begins."),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\n<b></b>", "Line 3 of the captions: there is nothing below"),
        ("WEBVTT\n\nLean.\nHold.", "Line 4 of the captions: a caption needs a time line"),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\nLean.\n00:01.000 --> 00:02.000\nHold.", "leave an empty line between"),
        ("WEBVTT\n\n09:00.000 --> 09:01.000\nLean.", "are they of another video?"),
    ],
)
def test_captions_that_are_broken_are_refused_with_their_line(given: str, told: str):
    with pytest.raises(ValidationError) as refusal:
        captions.read(given, seconds=10)
    assert told in refusal.value.messages[0]
