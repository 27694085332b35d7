"""How a line of "Ask first if" may name a concern in its own words: "your hip or knee is sore" names sore joints.

For leaving out what somebody would have to ask about first, where one exercise too many left out does no harm. Whether
a sign on the card says a concern already is asked more strictly (``concerns.is_said_in``), since there a line would be
lost. English; in another language only the words of the list itself are known. For a clinician to confirm.
"""

from __future__ import annotations

import re

from clinical.words.concerns import Concern, thing_of

#: Where a word begins: "lung" is not in "lunge", nor "clot" in "clothing".
_A = "(^|[^a-z])"
_SORE = f"{_A}(sore|hurt|pain|ache|aching|swollen)"
_BETWEEN = "[a-z ,’]{0,20}"
_JOINT = "(hip|knee|ankle|joint)"

#: As a regular expression that Python, SQLite and PostgreSQL read alike: no classes by letter, nothing looked ahead at.
NAMED_BY: dict[Concern, str] = {
    Concern.PREGNANCY: "pregnan|expecting a baby|had a baby",
    Concern.BLOOD_THINNERS: "blood.thin|thin(s|ner|ned|ning)? (your|the) blood|anticoagul|warfarin",
    Concern.THIN_BONES: "thin bone|bones? (are thin|break)|(brittle|weak) bone|bone density|osteopor",
    Concern.POOR_BALANCE: f"balance|unsteady|{_A}falls",
    Concern.FALLS: f"{_A}a fall|{_A}falls|fallen|{_A}fell ",
    Concern.NEW_JOINT: "(new|replaced) (hip|knee|joint)|(hip|knee|joint) replace",
    Concern.SURGERY: f"surger|{_A}operat",
    Concern.HEART_OR_LUNGS: f"{_A}heart|{_A}lungs?($|[^a-z])|breathless|short of breath|chest pain|hurts your chest",
    Concern.HIGH_BLOOD_PRESSURE: "blood pressure",
    Concern.NUMBNESS: f"{_A}numb($|n|[^a-z])|tingl|pins and needles",
    Concern.PAIN_DOWN_LEG: "down (a|the|your|one) leg|sciatic",
    Concern.SORE_BACK: f"(your|a|low|lower) back{_BETWEEN}{_SORE}|back (pain|ache)|{_SORE}{_BETWEEN}{_A}back($|[^a-z])",
    Concern.SORE_JOINTS: f"{_JOINT}{_BETWEEN}{_SORE}|{_SORE}{_BETWEEN}{_JOINT}",
    Concern.LOOSE_JOINTS: "loose joint|joints are (very |too )?loose|hypermob",
    Concern.ARTHRITIS: "arthrit|worn joint",
    Concern.TORN_MUSCLE: f"{_A}torn |{_A}a tear|ruptur",
    Concern.DIZZINESS: "dizz|faint|vertigo|light.headed",
    Concern.STROKE: f"{_A}stroke",
    Concern.BLOOD_CLOT: f"{_A}clots?($|[^a-z])|thrombos|{_A}dvt",
    Concern.VEINS: f"{_A}vein|varicose",
    Concern.HERNIA: "hernia|rupture",
    Concern.BLADDER: "bladder|leak|incontinen",
    Concern.KIDNEY_DISEASE: "kidney",
    Concern.NEW_MEDICINE: "new (medicine|drug|tablet|pill)",
    Concern.UNKNOWN_CAUSE: "unexplained|(no|without a) known cause|(do not|don’t) know why",
}


def pattern(concern: str) -> str:
    """What names a concern, asked without regard to capitals; what names nothing, for a word the list does not have."""
    if concern not in NAMED_BY:
        return "a^"
    return f"{NAMED_BY[Concern(concern)]}|{re.escape(thing_of(concern))}"


def names(line: str, concern: str) -> bool:
    """Whether a line names a concern, as the database is asked it."""
    return re.search(pattern(concern), line, re.IGNORECASE) is not None
