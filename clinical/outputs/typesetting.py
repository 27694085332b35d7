"""Typesetting: a template of ours and data of anybody's become a PDF or a picture.

The template is a constant file and the data goes in as JSON, so no author's word is ever read as markup. The typesetter
works in an empty folder, sees nothing else of the machine and writes nothing to it, so a full disk does not stop it.

It is fetched into a process when that first sets a page: it is large, and most processes never do.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings

from clinical.words.characters import unseen

logger = logging.getLogger(__name__)

#: The one folder the typesetter may read.
EMPTY = Path(__file__).with_name("empty")
#: What everything is set in.
TYPEFACE = "Atkinson Hyperlegible Next"
#: PDF for universal access: tagged, titled, in a language, with a text for each picture.
ACCESSIBLE: Literal["ua-1"] = "ua-1"
#: A document of nothing but one sign, and how the typesetter says that it has no letter for it.
_SIGN_ALONE = f'#set document(title: "-")\n#set text(font: "{TYPEFACE}")\n#sys.inputs.sign'.encode()
_NO_LETTER = "could not be displayed"


def typeset_pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """An accessible PDF. Where the typefaces lack a letter it is tagged all the same, but not to the standard."""
    import typst

    try:
        return _compile(template, data, "pdf", pdf_standards=ACCESSIBLE, timestamp=0)
    except typst.TypstError as error:
        logger.warning("%s: typeset without the standard for access: %s", template.name, _first_line(error))
        return _compile(template, data, "pdf", timestamp=0)


def typeset_png(template: Path, data: Mapping[str, Any], pixels_per_inch: float = 72) -> bytes:
    """A picture, one pixel for each point of the template's page unless more are asked for."""
    return _compile(template, data, "png", ppi=pixels_per_inch)


def lacking() -> tuple[str, ...]:
    """What is missing on this machine for typeset pages to look as they should; looked for again each time."""
    is_there = TYPEFACE in _fonts().families() and next(Path(settings.TYPEFACES).glob("*.ttf"), None) is not None
    if is_there:
        return ()
    _fonts.cache_clear()
    return (f"the typeface {TYPEFACE}",)


def printable(words: str) -> str:
    """The words without what nobody sees; nothing is live that holds any, so that paper and screen say the same."""
    left_out = {found.position for found in unseen(words)}
    return "".join(each for place, each in enumerate(words) if place not in left_out) if left_out else words


def without_a_letter(words: str) -> tuple[str, ...]:
    """The signs of a text that no typeface here has, each once: paper shows an empty box for each.

    The typesetter itself is asked, which knows its typefaces and what stands in for what.
    """
    signs = dict.fromkeys(sign for sign in printable(words) if not sign.isascii() and not sign.isspace())
    return tuple(sign for sign in signs if not _can_be_set(sign))


@lru_cache(maxsize=4000)
def _can_be_set(sign: str) -> bool:
    """Whether the standard for access, which wants a letter for each sign, lets this one pass."""
    import typst

    try:
        inputs = {"sign": sign}
        typst.compile(_SIGN_ALONE, root=EMPTY, font_paths=_fonts(), sys_inputs=inputs, pdf_standards=ACCESSIBLE)
    except typst.TypstError as error:
        if _NO_LETTER not in str(error):
            raise
        return False
    return True


def _compile(template: Path, data: Mapping[str, Any], kind: Literal["pdf", "png"], **more: Any) -> bytes:
    import typst

    inputs = {"data": json.dumps(_cleaned(data), ensure_ascii=False)}
    made = typst.compile(_read(template), root=EMPTY, font_paths=_fonts(), format=kind, sys_inputs=inputs, **more)
    if not isinstance(made, bytes):
        raise TypeError(f"{template.name} makes several pictures; it must make one.")
    return made


@cache
def _read(template: Path) -> bytes:
    return template.read_bytes()


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(settings.TYPEFACES)])


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {name: _cleaned(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(each) for each in value]
    return value


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]
