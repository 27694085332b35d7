"""Contacts: what a pose says it rests on is measured, and nothing may go through the floor or through furniture."""

from __future__ import annotations

from typing import NamedTuple

from figures.engine import bodies, names
from figures.engine.bodies import Ellipsoid, Sleeve
from figures.engine.faults import Fault, limb_of
from figures.engine.pose import Pose
from figures.engine.reach import palm_of
from figures.engine.skeleton import Skeleton
from figures.engine.solids import Measure, Solid, bodies_gap, floor_gap, solids_of
from figures.engine.stage import Prop

#: What lies on something may be so far off it: units.
TOUCH = 0.7
#: A sole that bears weight, from the floor.
SOLE = 0.5
#: A sole this low that touches nothing hovers.
HOVER = 1.5
#: How far hard and soft parts may be pressed into the floor or into furniture.
HARD = 0.6
SOFT = 1.0
#: Cushions and other bodies give way.
YIELDING = 3.5
#: Inverse kinematics may miss its target by so much.
MISS = 1.0


class PartBodies(NamedTuple):
    """A part's bodies and whether they are hard (bone under the skin) or soft."""

    name: str
    bodies: list[Ellipsoid]
    is_hard: bool


def parts_of(skeleton: Skeleton) -> dict[str, PartBodies]:
    """The bodies of every part that can touch something, by the part's name."""
    parts = [*_trunk_parts(skeleton)]
    for side, leg in skeleton.legs.items():
        foot = bodies.foot(leg)
        thigh, shank = bodies.thigh(leg, 0.0), bodies.shank(leg, Sleeve(steps=11))
        parts += [
            PartBodies(f"foot{side}", [body for hull in foot for body in hull], True),
            PartBodies(f"heel{side}", [foot[0][0]], True),
            PartBodies(f"toes{side}", [*foot[3]], True),
            PartBodies(f"knee{side}", [shank[0]], True),
            PartBodies(f"ankle{side}", [shank[-1], foot[0][2]], True),
            PartBodies(f"thigh{side}", thigh, False),
            PartBodies(f"calf{side}", shank, False),
        ]
    for side, arm in skeleton.arms.items():
        fingers = [body for hull in bodies.hand(arm) for body in hull]
        parts += [
            PartBodies(f"hand{side}", [bodies.sphere(palm_of(arm.wrist, arm.hand), 0.0)], True),
            PartBodies(f"fist{side}", fingers, True),
            PartBodies(f"forearm{side}", bodies.forearm(arm, 0.0), True),
        ]
    return {part.name: part for part in parts}


def _trunk_parts(skeleton: Skeleton) -> list[PartBodies]:
    """Seat, back, front and head."""
    seat = [body for sign in (1, -1) for body in bodies.buttock(skeleton, sign, 0.0)]
    seat += [body for leg in skeleton.legs.values() for body in bodies.thigh(leg, 0.0)[:3]]
    blades = bodies.trunk(skeleton, 18.0, 27.0)
    trapezius = [bodies.yoke(skeleton, sign)[0] for sign in (1, -1)]
    return [
        PartBodies("seat", seat, False),
        PartBodies("shoulders", blades, False),
        PartBodies("upperback", [*bodies.trunk(skeleton, 20.0, 29.5), *trapezius], False),
        PartBodies("front", bodies.trunk(skeleton, -4.0, 30.0), False),
        PartBodies("head", [bodies.face(skeleton.head)[0][0]], True),
    ]


def contact_faults(pose: Pose, skeleton: Skeleton, props: list[Prop]) -> list[Fault]:
    """Everything about touching that is not as it should be."""
    parts, solids = parts_of(skeleton), solids_of(props)
    return [
        *_missed(pose, skeleton),
        *_claims(pose, parts, solids),
        *_sunk(pose, parts, solids),
        *_hovering(pose, skeleton),
    ]


def _missed(pose: Pose, skeleton: Skeleton) -> list[Fault]:
    """Limbs that do not reach what they were sent to."""
    limbs = [(f"leg{s}", leg.short, "ankle") for s, leg in skeleton.legs.items()]
    limbs += [(f"arm{s}", arm.short, "wrist") for s, arm in skeleton.arms.items()]
    return [
        Fault(pose.key, limb, f"the {end} misses its place by", short, "units", f"at most {MISS:.0f}")
        for limb, short, end in limbs
        if short > MISS
    ]


def gap_of(part: PartBodies, support: str, solids: list[Solid], parts: dict[str, PartBodies]) -> float | None:
    """How far a part is from what it rests on; None when there is no such thing around."""
    measures: list[Measure]
    if support == "floor":
        measures = [floor_gap]
    elif support[:-1] in ("thigh", "shank", "foot"):
        measures = [bodies_gap(parts[support.replace("shank", "calf")].bodies)]
    else:
        measures = [solid.gap for solid in solids if solid.name == support]
    if not measures:
        return None
    if support == "floor" and part.name[:-1] == "foot":
        # A foot stands on its whole sole: the higher of heel and ball is what counts.
        heel, ball = (min(floor_gap(body) for body in hull) for hull in (part.bodies[:1], part.bodies[8:10]))
        return max(heel, ball)
    return min(measure(body) for measure in measures for body in part.bodies)


def _claims(pose: Pose, parts: dict[str, PartBodies], solids: list[Solid]) -> list[Fault]:
    """Contacts that were claimed and are not there."""
    faults = []
    for name, support in sorted(pose.rests.items()):
        part = parts[name]
        gap = gap_of(part, support, solids, parts)
        limit = SOLE if support == "floor" and name[:-1] in ("foot", "heel", "toes") else TOUCH
        said, under = f"the {names.part(name)}", names.support(support)
        if gap is None:
            faults.append(Fault(pose.key, limb_of(name), f"{said} rests on {under}", None, "", "there is none here"))
        elif gap > limit:
            faults.append(Fault(pose.key, limb_of(name), f"{said} is off {under} by", gap, "units", f"at most {limit}"))
        elif gap < -YIELDING:
            faults.append(
                Fault(pose.key, limb_of(name), f"{said} is in {under} by", -gap, "units", f"at most {YIELDING}")
            )
    return faults


def _sunk(pose: Pose, parts: dict[str, PartBodies], solids: list[Solid]) -> list[Fault]:
    """Parts that go through the floor or into something hard."""
    faults = []
    for part in parts.values():
        if part.name[:-1] in ("heel", "toes", "ankle", "hand") or part.name in ("shoulders", "upperback"):
            continue  # measured as foot, fist and front
        limit = HARD if part.is_hard else SOFT
        things = [("floor", floor_gap), *((solid.name, solid.gap) for solid in solids if solid.is_hard)]
        for name, measure in things:
            depth = -min(measure(body) for body in part.bodies)
            if depth > limit + 1e-6:
                what = f"the {names.part(part.name)} goes into {names.support(name)} by"
                faults.append(Fault(pose.key, limb_of(part.name), what, depth, "units", f"at most {limit}"))
    return faults


def _hovering(pose: Pose, skeleton: Skeleton) -> list[Fault]:
    """Feet that nearly stand."""
    faults = []
    for side, leg in skeleton.legs.items():
        lowest = min(floor_gap(body) for hull in bodies.foot(leg) for body in hull)
        if SOLE < lowest < HOVER:
            rule = f"let it stand (within {SOLE}) or lift it clear ({HOVER})"
            faults.append(Fault(pose.key, f"leg{side}", "the foot hovers above the floor by", lowest, "units", rule))
    return faults
