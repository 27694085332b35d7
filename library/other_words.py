"""What to write instead of words and figures that many people write and the format does not have.

A word is only suggested where the vocabulary at hand has it; what is not listed is compared letter by letter: a slip of
the pen gets "did you mean". A figure is turned into its unit where that can be done without guessing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

_WITH_UNIT = re.compile(r"([0-9]{1,4}) ?(s|sec|secs|second|seconds|x|times|reps?)\b\.?", re.IGNORECASE)
_IN_MINUTES = re.compile(r"([0-9]{1,3}) ?(?:m|min|mins|minutes?)\.?", re.IGNORECASE)
_MAXIMUM = re.compile(r"([0-9]{1,3}) ?RM", re.IGNORECASE)
_SPAN = re.compile(r"([0-9]{1,4}) ?(?:-|–|to) ?([0-9]{1,4})")
NO_MAXIMUM = "how heavy is said as effort, from 0 to 10, or as load_grams"
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
_EACH = "write 'each', and in cue what the sore side does: a routine does not know which side that is"
_GRAMS = "write 'load_grams', with least and most in grams"
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
    **dict.fromkeys(("affected", "sore", "painful", "operated", "patient"), ("each", _EACH)),
    **dict.fromkeys(("load_kg", "weight_kg", "kg"), ("load_grams", _GRAMS)),
}


def word_instead(written: object, allowed: Iterable[str]) -> str:
    """What to write instead of a word that the vocabulary does not have; nothing where nobody can tell."""
    words, said = list(allowed), plain(written)
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


def plain(written: object) -> str:
    """A word as the vocabularies write theirs; nothing for what is no word."""
    return re.sub(r"[\s-]+", "_", written.strip().casefold())[:60] if isinstance(written, str) else ""


def figure_instead(name: str, value: Any) -> str:
    """What to write instead of a figure that is written with more than a number; nothing where nobody can tell."""
    if not isinstance(value, str):
        return ""
    words = value.strip()
    if name == "repetitions" and not any(letter.isdigit() for letter in words):
        return "leave it out, and write repetitions_up_to with the most that make sense, such as 15"
    for pattern, said in _FIGURES:
        if found := pattern.fullmatch(words):
            return said(name, found)
    return ""


def _with_unit(name: str, found: re.Match[str]) -> str:
    return f"write {int(found[1])}, without a unit: {_unit_of(name)}"


def _in_minutes(name: str, found: re.Match[str]) -> str:
    return f"write {int(found[1]) * 60}, without a unit: {_unit_of(name)}"


def _unit_of(name: str) -> str:
    return "the field's name says that it is seconds" if name.endswith("seconds") else "it counts how many"


def _maximum(_name: str, found: re.Match[str]) -> str:
    return f"write {int(found[1])}; {NO_MAXIMUM}"


def _span(name: str, found: re.Match[str]) -> str:
    return f"write {name}: {int(found[1])} and {name}_most: {int(found[2])}"


#: A figure that was written with more than a number, and what it becomes.
_FIGURES: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], str]], ...] = (
    (_WITH_UNIT, _with_unit),
    (_IN_MINUTES, _in_minutes),
    (_MAXIMUM, _maximum),
    (_SPAN, _span),
)
