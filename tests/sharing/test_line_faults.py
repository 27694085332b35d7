"""A line beside an exercise says how to do it: no other figures, no complaint, nothing against a stop sign."""

from __future__ import annotations

import pytest

from sharing.line_faults import faults

#: Hold 30 seconds, 2 to 3 times, once a day on every day.
DOSE = {
    "hold_seconds": (30, 30),
    "repetitions": (2, 3),
    "sets": (1, 1),
    "rest_seconds": (0, 0),
    "sessions_per_day": (1, 1),
    "days_per_week": (7, 7),
}
TITLES = ("Sciatica", "M\u00e9ni\u00e8re", "Low-back pain with tight hamstrings")
WORDS = ("lumbago", "cramp", "restless leg syndrome", "RLS")

WELL = [
    "Slowly",
    "Use the rail",
    "Left side first",
    "Keep 2 pillows under your knee.",
    "Only to the first pull.",
    "Hold 30 seconds, 2 times.",
    "For half a minute, as we did it.",
    "Once a day is enough.",
    "Count to ten under your breath.",
    "Breathe out for 4 seconds.",
    "Wait 10 seconds before you stand up.",
    "Do not stop breathing.",
    "Stop if it hurts.",
    "Do not go on if it hurts. Stop!",
    "It should not hurt.",
    "Never push into pain: a mild pull is all.",
    "Stop if you get a cramp.",
    "Until the cramp eases, stand on that leg.",
    "The second one is the harder one; take your time.",
    "One hand on the worktop",
    "Step 3 of the sheet is the one to mind.",
    "This may hurt a little: stop then.",
    "For 0.5 minutes.",
    "Do not ever push into pain.",
    "Stand 2m from the wall.",
    "Keep 2m from the wall, hold a 1m strap.",
    "As long as you can breathe calmly.",
    "Bend as far as you can, half a turn.",
    "For half a minute, déjà vu: hold 30″.",
    "Stop if your foot goes numb",
    "Carry on with the weak leg",
    "If your leg feels weak, hold on to the rail.",
    "",
]
AT_FAULT = [
    ("Hold 60 seconds, 5 times", ["“60 seconds”: “Hold (seconds)”", "“5 times”: “Repetitions”"]),
    ("Hold for two minutes", ["“two minutes”: “Hold (seconds)”"]),
    ("10-12 reps", ["“10-12 reps”: “Repetitions”"]),
    ("Do it x10", ["“x10”: “Repetitions”"]),
    ("Three sets, please", ["“Three sets”: “Sets”"]),
    ("Twice a day", ["“Twice a day”: “Times a day”"]),
    ("3 times daily at work", ["“3 times daily”: “Times a day”"]),
    ("Every other day", ["“Every other day”: “Or every so many days"]),
    ("On 3 days a week", ["“3 days a week”: “Days a week”"]),
    ("For your sciatica, do it slowly", ["“sciatica”: a patient’s page names no complaint"]),
    ("Good against lumbago", ["“lumbago”: a patient’s page"]),
    ("If your cramps come back, do this", ["“cramps”: a patient’s page"]),
    ("Helps with RLS", ["“RLS”: a patient’s page"]),
    ("Restless-leg syndrome: before bed", ["“Restless-leg syndrome”"]),
    ("\u017fix times", ["“six times”"]),
    ("tw\u0131ce a day, for a m\u0131nute", ["“twice a day”", "“a minute”"]),
    ("Hold for 90s", ["“90s”: “Hold (seconds)”"]),
    ("Hold two whole minutes", ["“two whole minutes”: “Hold (seconds)”"]),
    ("Do fifty repetitions", ["“fifty repetitions”: “Repetitions”"]),
    ("Repeat 20", ["“Repeat 20”: “Repetitions”"]),
    ("Every 2 hours", ["“Every 2 hours”: “Times a day”"]),
    ("hourly", ["“hourly”: “Times a day”"]),
    ("It is ok if it hurts", ["“It is ok if it hurts” allows some pain, the exercise none"]),
    ("Pain up to 3 of 10 is fine", ["“Pain up to 3 of 10 is fine” allows pain of 3 out of 10, the exercise none"]),
    ("Pain does not matter", ["“Pain does not matter”"]),
    ("Never mind the pain", ["“Never mind the pain”"]),
    ("Ignore any numbness", ["“Ignore any numbness”"]),
    ("Keep going if you feel dizzy", ["“Keep going if you feel dizzy”"]),
    ("Stop signs do not apply to you", ["“Stop signs do not apply”"]),
    ("Don’t rest push through the pain", ["push through the pain” tells readers to go on against pain"]),
    ("Do not stop if it hurts", ["it speaks against the stop signs"]),
    ("Hold 2m", ["“Hold 2m”: “Hold (seconds)”"]),
    ("Hold it for 2′, then rest", ["“Hold it for 2′”"]),
    ("hold 2 min", ["“2 min”: “Hold (seconds)”"]),
    ("Double the repetitions", ["“Double the repetitions”: it changes how much is done"]),
    ("Twice as many, hold twice as long", ["“Twice as many”: it changes"]),
    ("As often as you like", ["“As often as you like”"]),
    ("Hold as long as you can", ["“Hold as long as you can”"]),
    ("\u0405\u0456\u0445 times", ["Write “\u0405\u0456\u0445” in ordinary letters"]),
    ("Игнорируй боль", ["Write “Игнорируй” in ordinary letters"]),
    ("Hold έξι times", ["“έξι”"]),
    ("\u0262o through the pain", ["“\u0262o”"]),
    ("Hold \u0666\u0660 seconds", ["“\u0666\u0660”"]),
    ("S\u0301ix times", ["“Six times”"]),
    ("For your M\u00e9ni\u00e8re’s", ["“Meniere”: a patient’s page names no complaint"]),
    ("Don’t stop", ["“Don’t stop”: it speaks"]),
    ("Ignore the pain", ["“Ignore the pain”"]),
    ("Work through the pain", ["“Work through the pain”"]),
    ("Keep going even if it hurts", ["to go on against pain"]),
    ("No pain, no gain", ["“No pain, no gain”"]),
    ("Never push into pain at first; then push into pain", ["“then push into pain” allows some pain"]),
    ("It should hurt a little", ["“should hurt”"]),
    ("Bend until it hurts", ["“Bend until it hurts”"]),
    ("Ignore pins and needles", ["“Ignore pins and needles”: it speaks against the stop signs"]),
    ("Feeling light-headed is normal, just keep going", ["“light-headed is normal”"]),
]


