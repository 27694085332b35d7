"""What a home may have instead of a thing an exercise needs: of this exercise, since a sofa is no step for every one.

Kept as a mapping from a thing of the vocabulary to a few words; a thing that is not in it has no substitute.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.words.exercising import Equipment

#: Letters of one substitute: it stands in brackets behind the thing.
MOST_LETTERS = 40


def faults_of_substitutes(written: Any, equipment: Sequence[str]) -> list[str]:
    """What keeps them from readers: a thing that is not needed, words that are too long or run over lines, no words."""
    if not isinstance(written, Mapping):
        return [_("Write what may be taken instead as a few words for each thing.")]
    faults = []
    for thing, words in written.items():
        name = {"thing": Equipment(thing).label if thing in Equipment.values else thing, "most": MOST_LETTERS}
        if thing not in equipment:
            faults.append(_("“%(thing)s” is not needed here; choose it under equipment, or leave this empty.") % name)
        elif not isinstance(words, str) or not words.strip() or len(words) > MOST_LETTERS or "\n" in words:
            faults.append(_("“%(thing)s”: write at most %(most)d letters in one line.") % name)
    return faults


def substitute_of(written: Any, thing: str) -> str:
    """What may be taken instead of a thing; empty where nothing may."""
    words = written.get(thing, "") if isinstance(written, Mapping) else ""
    return words if isinstance(words, str) else ""


#: Shown beside the lines in the editor.
HELP = gettext_lazy(
    "Only where it is safe for this very exercise, in a few words: “a rug or a folded blanket”. Leave empty where "
    "nothing else will do."
)
