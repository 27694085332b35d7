"""Whom a warning concerns: the closed list of things about a reader's body that change whether an exercise suits them.

A note of tier 2 or 3, or a line of "Ask first if", names them. Where several exercises name the same one, a routine
says it once. Its words complete "Ask first if". For a clinician to confirm, like everything readers are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinical.words.remembered import in_each_language


class Concern(models.TextChoices):
    """Something about a reader's body. In the order readers meet them: commonest first."""

    PREGNANCY = "pregnancy", _("Pregnancy")
    BLOOD_THINNERS = "blood_thinners", _("Blood thinners")
    THIN_BONES = "thin_bones", _("Thin bones")
    POOR_BALANCE = "poor_balance", _("Poor balance")
    FALLS = "falls", _("Falls")
    NEW_JOINT = "new_joint", _("A new joint")
    SURGERY = "surgery", _("Surgery")
    HEART_OR_LUNGS = "heart_or_lungs", _("Heart or lungs")
    HIGH_BLOOD_PRESSURE = "high_blood_pressure", _("High blood pressure")
    NUMBNESS = "numbness", _("Numbness or tingling")
    PAIN_DOWN_LEG = "pain_down_leg", _("Pain down a leg")
    SORE_BACK = "sore_back", _("A sore back")
    SORE_JOINTS = "sore_joints", _("Sore joints")
    LOOSE_JOINTS = "loose_joints", _("Loose joints")
    ARTHRITIS = "arthritis", _("Arthritis")
    TORN_MUSCLE = "torn_muscle", _("A torn muscle")
    DIZZINESS = "dizziness", _("Dizziness")
    STROKE = "stroke", _("A stroke")
    BLOOD_CLOT = "blood_clot", _("A blood clot")
    VEINS = "veins", _("Bad veins")
    HERNIA = "hernia", _("A hernia")
    BLADDER = "bladder", _("A leaking bladder")
    KIDNEY_DISEASE = "kidney_disease", _("Kidney disease")
    NEW_MEDICINE = "new_medicine", _("A new medicine")
    UNKNOWN_CAUSE = "unknown_cause", _("Pain without a known cause")


#: Each of them as it completes "Ask first if".
PHRASES: dict[Concern, str | Promise] = {
    Concern.PREGNANCY: _("you are pregnant"),
    Concern.BLOOD_THINNERS: _("you take blood thinners"),
    Concern.THIN_BONES: _("you have thin bones"),
    Concern.POOR_BALANCE: _("you have poor balance or falls"),
    Concern.FALLS: _("you have had a fall"),
    Concern.NEW_JOINT: _("you have a new hip or knee"),
    Concern.SURGERY: _("you have had surgery there"),
    Concern.HEART_OR_LUNGS: _("you have heart or lung trouble"),
    Concern.HIGH_BLOOD_PRESSURE: _("you have high blood pressure"),
    Concern.NUMBNESS: _("you have numbness or tingling"),
    Concern.PAIN_DOWN_LEG: _("you have pain down a leg"),
    Concern.SORE_BACK: _("you have a sore back"),
    Concern.SORE_JOINTS: _("you have a sore hip, knee or ankle"),
    Concern.LOOSE_JOINTS: _("you have very loose joints"),
    Concern.ARTHRITIS: _("you have arthritis"),
    Concern.TORN_MUSCLE: _("you have a torn muscle or tendon"),
    Concern.DIZZINESS: _("you have dizzy or faint spells"),
    Concern.STROKE: _("you have had a stroke"),
    Concern.BLOOD_CLOT: _("you have had a blood clot"),
    Concern.VEINS: _("you have swollen veins"),
    Concern.HERNIA: _("you have a hernia"),
    Concern.BLADDER: _("you leak pee when you jump"),
    Concern.KIDNEY_DISEASE: _("you have kidney disease"),
    Concern.NEW_MEDICINE: _("you take a new medicine"),
    Concern.UNKNOWN_CAUSE: _("you have unexplained pain"),
}


def phrase(concern: str) -> str:
    """A concern as it completes "Ask first if"; nothing for a word the list does not have."""
    return str(PHRASES[Concern(concern)]) if concern in PHRASES else ""


#: Whose words say each other's ("poor balance or falls"): whoever leaves out one means what names the other, too.
SAID_WITH: dict[Concern, Concern] = {Concern.POOR_BALANCE: Concern.FALLS, Concern.FALLS: Concern.POOR_BALANCE}


