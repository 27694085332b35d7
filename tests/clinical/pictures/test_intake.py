"""Pictures are measured before they are decoded, and what is kept of them is pixels."""

from __future__ import annotations

import threading
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from clinical.pictures import intake, picture_bytes
from tests import hostile_pictures as pictures

HOSTILE, HARMLESS = list(pictures.hostile()), dict(pictures.harmless())


def opened(taken: intake.Taken) -> Image.Image:
    image = Image.open(BytesIO(taken.content))
    assert taken.suffix == {"JPEG": "jpg", "PNG": "png"}[image.format or ""]
    image.load()
    return image


def test_there_are_enough_of_them():
    assert len(HOSTILE) + len(HARMLESS) >= 30


@pytest.mark.parametrize(("name", "content", "word"), HOSTILE, ids=[name for name, *_ in HOSTILE])
def test_hostile_picture_is_refused_in_words(name: str, content: bytes, word: str):
    with pytest.raises(ValidationError) as refusal:
        intake.taken(content)
    assert word in refusal.value.messages[0]


def test_what_is_too_large_is_refused_before_a_pixel_is_decoded(monkeypatch: pytest.MonkeyPatch):
    def decode(_image: Image.Image) -> None:
        raise AssertionError("it was decoded")

    monkeypatch.setattr(intake, "_decode", decode)
    large = [(content, word) for _name, content, word in HOSTILE if word not in (pictures.DAMAGED,)]
    assert len(large) > 8
    for content, word in large:
        with pytest.raises(ValidationError, match=word):
            intake.taken(content)


@pytest.mark.parametrize("name", HARMLESS)
def test_nothing_but_pixels_is_kept(name: str):
    made = intake.taken(HARMLESS[name])
    image = opened(made)
    assert pictures.SECRET not in made.content
    assert b"<script" not in made.content
    assert {"exif", "xmp", "icc_profile", "comment"}.isdisjoint(image.info)
    assert image.mode in ("1", "L", "P", "RGB", "RGBA")
    assert image.size == (48, 32)
    corner, other = (image.convert("RGB").getpixel(at) for at in ((4, 4), (44, 28)))
    if name not in ("16-bit.png", "one-bit.png", "see-through.webp"):
        assert corner[1] > 140 > corner[0], "the green corner"
        assert other[0] > 140 > other[1], "the red rest"
    assert corner != other


def test_16_bits_of_grey_keep_what_is_bright_and_what_is_dark():
    image = opened(intake.taken(HARMLESS["16-bit.png"]))
    grey = pictures.small("L")
    for at in ((4, 4), (44, 28)):
        assert image.getpixel(at) == pytest.approx(grey.getpixel(at), abs=1)


def test_what_can_be_seen_through_stays_so():
    assert opened(intake.taken(HARMLESS["see-through.webp"])).mode == "RGBA"
    assert opened(intake.taken(HARMLESS["opaque.webp"])).mode == "RGB"


#: Where the green corner is, by how the camera was held; and whether the picture now stands.
TURNS = [(1, 0, 0), (2, 1, 0), (3, 1, 1), (4, 0, 1), (5, 0, 0), (6, 1, 0), (7, 1, 1), (8, 0, 1)]


@pytest.mark.parametrize(("turn", "right", "down"), TURNS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_is_turned_upright(kind: str, turn: int, right: int, down: int):
    image = opened(intake.taken(pictures.encoded(kind, exif=pictures.exif(turn)))).convert("RGB")
    assert image.size == ((32, 48) if turn > 4 else (48, 32))
    width, height = image.size
    red, green, _blue = image.getpixel((4 + right * (width - 8), 4 + down * (height - 8)))
    assert green > 140 > red


def test_picture_that_is_only_pixels_is_kept_to_the_byte():
    for kind, options in (("JPEG", {}), ("JPEG", {"progressive": True}), ("PNG", {}), ("PNG", {"optimize": True})):
        content = pictures.encoded(kind, **options)
        assert intake.taken(content).content == content
        first = intake.taken(content + b"behind")
        assert first.content != content + b"behind"
        assert intake.taken(first.content).content == first.content, "and so is what was made of another"


def test_phones_picture_with_a_second_one_behind_it_is_a_jpeg():
    made = BytesIO()
    pictures.small().save(made, "MPO", save_all=True, append_images=[pictures.small()])
    assert opened(intake.taken(made.getvalue())).format == "JPEG"


def test_large_jpeg_is_decoded_smaller_unless_it_goes_over_its_pixels_twice(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(intake, "MOST_PIXELS", 1000)
    large = pictures.encoded("JPEG", exif=pictures.exif(6))
    assert opened(intake.taken(large)).size == (16, 24)
    monkeypatch.setattr(intake, "MOST_PIXELS", 200)
    assert opened(intake.taken(large)).size == (8, 12)
    for content in (
        pictures.encoded("JPEG", progressive=True),
        pictures.encoded("PNG"),
        pictures.encoded("JPEG").replace(b"\xff\xda", b"xx\xff\xda"),
    ):
        with pytest.raises(ValidationError, match="too many pixels"):
            intake.taken(content)


def test_sizes_of_webp_are_read_from_its_head():
    for options in ({}, {"lossless": True}, {"exif": pictures.exif()}):
        assert picture_bytes.webp_size(pictures.encoded("WEBP", **options)) == (48, 32)
    assert picture_bytes.webp_size(pictures.webp_claiming(16_000, 3)) == (16_000, 3)
    assert picture_bytes.webp_size(pictures.encoded("PNG")) is None


def test_two_are_decoded_at_once_and_no_more(monkeypatch: pytest.MonkeyPatch):
    running, most, lock, both = 0, 0, threading.Lock(), threading.Barrier(2)

    def decode(_image: Image.Image) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        both.wait(timeout=20)
        with lock:
            running -= 1

    monkeypatch.setattr(intake, "_decode", decode)
    threads = [threading.Thread(target=intake.taken, args=[pictures.encoded("PNG")]) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_who_waits_too_long_for_a_turn_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(intake, "PATIENCE_SECONDS", 0)
    with intake.decoding(), intake.decoding(), pytest.raises(ValidationError, match="Try again in a minute"):
        intake.taken(pictures.encoded("PNG"))
    assert intake.taken(pictures.encoded("PNG"))
