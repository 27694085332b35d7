"""A pose in words: the text for people who do not see the drawing, made from the side and the geometry of the pose.

It says what the body does and never that there is a picture. A mirrored pose gives the other side's words by itself.
"""

from __future__ import annotations

from figures.engine import rig, upper_words
from figures.engine.limits import angle, bend_between
from figures.engine.names import SIDE
from figures.engine.names import part as name_of
from figures.engine.names import support as name_of_support
from figures.engine.pose import Illustration, Pose
from figures.engine.posture import posture_of
from figures.engine.rig import lean_of
from figures.engine.skeleton import Skeleton
from figures.engine.vectors import dot, sub

#: Where a muscle is felt: on one side, and on both.
MUSCLES = {
    "hamstrings": ("back of the {} thigh", "back of both thighs"),
    "quadriceps": ("front of the {} thigh", "front of both thighs"),
    "calf": ("{} calf", "both calves"),
    "achilles": ("{} Achilles tendon", "both Achilles tendons"),
    "hip_flexors": ("front of the {} hip", "front of both hips"),
    "adductors": ("inside of the {} thigh", "inside of both thighs"),
    "glutes": ("{} buttock", "both buttocks"),
    "low_back": ("{} low back", "low back"),
    "upper_back": ("{} upper back", "upper back"),
    "abdominals": ("tummy", "tummy"),
    "obliques": ("{} side of the trunk", "both sides of the trunk"),
    "upper_trapezius": ("{} side of the neck and shoulder", "both sides of the neck"),
    "shoulder": ("{} shoulder", "both shoulders"),
    "chest": ("{} side of the chest", "chest"),
    "forearm": ("{} forearm", "both forearms"),
    "shin": ("{} shin", "both shins"),
    "sole": ("sole of the {} foot", "soles of both feet"),
}
#: A knee bent less than this is said to be straight; a hip or a trunk turned less is not mentioned. Degrees.
STRAIGHT = 24.0
NEARLY_STRAIGHT = 12.0
#: From here on a bent knee is more than "slightly" bent.
SLIGHTLY = 40.0
TURNED = 20.0
#: A thigh drawn this close to the trunk, or so far behind it, is said. Degrees between the two.
DRAWN_IN = 105.0
BEHIND = 15.0
#: Ankles this far apart, in units: one in front, or a wide stance.
STEP = 12.0
WIDE = 30.0


def alternative_text(illustration: Illustration, key: str) -> str:
    """What the pose shows: its own words where its author wrote some, else what its geometry says.

    The text of the whole figure, where there is one, stands for the last pose.
    """
    pose = illustration.pose(key)
    if pose.alt:
        return pose.alt
    is_last = pose == illustration.figures[-1]
    if is_last and illustration.alt:
        return illustration.alt
    text = posture_in_words(pose)
    if is_last and illustration.muscles:
        text += f" Felt here: {where_felt(illustration)}."
    return text


def posture_in_words(pose: Pose) -> str:
    """What the body does, from its geometry alone. Poses that read alike cannot be told apart by ear."""
    skeleton = rig.solve(pose)
    parts = [
        posture_of(pose, skeleton).words,
        _stance(skeleton),
        _legs(skeleton),
        _hips(pose, skeleton),
        *_propped(pose),
    ]
    parts.insert(3, upper_words.lifted(pose))
    upper = (_hands(pose), upper_words.arms(pose, skeleton), _turn(pose), upper_words.leaning(pose))
    return "; ".join(part for part in (*parts, *upper, upper_words.head(pose)) if part) + "."


def where_felt(illustration: Illustration) -> str:
    """The muscles shown, in words: "back of the right thigh"; empty when none is."""
    return _listed(_muscles(illustration)) if illustration.muscles else ""


#: What a sitting or lying body is on anyway.
_SAID = ("chair", "wheelchair", "footplate", "bed")


def _legs(skeleton: Skeleton) -> str:
    """Which knee is straight and which is bent."""
    bends = {side: bend_between(leg.thigh, leg.shank) for side, leg in skeleton.legs.items()}
    words = {side: _knee(bend) for side, bend in bends.items()}
    if words["R"] == words["L"]:
        return f"both {'knees' if 'bent' in words['R'] else 'legs'} {words['R']}"
    parts = {side: "knee" if "bent" in said else "leg" for side, said in words.items()}
    return ", ".join(f"{SIDE[side]} {parts[side]} {words[side]}" for side in ("R", "L"))


