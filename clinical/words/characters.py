"""Which characters of a text a reader can see, and which have no business in one.

Pure. A character that is not seen, or that turns the direction of reading, can make the screen say something else than
the paper does ("not … 30" there, "ton … 03" here), and hides from whoever approves a text what readers' programs make
of it. Such characters are refused, never taken out: whoever wrote the text says what it should be.

Where a script or an emoji cannot be written without one it passes, in its place only: joiners in Persian or Hindi,
marks of direction beside Hebrew or Arabic, the selectors and joiners inside an emoji. The rules go by the properties of
Unicode that Python has; what it lacks (``Default_Ignorable_Code_Point``) is listed here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

#: Controls, formats, surrogates, private and unassigned ones, separators of lines and paragraphs.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
#: Letters and marks that Unicode says are not shown: fillers, joiners of marks, selectors; and an object's empty place.
_NOT_SHOWN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0\ufffc\U00016fe4\U0001d159")
_SELECTORS = frozenset([*map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))])
#: Shown as an empty place, though they are letters or signs.
_BLANK = frozenset("\u2800\u3164\uffa0\u115f\u1160")
#: Formats that are shown: the signs written round numbers in Arabic, Syriac and Kaithi.
_SHOWN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")

_ZWNJ, _ZWJ = "\u200c", "\u200d"
_MARKS_OF_DIRECTION = frozenset("\u200e\u200f\u061c")
_MONGOLIAN_SELECTORS = frozenset("\u180b\u180c\u180d\u180f")
_TEXT_OR_EMOJI = frozenset("\ufe0e\ufe0f")
_FIRST_SELECTORS = frozenset("\ufe00\ufe01\ufe02")
#: What a selector may make an emoji of beside symbols: ‼ ⁉ 〰 ℹ; the digits, # and * of key caps.
_EMOJI_TOO = frozenset("\u203c\u2049\u3030\u2139")
_KEY_CAP = re.compile("[0-9#*]\ufe0f\u20e3")
#: The flags of England, Scotland and Wales are spelt in characters nobody sees; no other text is.
_FLAG_IN_TAGS = re.compile(
    "\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
    "|\U000e0077\U000e006c\U000e0073)\U000e007f"
)
_SCRIPTS_WITH_FIRST_SELECTORS = frozenset({"CJK", "MYANMAR", "PHAGS-PA", "MANICHAEAN"})
#: Letters of these look like each other's.
_ALIKE = frozenset({"LATIN", "GREEK", "CYRILLIC"})
_LAST_WITH_VIRAMA = 0x11FFF
_SHOWN_BEFORE = 16


@dataclass(frozen=True)
class Unseen:
    """A character that has no business in a text: which, and after how many others it stands."""

    character: str
    position: int
    before: str

    def name(self) -> str:
        """Its number and what Unicode calls it."""
        known = unicodedata.name(self.character, "") or _UNNAMED[unicodedata.category(self.character)]
        return f"U+{ord(self.character):04X} ({known.lower()})"


_UNNAMED = {"Cc": "control character", "Cs": "half of a character", "Co": "private character", "Cn": "not assigned"}


def unseen(text: str, *, lines: bool = True) -> Iterator[Unseen]:
    """Every character of a text that is refused, in order. ``lines``: whether line breaks and tabs may stand in it."""
    if text.isascii() and text.isprintable():
        return
    shapes = (found.span() for shape in (_KEY_CAP, _FLAG_IN_TAGS) for found in shape.finditer(text))
    in_emoji = {place for span in shapes for place in range(*span)}
    for place, character in enumerate(text):
        if not _is_suspect(character) or place in in_emoji:
            continue
        if not (_breaks_a_line(text, place, lines) or _is_in_its_place(text, place)):
            yield Unseen(character, place, _before(text, place))


def first_unseen(text: str, *, lines: bool = True) -> Unseen | None:
    """The first character that is refused, if there is one."""
    return next(unseen(text, lines=lines), None)


def says_something(text: str) -> bool:
    """Whether there is anything in a text that a reader would see; nothing blank is, and no mark by itself."""
    return any(
        not _is_suspect(sign) and not sign.isspace() and sign not in _BLANK and unicodedata.category(sign)[0] != "M"
        for sign in text
    )


def words_of_two_scripts(text: str) -> tuple[str, ...]:
    """Words with letters of two alphabets that look alike, such as a Cyrillic а in a Latin word. May be meant."""
    words = re.findall(r"\w+", text)
    return tuple(word for word in words if len({_script(sign) for sign in word if sign.isalpha()} & _ALIKE) > 1)


def _is_suspect(character: str) -> bool:
    if unicodedata.category(character) in _REFUSED_CATEGORIES:
        return character not in _SHOWN_FORMATS
    return character in _NOT_SHOWN or character in _SELECTORS


def _breaks_a_line(text: str, place: int, lines: bool) -> bool:
    """A tab or line break where lines may be written; the old return only as a part of one."""
    return lines and (text[place] in "\n\t" or text[place : place + 2] == "\r\n")


def _is_in_its_place(text: str, place: int) -> bool:
    """Whether a script or an emoji needs the character just there."""
    character = text[place]
    if character == _ZWNJ:
        return _joins(_base_before(text, place)) and _joins(_at(text, place + 1))
    if character == _ZWJ:
        return _joins_emoji(text, place) or _joins(_base_before(text, place)) or _joins(_at(text, place + 1))
    if character in _MARKS_OF_DIRECTION:
        return _stands_by_right_to_left(text, place)
    if character in _MONGOLIAN_SELECTORS:
        return _script(_at(text, place - 1)) == "MONGOLIAN"
    return character in _SELECTORS and _selects(_at(text, place - 1), character)


def _selects(base: str, selector: str) -> bool:
    """Whether there are two shapes of this character to choose from."""
    symbol = unicodedata.category(base) in {"So", "Sm"} if base else False
    if selector in _TEXT_OR_EMOJI:
        return symbol or base in _EMOJI_TOO
    if selector in _FIRST_SELECTORS:
        return symbol or _script(base) in _SCRIPTS_WITH_FIRST_SELECTORS
    return selector > "\uffff" and _script(base) == "CJK"


def _joins_emoji(text: str, place: int) -> bool:
    """Between two pictures that become one, the first perhaps with its selector or its colour of skin."""
    before = place - 1
    while before > 0 and (text[before] in _TEXT_OR_EMOJI or unicodedata.category(text[before]) == "Sk"):
        before -= 1
    pair = _at(text, before), _at(text, place + 1)
    return all(sign and unicodedata.category(sign) == "So" for sign in pair)


def _stands_by_right_to_left(text: str, place: int) -> bool:
    """Whether the nearest letter on either side is written from right to left, and no other mark comes first."""
    if _at(text, place - 1) in _MARKS_OF_DIRECTION:
        return False
    nearest = (next((sign for sign in side if sign.isalpha()), "") for side in (text[place + 1 :], text[:place][::-1]))
    return any(sign and unicodedata.bidirectional(sign) in {"R", "AL"} for sign in nearest)


def _base_before(text: str, place: int) -> str:
    """The letter before a place, past the marks on it."""
    place -= 1
    while place > 0 and unicodedata.category(text[place]) in {"Mn", "Mc"} and not _is_suspect(text[place]):
        place -= 1
    return _at(text, place)


def _joins(letter: str) -> bool:
    """Whether letters of its script change their shape beside each other."""
    if not letter or not letter.isalpha():
        return False
    turns = unicodedata.bidirectional(letter) in {"R", "AL"}
    return turns or _script(letter) in _scripts_with_virama() or _script(letter) == "MONGOLIAN"


@cache
def _scripts_with_virama() -> frozenset[str]:
    """Scripts with a sign that takes a vowel away and joins what stands round it."""
    return frozenset(_script(chr(n)) for n in range(_LAST_WITH_VIRAMA) if unicodedata.combining(chr(n)) == 9)


def _script(character: str) -> str:
    """The first word of a character's name, which for letters is their script."""
    return unicodedata.name(character, "").partition(" ")[0] if character else ""


def _at(text: str, place: int) -> str:
    return text[place] if 0 <= place < len(text) else ""


def _before(text: str, place: int) -> str:
    """The last visible characters before a place, for whoever has to find it."""
    shown = "".join(sign for sign in text[:place] if not _is_suspect(sign))
    return shown.strip()[-_SHOWN_BEFORE:]


def readable(words: str) -> str:
    """A query the search backends can take: no NUL, no quotes, single spaces. SQLite fails on the first two."""
    plain = "".join(character if character.isprintable() and character != '"' else " " for character in words)
    return " ".join(plain.split())
