"""What a clinic may say of itself under every page: nothing that makes light of the warnings above it.

Pure, but for the numbers the settings name.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from clinical.words.pain_faults import ANYWHERE, pain_in_words_fault, signs_in_note_fault

#: Where whom to call stands already.
STANDS_ABOVE = _("Whom to call in an emergency, and today, stands above this on every page: say nothing of it here.")
#: Numbers people know from elsewhere, besides this site's own.
_KNOWN = frozenset({"112", "911", "999"})
#: What comes right before a number that is to be called, or not to be. A house has one of these numbers, too.
_CALLED = r"(?:call|dial|phone|ring|telephone|tel|not|never|of|than)\W+"


def fault_in(words: str) -> str:
    """Why these words may not stand there; empty where they may."""
    if fault := pain_in_words_fault(words, 0, ANYWHERE) or signs_in_note_fault(words):
        return fault
    said = words.casefold()
    called = re.findall(rf"\b{_CALLED}(\d+)\b", said)
    return str(STANDS_ABOVE) if "emergenc" in said or not _numbers().isdisjoint(called) else ""


def is_for_help(phone: str) -> bool:
    """Whether this is a number for emergencies, or for help today, and not a clinic's own."""
    return re.sub(r"\D", "", phone) in _numbers()


def _numbers() -> frozenset[str]:
    told = (*settings.EMERGENCY_NUMBERS.values(), *settings.URGENT_NUMBERS.values())
    return _KNOWN.union(re.sub(r"\D", "", number) for number in told)
