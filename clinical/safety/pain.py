"""How much pain an exercise allows, which words the default stop sign: a rule a clinician would argue about.

Pure. Graded pain is first-line care for tendons, heels and knees, so two people may say for one exercise how strong
pain may get, from 0 to 10, and by when it must have settled. Only pain is scoped so: numbness, weakness and dizziness
are signs to stop at everywhere. Over several exercises the strictest limit stands, so adding one never raises it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.words.choices import SettlesBy
from clinical.words.remembered import in_each_language

#: No exercise may allow more, on a scale from 0 to 10.
MOST_PAIN = 5

_SETTLING = {each.value: place for place, each in enumerate(SettlesBy)}


@dataclass(frozen=True)
class PainLimit:
    """How strong pain may get out of 10, and by when it must have settled; without pain there is nothing to settle.

    Raises ``ValueError`` for a limit nobody may set.
    """

    most: int = 0
    settles_by: str = SettlesBy.AT_ONCE.value

    def __post_init__(self) -> None:
        if not 0 <= self.most <= MOST_PAIN:
            raise ValueError(f"pain may be allowed from 0 to {MOST_PAIN} out of 10, not {self.most}")
        if self.settles_by not in _SETTLING:
            raise ValueError(f"{self.settles_by!r} is no time by which pain settles")
        if not self.most and self.settles_by != SettlesBy.AT_ONCE:
            raise ValueError("where no pain is allowed there is none to settle later")

    def allows_more_than(self, other: PainLimit) -> bool:
        """Whether some pain is fine by this limit that is not by the other: stronger, or longer."""
        return self.most > other.most or _SETTLING[self.settles_by] > _SETTLING[other.settles_by]


#: What holds wherever nobody has said otherwise: stop at any pain.
NO_PAIN = PainLimit()


def strictest(limits: Iterable[PainLimit]) -> PainLimit:
    """The least pain any of these allows, settled as soon as any of them asks; no pain where there are none."""
    every = list(limits)
    most = min((limit.most for limit in every), default=0)
    if not most:
        return NO_PAIN
    return PainLimit(most, min((limit.settles_by for limit in every), key=_SETTLING.__getitem__))


_STOP = {
    SettlesBy.AT_ONCE.value: gettext_lazy("pain is more than %d out of 10 or does not ease when you stop"),
    SettlesBy.WITHIN_THE_HOUR.value: gettext_lazy("pain is more than %d out of 10 or lasts more than an hour"),
    SettlesBy.NEXT_MORNING.value: gettext_lazy("pain is more than %d out of 10 or is worse next morning"),
}

# A sign has room for 60 letters and ten words. These ask to stop a little sooner than the whole text, never later.
_STOP_IN_SHORT = {
    SettlesBy.AT_ONCE.value: gettext_lazy("pain over %d/10 or lasting, numbness, weakness or dizziness"),
    SettlesBy.WITHIN_THE_HOUR.value: gettext_lazy("pain over %d/10 or for an hour, numbness, weakness, dizziness"),
    SettlesBy.NEXT_MORNING.value: gettext_lazy("pain over %d/10 or worse later, numbness, weakness, dizziness"),
}

_FINE = {
    SettlesBy.AT_ONCE.value: gettext_lazy("Pain up to %d out of 10 is fine if it eases as soon as you stop."),
    SettlesBy.WITHIN_THE_HOUR.value: gettext_lazy("Pain up to %d out of 10 is fine if it settles within the hour."),
    SettlesBy.NEXT_MORNING.value: gettext_lazy("Pain up to %d out of 10 is fine if it settles by next morning."),
}

_FINE_HERE = {
    SettlesBy.AT_ONCE.value: gettext_lazy("Here: pain up to %d out of 10 is fine if it eases as soon as you stop."),
    SettlesBy.WITHIN_THE_HOUR.value: gettext_lazy(
        "Here: pain up to %d out of 10 is fine if it settles within the hour."
    ),
    SettlesBy.NEXT_MORNING.value: gettext_lazy("Here: pain up to %d out of 10 is fine if it settles by next morning."),
}


@in_each_language
def stop_words(limit: PainLimit) -> str:
    """What completes "Stop if": at which pain, and at what is never scoped."""
    if not limit.most:
        return _("you feel pain, numbness, weakness or dizziness")
    return _("%s, or you feel numbness, weakness or dizziness") % (_STOP[limit.settles_by] % limit.most)


@in_each_language
def stop_words_in_short(limit: PainLimit) -> str:
    """The same as a sign on the card; empty where the whole is as short."""
    return str(_STOP_IN_SHORT[limit.settles_by] % limit.most) if limit.most else ""


@in_each_language
def fine_words(limit: PainLimit) -> str:
    """What pain is fine, in a sentence; empty where none is."""
    return str(_FINE[limit.settles_by] % limit.most) if limit.most else ""


def exception_words(limit: PainLimit, card: PainLimit) -> str:
    """The same beside one exercise of several, where it allows more than the card above them says; else empty."""
    return str(_FINE_HERE[limit.settles_by] % limit.most) if limit.allows_more_than(card) else ""