def meant_by(concern: str) -> tuple[str, ...]:
    """A concern, and the one whose words say it too."""
    also = SAID_WITH.get(Concern(concern))
    return (concern, also.value) if also else (concern,)


#: Where a reader finds each of them in a long list of ticks.
SORTS: tuple[tuple[str | Promise, tuple[Concern, ...]], ...] = (
    (_("Balance"), (Concern.POOR_BALANCE, Concern.FALLS, Concern.DIZZINESS)),
    (
        _("Bones, joints and muscles"),
        (
            *(Concern.THIN_BONES, Concern.NEW_JOINT, Concern.ARTHRITIS, Concern.SORE_BACK),
            *(Concern.SORE_JOINTS, Concern.LOOSE_JOINTS, Concern.TORN_MUSCLE),
        ),
    ),
    (
        _("Heart, lungs and blood"),
        (
            *(Concern.HEART_OR_LUNGS, Concern.HIGH_BLOOD_PRESSURE, Concern.STROKE),
            *(Concern.BLOOD_CLOT, Concern.VEINS, Concern.BLOOD_THINNERS),
        ),
    ),
    (_("Nerves and pain"), (Concern.NUMBNESS, Concern.PAIN_DOWN_LEG, Concern.UNKNOWN_CAUSE)),
    (
        _("Anything else"),
        (
            *(Concern.PREGNANCY, Concern.SURGERY, Concern.HERNIA, Concern.BLADDER),
            *(Concern.KIDNEY_DISEASE, Concern.NEW_MEDICINE),
        ),
    ),
)


#: How phrases begin that are said in one breath: "you have thin bones or poor balance". The longest first.
OPENINGS = (_("you have had"), _("you have"), _("you take"), _("you are"))
#: A line has no more words than a sign on the card.
MOST_WORDS_OF_A_LINE = 10


def said_together(concerns: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Concerns in few lines, each line with those it says; nothing is left out."""
    return list(_said_together(frozenset(concerns)))


_PLACES = {concern.value: place for place, concern in enumerate(Concern)}


@in_each_language
def _said_together(concerns: frozenset[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows: list[tuple[str, list[str]]] = []
    for concern in sorted(concerns & _PLACES.keys(), key=_PLACES.__getitem__):
        opening = _opening_of(phrase(concern))
        for begun, row in rows:
            if opening and begun == opening and len(_joined(opening, [*row, concern]).split()) <= MOST_WORDS_OF_A_LINE:
                row.append(concern)
                break
        else:
            rows.append((opening, [concern]))
    return tuple((_joined(opening, row), tuple(row)) for opening, row in rows)


@in_each_language
def is_said_in(words: str, concern: str) -> bool:
    """Whether words say a concern already, as a whole part of a list: "you are pregnant or unwell" says pregnancy.

    "You have arthritis in your neck" does not say arthritis, nor "you are not pregnant" pregnancy.
    """
    thing = thing_of(concern)
    if not thing:
        return False
    opening = "|".join(re.escape(str(each)) for each in OPENINGS)
    between = rf"[,;]|\b{re.escape(gettext('or'))}\b"
    part = rf"(?:^|{between})\s*(?:(?:{opening})\s+)?{re.escape(thing)}\s*(?=$|{between})"
    return re.search(part, words, re.IGNORECASE) is not None


def thing_of(concern: str) -> str:
    """What it is by itself, without "you have": "thin bones", "pregnant"; nothing for a word the list does not have."""
    whole = phrase(concern)
    return whole.removeprefix(_opening_of(whole)).strip()


def _opening_of(words: str) -> str:
    return next((str(opening) for opening in OPENINGS if words.startswith(f"{opening} ")), "")


def _joined(opening: str, row: list[str]) -> str:
    if len(row) == 1:
        return phrase(row[0])
    things = [phrase(concern).removeprefix(opening).strip() for concern in row]
    named = {"opening": opening, "things": ", ".join(things[:-1]), "last": things[-1]}
    if _is_a_choice(named["last"]):
        return gettext("%(opening)s %(things)s, %(last)s") % named
    return gettext("%(opening)s %(things)s or %(last)s") % named


def _is_a_choice(words: str) -> bool:
    """Whether it says "or" itself: "dizzy or faint spells" ends a list without another."""
    return f" {gettext('or')} " in words
