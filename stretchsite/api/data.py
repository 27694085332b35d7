"""What the API answers, as models: the OpenAPI document is made from them, so it says what is sent. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from clinical.outputs.safety_data import SheetData
from clinical.words.choices import ReviewState


class ListedData(SheetData):
    """A page in a list. It has no steps: whoever shows how to do it fetches the sheet, with its safety notes."""

    kind: Literal["exercise", "routine", "condition", "information"]
    id: UUID | None
    title: str
    purpose: str
    address: str
    sheet: Annotated[str, Field(description="Where its sheet is; empty for a page that has none.")]
    fhir: Annotated[str, Field(description="The same as FHIR.")]
    language: str
    review_state: Annotated[
        ReviewState | None, Field(description="An unreviewed page is an example no clinician has confirmed.")
    ]
    published: Annotated[datetime | None, Field(description="When its words went live last.")]


class ListData(SheetData):
    """One page of a list; ``next`` and ``previous`` are addresses, empty where there is none."""

    count: int
    page: int
    pages: int
    next: str
    previous: str
    results: tuple[ListedData, ...]


class HelpFirstData(SheetData):
    """Whether somebody who asks this should be told of help before anything that was found, and whom they call."""

    needs_help: bool
    in_despair: bool
    emergency_number: str
    urgent_number: str
    safety_page: str


class FoundData(ListData):
    """What answers a question, the best first. Show ``help_first`` above it where help is needed."""

    help_first: HelpFirstData
    read_as: Annotated[str, Field(description="How a typing error was read; empty where none was.")]


class ChangeData(SheetData):
    """Something that changed. ``id`` is another for each change, so that whoever sees one twice knows it."""

    what: Literal[
        "page.withdrawn", "page.taken_off", "page.published", "warning.new", "warning.changed", "warning.ended"
    ]
    id: str
    about: Annotated[UUID, Field(description="The page's or note's own id, as sheets say it.")]
    at: datetime
    title: str
    words: str
    address: str
    language: str


class ChangesData(SheetData):
    """What changed, the oldest first. While ``next`` is not empty there is more behind it."""

    next: str
    results: tuple[ChangeData, ...]


class ProblemData(SheetData):
    """One thing that was asked for wrongly: the parameter, and what to write there."""

    field: str
    message: str


class RefusalData(SheetData):
    """Why there is no answer."""

    problems: Annotated[tuple[ProblemData, ...], Field(min_length=1)]


class VersionsData(SheetData):
    """Which versions of the API there are, by the address of their description."""

    versions: dict[str, str]
