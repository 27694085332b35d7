"""A movement as a strip: several drawings on one view box, of which the page shows one at a time."""

from __future__ import annotations

from dataclasses import replace

from figures.engine.curves import COARSE
from figures.engine.interpolation import frames
from figures.engine.palette import Theme
from figures.engine.pose import Illustration
from figures.engine.render import Box, Drawing, draw_pose

#: Smooth enough for two seconds of slow movement.
FRAMES = 7


def strip(illustration: Illustration, theme: Theme = "themed", uid: str = "s", count: int = FRAMES) -> list[Drawing]:
    """The drawings from the first pose to the last, all with the same view box.

    Only the last shows muscles; none shows arrows, since the movement itself is seen.
    """
    quiet = illustration.model_copy(update={"arrows": [], "ghost": False})
    drawings = [
        draw_pose(quiet, pose, theme, f"{uid}{i}", COARSE, is_last=i == count - 1)
        for i, pose in enumerate(frames(illustration.figures[0], illustration.figures[-1], count))
    ]
    box = shared_box([drawing.box for drawing in drawings])
    return [replace(drawing, box=box) for drawing in drawings]


def strip_svg(illustration: Illustration, theme: Theme = "themed", uid: str = "s", count: int = FRAMES) -> str:
    """The strip as one document: frames are groups with the ids ``<uid>0`` to ``<uid>6``; the first is shown."""
    drawings = strip(illustration, theme, uid, count)
    view = " ".join(str(number) for number in drawings[0].box)
    shown = drawings[0].markup + "".join(
        drawing.markup.replace("<g ", '<g visibility="hidden" ', 1) for drawing in drawings[1:]
    )
    root = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" aria-hidden="true" focusable="false">'
    return f"{root}{shown}</svg>"


def shared_box(boxes: list[Box]) -> Box:
    """One view box that holds them all, so that the floor stays where it is."""
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
    return (left, top, right - left, bottom - top)
