"""What is due today, as the player finds it from what the device remembers: days of their own, and steps up."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page

from exercises.dosage import Dosage
from routines.outputs.sheet_data import routine_sheet_data
from tests.browser.test_player_session import SESSION, stage
from tests.pure_examples import item, routine_sheet

__all__ = ["stage"]


@pytest.mark.parametrize(
    ("own", "days"),
    [
        # Whoever follows every day does it on these days of three weeks.
        ({"every_days": 2}, [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]),
        ({"every_days": 7}, [0, 7, 14]),
        ({"days_per_week": 3}, [0, 2, 4, 7, 9, 11, 14, 16, 18]),
        ({"days_per_week": 5}, [0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18]),
        ({"days_per_week": 3, "days_per_week_most": 4}, [0, 1, 2, 3, 7, 8, 9, 10, 14, 15, 16, 17]),
        ({}, list(range(21))),
    ],
)
def test_what_has_days_of_its_own_is_asked_on_so_many_and_no_more(stage: Page, own: dict[str, int], days: list[int]):
    run = """async ([module, own]) => {
        const due = await import(module);
        let kept = {};
        for (let day = 0; day < 21; day++) if (due.isDue(own, kept, day)) kept = due.doneOn(kept, day);
        return kept.done;
    }"""
    assert stage.evaluate(run, [SESSION, own]) == days


def test_a_step_is_asked_after_so_many_days_and_only_where_it_was_done_since(stage: Page):
    dosage = {"steps": [{}, {}], "steps_up_every_days": 3}
    kept: list[tuple[dict[str, int], int, bool]] = [
        ({}, 0, False),
        ({"step": 0, "since": 0, "last": 2}, 2, False),
        ({"step": 0, "since": 0, "last": 2}, 3, True),
        ({"step": 1, "since": 3, "last": 2}, 6, False),
        ({"step": 2, "since": 3, "last": 5}, 9, False),
        ({"step": 1, "since": 3, "last": 5}, 40, False),
    ]
    ask = "async ([module, dosage, kept, today]) => (await import(module)).asksToStep(dosage, kept, today)"
    for remembered, today, asks in kept:
        assert stage.evaluate(ask, [SESSION, dosage, remembered, today]) is asks, (remembered, today)


def test_what_is_followed_is_the_step_that_was_reached_until_it_is_long_ago(stage: Page):
    up = Dosage(repetitions=8, steps_up="repetitions", steps_up_by=2, steps_up_to=11)
    sheet = routine_sheet(item(1, dosage=up), item(2, dosage=Dosage(repetitions=5, every_days=2)))
    data: Any = json.loads(routine_sheet_data(sheet, date(2026, 11, 29)).model_dump_json())
    followed = """async ([module, sheet, step, today]) => {
        const play = await import(module);
        const [one, two] = sheet.items.map(play.keyOf);
        const kept = { [one]: { step, since: 0, last: 0 }, [two]: { done: [0] } };
        const worked = play.itemsOf(sheet, "", {}, null, kept, today).flatMap((each) => each.intervals.slice(1));
        return worked.map((each) => each.words);
    }"""
    first = {0: "Do it 8 times", 1: "Do it 10 times", 2: "Do it 11 times"}
    for step, words in first.items():
        assert stage.evaluate(followed, [SESSION, data, step, 1])[0].startswith(words)
    assert len(stage.evaluate(followed, [SESSION, data, 1, 1])) == 3, "the second is for every second day"
    assert len(stage.evaluate(followed, [SESSION, data, 1, 2])) == 6
    assert stage.evaluate(followed, [SESSION, data, 2, 29])[0].startswith("Do it 8 times")


def test_what_is_done_counts_from_its_first_day_and_again_after_it_is_long_ago(stage: Page):
    done = "async ([module, kept, today]) => ({ ...kept, ...(await import(module)).doneOn(kept, today) })"
    first = {"step": 0, "since": 5, "last": 5, "done": [5]}
    assert stage.evaluate(done, [SESSION, {}, 5]) == first
    up = {**first, "step": 1}
    assert stage.evaluate(done, [SESSION, up, 7]) == {"step": 1, "since": 5, "last": 7, "done": [5, 7]}
    assert stage.evaluate(done, [SESSION, up, 50]) == {"step": 0, "since": 50, "last": 50, "done": [50]}
