"""How readers meet each safety note of the starter library: at which tier, and in short, in full, or at its step.

Of tiers 1 to 3 the sign stands in short on the card before the first step, the whole note further down. Of tier 4 the
whole note stands where it is needed; one that names a step stands at that step of its exercise as well. This is data
only, written by hand on purpose: a tier that changes in the library has to be changed here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

How = Literal["in short", "in full", "at its step"]
IN_SHORT: How = "in short"
IN_FULL: How = "in full"
AT_ITS_STEP: How = "at its step"


@dataclass(frozen=True)
class Seen:
    """The tier of a note, and how readers meet it on every page it stands on."""

    tier: int
    how: How


SEEN: Mapping[str, Seen] = {
    "ask-before-you-start": Seen(3, IN_SHORT),
    "back-after-injury": Seen(1, IN_SHORT),
    "back-ask-if-unsure": Seen(3, IN_SHORT),
    "back-bladder-bowel-or-sex": Seen(1, IN_SHORT),
    "back-both-legs": Seen(1, IN_SHORT),
    "back-cancer-or-weight-loss": Seen(1, IN_SHORT),
    "back-early-and-regular": Seen(4, IN_FULL),
    "back-fever": Seen(1, IN_SHORT),
    "back-gentle-every-way": Seen(4, IN_FULL),
    "back-night-pain": Seen(1, IN_SHORT),
    "back-no-heavy-demand": Seen(4, IN_FULL),
    "back-no-pain-no-gain": Seen(4, IN_FULL),
    "back-numb-between-legs": Seen(1, IN_SHORT),
    "back-pain-is-a-signal": Seen(4, IN_FULL),
    "back-stop-at-spasm": Seen(2, IN_SHORT),
    "back-thigh-nerve-or-strain": Seen(2, IN_SHORT),
    "back-torn-or-not-checked": Seen(2, IN_SHORT),
    "back-warm-up-first": Seen(4, IN_FULL),
    "ball-not-on-sore-skin-or-veins": Seen(2, IN_SHORT),
    "bed-before-you-get-up": Seen(4, IN_FULL),
    "cramp-lasts": Seen(1, IN_SHORT),
    "cramps-ask-first": Seen(3, IN_SHORT),
    "cramps-what-trials-show": Seen(4, IN_FULL),
    "cushion-and-foot-stool": Seen(4, IN_FULL),
    "hamstring-claims": Seen(4, IN_FULL),
    "hot-joint-or-infection": Seen(2, IN_SHORT),
    "isometric-keep-breathing": Seen(4, IN_FULL),
    "joint-comes-to-a-hard-stop": Seen(2, IN_SHORT),
    "kneeling-hold-a-support": Seen(4, AT_ITS_STEP),
    "leg-cannot-bear-weight": Seen(1, IN_SHORT),
    "leg-clot-signs": Seen(1, IN_SHORT),
    "leg-clot-with-breathlessness": Seen(1, IN_SHORT),
    "leg-cold-or-pale": Seen(1, IN_SHORT),
    "leg-comfortable-effort": Seen(4, IN_FULL),
    "leg-moving-before-held-after": Seen(4, IN_FULL),
    "leg-pain-ask-first": Seen(3, IN_SHORT),
    "leg-spreading-hot-skin": Seen(1, IN_SHORT),
    "leg-strengthen-too": Seen(4, IN_FULL),
    "leg-tightness-only": Seen(4, IN_FULL),
    "leg-warm-up-first": Seen(4, IN_FULL),
    "neck-ball-muscle-only": Seen(4, AT_ITS_STEP),
    "neck-hurt-or-dizzy": Seen(2, IN_SHORT),
    "neck-sudden-signs": Seen(1, IN_SHORT),
    "no-deeper-version-at-first": Seen(4, IN_FULL),
    "no-rolling-out-of-bed": Seen(4, IN_FULL),
    "no-stretch-straight-after-rising": Seen(2, IN_SHORT),
    "operation-not-cleared": Seen(2, IN_SHORT),
    "raised-heel-on-steady-surface": Seen(4, AT_ITS_STEP),
    "release-before-stretching": Seen(4, IN_FULL),
    "rising-no-bed-making": Seen(4, IN_FULL),
    "rising-no-bending-down": Seen(4, IN_FULL),
    "rls-ask-your-doctor": Seen(3, IN_SHORT),
    "rls-break-up-sitting": Seen(4, IN_FULL),
    "rls-caffeine-and-alcohol": Seen(4, IN_FULL),
    "rls-iron": Seen(3, IN_SHORT),
    "rls-light-at-night": Seen(4, IN_FULL),
    "rls-little-research": Seen(4, IN_FULL),
    "rls-medicines": Seen(3, IN_SHORT),
    "rls-not-the-only-thing": Seen(4, IN_FULL),
    "rls-pregnancy-or-kidney": Seen(3, IN_SHORT),
    "rls-safe-before-which": Seen(4, IN_FULL),
    "rls-stretch-during-an-attack": Seen(4, IN_FULL),
    "rls-symptoms-return": Seen(4, IN_FULL),
    "sitting-steady-chair": Seen(4, AT_ITS_STEP),
    "sore-joint-or-back-under-load": Seen(2, IN_SHORT),
    "standing-hold-a-support": Seen(4, AT_ITS_STEP),
    "stiff-tissue-claim": Seen(4, IN_FULL),
    "thin-bones-bending-or-twisting": Seen(2, IN_SHORT),
    "unhealed-injury": Seen(2, IN_SHORT),
    "upper-body-claim": Seen(4, IN_FULL),
}
