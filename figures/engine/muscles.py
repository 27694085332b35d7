"""Muscles: where the stretch or the work is felt, as a coral band with a lighter middle, cut to its part's shape."""

from __future__ import annotations

from typing import NamedTuple

from figures.engine import bodies
from figures.engine.bodies import Ellipsoid
from figures.engine.curves import COARSE, outline_path
from figures.engine.outline import supports, trace
from figures.engine.pose import Muscle
from figures.engine.scene import Layer, Scene
from figures.engine.vectors import Vector, add, length, mix, scale

Bead = tuple[float, float, float, float]


class Region(NamedTuple):
    """A chain of beads on a bone. On limbs: t, forward, outward, radius; on the trunk: station, forward, outward,
    radius; on the pelvis: forward, up, outward, radius."""

    bone: str
    beads: tuple[Bead, ...]


REGIONS: dict[str, Region] = {
    "hamstrings": Region(
        "thigh", ((0.12, -2.4, 0, 2.6), (0.35, -2.4, 0, 2.8), (0.6, -1.9, 0, 2.3), (0.88, -1.9, 0, 1.3))
    ),
    "quadriceps": Region(
        "thigh", ((0.12, 2.6, 0.4, 2.5), (0.35, 2.5, 0.4, 2.7), (0.6, 2.0, 0.2, 2.3), (0.86, 1.6, 0, 1.5))
    ),
    "calf": Region("shank", ((0.05, -1.5, 0, 1.2), (0.2, -1.9, 0, 2.0), (0.38, -1.9, 0, 1.9), (0.58, -1.3, 0, 1.1))),
    "achilles": Region("shank", ((0.58, -1.3, 0, 0.9), (0.75, -1.2, 0, 0.8), (0.95, -1.1, 0, 0.8))),
    "hip_flexors": Region("thigh", ((-0.12, 3.6, -0.3, 1.7), (0.06, 3.9, -0.3, 2.0), (0.24, 3.6, 0, 1.6))),
    "adductors": Region("thigh", ((0.06, 0, -2.6, 2.0), (0.3, 0, -2.6, 2.1), (0.6, 0, -1.8, 1.5))),
    "glutes": Region("pelvis", ((-2.2, 3.6, 4, 1.6), (-4.0, 1.6, 4, 2.6), (-4.6, -1.4, 4, 2.9), (-3.2, -4.2, 4, 1.9))),
    "low_back": Region("trunk", ((2, -5.2, 2.5, 2.4), (6, -4.2, 2.5, 2.2), (10, -3.7, 2.5, 1.9), (13, -3.6, 2.5, 1.5))),
    "upper_back": Region(
        "trunk", ((15, -4.3, 2.5, 2.0), (19, -4.6, 2.5, 2.4), (23, -4.6, 2.5, 2.3), (26, -3.6, 2.5, 1.7))
    ),
    "abdominals": Region("trunk", ((2, 4.5, 2, 1.9), (7, 4.4, 2, 2.1), (13, 4.8, 2, 2.2), (17, 5.0, 2, 1.5))),
    "obliques": Region("trunk", ((3, 1.5, 5.6, 1.9), (8, 1.8, 5.0, 2.1), (13, 1.6, 5.4, 1.8))),
    "upper_trapezius": Region("trunk", ((24.6, -0.4, 7.2, 1.8), (26.6, -0.6, 5.6, 2.2), (28.4, -0.8, 3.9, 1.7))),
    "chest": Region("trunk", ((18, 4.6, 4.2, 1.9), (21, 4.9, 4.8, 2.5), (23.5, 3.9, 6.6, 1.9))),
    "forearm": Region("forearm", ((0.06, 0, 0, 1.1), (0.28, 0, 0, 1.3), (0.6, 0, 0, 0.9), (0.85, 0, 0, 0.7))),
    "shin": Region("shank", ((0.1, 1.5, 0.4, 1.0), (0.3, 1.2, 0.5, 1.4), (0.55, 1.0, 0.3, 1.1), (0.8, 0.7, 0, 0.7))),
    "sole": Region("foot", ((-2.0, -3.2, 0, 1.0), (1.6, -2.9, 0, 1.2), (5.0, -3.3, 0, 1.2), (8.0, -3.6, 0, 0.9))),
    "shoulder": Region("trunk", ((24.2, -0.4, 8.6, 1.5), (25.8, -0.4, 9.0, 1.9), (27.0, -0.5, 8.2, 1.3))),
}
#: Bones without clothes, whose muscles are cut to the skin and seen from all sides.
_BARE = ("forearm", "foot")
#: Beads between two of the region's own.
BETWEEN = 4
#: The light middle is this much thinner.
INNER = 0.5


