"""What a reader may ask of an output in its address, and the refusal when it is something else.

Nothing asked for is silently corrected: the refusal names the field and says what to write there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from django.utils.translation import gettext as _

T = TypeVar("T")

#: What both databases number their rows with; not the digits of other scripts.
_ROW_NUMBER = re.compile(r"[0-9]{1,18}")


class AskedWrongly(ValueError):
    """A field of the address that cannot be understood. ``field`` is its name; ``message`` says what to write."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


def row_number(words: str) -> int | None:
    """The number of a row, where words can be one. Nothing for any others, however many digits they have."""
    return int(words) if _ROW_NUMBER.fullmatch(words) else None


def one_of(query: Mapping[str, str], field: str, known: Mapping[str, T], default: str) -> T:
    """The value asked for by one of the known words. Raises ``AskedWrongly`` for any other word."""
    word = query.get(field, default)
    if word not in known:
        raise AskedWrongly(field, _("write one of: %s.") % ", ".join(known))
    return known[word]
