"""The photos and videos of an exercise: what its page keeps ready of them all, and what keeps them off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from clinical.publishing.pain_read import pain_refusal
from exercises import media_ready

if TYPE_CHECKING:
    from clinical.publishing.refusals import Refusal
    from exercises.models.videos import Video


def make_media_ready(exercise: Any) -> None:
    """Sizes of the photos are made now, so that no reader waits; videos are given to readers from now on."""
    exercise.pictures_ready = media_ready.ready_pictures(exercise)
    exercise.videos_ready = media_ready.ready_videos(exercise)
    media_ready.give_to_readers(exercise)


def make_media_whole(exercise: Any) -> None:
    """Make what files of them are missing. The words beside them stay those its readers see."""
    exercise.pictures_ready = _with_words_of(exercise.pictures_ready, media_ready.ready_pictures(exercise))
    exercise.videos_ready = _with_words_of(exercise.videos_ready, media_ready.ready_videos(exercise))


def retell(exercise: Any) -> None:
    """Say beside its photos and videos what they say now. The page says what it said: no approval is touched."""
    told = media_ready.words_of_pictures(exercise)
    kept = {place: {**made, **told.get(place, {})} for place, made in exercise.pictures_ready.items()}
    films = media_ready.words_of_videos(exercise)
    shown = {place: {**made, **films.get(place, {})} for place, made in exercise.videos_ready.items()}
    exercise.pictures_ready, exercise.videos_ready = kept, shown
    rows: Any = type(exercise)._base_manager.filter(pk=exercise.pk)
    rows.update(pictures_ready=kept, videos_ready=shown)


def media_refusal(exercise: Any) -> Refusal:
    """What keeps its photos and videos from being live: a consent that ended, or words that allow more pain."""
    refusal: Refusal = {}
    for place, thing in media_ready.things_shown(exercise):
        field = place if place in {"photo", "video"} else "steps"
        if media_ready.consent_is_over(thing):
            told = _("The consent for “%s” has ended. Choose another, or none.") % thing
            refusal.setdefault(field, []).append(told)
    for place, film in media_ready.films_shown(exercise):
        faults = pain_refusal(film, (), exercise.pain_allowed_in_words())
        if faults:
            field = "video" if place == "video" else "steps"
            refusal.setdefault(field, []).extend(_said(film, faults))
    return refusal


def _said(film: Video, faults: Refusal) -> list[str]:
    told = _("In the video “%(video)s”: %(fault)s")
    return [told % {"video": film, "fault": fault} for found in faults.values() for fault in found]


#: What is said beside a picture or video, and not what is made of its file.
_WORDS = ("alt", "credit", "until")


def _with_words_of(shown: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """What was made, of what is shown, with the words beside it that are read now."""
    kept = {key: {word: before[word] for word in _WORDS if word in before} for key, before in shown.items()}
    return {key: {**made[key], **kept[key]} for key in shown if key in made}
