"""A dosage said in words: each figure with its unit, each measure, each side; and read back."""

from __future__ import annotations

import pytest

from exercises.choices import Side
from exercises.dosage import Dosage
from exercises.dosage_cells import DosageCell, cells
from exercises.dosage_fields import DosageError
from exercises.dosage_words import about, clock, in_words, measure_in_words, times
from exercises.frequency import Frequency
from exercises.frequency_words import frequency, often_in_words
from tests.exercises.reading_words import from_words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (2, "2 seconds"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (61, "1 minute 1 second"),
        (90, "1 minute 30 seconds"),
        (120, "2 minutes"),
        (3599, "59 minutes 59 seconds"),
        (3600, "60 minutes"),
    ],
)
def test_clock_says_minutes_and_seconds(seconds, words):
    assert clock(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (68, "about 1 minute"),
        (89, "about 1 minute"),
        (90, "about 2 minutes"),
        (300, "5 minutes"),
        (3599, "about 60 minutes"),
    ],
)
def test_how_long_it_takes_is_said_in_seconds_or_in_whole_minutes(seconds, words):
    assert about(seconds) == words


@pytest.mark.parametrize(
    ("count", "most", "words"),
    [(1, None, "once"), (2, None, "2 times"), (3, None, "3 times"), (2, 4, "2 to 4 times"), (1, 2, "1 to 2 times")],
)
def test_times(count, most, words):
    assert times(count, most) == words


@pytest.mark.parametrize(
    ("daily", "weekly", "words"),
    [
        (None, None, ""),
        (1, None, "once a day"),
        (2, None, "twice a day"),
        (3, None, "3 times a day"),
        (12, None, "12 times a day"),
        (None, 1, "one day a week"),
        (None, 2, "2 days a week"),
        (None, 6, "6 days a week"),
        (None, 7, "every day"),
        (2, 5, "twice a day, 5 days a week"),
        (1, 7, "once a day, every day"),
    ],
)
def test_frequency(daily, weekly, words):
    assert frequency(Frequency(sessions_per_day=daily, days_per_week=weekly)) == words


@pytest.mark.parametrize(
    ("often", "words"),
    [
        ({"sessions_per_day": 2, "sessions_per_day_most": 3, "days_per_week": 7}, "2 to 3 times a day, every day"),
        ({"sessions_per_day": 1, "days_per_week": 3, "days_per_week_most": 4}, "once a day, 3 to 4 days a week"),
        ({"sessions_per_day": 2, "every_days": 2}, "twice a day, every second day"),
        ({"every_days": 3}, "every 3 days"),
        ({"as_needed": True}, "when you need it"),
        ({"as_needed": True, "as_needed_most": 1}, "when you need it, at most once a day"),
        ({"as_needed": True, "as_needed_most": 3}, "when you need it, at most 3 times a day"),
    ],
)
def test_ranges_every_second_day_and_as_needed(often, words):
    assert frequency(Frequency(**often)) == words


