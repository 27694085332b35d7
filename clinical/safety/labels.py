"""The words of closed vocabularies, translated once for each language: a routine of ten exercises asks for a hundred.

Pure.
"""

from __future__ import annotations

from typing import Any

from clinical.safety.sheet import Labelled
from clinical.words.remembered import in_each_language


@in_each_language
def labelled(vocabulary: Any, value: str) -> Labelled:
    """A vocabulary's member as readers see it; a value that is not chosen yet shows as nothing."""
    return Labelled(value, str(vocabulary(value).label) if value in vocabulary.values else "")
