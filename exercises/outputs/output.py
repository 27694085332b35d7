"""What an output is: one way to hand a sheet to a reader, declared in one place and routed, offered and tested from it.

Pure. The outputs of an exercise are listed in ``exercises.outputs.registry``, those of a routine in
``routines.outputs.registry``. Pages, share links, the contract addresses, the nightly audit, the copy on a device and
the tests of every output go by these lists, so an output that stands in one is nowhere forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Generic, TypeVar

from django.http import QueryDict
from django.utils.functional import Promise

from clinical.outputs.file_cache import Made

Sheet = TypeVar("Sheet")

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an output is made from besides its sheet: what a reader asks in the address, and what only the site knows.

    ``address`` is the whole address of the page the output stands under; ``drawing_of`` gives the SVG that belongs to
    a drawing's fingerprint. On a share link ``note`` is the practitioner's to one reader, ``ends_on`` its last day, and
    ``mark`` what both may call it; ``code`` is what may be typed at ``code_address`` in place of its address.
    """

    query: QueryDict
    today: date
    address: str
    site_name: str
    drawing_of: Callable[[str], str]
    #: What the clinic has at the foot of its papers, a sentence each.
    imprint: tuple[str, ...] = ()
    #: Under which licence the clinic gives its content away; empty where it does not say.
    licence: str = ""
    #: Its logo as an SVG in black and white, asked for by what shows it; empty where there is none.
    logo: Callable[[], str] = str
    #: The time of day, for what must not begin in the past.
    now: time = time()
    is_shared: bool = False
    note: str = ""
    ends_on: date | None = None
    mark: str = ""
    code: str = ""
    code_address: str = ""


@dataclass(frozen=True)
class Kept(Generic[Sheet]):
    """For what takes long to make: the folder it is kept in, and the digest that tells its content from any other.

    Only a public page's is ever kept. A link's is made for each answer.
    """

    folder: Callable[[Sheet, Asked], str]
    digest: Callable[[Sheet, Asked], str]


@dataclass(frozen=True, kw_only=True)
class Output(Generic[Sheet]):
    """One output: what it is called, where it stands, what it is. It is answered by a view of its own.

    ``path`` follows the page's own address: ``follow/``, or ``card.png`` for what is no page.
    """

    name: str
    path: str
    content_type: str
    on_pages: bool = True
    #: Under ``/s/<token>/`` too. Links are to routines, so an exercise's output never is.
    on_links: bool = True
    #: It says every note in force. Only what holds nothing to follow may do without.
    has_notes: bool = True
    #: Typesetting, not writing: the audit of everything live leaves it out.
    takes_long: bool = False
    #: Part of the copy a reader keeps on a device.
    is_offline: bool = False
    #: What a link to it is called, where a page offers it; empty where none does.
    label: str | Promise = ""
    #: A reader chooses how it is made, so a page offers it with a form.
    has_choices: bool = False

    @property
    def segment(self) -> str:
        """The last part of its address, without a slash; empty for the page itself."""
        return self.path.rstrip("/")

    def url_name(self, owner: str) -> str:
        """What its address is called: ``routine_data`` for a routine's, ``routine`` for the page itself."""
        return f"{owner}_{self.name}" if self.name else owner


@dataclass(frozen=True, kw_only=True)
class FileOutput(Output[Sheet]):
    """An output whose bytes are made from the sheet alone, so that nobody writes a view for it.

    Where it has a ``file_ending`` it is saved under a name: the page's, or ``routine`` on a link, which names nobody.
    """

    make: Callable[[Sheet, Asked], Made]
    kept: Kept[Sheet] | None = None
    file_ending: str = ""


def offline_paths(outputs: tuple[Output[Sheet], ...]) -> tuple[str, ...]:
    """Where the parts of a copy stand, as the page itself would link to them."""
    return tuple(output.path or "./" for output in outputs if output.is_offline)
