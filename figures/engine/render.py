"""Writes a pose as SVG: the same pose, the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from figures.engine import rig
from figures.engine.arrows import arrow
from figures.engine.camera import Camera
from figures.engine.curves import COARSE, SCALE, STILL, Fineness, outline_path
from figures.engine.heads import draw_head
from figures.engine.layers import BACKGROUND, in_order
from figures.engine.limbs import draw_arm, draw_leg
from figures.engine.models import model_of
from figures.engine.muscles import draw_muscle
from figures.engine.outline import trace
from figures.engine.palette import Palette, Theme
from figures.engine.pose import Illustration, Pose
from figures.engine.props import draw_props
from figures.engine.scene import Scene
from figures.engine.shadow import shadow
from figures.engine.torso import draw_trunk

#: Part of the address of a drawing: raised whenever the same pose would give other bytes.
RENDERER_VERSION = 3
#: Empty space round the drawing.
PADDING = 5.0
#: The line round every part, in tenths of a unit.
LINE = "6.5"

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Drawing:
    """A drawn pose: its markup without an ``svg`` element round it, and the view box it needs (left, top, wide, high).

    ``uid`` begins every id in it; the drawing itself has the id ``<uid>``, for ``use`` from another document.
    """

    uid: str
    box: Box
    markup: str

    def svg(self, title: str = "", description: str = "") -> str:
        """The whole document. With a title it is a picture that is read aloud; without one it is decoration."""
        view = " ".join(str(number) for number in self.box)
        root = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}"'
        if not title:
            return f'{root} aria-hidden="true" focusable="false">{self.markup}</svg>'
        names = f'<title id="{self.uid}-t">{escape(title)}</title><desc id="{self.uid}-d">{escape(description)}</desc>'
        return f'{root} role="img" aria-labelledby="{self.uid}-t {self.uid}-d">{names}{self.markup}</svg>'


def draw(illustration: Illustration, key: str, theme: Theme = "themed", uid: str = "f") -> Drawing:
    """Draw one pose of an illustration. Muscles and arrows belong to its last pose. KeyError for an unknown pose."""
    pose = illustration.pose(key)
    return draw_pose(illustration, pose, theme, uid, is_last=pose == illustration.figures[-1])


def draw_pose(
    illustration: Illustration,
    pose: Pose,
    theme: Theme,
    uid: str,
    fineness: Fineness = STILL,
    is_last: bool = False,
) -> Drawing:
    """Draw a pose that need not be one of the illustration's own, such as one between two."""
    scene = scene_of(illustration, pose, theme, uid)
    scene.fineness = fineness
    draw_body(scene)
    muscles = illustration.muscles if is_last else []
    for muscle in muscles:
        draw_muscle(scene, muscle)
    draw_props(scene, illustration.props)
    ghost = _ghost(illustration, scene) if is_last and illustration.ghost else ""
    pointing = "".join(arrow(scene, item) for item in illustration.arrows) if is_last else ""
    layers = in_order(scene)
    back = "".join(layer.markup() for layer in layers if layer.depth < BACKGROUND)
    body = "".join(layer.markup() for layer in layers if layer.depth >= BACKGROUND)
    clips = "".join(f'<clipPath id="{clip}-c"><use href="#{clip}"/></clipPath>' for clip in sorted(scene.clips))
    defs = f"<defs>{clips}</defs>" if clips else ""
    markup = (
        f'<g id="{uid}" fill="none" stroke-width="{LINE}" stroke-linecap="round" stroke-linejoin="round">'
        f"{defs}{back}{ghost}{shadow(scene)}{body}{pointing}</g>"
    )
    return Drawing(uid, view_box(scene), markup)


def scene_of(illustration: Illustration, pose: Pose, theme: Theme, uid: str) -> Scene:
    """An empty scene for a pose."""
    view = illustration.view
    camera = Camera(view.yaw, view.pitch)
    return Scene(pose, rig.solve(pose), view, camera, Palette(theme), model_of(illustration), uid)


def draw_body(scene: Scene) -> None:
    """All parts of the body. The trunk asks where the legs are, so it comes after them."""
    for side in ("L", "R"):
        draw_leg(scene, side)
        draw_arm(scene, side)
    draw_trunk(scene)
    draw_head(scene)


def _ghost(illustration: Illustration, scene: Scene) -> str:
    """The first pose as a flat shape behind the last: where the movement began."""
    first = scene_of(illustration, illustration.figures[0], "light", "g")
    draw_body(first)
    bounds = first.bounds
    scene.bounds.take((bounds.left, bounds.bottom, bounds.right, bounds.top))
    return scene.filled("ghost", outline_path(trace([first.silhouette]), COARSE))


def view_box(scene: Scene) -> Box:
    """The view box round all that was drawn."""
    bounds = scene.bounds
    left, top = (bounds.left - PADDING) * SCALE, -(bounds.top + PADDING) * SCALE
    wide = (bounds.right - bounds.left + 2 * PADDING) * SCALE
    high = (bounds.top - bounds.bottom + 2 * PADDING) * SCALE
    return (round(left), round(top), round(wide), round(high))
