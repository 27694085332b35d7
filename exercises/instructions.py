"""How an exercise is done and with what, as its sheet says it: the steps, their pictures, the equipment.

The sentence about the other side is no step that anybody wrote: it is made here, from the side that is asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from clinical.addresses import address_of_file
from clinical.pictures.consents import is_over
from clinical.safety.labels import labelled
from clinical.safety.parts import alone
from clinical.safety.sheet import SheetPicture
from clinical.words.exercising import Equipment
from exercises.choices import Laterality, Side
from exercises.figure_sheet import SheetFigure
from exercises.other_side import (
    OTHER_SIDE,
    asks_for_the_other_side,
    sentence_about_the_other_side,
    without_the_other_side,
)
from exercises.sheet import Step, Thing
from exercises.substitutes import substitute_of
from exercises.video_sheet import SheetVideo

#: An exercise as a record. It knows this module, so it does not name its class.
Exercise: TypeAlias = Any


def steps_of(exercise: Exercise, figure: SheetFigure | None, side: Side) -> tuple[Step, ...]:
    """What was written, and at the end the sentence about the other side where there is one to change to."""
    written = _written_steps(exercise, figure)
    if side not in {Side.BOTH, Side.IN_TURN}:
        shortened = (replace(step, text=without_the_other_side(step.text)) for step in written)
        written = tuple(step for step in shortened if step.text) or written
    sentence = sentence_about_the_other_side(side)
    return (*written, Step(OTHER_SIDE, sentence)) if sentence else written


def steps_that_change_sides(exercise: Exercise) -> list[int]:
    """Which steps, counted from 1, say that it is done on the other side too; that is not theirs to say."""
    if exercise.laterality != Laterality.UNILATERAL:
        return []
    texts = (step.value.get("text") or "" for step in exercise.steps)
    return [number for number, text in enumerate(texts, start=1) if asks_for_the_other_side(text)]


def _written_steps(exercise: Exercise, figure: SheetFigure | None) -> tuple[Step, ...]:
    # raw_data spares building a block object for every step of every exercise of a routine.
    return tuple(
        Step(
            raw["type"],
            raw["value"].get("text", ""),
            picture_of(exercise, raw.get("id") or ""),
            figure.frame(raw["value"].get("pose") or "") if figure else None,
            video_of(exercise, raw.get("id") or ""),
        )
        for raw in exercise.steps.raw_data
    )


def picture_of(exercise: Exercise, place: str) -> SheetPicture | None:
    """What was made ready of the picture at this place; none where there is none, or where it is torn."""
    return alone(f"picture of “{exercise.title}”", lambda: _picture(exercise.pictures_ready.get(place)), None)


def video_of(exercise: Exercise, place: str) -> SheetVideo | None:
    """The same of the video at this place."""
    return alone(f"video of “{exercise.title}”", lambda: _video(exercise.videos_ready.get(place)), None)


def _picture(made: dict[str, Any] | None) -> SheetPicture | None:
    """None, too, when whoever is shown does not agree any more."""
    if not made or is_over(made.get("until", "")):
        return None
    told = {name: value for name, value in made.items() if name != "until"}
    name = told.pop("name", "") or _name_in(told.pop("url", ""))
    smaller = told.pop("smaller", "")
    url = address_of_file(name) if name else ""
    return SheetPicture(url=url, smaller=address_of_file(smaller) if url and smaller else "", **told)


def _video(made: dict[str, Any] | None) -> SheetVideo | None:
    if not made or is_over(made.get("until", "")):
        return None
    told = {name: value for name, value in made.items() if name not in {"until", "name", "captions", "poster"}}
    name = made["name"]
    return SheetVideo(
        url=address_of_file(name) if name else "",
        captions_url=address_of_file(made["captions"]),
        poster=_picture(made["poster"]),
        **told,
    )


def _name_in(address: str) -> str:
    """What was published by an older version names an address, which may have been one that has ended since."""
    return f"images/{urlsplit(address).path.rpartition('/')[2]}" if address else ""


def equipment_of(exercise: Exercise) -> tuple[Thing, ...]:
    """What is needed, in the vocabulary's order, with what may be taken instead."""
    return tuple(
        Thing(thing, labelled(Equipment, thing).label, substitute_of(exercise.substitutes, thing))
        for thing in exercise.equipment
    )
