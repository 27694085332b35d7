"""What a dosage may be: the bounds of its figures, the measures they belong to, and the seconds nobody writes.

Pure. Sources of the bounds: the American College of Sports Medicine (ACSM) on flexibility: hold 10–30 seconds, 30–60
seconds for older adults, 2–4 repetitions, most days of the week. These figures are suggestions for an author to
accept; none is ever filled in silently.
"""

from __future__ import annotations

from exercises.choices import Measure

#: What a repetition takes when nobody has said: suggested to the author, and used to count minutes.
SUGGESTED_SECONDS_PER_REPETITION = 4
#: The pause to change over from one side to the other.
CHANGE_SIDES_SECONDS = 8
#: The least between two holds: to let go, and to get there again.
BETWEEN_HOLDS_SECONDS = 3

#: Five minutes of a hold are prescribed where time is the stretch, three quarters of an hour of walking too.
HOLD, REPETITIONS, MOVING = (1, 600), (1, 100), (10, 3600)
REST, SETS, PART, WEIGHT, EFFORT = (0, 600), (1, 10), (1, 120), (50, 30_000), (0, 10)

COUNTED = (Measure.HOLD, Measure.REPETITIONS, Measure.CONTRACT_RELAX)
REPEATED = (Measure.REPETITIONS,)
STRETCHED = (Measure.CONTRACT_RELAX,)
HELD = (Measure.HOLD, Measure.CONTRACT_RELAX)