SPOKEN = [
    ({"hold_seconds": 30, "repetitions": 2}, "Hold 30 seconds, 2 times{side}"),
    ({"hold_seconds": 1, "repetitions": 1}, "Hold 1 second, once{side}"),
    (
        {"hold_seconds": 10, "hold_seconds_most": 30, "repetitions": 2, "repetitions_most": 4},
        "Hold 10 to 30 seconds, 2 to 4 times{side}",
    ),
    ({"hold_seconds": 1, "hold_seconds_most": 2, "repetitions": 1}, "Hold 1 to 2 seconds, once{side}"),
    ({"hold_seconds": 90, "repetitions": 1}, "Hold 90 seconds, once{side}"),
    ({"repetitions": 1}, "Do it once{side}"),
    ({"repetitions": 10}, "Do it 10 times{side}"),
    ({"repetitions": 8, "repetitions_most": 12}, "Do it 8 to 12 times{side}"),
    ({"repetitions": 10, "seconds_per_repetition": 1}, "Do it 10 times{side}, 1 second each time"),
    ({"repetitions": 10, "seconds_per_repetition": 60}, "Do it 10 times{side}, 1 minute each time"),
    ({"repetitions_up_to": 15}, "Do it as often as is comfortable, up to 15 times{side}"),
    (
        {"repetitions": 12, "tempo_out_seconds": 3, "tempo_hold_seconds": 2, "tempo_back_seconds": 3},
        "Do it 12 times{side}, 3 seconds out, hold 2 seconds, 3 seconds back",
    ),
    (
        {"repetitions": 12, "tempo_out_seconds": 1, "tempo_back_seconds": 4},
        "Do it 12 times{side}, 1 second out, 4 seconds back",
    ),
    (
        {"contract_seconds": 6, "relax_seconds": 2, "stretch_seconds": 20, "repetitions": 3},
        "Tense 6 seconds, let go 2 seconds, stretch 20 seconds, 3 times{side}",
    ),
    ({"moving_seconds": 45}, "Keep going for 45 seconds{side}"),
    ({"moving_seconds": 60}, "Keep going for 1 minute{side}"),
    ({"moving_seconds": 90}, "Keep going for 1 minute 30 seconds{side}"),
    ({"moving_seconds": 1800}, "Keep going for 30 minutes{side}"),
    ({"moving_seconds": 60, "moving_seconds_most": 90}, "Keep going for 1 minute to 1 minute 30 seconds{side}"),
]
SIDES = [(Side.BOTH, ""), (Side.EACH, " each side"), (Side.LEFT, " on the left"), (Side.RIGHT, " on the right")]


@pytest.mark.parametrize(("side", "said"), SIDES, ids=lambda value: str(value).strip() or "unsaid")
@pytest.mark.parametrize(("figures", "words"), SPOKEN, ids=lambda value: value if isinstance(value, str) else "")
def test_measure_is_said_with_its_side_and_read_back(figures, words, side, said):
    regimen = Dosage(**figures)
    assert measure_in_words(regimen, side) == in_words(regimen, side) == words.format(side=said)
    assert from_words(words.format(side=said)) == regimen


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"repetitions": 10}, "Do it 10 times with each side in turn"),
        ({"hold_seconds": 5, "repetitions": 8}, "Hold 5 seconds, 8 times with each side in turn"),
        ({"moving_seconds": 60}, "Keep going for 1 minute, left and right in turn"),
    ],
)
def test_left_and_right_in_turn_are_said(figures, words):
    assert in_words(Dosage(**figures), Side.IN_TURN) == words
    assert from_words(words) == Dosage(**figures)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"band": "red"}, "Do it 10 times, with a red band"),
        ({"load_grams": 500}, "Do it 10 times, with a weight of 500 g"),
        ({"load_grams": 1000, "effort": 4}, "Do it 10 times, with a weight of 1 kg, effort 4 out of 10"),
        ({"load_grams": 1250}, "Do it 10 times, with a weight of 1.25 kg"),
        ({"effort": 3, "effort_most": 5}, "Do it 10 times, effort 3 to 5 out of 10"),
        (
            {"sets": 2, "sets_most": 3, "rest_seconds": 30, "rest_seconds_most": 60},
            "Do it 10 times, 2 to 3 sets, rest 30 seconds to 1 minute between sets",
        ),
    ],
)
def test_load_effort_and_ranges_are_said(more, words):
    assert in_words(Dosage(repetitions=10, **more)) == words
    assert from_words(words) == Dosage(repetitions=10, **more)


@pytest.mark.parametrize(
    ("seconds", "most", "words"),
    [
        (300, 480, "about 5 to 8 minutes"),
        (20, 45, "20 to 45 seconds"),
        (45, 130, "about 1 to 2 minutes"),
        (70, 80, "about 1 minute"),
        (120, 120, "2 minutes"),
        (90, None, "about 2 minutes"),
    ],
)
def test_how_long_a_range_takes_is_said_as_a_range(seconds, most, words):
    assert about(seconds, most) == words


