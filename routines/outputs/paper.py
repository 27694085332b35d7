"""The paper a routine is printed on: what readers may choose of it, and what stands there besides the sheet. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clinical.outputs.answers import one_of
from exercises.outputs.output import Asked
from routines.sheet import RoutineSheet

PaperSize = Literal["a4", "letter"]
SIZES: dict[str, PaperSize] = {"a4": "a4", "letter": "letter"}
#: Where paper is cut the American way.
LETTER_REGIONS = frozenset({"us", "ca", "mx", "ph"})


@dataclass(frozen=True, kw_only=True)
class PaperAsked:
    """What readers choose: the paper, letters of 16 points, a table to tick."""

    size: PaperSize = "a4"
    is_large: bool = False
    has_ticks: bool = True

    @property
    def name(self) -> str:
        """The choice in a word, for file names: "a4-large"."""
        parts = [self.size, "large" if self.is_large else "", "" if self.has_ticks else "no-ticks"]
        return "-".join(part for part in parts if part)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What a handout needs besides the sheet. ``address`` is where the QR code leads.

    ``imprint`` is what the clinic has at the foot of its papers, a sentence each, ``logo`` its logo as an SVG;
    ``note`` is a practitioner's to one reader; ``ends_on`` is the day the link on it stops working, ``mark`` what both
    may call it, ``code`` what may be typed at ``code_address`` in place of the address. What was given to one
    reader ``is_shared``: its file does not say which routine it is.
    """

    address: str
    printed_on: date
    site_name: str
    imprint: tuple[str, ...] = ()
    logo: str = ""
    asked: PaperAsked = PaperAsked()
    note: str = ""
    ends_on: date | None = None
    mark: str = ""
    code: str = ""
    code_address: str = ""
    is_shared: bool = False


def paper_asked(query: Mapping[str, str], language: str) -> PaperAsked:
    """What the address asks for: ``paper`` (a4, letter), ``size`` (usual, large), ``ticks`` (1, 0).

    Raises ``AskedWrongly`` for anything else.
    """
    usual = "letter" if language.partition("-")[2].lower() in LETTER_REGIONS else "a4"
    return PaperAsked(
        size=one_of(query, "paper", SIZES, usual),
        is_large=one_of(query, "size", {"usual": False, "large": True}, "usual"),
        has_ticks=one_of(query, "ticks", {"1": True, "0": False}, "1"),
    )


def paper_for(sheet: RoutineSheet, asked: Asked) -> Paper:
    """The paper one reader asked for. Raises ``AskedWrongly``."""
    return Paper(
        address=asked.address,
        printed_on=asked.today,
        site_name=asked.site_name,
        imprint=asked.imprint,
        logo=asked.logo(),
        asked=paper_asked(asked.query, sheet.language),
        note=asked.note,
        ends_on=asked.ends_on,
        mark=asked.mark,
        code=asked.code,
        code_address=asked.code_address,
        is_shared=asked.is_shared,
    )
