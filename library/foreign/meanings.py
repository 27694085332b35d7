"""What words of other projects mean here: what somebody has chosen first, or else what is known of their words. Pure.

An empty meaning is one too: nothing of ours is meant, as with the equipment "body only". A word that stands for several
things of ours, such as "stretching", has none until somebody chooses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clinical.words.choices import BodyRegion
from clinical.words.exercising import Equipment, ExerciseKind

MUSCLE, EQUIPMENT, CATEGORY = "muscle", "equipment", "category"
#: As long as a word is kept.
MOST_LETTERS = 120

#: Which words of ours may be chosen for each sort.
VOCABULARIES: Mapping[str, type[BodyRegion] | type[Equipment] | type[ExerciseKind]] = {
    MUSCLE: BodyRegion,
    EQUIPMENT: Equipment,
    CATEGORY: ExerciseKind,
}

_MUSCLES: Mapping[BodyRegion, str] = {
    BodyRegion.NECK: "neck",
    BodyRegion.SHOULDER: "shoulders, shoulder, deltoids, anterior deltoid, rotator cuff",
    BodyRegion.ARM: "biceps, triceps, biceps brachii, triceps brachii, brachialis",
    BodyRegion.FOREARM: "forearms, forearm",
    BodyRegion.CHEST: "chest, pectoralis major, serratus anterior",
    BodyRegion.UPPER_BACK: "lats, latissimus dorsi, middle back, upper back, rhomboids",
    BodyRegion.LOW_BACK: "lower back, low back, erector spinae",
    BodyRegion.TRUNK: "abdominals, abs, obliques, rectus abdominis, obliquus externus abdominis, core",
    BodyRegion.HIP: "abductors, hip flexors",
    BodyRegion.BUTTOCK: "glutes, gluteus maximus",
    BodyRegion.FRONT_THIGH: "quadriceps, quads, quadriceps femoris",
    BodyRegion.BACK_THIGH: "hamstrings, biceps femoris",
    BodyRegion.INNER_THIGH: "adductors",
    BodyRegion.LOWER_LEG: "calves, calf, gastrocnemius, soleus",
}
_THINGS: Mapping[Equipment | str, str] = {
    "": "body only, none, none (bodyweight exercise), bodyweight",
    Equipment.BAND: "bands, band, resistance band",
    Equipment.DUMBBELL: "dumbbell, dumbbells",
    Equipment.MAT: "gym mat, exercise mat, mat",
    Equipment.FOAM_ROLLER: "foam roll, foam roller",
    Equipment.CHAIR: "chair",
    Equipment.WALL: "wall",
    Equipment.TOWEL: "towel",
}
_CATEGORIES: Mapping[ExerciseKind, str] = {
    ExerciseKind.AEROBIC: "cardio",
    ExerciseKind.STRENGTHENING: (
        "strength, strengthening, powerlifting, weightlifting, olympic weightlifting, strongman"
    ),
    ExerciseKind.BALANCE: "balance",
}


def _by_word(table: Mapping[str, str]) -> dict[str, str]:
    return {word: str(meaning) for meaning, words in table.items() for word in words.split(", ")}


#: What a word means where nobody has chosen, by its sort and itself in small letters.
USUAL: Mapping[tuple[str, str], str] = {
    (sort, word): meaning
    for sort, table in ((MUSCLE, _MUSCLES), (EQUIPMENT, _THINGS), (CATEGORY, _CATEGORIES))
    for word, meaning in _by_word(table).items()  # type: ignore[arg-type]  # each key is a word of ours
}


def as_kept(word: str) -> str:
    """A word as it is kept and compared."""
    return word.casefold()[:MOST_LETTERS]


@dataclass(frozen=True)
class Meanings:
    """What was chosen, by sort and word as kept."""

    chosen: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of(self, sort: str, word: str) -> str | None:
        """The word of ours, or nothing of ours (empty), or ``None`` where nobody knows."""
        key = (sort, as_kept(word))
        return self.chosen.get(key, USUAL.get(key))