def _hips(pose: Pose, skeleton: Skeleton) -> str:
    """A knee that is drawn to the chest, lying; the hips in front of the knee that is knelt on."""
    up, forward = skeleton.trunk.pelvis.up, skeleton.trunk.pelvis.forward
    lies_on_back = lean_of(skeleton.trunk) < 0.6 and forward[1] > 0.3
    said = []
    for side in ("R", "L"):
        leg = skeleton.legs[side]
        bend = angle(up, leg.thigh.up)
        is_behind = dot(sub(leg.knee, leg.hip), forward) < 0
        if lies_on_back and bend > DRAWN_IN:
            said.append(f"{SIDE[side]} knee drawn to the chest")
        elif f"knee{side}" in pose.rests and is_behind and bend > BEHIND:
            said.append("hips forward")
    return ", ".join(said)


def _stance(skeleton: Skeleton) -> str:
    """Which foot is in front, or that they are wide apart, when standing."""
    if skeleton.trunk.hips[1] < WIDE or lean_of(skeleton.trunk) < 0.4:
        return ""
    right, left = skeleton.legs["R"].ankle, skeleton.legs["L"].ankle
    pelvis, way = skeleton.trunk.pelvis, sub(right, left)
    if abs(dot(way, pelvis.right)) > WIDE:
        return "feet wide apart"
    if abs(way[1]) > STEP or abs(dot(way, pelvis.forward)) < STEP:
        return ""
    return f"{'right' if dot(way, pelvis.forward) > 0 else 'left'} foot in front"


def _knee(bend: float) -> str:
    """A knee's bend in a word."""
    if bend < NEARLY_STRAIGHT:
        return "straight"
    if bend < STRAIGHT:
        return "nearly straight"
    return "slightly bent" if bend < SLIGHTLY else "bent"


def _propped(pose: Pose) -> list[str]:
    """Heels, ankles and the trunk on something other than the floor."""
    said = []
    for part, support in sorted(pose.rests.items()):
        if support == "floor" or support in _SAID or part[:-1] in ("hand", "fist"):
            continue
        said.append(f"{name_of(part)} on {name_of_support(support)}")
    return said


def _hands(pose: Pose) -> str:
    """Where the hands are."""
    places = {}
    for side in ("R", "L"):
        support = pose.rests.get(f"hand{side}") or pose.rests.get(f"fist{side}")  # type: ignore[call-overload]  # a part's name put together
        if support:
            places[side] = _held(pose, side, support)
    if len(set(places.values())) == 1 and len(places) == 2:
        return f"both hands {places['R']}"
    return ", ".join(f"{SIDE[side]} hand {place}" for side, place in places.items())


def _held(pose: Pose, side: str, support: str) -> str:
    """On or behind what a hand is."""
    target = pose.arm(side).to
    if f"fist{side}" in pose.rests:
        return f"holding {name_of_support(support)}"
    behind = isinstance(target, str) and float(target.split(":")[2]) < -0.5
    return f"{'behind' if behind else 'on'} {name_of_support(support)}"


def _turn(pose: Pose) -> str:
    """Which way the chest is turned against the hips."""
    turn = sum(pose.spine.twist)
    if abs(turn) < TURNED:
        return ""
    if abs(pose.root.twist) > TURNED:
        return f"knees rolled to the {'left' if pose.root.twist > 0 else 'right'}, both shoulders down"
    return f"chest turned to the {'left' if turn > 0 else 'right'}"


def _muscles(illustration: Illustration) -> list[str]:
    """Where it is felt: a muscle of both sides is one place."""
    sides: dict[str, set[str]] = {}
    for muscle in illustration.muscles:
        sides.setdefault(muscle.name, set()).add(muscle.side)
    said = []
    for name, shown in sides.items():
        one, both = MUSCLES[name]
        said.append(both if len(shown) == 2 else one.format(SIDE[shown.pop()]))
    return said


def _listed(words: list[str]) -> str:
    """Words with commas and an "and"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
