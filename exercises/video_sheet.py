"""A video as outputs are given it: addresses, words, and nothing left to look up.

Pure. It is read from what was made ready when the exercise was published. Nothing of it plays by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from clinical.safety.sheet import SheetPicture


@dataclass(frozen=True)
class SheetVideo:
    """A video with its captions, its transcript and the still picture that stands for it, also on paper.

    Without an address its file is lost: what is said in it stands there all the same.
    """

    title: str
    url: str
    kind: str
    captions_url: str
    language: str
    transcript: str
    width: int
    height: int
    seconds: int = 0
    credit: str = ""
    poster: SheetPicture | None = None

    @property
    def name(self) -> str:
        """What it is called to those who do not see it."""
        return _("Video: %s") % self.title

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The transcript as it is read, a paragraph each."""
        return tuple(line.strip() for line in self.transcript.splitlines() if line.strip())

    @property
    def stands_for_it(self) -> SheetPicture | None:
        """The still picture, where there is one to show."""
        return self.poster if self.poster and self.poster.url else None


class FilmedItems:
    """Mixed into a sheet with exercises in it."""

    if TYPE_CHECKING:
        items: Any

    @property
    def has_video(self) -> bool:
        """Whether there is anything to play."""
        return any(item.exercise.has_video for item in self.items)
