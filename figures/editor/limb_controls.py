"""The controls of arms and legs: by the angles of their joints, or by what hand and foot are to touch."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from figures.editor.controls import (
    BONES,
    Cluster,
    Control,
    Section,
    body_point,
    degrees,
    direction,
    hips,
    joint,
    neck,
    place,
    spine,
)
from figures.engine import limits

TITLES = {
    "legR": _("Right leg"),
    "legL": _("Left leg"),
    "armR": _("Right arm"),
    "armL": _("Left arm"),
}


def sections() -> tuple[Section, ...]:
    """All controls of a pose, from the hips outwards."""
    return (hips(), spine(), neck(), leg("R"), leg("L"), arm("R"), arm("L"))


def leg(side: str) -> Section:
    """A leg."""
    limb = f"leg{side}"
    return Section(
        limb,
        TITLES[limb],
        (
            *_leg_by_angles(limb),
            Cluster(_("Where the ankle is"), place(f"{limb}/to"), way="place"),
            Cluster(_("The ankle rests on the body"), body_point(f"{limb}/to", BONES), way="body"),
            Cluster(_("Where the knee points"), direction(f"{limb}/pole"), way="place body"),
            Cluster(_("What the knee rests on"), place(f"{limb}/kneel/at"), way="kneel"),
            Cluster(_("Where the shin points"), direction(f"{limb}/kneel/shank"), way="kneel"),
            Cluster(
                _("Ankle and toes"),
                (
                    joint(f"{limb}/ankle", _("Ankle, toes up"), limits.ANKLE),
                    degrees(f"{limb}/toe", _("Toes, bent up"), (-40, 90)),
                ),
            ),
            Cluster(
                _("Aim the foot, whatever the ankle says"),
                (
                    *Cluster(_("Toes point"), direction(f"{limb}/foot")).named(),
                    *Cluster(_("Its top looks"), direction(f"{limb}/footup")).named(),
                ),
                optional=f"{limb}/foot",
                preset=[1, 0, 0],
            ),
        ),
        ways=(
            ("angles", _("by the angles of its joints")),
            ("place", _("by the place of the ankle")),
            ("body", _("by the ankle on a part of the body")),
            ("kneel", _("by the knee on the ground")),
        ),
        rests=(
            (f"foot{side}", _("Foot, whole sole")),
            (f"heel{side}", _("Heel")),
            (f"toes{side}", _("Toes")),
            (f"ankle{side}", _("Ankle")),
            (f"calf{side}", _("Calf")),
            (f"knee{side}", _("Knee")),
            (f"thigh{side}", _("Thigh")),
        ),
    )


def _leg_by_angles(limb: str) -> tuple[Cluster, ...]:
    """Hip and knee."""
    return (
        Cluster(
            _("Hip and knee"),
            (
                joint(f"{limb}/hip/0", _("Hip, bent"), limits.HIP_FLEX),
                joint(f"{limb}/hip/1", _("Hip, spread"), limits.HIP_OUT),
                joint(f"{limb}/hip/2", _("Hip, turned outward"), limits.HIP_AXIAL),
                joint(f"{limb}/knee", _("Knee, bent"), limits.KNEE),
            ),
            way="angles",
        ),
    )


def arm(side: str) -> Section:
    """An arm."""
    limb = f"arm{side}"
    return Section(
        limb,
        TITLES[limb],
        (
            *_arm_by_angles(limb),
            Cluster(_("Where the palm is"), place(f"{limb}/to"), way="place"),
            Cluster(_("The palm lies on the body"), body_point(f"{limb}/to", BONES), way="body"),
            Cluster(_("Where the elbow points"), direction(f"{limb}/pole"), way="place body"),
            Cluster(
                _("Aim the hand: fingers point"),
                direction(f"{limb}/hand"),
                optional=f"{limb}/hand",
                preset=[1, 0, 0],
                needed="place body",
            ),
            Cluster(_("Aim the palm: it looks"), direction(f"{limb}/palm"), optional=f"{limb}/palm", preset=[0, -1, 0]),
            _hand(limb),
        ),
        ways=(
            ("angles", _("by the angles of its joints")),
            ("place", _("by the place of the palm")),
            ("body", _("by the palm on a part of the body")),
        ),
        rests=(
            (f"hand{side}", _("Palm")),
            (f"fist{side}", _("Hand, holding")),
            (f"forearm{side}", _("Forearm")),
        ),
    )


def _arm_by_angles(limb: str) -> tuple[Cluster, ...]:
    """Shoulder, elbow and wrist."""
    return (
        Cluster(
            _("Shoulder, elbow and wrist"),
            (
                degrees(f"{limb}/sh/0", _("Shoulder, arm forward"), limits.SHOULDER_BACK),
                degrees(f"{limb}/sh/1", _("Shoulder, arm out to the side")),
                degrees(f"{limb}/sh/2", _("Shoulder, turned outward")),
                joint(f"{limb}/el", _("Elbow, bent"), limits.ELBOW),
                degrees(f"{limb}/wr", _("Wrist, bent"), (-limits.WRIST[1], limits.WRIST[1])),
            ),
            way="angles",
        ),
    )


def _hand(limb: str) -> Cluster:
    """Fingers, thumb and shoulder blade."""
    return Cluster(
        _("Fingers and shoulder blade"),
        (
            degrees(f"{limb}/grip", _("Fingers, curled"), (0, 90)),
            Control(f"{limb}/thumb", _("Thumb shown"), kind="tick"),
            Control(f"{limb}/shrug", _("Shoulder, raised"), unit="%", low=-2, high=4, step=0.1),
            Control(f"{limb}/pro", _("Shoulder, forward"), unit="%", low=-3, high=3, step=0.1),
        ),
    )
