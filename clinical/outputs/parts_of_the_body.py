"""Where on the body a safety note comes from, in the words a reader would use: "Your back", "Your leg", "Anywhere".

Pure. In a routine the signs of tier 1 stand under these, so that eleven of them are read as three short lists.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.safety.rules import EffectiveNote
from clinical.words.choices import BodyRegion, PlaceKind
from clinical.words.remembered import in_each_language

_BACK, _LEG, _ARM = gettext_lazy("Your back"), gettext_lazy("Your leg"), gettext_lazy("Your arm")

#: The part of the body each region belongs to, as readers call it.
PART_OF_REGION: dict[BodyRegion, str | Promise] = {
    BodyRegion.JAW: gettext_lazy("Your jaw"),
    BodyRegion.NECK: gettext_lazy("Your neck"),
    BodyRegion.SHOULDER: _ARM,
    BodyRegion.ARM: _ARM,
    BodyRegion.ELBOW: _ARM,
    BodyRegion.FOREARM: _ARM,
    BodyRegion.HAND: _ARM,
    BodyRegion.CHEST: gettext_lazy("Your chest"),
    BodyRegion.UPPER_BACK: _BACK,
    BodyRegion.LOW_BACK: _BACK,
    BodyRegion.TRUNK: gettext_lazy("Your tummy"),
    BodyRegion.PELVIC_FLOOR: gettext_lazy("Your pelvic floor"),
    BodyRegion.HIP: _LEG,
    BodyRegion.BUTTOCK: _LEG,
    BodyRegion.FRONT_THIGH: _LEG,
    BodyRegion.BACK_THIGH: _LEG,
    BodyRegion.INNER_THIGH: _LEG,
    BodyRegion.KNEE: _LEG,
    BodyRegion.LOWER_LEG: _LEG,
    BodyRegion.ANKLE: _LEG,
    BodyRegion.FOOT: _LEG,
}


def anywhere() -> str:
    """The heading of signs that come from no one part of the body."""
    return _("Anywhere")


def heading_of(item: EffectiveNote, about: Collection[str] = ()) -> str:
    """The subheading a sign stands under: a part of the body, else its condition, else its page, else "Anywhere".

    A note for everything stands under "Anywhere" whatever else it names, and so does one of a condition the page is not
    ``about``: over a patient's exercises its name would read like a diagnosis.
    """
    kinds = {reason.place for reason in item.reasons}
    if PlaceKind.EVERYTHING in kinds or not kinds:
        return anywhere()
    for kind in (PlaceKind.REGION, PlaceKind.CONDITION):
        if found := sorted(reason for reason in item.reasons if reason.place is kind):
            names = (reason.name for reason in found if reason.name in about)
            return (_part(found[0].value) if kind is PlaceKind.REGION else next(names, "")) or anywhere()
    brought_by = sorted(reason.brought_by for reason in item.reasons)
    return brought_by[0]


@in_each_language
def _part(region: str) -> str:
    """What a reader calls it; nothing for a region the list does not have: a heading is no reason to show no sign."""
    return str(PART_OF_REGION[BodyRegion(region)]) if region in PART_OF_REGION else ""
