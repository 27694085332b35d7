"""Legs and arms: skin, cloth up to a straight hem, and an outline left open where the limb meets the trunk."""

from __future__ import annotations

from math import hypot

from figures.engine import bodies
from figures.engine.bodies import Hull, Sleeve, chain
from figures.engine.camera import Flat
from figures.engine.curves import opened_path
from figures.engine.outline import Group, inside, supports, trace
from figures.engine.scene import Layer, Scene
from figures.engine.vectors import mix

#: How softly thigh, shank and foot run into each other, and the parts of an arm.
LEG_BLEND = 1.6
ARM_BLEND = 0.8
LEGGINGS_END = 0.82
CLOTH = 0.22
SLEEVE_END = 0.5
SLEEVE_CLOTH = 0.32


def draw_leg(scene: Scene, side: str) -> None:
    """A leg in leggings, with a bare foot."""
    leg = scene.skeleton.legs[side]
    thigh, shank, bare, feet = (supports(scene.camera, hulls) for hulls in leg_hulls(scene, side))
    skin = scene.outline([bare, feet], LEG_BLEND)
    cloth = scene.outline([thigh, shank], LEG_BLEND)
    loops = trace([thigh, shank + bare, feet], LEG_BLEND)
    far = not scene.is_near(side)
    clip = scene.name(f"leg{side}")
    layer = Layer(
        f"leg{side}",
        scene.camera.depth(mix(leg.hip, leg.knee, 0.6)),
        [
            scene.filled(scene.model.skin(far), skin),
            f'<path id="{clip}" fill="{scene.palette["leggings-far" if far else "leggings"]}" d="{cloth}"/>',
        ],
        [scene.line(opened_path(loops, _HipOpening(scene, side).hides, scene.fineness))],
        clip,
    )
    scene.layers.append(layer)
    scene.covers(thigh + shank + bare + feet)


def leg_hulls(scene: Scene, side: str) -> tuple[list[Hull], list[Hull], list[Hull], list[Hull]]:
    """The hulls of a leg: clothed thigh with its buttock, clothed shank, bare ankle, foot."""
    leg, girth = scene.skeleton.legs[side], scene.model.girth
    thigh = bodies.thigh(leg, girth)
    lower, upper = bodies.buttock(scene.skeleton, leg.sign, girth)
    cloth = bodies.shank(leg, Sleeve(end=LEGGINGS_END, thicker=CLOTH + girth * 0.6, hem=True))
    skin = bodies.shank(leg, Sleeve(steps=11, thicker=girth * 0.3))
    foot = bodies.foot(leg)
    bare = [*chain(skin)[7:], (skin[-1], foot[0][2])]
    return [*chain(thigh), (lower, thigh[2]), (lower, upper)], chain(cloth), bare, foot


class _HipOpening:
    """Where a leg's outline is left out: inside the pelvis, near the hip."""

    def __init__(self, scene: Scene, side: str) -> None:
        slices = bodies.trunk(scene.skeleton, -4.0, 4.2, scene.model.girth)
        self.pelvis: Group = supports(scene.camera, chain(slices))
        self.hip = scene.camera.flat(scene.skeleton.legs[side].hip)

    def hides(self, point: Flat) -> bool:
        """Whether the outline is left out here."""
        near = hypot(point[0] - self.hip[0], point[1] - self.hip[1]) < 9
        return near and inside(self.pelvis, point, 0.12)


def draw_arm(scene: Scene, side: str) -> None:
    """An arm in a short sleeve."""
    arm = scene.skeleton.arms[side]
    upper, bare, fore, fingers = (supports(scene.camera, hulls) for hulls in arm_hulls(scene, side))
    skin = scene.outline([bare, fore, fingers], ARM_BLEND)
    sleeve = scene.outline([upper], 0)
    loops = trace([upper + bare, fore, fingers], ARM_BLEND)
    far = not scene.is_near(side)
    layer = Layer(
        f"arm{side}",
        scene.camera.depth(mix(arm.elbow, arm.wrist, 0.3)),
        [scene.filled(scene.model.skin(far), skin), scene.filled(scene.model.tee(far), sleeve)],
        [scene.line(opened_path(loops, _Armhole(scene, side).hides, scene.fineness))],
    )
    scene.layers.append(layer)
    scene.covers(upper + bare + fore + fingers)


def arm_hulls(scene: Scene, side: str) -> tuple[list[Hull], list[Hull], list[Hull], list[Hull]]:
    """The hulls of an arm: sleeve, bare upper arm, forearm, hand."""
    arm, girth = scene.skeleton.arms[side], scene.model.girth * 0.35
    sleeve = bodies.upper_arm(arm, Sleeve(end=SLEEVE_END, thicker=SLEEVE_CLOTH + girth, steps=5, hem=True))
    bare = bodies.upper_arm(arm, Sleeve(start=SLEEVE_END - 0.08, thicker=girth, steps=5))
    return chain(sleeve), chain(bare), chain(bodies.forearm(arm, girth * 0.6)), bodies.hand(arm)


class _Armhole:
    """Where an arm's outline is left out: in the trunk, near the shoulder and not far down the arm."""

    def __init__(self, scene: Scene, side: str) -> None:
        slices = bodies.trunk(scene.skeleton, 8.0, 30.0, scene.model.girth)
        hulls = [*chain(slices), bodies.yoke(scene.skeleton, 1), bodies.yoke(scene.skeleton, -1)]
        self.trunk: Group = supports(scene.camera, hulls)
        arm = scene.skeleton.arms[side]
        self.shoulder = scene.camera.flat(arm.shoulder)
        x, y = scene.camera.flat(arm.elbow)
        long = hypot(x - self.shoulder[0], y - self.shoulder[1]) or 1.0
        self.down = ((x - self.shoulder[0]) / long, (y - self.shoulder[1]) / long)

    def hides(self, point: Flat) -> bool:
        """Whether the outline is left out here."""
        x, y = point[0] - self.shoulder[0], point[1] - self.shoulder[1]
        near = hypot(x, y) < 6.5 and x * self.down[0] + y * self.down[1] < 2.2
        return near and inside(self.trunk, point, 0.05)
