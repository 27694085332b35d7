"""The code to type in place of a share link's address: how it is made, read, checked, and kept out of logs.

Pure. Twelve characters and one that checks them, from an alphabet of 32 without look-alikes. Nine are made from the
link's token by a keyed function that cannot be turned round, three more are a seal on those nine under the same key. So
nobody without the key knows any of the 60 bits, and of 32,768 guesses all but one are known to be no code of this site
without a look at the database; a right code needs no such luck and opens whoever else is guessing beside it.

The check is a sum over the field of 32 elements, in which each place weighs differently: no single wrong character and
no two that changed places leave it as it was.
"""

from __future__ import annotations

import hmac
import re
import unicodedata

from django.utils.translation import gettext as _

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: Characters that come of the token, that seal them, and of the whole with the one that checks.
BODY, SEAL, LENGTH = 9, 3, 13
_BITS = 5
_GROUP = 4
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
#: The polynomial of the field, x⁵ + x² + 1, in which doubling goes through all 31 elements but zero.
_FIELD = 0b100101
#: What is read as another character, since it looks like it and is in no code.
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})
_GAP = r"(?:-|%20|%2D|[ +.\u2010-\u2015]{1,2}|%E2%80%9[0-5])?"
_GAPS = r"(?:[ +.\u2010-\u2015-]|%20|%2D|%E2%80%9[0-5]){1,6}"
_ON_ITS_OWN = re.compile(
    rf"(?<![A-Za-z0-9_-])(?:[0-9A-Z]{{4}}{_GAP}){{3}}[0-9A-Z](?![A-Za-z0-9_-])", re.IGNORECASE | re.ASCII
)
#: Every letter by itself, or in twos or threes, as it is read aloud.
_SPACED = re.compile(
    rf"(?<![A-Za-z0-9_-])(?:(?:[0-9A-Z]{_GAPS}){{12}}|(?:[0-9A-Z]{{2}}{_GAPS}){{6}}|(?:[0-9A-Z]{{3}}{_GAPS}){{4}})"
    r"[0-9A-Z](?![A-Za-z0-9_-])",
    re.IGNORECASE | re.ASCII,
)
_IN_GROUPS = re.compile(r"(?:\w{4}-){3}\w")
_ONE_BY_ONE = re.compile(rf"\w{_GAPS}\w{_GAPS}\w{_GAPS}", re.IGNORECASE)
#: Typed behind the address of the form. The names of folders have no digit, those of files a full stop.
_IN_ADDRESS = re.compile(
    r"((?:/|%2F)code(?:/|%2F))(?=[^/\s?#\"'<>]*\d)[^/\s?#\"'<>.]{11,30}(?=[/\s?#\"'<>]|$)", re.IGNORECASE
)


class NotACode(ValueError):
    """What was typed can be no code; says in words why, never what it was."""


def code_of(token: str, key: str) -> str:
    """The code that belongs to a token under this key."""
    body = _letters(_keyed("code", token, key), BODY)
    sealed = body + _seal(body, key)
    return sealed + check_character(sealed)


def digest(code: str, key: str) -> str:
    """What may be stored in place of the code, in hexadecimal."""
    return _keyed("digest", code, key).hex()


def is_sealed(code: str, key: str) -> bool:
    """Whether this key made the code. Only such a one is worth looking up."""
    return hmac.compare_digest(code[BODY : BODY + SEAL], _seal(code[:BODY], key))


def is_code(text: str) -> bool:
    """Whether this is a code as it stands in an address: thirteen characters, the last of which is right."""
    return len(text) == LENGTH and set(text) <= _VALUES.keys() and text[-1] == check_character(text[:-1])


def in_groups(code: str) -> str:
    """As it is printed: three groups, and the character that checks them."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def check_character(letters: str) -> str:
    """The character that goes with these."""
    total = 0
    for letter in letters:
        total = _doubled(total ^ _VALUES[letter])
    return ALPHABET[total]


def read(typed: str) -> str:
    """The code somebody meant, however it was spaced and whatever its case. Raises ``NotACode``."""
    code = _plain(typed)
    if not code:
        raise NotACode(_("Type the code that stands by the square on your paper."))
    for letter in code:
        if letter not in _VALUES:
            raise NotACode(_("“%s” is in none of our codes. Look again: it may be another letter.") % letter)
    if len(code) != LENGTH:
        told = _("A code has %(length)d letters and digits, and here are %(count)d. Compare it with your paper.")
        raise NotACode(told % {"length": LENGTH, "count": len(code)})
    if not is_code(code):
        raise NotACode(_("One letter or digit is wrong, or two have changed places. Compare it with your paper."))
    return code


def _plain(typed: str) -> str:
    """Letters and digits alone, as they are in codes where they look like those."""
    meant = unicodedata.normalize("NFKC", typed).upper().translate(_MEANT)
    return "".join(letter for letter in meant if letter.isalnum())


def hidden(text: str, instead: str) -> str:
    """The text without any code: neither what was typed behind ``/code/``, nor what reads as one wherever it stands."""
    text = _IN_ADDRESS.sub(rf"\1{instead}", text)
    for shape in (_ON_ITS_OWN, _SPACED):
        text = shape.sub(lambda found: instead if _is_to_be_hidden(found[0]) else found[0], text)
    return text


def _is_to_be_hidden(found: str) -> bool:
    """What stands in groups may be a code with a slip in it. A word of thirteen letters is none."""
    if _IN_GROUPS.fullmatch(found):
        return True
    plain = re.sub(_GAP, "", found, flags=re.IGNORECASE)
    if _ONE_BY_ONE.match(found) and any(letter.isdigit() for letter in plain):
        return True
    return is_code(_plain(plain)) and (plain.isupper() or any(letter.isdigit() for letter in plain))


def _keyed(what: str, text: str, key: str) -> bytes:
    """HMAC-SHA-256; what is made for one purpose tells nothing of what is made for another."""
    return hmac.digest(key.encode(), f"{what}:{text}".encode(), "sha256")


def _seal(body: str, key: str) -> str:
    return _letters(_keyed("seal", body, key), SEAL)


def _letters(source: bytes, count: int) -> str:
    """So many characters, each of five bits of the source."""
    number = int.from_bytes(source)
    return "".join(ALPHABET[number >> _BITS * place & 31] for place in range(count))


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value > 31 else value
