"""What to write instead of words and fields that people write and the format does not have.

Pure data and two small questions. A word is only suggested where the vocabulary at hand has it, a field only where the
record has it. Whatever is not listed is compared letter by letter: a slip of the pen gets "did you mean".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

#: As alike as two words must be to be taken for one, from 0 to 1.
ALIKE = 0.78

#: Our word for what others call otherwise; the first that the vocabulary has.
OUR_WORDS: dict[str, tuple[str, ...]] = {
    # kinds
    "neurodynamic": ("nerve_glide",), "nerve_slider": ("nerve_glide",), "nerve_flossing": ("nerve_glide",),
    "neural_glide": ("nerve_glide",), "cardio": ("aerobic",), "endurance": ("aerobic",), "walking": ("aerobic",),
    "strength": ("strengthening",), "resistance": ("strengthening",), "eccentric": ("strengthening",),
    "static_hold": ("isometric",), "proprioception": ("balance",), "respiratory": ("breathing",),
    "stretch": ("static_stretch",), "stretching": ("static_stretch",), "rom": ("mobility",),
    "range_of_motion": ("mobility",), "massage": ("self_massage",), "foam_rolling": ("self_massage",),
    "warmup": ("warm_up",), "meditation": ("relaxation",),
    # regions
    "wrist": ("hand",), "finger": ("hand",), "thumb": ("hand",), "upper_arm": ("arm",), "biceps": ("arm",),
    "triceps": ("arm",), "lower_arm": ("forearm",), "pec": ("chest",), "pectoral": ("chest",),
    "thoracic": ("upper_back",), "mid_back": ("upper_back",), "lumbar": ("low_back",),
    "lower_back": ("low_back",), "core": ("trunk",), "abdomen": ("trunk",), "abs": ("trunk",), "waist": ("trunk",),
    "pelvis": ("pelvic_floor", "hip"), "glute": ("buttock",), "hamstring": ("back_thigh",),
    "quadriceps": ("front_thigh",), "quad": ("front_thigh",), "groin": ("inner_thigh",),
    "adductor": ("inner_thigh",), "calf": ("lower_leg",), "shin": ("lower_leg",),
    "toe": ("foot",), "sole": ("foot",), "tmj": ("jaw",),
    # positions
    "half_lying": ("in_bed",), "half_sitting": ("in_bed",), "bed": ("bed", "in_bed"), "lying_in_bed": ("in_bed",),
    "standing_leaning": ("leaning",), "bent_over": ("leaning",), "tall_kneeling": ("kneeling",), "lying": ("supine",),
    "lying_on_back": ("supine",), "lying_on_front": ("prone",), "sidelying": ("side_lying",),
    "floor_sitting": ("long_sitting",), "seated": ("sitting",), "all_fours": ("four_point_kneeling",),
    "quadruped": ("four_point_kneeling",), "hands_and_knees": ("four_point_kneeling",),
    "one_knee": ("half_kneeling",), "stand": ("standing",), "upright": ("standing",),
    # equipment
    "weight": ("dumbbell",), "hand_weight": ("dumbbell",), "kettlebell": ("dumbbell",), "bottle": ("water_bottle",),
    "resistance_band": ("band",), "theraband": ("band",), "elastic": ("band",), "strap": ("towel",),
    "belt": ("towel",), "broom": ("stick",), "broomstick": ("stick",), "cane": ("stick",), "pole": ("stick",),
    "pillow": ("cushion",), "stair": ("step",), "door": ("doorway",), "door_frame": ("doorway",), "desk": ("table",),
    "worktop": ("support",), "rail": ("support",), "counter": ("support",), "stool": ("raised_surface",),
    "box": ("raised_surface",), "couch": ("raised_surface",), "tennis_ball": ("small_ball",),
    "ball": ("small_ball",), "roller": ("foam_roller",), "rug": ("mat",), "yoga_mat": ("mat",),
    # evidence
    "against": ("guideline_against",), "not_recommended": ("guideline_against",), "no_effect": ("no_benefit",),
    "ineffective": ("no_benefit",), "null": ("no_benefit",), "rct": ("trial",), "review": ("trial",),
    "expert": ("consensus",), "opinion": ("consensus",), "none": ("untested",), "unknown": ("untested",),
    # moments
    "morning": ("on_waking",), "after_waking": ("on_waking",), "night": ("before_bed",), "bedtime": ("before_bed",),
    "evenings": ("evening",), "after_exercise": ("after_activity",), "after_sport": ("after_activity",),
    "before_exercise": ("before_activity",), "work": ("at_the_desk",), "always": ("any_time",),
    # steps, sides, kinds of note
    "setup": ("set_up",), "start": ("set_up",), "push": ("contract",), "squeeze": ("contract",),
    "tense": ("contract",),
    "let_go": ("relax",), "rest": ("relax",), "breath": ("breathe",), "end": ("return",), "finish": ("return",),
    "bilateral": ("bilateral", "both"), "unilateral": ("unilateral", "each"), "either": ("each",),
    "one_side": ("unilateral", "each"), "both_sides": ("bilateral", "both"), "warning": ("red_flag",),
    "precaution": ("check_first",), "tip": ("do",), "easier": ("regression",), "harder": ("progression",),
}  # fmt: skip

_GRADE = (
    "how sure the findings are belongs in the statement, in words; write what there is of them: 'guideline', 'trial', "
    "'consensus', 'untested', 'no_benefit' or 'guideline_against'"
)
#: What a vocabulary has on purpose no word for: a word it does have, and what to do.
NO_WORD_FOR: dict[str, tuple[str, str]] = {
    "whole_body": ("low_back", "name each part that is worked, such as 'low_back' and 'hip'; safety notes follow them"),
    "full_body": ("low_back", "name each part that is worked, such as 'low_back' and 'hip'; safety notes follow them"),
    "thigh": ("front_thigh", "write 'front_thigh', 'back_thigh' or 'inner_thigh'; safety notes follow the part"),
    "leg": ("lower_leg", "name the part, such as 'lower_leg', 'knee' or 'back_thigh'; safety notes follow the part"),
    "back": ("low_back", "write 'low_back' or 'upper_back'; safety notes follow the part"),
    "head": ("neck", "write 'neck' or 'jaw'; safety notes follow the part"),
    "very_low": ("untested", _GRADE),
    "low": ("untested", _GRADE),
    "moderate": ("untested", _GRADE),
    "high": ("untested", _GRADE),
    "affected": ("each", "write 'each'; a routine does not know which side that is"),
    "patient": ("each", "write 'each'; a routine does not know which side that is"),
}

#: Our field for what others call otherwise; the first that the record has.
OUR_FIELDS: dict[str, tuple[str, ...]] = {
    "reps": ("repetitions", "dosage"), "repeat": ("repetitions",), "repeats": ("repetitions",),
    "hold": ("hold_seconds",),
    "duration": ("moving_seconds",), "rest": ("rest_seconds",), "per_day": ("sessions_per_day",),
    "per_week": ("days_per_week",), "name": ("title",), "description": ("purpose",), "summary": ("purpose",),
    "synonyms": ("aliases",), "other_names": ("aliases",), "muscle": ("muscles",), "region": ("regions",),
    "body_regions": ("regions",), "starting_position": ("position",), "positions": ("position",),
    "things": ("equipment",), "instructions": ("steps",), "precautions": ("check_first",),
    "evidence": ("evidence_summary",),
    "references": ("sources",), "url": ("link",), "exercises": ("items",), "places": ("applies_to",),
    "severity": ("tier",), "exercise_kind": ("kind",), "summary_short": ("in_short",),
}  # fmt: skip

#: What has no field on purpose, and where it belongs.
BELONGS_ELSEWHERE: dict[str, str] = {
    "contraindications": "write a safety note of kind contraindication, in the folder notes, that applies to it",
    "red_flags": "write a safety note of kind red_flag, in the folder notes, that applies to it",
    "warnings": "write a safety note in the folder notes that applies to it",
    "stage": "say in the statement which stage it is for, or write a condition of its own for the stage",
    "stages": "write a condition of its own for each stage, and name it in the exercises that are for it",
    "parent": "leave it out; name both conditions in the exercises that are used for both",
    "seconds": "leave it out; how long is said in the dosage, as hold_seconds or seconds_per_repetition",
    "video": "leave it out; the site shows a figure that moves, or a photo chosen on the site",
    "photo": "leave it out; a photo, with its credit, is chosen on the site",
    "image": "leave it out; a photo, with its credit, is chosen on the site",
    "language": "leave it out; all of a library is in one language, that of the site",
    "authors": "write the authors in the title: “Smith and others 2014: calf stretches”",
    "author": "write the author in the title: “Smith 2014: calf stretches”",
    "year": "write the year in the title: “Smith and others 2014: calf stretches”",
    "licence": "leave it out; put the licence of the whole library in a file beside its folders",
    "license": "leave it out; put the licence of the whole library in a file beside its folders",
    "reviewed_on": "leave it out; a note is reviewed on the site, by a second person, and the day is kept there",
    "reviewer": "leave it out; who reviewed it is kept on the site",
    "difficulty": "leave it out; name an easier or a harder exercise under variations",
}  # fmt: skip


def word_instead(written: object, allowed: Iterable[str]) -> str:
    """What to write instead of a word that the vocabulary does not have; nothing where nobody can tell."""
    words, said = list(allowed), _plain(written)
    if not said:
        return ""
    for name in (said, said.removesuffix("s")):
        beside, sentence = NO_WORD_FOR.get(name, ("", ""))
        if beside in words:
            return sentence
        if ours := next((word for word in OUR_WORDS.get(name, ()) if word in words), ""):
            return f"write '{ours}' instead of '{said}'"
    alike = get_close_matches(said, words, 1, ALIKE)
    return f"did you mean '{alike[0]}'? Write '{alike[0]}'" if alike else ""


def field_instead(written: str, fields: Iterable[str]) -> str:
    """What to write instead of a field that the record does not have; nothing where nobody can tell."""
    names, said = list(fields), _plain(written)
    if ours := next((name for name in OUR_FIELDS.get(said, ()) if name in names), ""):
        return f"did you mean “{ours}”?"
    if said in BELONGS_ELSEWHERE:
        return BELONGS_ELSEWHERE[said]
    alike = get_close_matches(said, names, 1, ALIKE)
    return f"did you mean “{alike[0]}”?" if alike else ""


def _plain(written: object) -> str:
    """A word as the vocabularies write theirs; nothing for what is no word."""
    return re.sub(r"[\s-]+", "_", written.strip().casefold())[:60] if isinstance(written, str) else ""
