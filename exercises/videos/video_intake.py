"""What videos are taken in: of bounded size and length, whole, of a kind that browsers play, and nothing else in them.

A video is never decoded here: no program for that belongs to the site. What says where and when it was recorded, by
what and whom, is taken out of the file; a file that cannot be read to its end is refused, in words. Nothing here knows
models or forms.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exercises.videos import mp4, webm
from exercises.videos.facts import Content, CutOff, Facts, NotPlayable

#: A minute in good quality takes 8 to 15 MB.
MOST_BYTES = 24 * 1024 * 1024
MOST_SECONDS = 600
#: The longer side, and the shorter: 1080p, standing or lying.
MOST_PIXELS, LEAST_PIXELS = 1920, 64


@dataclass(frozen=True)
class Film:
    """A video as it may be kept. ``seconds`` is 0 where the file does not say."""

    content: bytes
    suffix: str
    kind: str
    width: int
    height: int
    seconds: int


def taken(content: bytes) -> Film:
    """The video as it may be kept. Raises ``ValidationError`` with what to do instead."""
    refuse_size(len(content))
    is_webm = content.startswith(webm.START)
    bare = Content(content)
    try:
        facts = webm.bared(bare) if is_webm else mp4.bared(bare)
    except NotPlayable as refusal:
        raise ValidationError(_WHY[str(refusal)]()) from refusal
    except (CutOff, IndexError) as torn:
        raise ValidationError(
            _("This video is damaged or was cut off. Export it again as MP4 (H.264) or WebM, and upload that.")
        ) from torn
    _refuse_what_is_too_large(facts)
    suffix = "webm" if is_webm else "mp4"
    return Film(bytes(bare), suffix, f"video/{suffix}", facts.width, facts.height, math.ceil(facts.seconds or 0))


def refuse_size(size: int) -> None:
    """Raise ``ValidationError`` for a file of more bytes than are taken."""
    if size > MOST_BYTES:
        raise ValidationError(
            _("This video has more than %(most)d MB. Export it smaller: 720p is plenty, and one exercise a video.")
            % {"most": MOST_BYTES // 1024 // 1024}
        )


def _refuse_what_is_too_large(facts: Facts) -> None:
    if max(facts.width, facts.height) > MOST_PIXELS or min(facts.width, facts.height) < LEAST_PIXELS:
        raise ValidationError(
            _("This video is %(width)d × %(height)d pixels. Export it with sides of %(least)d to %(most)d pixels.")
            % {"width": facts.width, "height": facts.height, "least": LEAST_PIXELS, "most": MOST_PIXELS}
        )
    if (facts.seconds or 0) > MOST_SECONDS:
        raise ValidationError(
            _("This video is longer than %d minutes. Cut it: one exercise, or one step, a video.")
            % (MOST_SECONDS // 60)
        )


_WHY = {
    "kind": lambda: _("This is no MP4 or WebM video. Export it as MP4 (H.264) or WebM, and upload that."),
    "pieces": lambda: _(
        "This video is in pieces, as recorders and streams leave it. Export it as a usual MP4 or WebM, and upload that."
    ),
    "too_many_parts": lambda: _(
        "This video is in more parts than any film has. Export it again as MP4 (H.264) or WebM, and upload that."
    ),
    "codec": lambda: _("Not every browser plays this video. Export it as MP4 with H.264 and AAC, or as WebM."),
    "no_picture": lambda: _("This file has no moving picture in it. Upload a video."),
    "other_track": lambda: _(
        "This file holds more than picture and sound, such as places or subtitles. Export it with these two alone, and "
        "give the captions below."
    ),
}
