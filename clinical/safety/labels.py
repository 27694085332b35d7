"""The words of closed vocabularies, translated once for each language: a routine of ten exercises asks for a hundred.

Pure.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from clinical.safety.sheet import Labelled


def labelled(vocabulary: Any, value: str) -> Labelled:
    """A vocabulary's member as readers see it; a value that is not chosen yet shows as nothing."""
    return _labelled(vocabulary, value, get_language())


@lru_cache(maxsize=2000)
def _labelled(vocabulary: Any, value: str, language: str | None) -> Labelled:
    return Labelled(value, str(vocabulary(value).label) if value in vocabulary.values else "")
