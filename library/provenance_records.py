"""What a library says of its records beside their words: who reviewed them elsewhere, and what their pictures are.

None of it counts as a word of this site: a review elsewhere is told, and approves nothing here.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, PrivateAttr, StringConstraints, model_validator

from library.fields import Identifier, Line, Record


def _day(written: str) -> str:
    """A day there is. Raises ``ValueError`` for any other."""
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError as error:
        raise ValueError("write a day as year, month and day: 2026-05-31") from error


#: A day as everybody writes it in a file: 2026-05-31.
Day = Annotated[str, StringConstraints(strict=True, max_length=10), AfterValidator(_day)]
#: The last part of a page's address, where it is not the id.
Slug = Annotated[str, StringConstraints(strict=True, pattern=r"^[-a-zA-Z0-9_]+$", max_length=255)]
#: An address on the site, without its host.
SitePath = Annotated[str, StringConstraints(strict=True, pattern=r"^/[^\s<>\"\\]*$", max_length=255)]
PictureFileName = Annotated[
    str, StringConstraints(strict=True, pattern=r"^[a-z0-9][a-z0-9_-]*\.(jpg|jpeg|png|webp|avif|heic)$", max_length=80)
]


class PictureConsent(StrEnum):
    """The same words as of a picture on the site: whether anybody is shown, and whether they agreed in writing."""

    NOBODY_SHOWN = "nobody_shown"
    GIVEN = "given"


class ReviewRecord(Record):
    """A review by somebody elsewhere: told as theirs, never taken for one of ours."""

    publisher: Line
    reviewer: Line | None = None
    role: Line | None = None
    reviewed_on: Day
    by_its_author: Annotated[bool, Field(strict=True)] = False


class FocalPointRecord(Record):
    """Which part of a picture stays in sight where it is cut, in pixels."""

    x: Annotated[int, Field(strict=True, ge=0)]
    y: Annotated[int, Field(strict=True, ge=0)]
    width: Annotated[int, Field(strict=True, ge=0)]
    height: Annotated[int, Field(strict=True, ge=0)]


class PictureRecord(Record):
    """A picture with its licence; the file lies beside the record."""

    id: Identifier
    file: PictureFileName
    title: Line
    alternative_text: Line | None = None
    is_decorative: Annotated[bool, Field(strict=True)] = False
    source: Line
    licence: Annotated[Line, Field(max_length=120)]
    consent: PictureConsent
    focal_point: FocalPointRecord | None = None

    _path: Path | None = PrivateAttr(default=None)
    _content: bytes | None = PrivateAttr(default=None)

    @property
    def path(self) -> Path:
        """Where the file lies. Raises ``LookupError`` for a record that was not read from a folder."""
        if self._path is None:
            raise LookupError(f"The file of picture {self.id} was never looked for")
        return self._path

    @property
    def content(self) -> bytes:
        """The picture itself, as it lies in its file."""
        return self.path.read_bytes() if self._content is None else self._content

    def take_along(self) -> None:
        """Keep the picture itself with the record, for a folder that is gone before the record is written."""
        self._content = self.content

    def found_at(self, path: Path) -> None:
        """Remember where the file lies, which is no part of what the record says."""
        self._path = path

    @model_validator(mode="after")
    def _is_described(self) -> PictureRecord:
        if self.alternative_text is None and not self.is_decorative:
            raise ValueError("alternative_text: say what it shows, or write is_decorative: true")
        return self


class RedirectRecord(Record):
    """An address that is no longer there, and where its readers are led: a page of the library or of this site."""

    id: Identifier
    address: SitePath
    exercise: Identifier | None = None
    routine: Identifier | None = None
    condition: Identifier | None = None
    information: Identifier | None = None
    to: SitePath | None = None
    part: SitePath | None = None
    permanent: Annotated[bool, Field(strict=True)] = True

    @model_validator(mode="after")
    def _leads_to_one(self) -> RedirectRecord:
        names = ("exercise", "routine", "condition", "information", "to")
        if sum(getattr(self, name) is not None for name in names) != 1:
            raise ValueError("name exactly one of exercise, routine, condition, information or to")
        if self.to is not None and self.to.startswith("//"):
            raise ValueError("to: write an address on this site, such as /exercises/calf-stretch/")
        if self.part is not None and self.to is not None:
            raise ValueError("part: goes with a page; write it into to")
        return self

    def page(self) -> tuple[str, str]:
        """The folder and id of the page it leads to; both empty where it leads to an address."""
        folders = {"exercise": "exercises", "routine": "routines", "condition": "conditions"}
        for name in ("exercise", "routine", "condition", "information"):
            if identifier := getattr(self, name):
                return folders.get(name, name), identifier
        return "", ""
