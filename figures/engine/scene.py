"""The scene: what every part needs to be drawn, and the layers the parts are put on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from figures.engine.camera import Camera, Flat
from figures.engine.curves import STILL, Fineness, outline_path
from figures.engine.models import Model
from figures.engine.outline import Group, box_of, trace
from figures.engine.palette import Palette
from figures.engine.pose import Pose, View
from figures.engine.skeleton import Skeleton
from figures.engine.vectors import scale


@dataclass
class Layer:
    """One part on its own sheet: further back is drawn first. ``clip`` names the shape muscles are cut to."""

    key: str
    depth: float
    under: list[str]
    over: list[str] = field(default_factory=list)
    clip: str = ""

    def markup(self) -> str:
        """The part's shapes, then what lies on top of them, such as its outline."""
        return "".join(self.under + self.over)


@dataclass
class Bounds:
    """How far the drawing reaches, in units of the picture."""

    left: float = 1e9
    bottom: float = 1e9
    right: float = -1e9
    top: float = -1e9

    def take(self, box: tuple[float, float, float, float]) -> None:
        """Grow to hold a box."""
        self.left, self.bottom = min(self.left, box[0]), min(self.bottom, box[1])
        self.right, self.top = max(self.right, box[2]), max(self.top, box[3])

    def take_points(self, points: list[Flat]) -> None:
        """Grow to hold points."""
        for x, y in points:
            self.take((x, y, x, y))

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been drawn."""
        return self.left > self.right


@dataclass
class Scene:
    """One figure being drawn. ``uid`` begins every id, so that drawings can share a page."""

    pose: Pose
    skeleton: Skeleton
    view: View
    camera: Camera
    palette: Palette
    model: Model
    uid: str
    layers: list[Layer] = field(default_factory=list)
    bounds: Bounds = field(default_factory=Bounds)
    clips: set[str] = field(default_factory=set)
    silhouette: Group = field(default_factory=list)
    fineness: Fineness = STILL

    def outline(self, groups: Sequence[Group], blend: float = 0.0) -> str:
        """The path round groups of hulls."""
        return outline_path(trace(groups, blend), self.fineness)

    def is_near(self, side: str) -> bool:
        """Whether a side is drawn in the near tones: in side views only one is, seen from front or back both are."""
        if self.view.near is not None:
            return self.view.near in (side, "both")
        outward = scale(self.skeleton.trunk.pelvis.right, 1 if side == "R" else -1)
        return self.camera.depth(outward) > -0.25

    def covers(self, group: Group) -> None:
        """Note what a part covers: for the picture's size and for the figure's silhouette."""
        if group:
            self.bounds.take(box_of(group))
            self.silhouette += group

    def layer(self, key: str) -> Layer:
        """The layer of a part that has been drawn."""
        return next(layer for layer in self.layers if layer.key == key)

    def name(self, key: str) -> str:
        """An id on this drawing."""
        return f"{self.uid}-{key}"

    def filled(self, colour: str, path: str) -> str:
        """A shape in a colour of the palette."""
        return f'<path fill="{self.palette[colour]}" d="{path}"/>' if path else ""

    def line(self, path: str, colour: str = "line", width: str = "") -> str:
        """A line; without a width, the drawing's usual one."""
        thick = f' stroke-width="{width}"' if width else ""
        return f'<path stroke="{self.palette[colour]}"{thick} d="{path}"/>' if path else ""
