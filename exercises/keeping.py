"""What a reader's device keeps of a sheet when its reader asks for it: the addresses, and what the copy says of itself.

Pure. The device fetches the list whole or not at all (``js/kept.js``); nothing is on it that the sheet does not show.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from clinical.safety.sheet import SheetPicture
from exercises.sheet import ExerciseSheet


def to_keep(
    *,
    title: str,
    language: str,
    exercises: Iterable[ExerciseSheet],
    outputs: Iterable[str],
    ends: datetime | None = None,
) -> str:
    """The facts of a copy, as the page's script takes them. ``outputs`` are the addresses of its parts.

    Addresses are relative to the page they stand on, which does not know its own: the token of a shared link is in no
    page. A copy of a shared link is removed when the link ``ends``, network or not.
    """
    pictures = dict.fromkeys(picture for exercise in exercises for picture in _pictures(exercise))
    facts = {
        "title": title,
        "language": language,
        "endsAt": ends.isoformat() if ends else None,
        "addresses": [*outputs, *pictures],
        "words": {
            "saved": _("Saved copy from {date}."),
            "old": _("It is more than 30 days old: its safety advice may have changed. Connect to check it."),
        },
    }
    return json.dumps(facts)


def _stills(exercise: ExerciseSheet) -> list[SheetPicture | None]:
    """What stands for its videos, which are too large to keep: without a network they say that they are not there."""
    videos = (exercise.video, *(step.video for step in exercise.steps))
    return [video.poster for video in videos if video]


def _pictures(exercise: ExerciseSheet) -> list[str]:
    """Every drawing and photo that the page, the follow-along and the movement show."""
    photos = [
        address
        for picture in (exercise.photo, *(step.picture for step in exercise.steps), *_stills(exercise))
        if picture and picture.url
        for address in filter(None, (picture.url, picture.smaller))
    ]
    if exercise.figure is None:
        return photos
    frames = (frame for figure in exercise.figure.by_side for frame in figure.frames)
    drawings = [frame.address for frame in frames if not frame.markup]
    poses = [step.pose.address for step in exercise.steps if step.pose and not step.pose.markup]
    moving = [exercise.figure.strip_address] if exercise.figure.strip_address else []
    return [*photos, *drawings, *poses, *moving]