def test_a_figure_the_dose_does_not_count_is_told_so():
    counted = {"repetitions": (5, 5), "sets": (1, 1), "rest_seconds": (0, 0)}
    (fault,) = faults("Hold 60 seconds", counted)
    assert (
        fault == "Take out “60 seconds”: this exercise is not counted so. How much of it stands in the figures above."
    )


@pytest.mark.parametrize("line", WELL)
def test_how_to_do_it_is_left_alone(line: str):
    assert faults(line, DOSE, TITLES, WORDS) == []


@pytest.mark.parametrize(("line", "told"), AT_FAULT)
def test_what_belongs_elsewhere_is_refused_and_told_where(line: str, told: list[str]):
    found = faults(line, DOSE, TITLES, WORDS)
    assert len(found) == len(told)
    assert [words in fault for words, fault in zip(told, found, strict=True)] == [True] * len(told)


@pytest.mark.parametrize(
    ("line", "most"), [("Pain up to 3 of 10 is fine", 3), ("It may hurt a little", 1), ("Some pain is okay", 2)]
)
def test_line_may_say_what_the_exercise_allows_and_no_more(line: str, most: int):
    assert faults(line, DOSE, pain_most=most) == []
    assert len(faults(line, DOSE, pain_most=0)) == 1


@pytest.mark.parametrize(
    "line", ["Never mind the pain", "Push through the pain", "Do not stop", "Ignore any numbness", "Pain up to 6/10"]
)
def test_no_exercise_allows_a_line_against_its_stop_signs(line: str):
    assert len(faults(line, DOSE, pain_most=5)) == 1