def draw_muscle(scene: Scene, muscle: Muscle) -> None:
    """Show a muscle on its part; nothing when it lies on the side that is turned away."""
    region = REGIONS[muscle.name]
    layer = scene.layer(_layer_of(region, muscle.side))
    if region.bone != "trunk" and not scene.is_near(muscle.side):
        return
    if _is_hidden(scene, region, muscle.side):
        return
    beads = _beads(scene, region, muscle.side)
    outer = outline_path(trace([supports(scene.camera, bodies.chain(_filled_in(beads, 1.0)))]), COARSE)
    inner = outline_path(trace([supports(scene.camera, bodies.chain(_filled_in(beads, INNER)))]), COARSE)
    clip = layer.clip if region.bone not in _BARE else _clipped_to_skin(scene, layer, region, muscle.side)
    scene.clips.add(clip)
    fill, line = scene.palette["muscle"], scene.palette["line"]
    layer.under.append(
        f'<g clip-path="url(#{clip}-c)"><path fill="{fill}" stroke="{line}" stroke-width="4.5" d="{outer}"/>'
        f"{scene.filled('muscle-inner', inner)}</g>"
    )


def _layer_of(region: Region, side: str) -> str:
    """The part whose shape cuts the muscle."""
    return {"trunk": "trunk", "forearm": f"arm{side}"}.get(region.bone, f"leg{side}")


def _clipped_to_skin(scene: Scene, layer: Layer, region: Region, side: str) -> str:
    """The name of the bare part's own shape, which is drawn once more, unseen, to cut the muscle to."""
    clip = scene.name(f"{region.bone}{side}")
    if region.bone == "forearm":
        hulls = bodies.chain(bodies.forearm(scene.skeleton.arms[side], scene.model.girth * 0.2))
    else:
        hulls = bodies.foot(scene.skeleton.legs[side])
    layer.under.append(f'<path id="{clip}" d="{scene.outline([supports(scene.camera, hulls)])}"/>')
    return clip


def _beads(scene: Scene, region: Region, side: str) -> list[tuple[Vector, float]]:
    """The region's beads in space, with their radius."""
    skeleton, sign = scene.skeleton, 1 if side == "R" else -1
    if region.bone == "pelvis":
        trunk = skeleton.trunk
        return [(trunk.pelvis.at(trunk.hips, f, u, r * sign), radius) for f, u, r, radius in region.beads]
    if region.bone == "trunk":
        stations = [(skeleton.trunk.at(bead[0]), bead) for bead in region.beads]
        return [(frame.at(point, b[1], 0, b[2] * sign), b[3]) for (point, frame), b in stations]
    if region.bone == "forearm":
        arm = skeleton.arms[side]
        return [(arm.fore.at(mix(arm.elbow, arm.wrist, t), f, 0, r * sign), radius) for t, f, r, radius in region.beads]
    leg = skeleton.legs[side]
    if region.bone == "foot":
        return [(leg.foot.at(leg.ankle, f, u, r * sign), radius) for f, u, r, radius in region.beads]
    near, far, frame = (leg.hip, leg.knee, leg.thigh) if region.bone == "thigh" else (leg.knee, leg.ankle, leg.shank)
    return [(frame.at(mix(near, far, t), f, 0, r * sign), radius) for t, f, r, radius in region.beads]


def _is_hidden(scene: Scene, region: Region, side: str) -> bool:
    """Whether the region looks away from the camera: its beads lie off their bone, and that way is away."""
    if region.bone in _BARE:
        return False
    away: Vector = (0.0, 0.0, 0.0)
    for (centre, _), core in zip(_beads(scene, region, side), _cores(scene, region, side), strict=True):
        away = add(away, (centre[0] - core[0], centre[1] - core[1], centre[2] - core[2]))
    return scene.camera.depth(away) < -0.6 * length(away)


def _cores(scene: Scene, region: Region, side: str) -> list[Vector]:
    """The places on the bone that the beads belong to."""
    if region.bone == "pelvis":
        trunk, sign = scene.skeleton.trunk, 1 if side == "R" else -1
        return [trunk.pelvis.at(trunk.hips, 0, 0, 4 * sign)] * len(region.beads)
    middle = Region(region.bone, tuple((bead[0], 0.0, 0.0, bead[3]) for bead in region.beads))
    return [centre for centre, _ in _beads(scene, middle, side)]


def _filled_in(beads: list[tuple[Vector, float]], thickness: float) -> list[Ellipsoid]:
    """Spheres on a smooth curve through the beads."""
    out = []
    last = len(beads) - 1
    for i in range(last):
        before, a, b, after = beads[max(i - 1, 0)], beads[i], beads[i + 1], beads[min(i + 2, last)]
        for step in range(BETWEEN):
            k = step / BETWEEN
            weights = (
                (-k + 2 * k * k - k**3) / 2,
                (2 - 5 * k * k + 3 * k**3) / 2,
                (k + 4 * k * k - 3 * k**3) / 2,
                (k**3 - k * k) / 2,
            )
            centre: Vector = (0.0, 0.0, 0.0)
            radius = 0.0
            for weight, bead in zip(weights, (before, a, b, after), strict=True):
                centre = add(centre, scale(bead[0], weight))
                radius += bead[1] * weight
            out.append(bodies.sphere(centre, max(0.3, radius) * thickness))
    return [*out, bodies.sphere(beads[-1][0], beads[-1][1] * thickness)]
