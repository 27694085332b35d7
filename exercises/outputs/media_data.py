"""Photos and videos as data: where their files are, what stands for them in words, and whose they are.

Pure.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clinical.outputs.safety_data import SheetData
from clinical.safety.sheet import SheetPicture
from exercises.video_sheet import SheetVideo


class PictureData(SheetData):
    """A photo. Without an address its file is lost, and its alternative text stands for it."""

    address: str
    smaller_address: Annotated[str, Field(description="The same as AVIF; empty where there is none.")]
    width: int
    height: int
    alt: str
    credit: str


class VideoData(SheetData):
    """A video. Without an address its file is lost, and its transcript stands for it."""

    title: str
    address: str
    media_type: str
    captions_address: Annotated[str, Field(description="WebVTT.")]
    language: str
    transcript: str
    width: int
    height: int
    seconds: Annotated[int, Field(description="0 where its file does not say.")]
    credit: str
    poster: PictureData | None


def picture_data(picture: SheetPicture | None) -> PictureData | None:
    """A photo, where there is one."""
    if picture is None:
        return None
    return PictureData(
        address=picture.url,
        smaller_address=picture.smaller,
        width=picture.width,
        height=picture.height,
        alt=picture.alt,
        credit=picture.credit,
    )


def video_data(video: SheetVideo | None) -> VideoData | None:
    """A video, where there is one."""
    if video is None:
        return None
    return VideoData(
        title=video.title,
        address=video.url,
        media_type=video.kind,
        captions_address=video.captions_url,
        language=video.language,
        transcript=video.transcript,
        width=video.width,
        height=video.height,
        seconds=video.seconds,
        credit=video.credit,
        poster=picture_data(video.poster),
    )
