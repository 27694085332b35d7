"""The small values of the pose format: numbers with their bounds, places, directions and body points."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Coordinate = Annotated[float, Field(ge=-200, le=200, allow_inf_nan=False)]
Angle = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]
Point = tuple[Coordinate, Coordinate, Coordinate]
Angles = tuple[Angle, Angle, Angle]
#: A direction. Its length does not matter.
Direction = tuple[Coordinate, Coordinate, Coordinate]
Range = tuple[Coordinate, Coordinate]
Side = Literal["R", "L"]

#: "thighR:.62:-1:0": on the skin of the right thigh, at .62 from hip to knee, in the direction behind (forward -1,
#: outward 0). On a foot, the head or the pelvis the three numbers are places in its own frame: forward, up, outward.
_NUMBER = r"-?\d*\.?\d+"
BodyPoint = Annotated[
    str,
    StringConstraints(
        pattern=rf"^(thigh|shank|upperarm|forearm|foot|head|pelvis|trunk)[RL]:{_NUMBER}:{_NUMBER}:{_NUMBER}$",
        max_length=60,
    ),
]
Target = Point | BodyPoint
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]


class Record(BaseModel):
    """What every part of the format has in common: unknown fields are faults, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
