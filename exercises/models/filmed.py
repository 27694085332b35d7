"""The photos and videos of an exercise: its own video, what pages keep ready of them all, what keeps them off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.publishing.pain_read import pain_refusal
from exercises import media_ready

if TYPE_CHECKING:
    from clinical.publishing.refusals import Refusal
    from exercises.models.videos import Video


class FilmedMixin(models.Model):
    """Abstract: an exercise with a video, and with photos and videos beside its steps."""

    video = models.ForeignKey(
        "exercises.Video",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=gettext_lazy("The whole exercise, with captions and a transcript. It never plays by itself."),
    )
    videos_ready = models.JSONField(default=dict, db_default={}, blank=True, editable=False)

    if TYPE_CHECKING:
        live: bool
        photo_id: int | None
        steps: Any
        pictures_ready: dict[str, Any]

        def pain_allowed_in_words(self) -> Any:
            """How much pain its words may allow."""

    class Meta:
        abstract = True

    def make_media_ready(self) -> None:
        """Sizes of the photos are made now, so that no reader waits; videos are given to readers from now on."""
        self.pictures_ready = media_ready.ready_pictures(self)
        self.videos_ready = media_ready.ready_videos(self)
        media_ready.give_to_readers(self)

    def make_media_whole(self) -> None:
        """Make what files of them are missing. The words beside them stay those its readers see."""
        self.pictures_ready = _with_words_of(self.pictures_ready, media_ready.ready_pictures(self))
        self.videos_ready = _with_words_of(self.videos_ready, media_ready.ready_videos(self))

    def retell(self) -> None:
        """Say beside its photos and videos what they say now. The page says what it said: no approval is touched."""
        told = media_ready.words_of_pictures(self)
        kept = {place: {**made, **told.get(place, {})} for place, made in self.pictures_ready.items()}
        films = media_ready.words_of_videos(self)
        shown = {place: {**made, **films.get(place, {})} for place, made in self.videos_ready.items()}
        self.pictures_ready, self.videos_ready = kept, shown
        rows: Any = type(self)._base_manager.filter(pk=self.pk)
        rows.update(pictures_ready=kept, videos_ready=shown)

    def media_refusal(self) -> Refusal:
        """What keeps its photos and videos from being live: a consent that ended, or words that allow more pain."""
        refusal: Refusal = {}
        for place, thing in media_ready.things_shown(self):
            field = place if place in {"photo", "video"} else "steps"
            if media_ready.consent_is_over(thing):
                told = _("The consent for “%s” has ended. Choose another, or none.") % thing
                refusal.setdefault(field, []).append(told)
        for place, film in media_ready.films_shown(self):
            faults = pain_refusal(film, (), self.pain_allowed_in_words())
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
