"""The people in the drawings: skin, hair, clothes and build. Which one is shown never means anything.

One person goes through a whole exercise; exercises take turns, so that most readers meet somebody like them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from figures.engine.pose import Illustration


@dataclass(frozen=True)
class Model:
    """Somebody to draw. ``tone`` ends the names of skin and tee colours; ``girth`` thickens the flesh, in units."""

    skin_tone: str = ""
    tee_tone: str = ""
    hair_tone: str = ""
    hair: str = "short"
    glasses: bool = False
    girth: float = 0.0

    def skin(self, far: bool = False) -> str:
        """The name of the skin's colour, near or far."""
        return ("skin-far" if far else "skin") + self.skin_tone

    def tee(self, far: bool = False) -> str:
        """The name of the tee's colour."""
        return ("tee-far" if far else "tee") + self.tee_tone

    def hair_colour(self) -> str:
        """The name of the hair's colour; a headscarf has one of its own."""
        return "scarf" if self.hair == "headscarf" else "hair" + self.hair_tone


LARGER = 1.9

MODELS: dict[str, Model] = {
    "m0": Model(),
    "m1": Model("-m1", "-m1", "-m1", "bun"),
    "m2": Model("-m2", "-m2", "-m2", "bun", glasses=True),
    "m3": Model("-m3", "-m3", "-m3"),
    "m4": Model("", "-m3", "", "long"),
    "m5": Model("", "-m1", "", "headscarf"),
    "m6": Model("-m2", "", "-m2", "bald", glasses=True),
    "m7": Model("-m1", "-m2", "-m1", "short", girth=LARGER),
}


def model_of(illustration: Illustration) -> Model:
    """The person an illustration names, with what it changes about them."""
    model = MODELS[illustration.model]
    if illustration.hair is not None:
        model = replace(model, hair=illustration.hair)
    if illustration.glasses is not None:
        model = replace(model, glasses=illustration.glasses)
    if illustration.build is not None:
        model = replace(model, girth=LARGER if illustration.build == "larger" else 0.0)
    return model