def test_side_is_left_unsaid_when_nobody_names_one():
    assert in_words(Dosage(repetitions=3)) == measure_in_words(Dosage(repetitions=3)) == "Do it 3 times"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"sets": 2}, "Hold 30 seconds, 2 times each side, 2 sets"),
        (
            {"sets": 10, "rest_seconds": 600},
            "Hold 30 seconds, 2 times each side, 10 sets, rest 10 minutes between sets",
        ),
        ({"sets": 2, "rest_seconds": 1}, "Hold 30 seconds, 2 times each side, 2 sets, rest 1 second between sets"),
        ({"sessions_per_day": 2}, "Hold 30 seconds, 2 times each side, twice a day"),
        ({"days_per_week": 1}, "Hold 30 seconds, 2 times each side, one day a week"),
        (
            {"sets": 3, "rest_seconds": 90, "sessions_per_day": 1, "days_per_week": 7, "intensity_cue": "A mild pull"},
            "Hold 30 seconds, 2 times each side, 3 sets, rest 1 minute 30 seconds between sets, once a day, every day."
            " A mild pull",
        ),
        ({"intensity_cue": "A mild pull, never pain."}, "Hold 30 seconds, 2 times each side. A mild pull, never pain."),
    ],
    ids=str,
)
def test_whole_dosage_in_one_line_and_read_back(more, words):
    regimen = Dosage(hold_seconds=30, repetitions=2, **more)
    assert in_words(regimen, Side.EACH) == words
    assert from_words(words) == regimen


@pytest.mark.parametrize(
    "cue",
    [
        "A mild pull",
        "50% of your strength",
        "Mild. Then milder. 2 sets",
        ", 3 sets",
        ". ",
        " ",
        "\n",
        "first line\nsecond line\r\n",
        "\u2028\u0085\x00",
        "%s %d %(least)d {side}",
        "Hold 30 seconds, once. Hold 30 seconds, once",
    ],
    ids=repr,
)
def test_any_cue_comes_back_to_the_letter(cue):
    regimen = Dosage(repetitions=3, sets=2, intensity_cue=cue)
    assert from_words(in_words(regimen)) == regimen


@pytest.mark.parametrize(
    "words",
    [
        "",
        "30",
        "Hold 30",
        "Hold 30 seconds",
        "Hold 30s, twice",
        "Hold thirty seconds, once",
        "Hold 30 seconds, 2 times, every other day",
        "Hold 30 seconds, 2 times.",
        "hold 30 seconds, 2 times",
        "Hold 30 seconds, 2 times each side, 2 sets\n",
        "Please hold 30 seconds, once",
        "Keep going",
        "Keep going for 90",
        "Keep going for 1 hour",
        "Do it",
        "Do it 10",
        "Do it -1 times",
        "Do it 2.5 times",
        "Do it 3 times, twice",
        "Do it 3 times, 2 sets, twice a day, 3 sets",
    ],
    ids=repr,
)
def test_words_that_are_no_dosage_are_refused(words):
    with pytest.raises(ValueError, match="Not a dosage in words"):
        from_words(words)


@pytest.mark.parametrize(
    "words",
    ["Hold 601 seconds, once", "Do it 0 times", "Do it 3 times, rest 5 seconds between sets", "Do it 4 to 2 times"],
)
def test_words_of_a_dosage_that_cannot_be_followed_are_refused_by_it(words):
    with pytest.raises(DosageError):
        from_words(words)


# Cells


