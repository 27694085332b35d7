"""The figure's measures, in hundredths of its standing height, and the profiles of its soft parts.

A slim adult of 7.5 heads with slightly long legs. Profiles run along a bone from its near end (t = 0) to its far end
(t = 1); each row says t, how far in front of the bone the flesh's middle lies, how far outward, and its radius. That
flesh lies off the bone (calf behind, thigh in front) is what makes a limb look alive.
"""

from __future__ import annotations

THIGH = 24.6
SHANK = 24.4
UPPER_ARM = 17.2
FOREARM = 14.6
ARM = UPPER_ARM + FOREARM
HIP_HALF_WIDTH = 4.7
SHOULDER_HALF_WIDTH = 9.2
#: Where the shoulders sit along the spine, and how far in front of it.
SHOULDER_STATION = 26.4
SHOULDER_FORWARD = -0.6
#: The shoulder blade slides towards what the arm reaches for, at most so far.
SHOULDER_SLIDE = 2.2
LUMBAR = 14.0
SPINE = 30.0
NECK_STATION = 28.6
NECK = 6.6
NECK_TILT = 12.0
HEAD_SCALE = 1.06
#: A bent knee on the floor has its middle this high; so has the ankle behind it.
KNEELING_KNEE = 2.9
KNEELING_ANKLE = 2.6
#: From the wrist to the middle of the palm: along the hand, and out of the palm.
PALM_ALONG = 3.5
PALM_OUT = 1.2

Row = tuple[float, float, float, float]
Profile = tuple[Row, ...]

THIGH_PROFILE: Profile = (
    (-0.02, 0, 0, 5.3),
    (0.15, 0.3, 0.1, 5.25),
    (0.32, 0.5, 0.1, 4.9),
    (0.5, 0.5, 0.1, 4.35),
    (0.68, 0.35, 0, 3.75),
    (0.85, 0.15, 0, 3.2),
    (1, 0.1, 0, 2.85),
)
SHANK_PROFILE: Profile = (
    (0, 0.1, 0, 2.85),
    (0.10, -0.2, 0, 2.75),
    (0.20, -0.6, 0.1, 2.85),
    (0.32, -0.85, 0.1, 2.9),
    (0.45, -0.75, 0.1, 2.65),
    (0.6, -0.4, 0, 2.2),
    (0.76, -0.1, 0, 1.75),
    (0.9, 0, 0, 1.5),
    (1, 0, 0, 1.5),
)
UPPER_ARM_PROFILE: Profile = (
    (0, 0, 0, 2.75),
    (0.14, 0.05, 0.15, 2.8),
    (0.3, 0.1, 0.1, 2.55),
    (0.5, 0.15, 0, 2.25),
    (0.72, 0, 0, 2.0),
    (0.9, -0.05, 0, 1.8),
    (1, -0.05, 0, 1.75),
)
FOREARM_PROFILE: Profile = (
    (0, -0.05, 0, 1.75),
    (0.12, 0, 0, 1.9),
    (0.28, 0.05, 0, 1.9),
    (0.5, 0, 0, 1.65),
    (0.75, 0, 0, 1.3),
    (0.93, 0, 0, 1.1),
    (1, 0, 0, 1.1),
)

#: Ellipses round the spine: station along it, how far forward, half the width, half the depth.
TRUNK_PROFILE: Profile = (
    (-3.4, -0.6, 6.2, 4.6),
    (-0.5, -0.9, 8.3, 5.7),
    (3, -0.6, 8.2, 5.6),
    (6, -0.1, 7.5, 5.0),
    (9, 0.25, 7.0, 4.6),
    (12, 0.4, 7.1, 4.8),
    (15.5, 0.45, 7.7, 5.3),
    (19, 0.35, 8.3, 5.6),
    (22.5, 0, 8.5, 5.3),
    (25.3, -0.4, 7.9, 4.4),
    (27.6, -0.7, 6.0, 3.2),
    (29.2, -0.8, 3.8, 2.7),
)
#: Fewer make the trunk's edge wavy.
TRUNK_STATIONS = 27


def along(profile: Profile, t: float) -> tuple[float, float, float]:
    """The other three numbers of a profile at ``t``, on a smooth curve through its rows; held at its ends."""
    if t <= profile[0][0]:
        return profile[0][1:]
    if t >= profile[-1][0]:
        return profile[-1][1:]
    i = next(i for i in range(len(profile) - 1) if t <= profile[i + 1][0])
    before, a, b, after = profile[max(i - 1, 0)], profile[i], profile[i + 1], profile[min(i + 2, len(profile) - 1)]
    h = b[0] - a[0]
    k = (t - a[0]) / h
    weights = (2 * k**3 - 3 * k * k + 1, k**3 - 2 * k * k + k, -2 * k**3 + 3 * k * k, k**3 - k * k)

    def column(j: int) -> float:
        slope_a = (b[j] - before[j]) / (b[0] - before[0]) * h
        slope_b = (after[j] - a[j]) / (after[0] - a[0]) * h
        return weights[0] * a[j] + weights[1] * slope_a + weights[2] * b[j] + weights[3] * slope_b

    return (column(1), column(2), column(3))
