"""The last part of an address, made from words of any language: plain letters, digits and hyphens.

Pure. The site's addresses take nothing else (``<slug:slug>``): a link to any other slug cannot even be written down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from anyascii import anyascii
from django.utils.text import slugify
from django.utils.translation import gettext as _

#: The same for Python and for PostgreSQL.
PATTERN = r"^[-a-zA-Z0-9_]+\Z"
#: Shorter than a page's or a condition's slug may be, so that a number has room behind it.
MOST_LETTERS = 80

_PATTERN = re.compile(PATTERN)


def fits_an_address(slug: str) -> bool:
    """Whether an address of the site can end in it."""
    return _PATTERN.fullmatch(slug) is not None


def slug_of(words: str) -> str:
    """Words in plain letters: "Étirement du mollet" is ``etirement-du-mollet``. Empty where no letter is left."""
    plain = slugify(anyascii(words)).strip("-_")
    return plain if len(plain) <= MOST_LETTERS else plain[:MOST_LETTERS].rpartition("-")[0] or plain[:MOST_LETTERS]


def slugs_for(words: str) -> Iterator[str]:
    """Slugs to try in turn until one is free: the words, the words with a number; where none are left, a number."""
    plain = slug_of(words)
    if plain:
        yield plain
    for number in count(2 if plain else 1):
        yield f"{plain}-{number}" if plain else str(number)


def refused_words(slug: str) -> str:
    """What to write instead of a slug no address can end in."""
    words = _("Write it in plain letters, digits and hyphens, such as “%s”: no address can hold anything else.")
    return words % (slug_of(slug) or "calf-stretch")