@pytest.mark.parametrize(
    ("figures", "side", "expected"),
    [
        ({"hold_seconds": 30, "repetitions": 2}, Side.BOTH, [("Hold", "30", "seconds"), ("Repeat", "2", "times")]),
        ({"hold_seconds": 30, "repetitions": 2}, Side.EACH, [("Hold", "30", "seconds"), ("Repeat", "2", "each side")]),
        ({"hold_seconds": 1, "repetitions": 1}, Side.BOTH, [("Hold", "1", "second"), ("Repeat", "1", "time")]),
        ({"hold_seconds": 1, "repetitions": 1}, Side.LEFT, [("Hold", "1", "second"), ("Repeat", "1", "on the left")]),
        (
            {"hold_seconds": 1, "hold_seconds_most": 3, "repetitions": 1, "repetitions_most": 2},
            Side.BOTH,
            [("Hold", "1–3", "seconds"), ("Repeat", "1–2", "times")],
        ),
        ({"repetitions": 10}, Side.BOTH, [("Repeat", "10", "times")]),
        ({"repetitions": 1}, Side.BOTH, [("Repeat", "1", "time")]),
        ({"repetitions": 10}, Side.RIGHT, [("Repeat", "10", "on the right")]),
        ({"moving_seconds": 60}, Side.BOTH, [("Keep going", "1", "minute")]),
        ({"moving_seconds": 120}, Side.BOTH, [("Keep going", "2", "minutes")]),
        ({"moving_seconds": 90}, Side.BOTH, [("Keep going", "90", "seconds")]),
        ({"moving_seconds": 60, "moving_seconds_most": 120}, Side.BOTH, [("Keep going", "1–2", "minutes")]),
        ({"moving_seconds": 60, "moving_seconds_most": 90}, Side.BOTH, [("Keep going", "60–90", "seconds")]),
        ({"moving_seconds": 30, "moving_seconds_most": 60}, Side.BOTH, [("Keep going", "30–60", "seconds")]),
        ({"moving_seconds": 60}, Side.EACH, [("Keep going", "1", "minute each side")]),
        ({"moving_seconds": 45}, Side.LEFT, [("Keep going", "45", "seconds on the left")]),
        (
            {"repetitions": 10, "sets": 2, "rest_seconds": 30, "sessions_per_day": 3, "days_per_week": 5},
            Side.BOTH,
            [("Repeat", "10", "times"), ("Sets", "2", "sets"), ("How often", "3", "a day"), ("On", "5", "days a week")],
        ),
        (
            {"repetitions": 10, "sessions_per_day": 1, "days_per_week": 1},
            Side.BOTH,
            [("Repeat", "10", "times"), ("How often", "1", "a day"), ("On", "1", "day a week")],
        ),
        (
            {"repetitions": 10, "days_per_week": 7},
            Side.BOTH,
            [("Repeat", "10", "times"), ("On", "7", "days a week")],
        ),
    ],
    ids=str,
)
def test_cells_say_each_figure_with_its_unit(figures, side, expected):
    assert list(cells(Dosage(**figures), side)) == [DosageCell(*cell) for cell in expected]


def test_cells_leave_the_side_unsaid_when_nobody_names_one():
    assert cells(Dosage(repetitions=2)) == (DosageCell("Repeat", "2", "times"),)


@pytest.mark.parametrize(
    ("own", "whole", "words"),
    [
        ({"sessions_per_day": 1, "sessions_per_day_most": 3}, {"sessions_per_day": 2}, "this one 1 to 3 times a day"),
        ({"sessions_per_day": 1, "sessions_per_day_most": 2}, {"sessions_per_day": 2}, "only 1 to 2 times a day"),
        ({"days_per_week": 2, "days_per_week_most": 7}, {"days_per_week": 3}, "this one 2 to 7 days a week"),
        ({"every_days": 3}, {"days_per_week": 3}, "only every 3 days"),
    ],
)
def test_only_is_said_of_what_is_never_more_often(own: dict[str, int], whole: dict[str, int], words: str):
    assert often_in_words(Frequency(**own), Frequency(**whole)) == [words]
