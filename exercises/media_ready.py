"""What a page keeps ready of its photos and videos: names of files, sizes, words, and until when they may be shown.

Never an address: where a name is served is said when the page is put together (``exercises.instructions``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from django.apps import apps

from clinical.models import Picture
from clinical.pictures.consents import is_over

#: An exercise as a record. It knows this module, so it does not name its class.
Exercise: TypeAlias = Any
Film: TypeAlias = Any

#: The one size pictures are shown in, in two formats; made when the exercise is published.
PICTURE_FILTER, SMALLER_FILTER = "width-800|format-webp", "width-800|format-avif"
#: The place of the exercise's own.
PHOTO, VIDEO = "photo", "video"


def ready_pictures(exercise: Exercise) -> dict[str, Any]:
    """Names and sizes of every picture the exercise shows, made now so that no reader waits for them."""
    return {place: _made(picture) for place, picture in pictures_shown(exercise)}


def ready_videos(exercise: Exercise) -> dict[str, Any]:
    """The same of every video, with its still picture."""
    return {place: _made_of_video(film) for place, film in films_shown(exercise)}


def give_to_readers(exercise: Exercise) -> None:
    """From now on the site gives the files of its videos to everybody, while their consent holds."""
    keys = [film.pk for _place, film in films_shown(exercise) if not film.is_public]
    if keys:
        _videos().filter(pk__in=keys).update(is_public=True)


def words_of_pictures(exercise: Exercise) -> dict[str, Any]:
    """By place, what is said beside each picture."""
    return {place: _words(picture) for place, picture in pictures_shown(exercise)}


def words_of_videos(exercise: Exercise) -> dict[str, Any]:
    """By place, until when each video may be shown; of its other words none changes while it is in use."""
    return {place: _until(film) for place, film in films_shown(exercise)}


def things_shown(exercise: Exercise) -> list[tuple[str, Any]]:
    """Every picture and video by its place; a video's still picture in the place of the video."""
    films = list(films_shown(exercise))
    return [*pictures_shown(exercise), *films, *((place, film.poster) for place, film in films)]


def consent_is_over(thing: Any) -> bool:
    """Whether whoever is shown does not agree any more."""
    return is_over(thing.until)


def pictures_named(exercise: Exercise) -> dict[str, int]:
    """By its place, the key of every picture the exercise names."""
    return _named(exercise, PHOTO, exercise.photo_id, "picture")


def videos_named(exercise: Exercise) -> dict[str, int]:
    """By its place, the key of every video the exercise names."""
    return _named(exercise, VIDEO, exercise.video_id, "video")


def pictures_shown(exercise: Exercise) -> Iterator[tuple[str, Picture]]:
    """Every picture by its place. One query, or none."""
    keys = pictures_named(exercise)
    found = Picture.objects.select_related("written_consent").in_bulk(keys.values()) if keys else {}
    yield from ((place, found[key]) for place, key in keys.items() if key in found)


def films_shown(exercise: Exercise) -> Iterator[tuple[str, Film]]:
    """Every video by its place. One query, or none."""
    keys = videos_named(exercise)
    along = ("written_consent", "poster__written_consent")
    found = _videos().select_related(*along).in_bulk(keys.values()) if keys else {}
    yield from ((place, found[key]) for place, key in keys.items() if key in found)


def _videos() -> Any:
    """Asked for by name: the records know this module."""
    return apps.get_model("exercises", "Video").objects


def _named(exercise: Exercise, own_place: str, own: int | None, called: str) -> dict[str, int]:
    asked = {own_place: own}
    asked.update({block.id or "": block.value.get(called) for block in exercise.steps})
    return {place: getattr(value, "pk", value) for place, value in asked.items() if value}


def _words(picture: Picture) -> dict[str, Any]:
    return {"alt": picture.default_alt_text, "credit": picture.credit, **_until(picture)}


def _until(thing: Any) -> dict[str, Any]:
    return {"until": thing.until}


def _made(picture: Picture) -> dict[str, Any]:
    """Of one whose consent has ended no file is made for readers, whoever mends the files of a page."""
    if is_over(picture.until):
        return {"name": "", "width": picture.width, "height": picture.height, **_words(picture)}
    rendition = picture.whole_rendition(PICTURE_FILTER)
    made = {
        "name": "" if rendition.is_sign else rendition.file.name,
        "width": rendition.width,
        "height": rendition.height,
        **_words(picture),
    }
    if not rendition.is_sign:
        smaller = picture.whole_rendition(SMALLER_FILTER)
        if not smaller.is_sign:
            made["smaller"] = smaller.file.name
    return made


def _made_of_video(film: Film) -> dict[str, Any]:
    return {
        "name": film.file.name if film.is_whole() else "",
        "captions": f"videos/{film.key.hex}.vtt",
        "kind": film.kind,
        "title": film.title,
        "language": film.language,
        "transcript": film.transcript,
        "credit": film.credit,
        "width": film.width,
        "height": film.height,
        "seconds": film.seconds,
        "poster": _made(film.poster),
        **_until(film),
    }
