"""What is wrong with words that allow more pain than they may, told to whoever wrote them, and what to do there.

Pure.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.words.pain_words import NEVER, Found, found_in_words
from clinical.words.stop_sign_words import waved_away

#: On the exercise itself, where the words may be right and the field wrong.
ON_EXERCISE = gettext_lazy(
    "“%(words)s” allows %(said)s, the exercise %(most)s. Change the words, or the exercise’s field "
    "“Pain allowed, out of 10” under “Conditions and safety”, which words every stop sign."
)
#: Beside an exercise in a routine or programme, where that field is not.
BESIDE_EXERCISE = gettext_lazy(
    "“%(words)s” allows %(said)s, the exercise %(most)s. Change the words: what the exercise allows "
    "is set on the exercise’s own page."
)
#: In the words of a whole routine.
OF_ROUTINE = gettext_lazy(
    "“%(words)s” allows %(said)s, the strictest exercise here %(most)s. Change the words, or write "
    "them beside the exercise they are about: what an exercise allows is set on its own page."
)
#: In the note to a patient, which stands above all exercises they are given.
IN_NOTE = gettext_lazy(
    "Your note’s “%(words)s” allows %(said)s, the strictest exercise here %(most)s. Change the note: what an exercise "
    "allows is set on its own page."
)
#: Where no exercise is near.
ANYWHERE = gettext_lazy("“%(words)s” allows %(said)s, and no exercise more than %(most)s. Change the words.")


def fault_of(found: Found, most: int, told: str | Promise) -> str:
    """What is wrong where words allow more than ``most`` out of 10, as ``told`` where they stand; else empty."""
    if found.most <= most:
        return ""
    said = _("some pain") if found.most == 1 else _("pain of %d out of 10") % found.most
    words = {"words": found.words, "said": said, "most": most or _("none")}
    if found.most == NEVER:
        return _("“%(words)s” tells readers to go on against pain, which no exercise allows. Leave it out.") % words
    return str(told) % words


def pain_in_words_fault(text: str, most: int, told: str | Promise = BESIDE_EXERCISE) -> str:
    """The same of a text; of several sentences the one that allows most is named."""
    return fault_of(found_in_words(text), most, told)


def signs_in_note_fault(note: str) -> str:
    """What is wrong with a note to a patient that waves away another stop sign than pain; else empty."""
    told = _(
        "Your note’s “%s” speaks against the stop signs, which say when to stop: numbness, tingling, weakness and "
        "dizziness are signs to stop in every exercise. Take it out of the note."
    )
    return told % words if (words := waved_away(note)) else ""
