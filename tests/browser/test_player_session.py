"""The player's session as a pure machine, driven by a simulated clock in a browser: no interval is lost or doubled."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from exercises.choices import Side
from exercises.dosage import Dosage
from routines.item_weeks import ItemWeeks
from routines.outputs.sheet_data import routine_sheet_data
from tests.browser.serving import StorySite
from tests.conftest import STARTER_LIBRARY
from tests.pure_examples import item, routine_sheet

STARTER_ROUTINES = sorted(path.stem for path in (STARTER_LIBRARY / "routines").glob("*.yaml"))
SESSION = "/static/stretchsite/js/player/session.js"

#: Runs a session to its end. The clock moves by `step` milliseconds; `asleep` ms from `from` nobody looks.
RUN = """async ([module, sheet, step, from, asleep]) => {
    const play = await import(module);
    const intervals = play.layOut(play.itemsOf(sheet));
    let now = 1000, session = play.begin(intervals, now);
    const seen = [];
    while (session.status !== "over" && now < 1e8) {
        if (seen.at(-1) !== session.at) seen.push(session.at);
        now += step;
        if (now - 1000 >= from && now - 1000 < from + asleep) continue;
        session = play.settle(session, now);
        if (session.status === "waiting") session = play.resume(session, now);
    }
    return { seconds: (now - 1000) / 1000, seen, sides: intervals.filter(it => it.side).map(it => it.side) };
}"""

#: Four intervals, of 5, 30, 8 and 30 seconds.
SMALL = {
    "id": "small",
    "title": "Small",
    "items": [
        {
            "exercise": {"title": "Calf stretch"},
            "cue": "",
            "get_ready_seconds": 5,
            "dosage": {
                "intervals": [
                    {"kind": "hold", "seconds": 30, "words": "Hold, left side", "place_words": "", "side": "left"},
                    {"kind": "change_sides", "seconds": 8, "words": "Change", "place_words": "", "side": "right"},
                    {"kind": "hold", "seconds": 30, "words": "Hold, right side", "place_words": "", "side": "right"},
                ]
            },
        }
    ],
}


@pytest.fixture
def stage(page: Page) -> Page:
    """A page of the site on which the module can be tried."""
    page.goto("/diary/")
    return page


def test_what_pain_is_fine_here_is_said_before_the_cue(stage: Page):
    words = "async ([module, item]) => (await import(module)).itemsOf({ items: [item] })[0].cue"
    items: Any = SMALL["items"]
    item = items[0]
    allowed = {**item, "pain_words": "Here: pain up to 3 out of 10 is fine.", "cue": "Heel down."}
    assert stage.evaluate(words, [SESSION, item]) == ""
    assert stage.evaluate(words, [SESSION, {**item, "cue": "Heel down."}]) == "Heel down."
    assert stage.evaluate(words, [SESSION, allowed]) == "Here: pain up to 3 out of 10 is fine. Heel down."


def after(stage: Page, steps: str, sheet: dict[str, Any] = SMALL, *, asks: bool = False) -> Any:
    """What the steps return; they see `play`, `intervals` and `s`, a session begun at 0.

    With ``asks`` it waits for its reader where they have to get into another position.
    """
    return stage.evaluate(
        f"""async ([module, sheet, asks]) => {{
            const play = await import(module);
            const intervals = play.layOut(play.itemsOf(sheet));
            let s = play.begin(intervals.map((it) => ({{ ...it, asks: asks && it.asks }})), 0);
            {steps}
        }}""",
        [SESSION, sheet, asks],
    )


@pytest.mark.parametrize("slug", STARTER_ROUTINES)
def test_a_routine_takes_as_long_as_its_sheet_says_to_the_second(stage: Page, site: StorySite, slug: str):
    with urlopen(site.url(f"/routines/{slug}/sheet.json")) as answer:
        sheet = json.load(answer)
    ran = stage.evaluate(RUN, [SESSION, sheet, 1000, 0, 0])
    assert ran["seconds"] == sheet["total_seconds"]
    assert ran["seen"] == list(range(len(ran["seen"])))
    for row in sheet["items"]:
        worked = {it["side"] for it in row["dosage"]["intervals"] if it["kind"] in {"hold", "repetitions", "moving"}}
        assert worked == set(row["dosage"]["sides"]) - {"both"} or worked == {None}


_STRETCH = {"contract_seconds": 6, "relax_seconds": 2, "stretch_seconds": 20, "repetitions": 3}
SHAPES = [
    {
        "hold_seconds": 30,
        "hold_seconds_most": 60,
        "repetitions": 2,
        "rest_between_seconds": 15,
        "sets": 2,
        "sets_most": 3,
    },
    {"repetitions": 8, "tempo_out_seconds": 3, "tempo_hold_seconds": 2, "tempo_back_seconds": 3, "band": "red"},
    {"repetitions_up_to": 15, "sets": 3, "rest_seconds": 45},
    {"moving_seconds": 300, "moving_seconds_most": 480, "effort": 4},
    {**_STRETCH, "rest_between_seconds": 10},
]


@pytest.mark.parametrize("figures", SHAPES, ids=str)
def test_any_dose_on_any_side_takes_as_long_as_its_sheet_says(stage: Page, figures: dict[str, Any]):
    items = [item(number, side=side, dosage=Dosage(**figures)) for number, side in enumerate(Side, start=1)]
    sheet = routine_sheet(*items)
    data = json.loads(routine_sheet_data(sheet, date(2026, 11, 29)).model_dump_json())
    ran = stage.evaluate(RUN, [SESSION, data, 1000, 0, 0])
    assert ran["seconds"] == sheet.total_seconds
    assert ran["seen"] == list(range(len(ran["seen"])))


def test_what_a_reader_chose_of_a_range_is_what_runs(stage: Page):
    ranged = Dosage(hold_seconds=10, hold_seconds_most=30, repetitions=2, sets=1, sets_most=3)
    sheet = routine_sheet(item(1, dosage=ranged))
    data = json.loads(routine_sheet_data(sheet, date(2026, 11, 29)).model_dump_json())
    amounts = data["items"][0]["dosage"]["amounts"]
    assert [each["words"] for each in amounts] == ["10 seconds, 1 set", "20 seconds, 2 sets", "30 seconds, 3 sets"]
    total = """async ([module, sheet, amounts]) => {
        const play = await import(module);
        return play.totalSeconds(play.layOut(play.itemsOf(sheet, "", amounts)));
    }"""
    least, most = sheet.total_seconds, sheet.total_seconds_most
    for chosen, seconds in (({}, least), ({"1": 0}, least), ({"1": 2}, most), ({"1": 9}, most), ({"2": 2}, least)):
        assert stage.evaluate(total, [SESSION, data, chosen]) == seconds
    assert stage.evaluate(total, [SESSION, data, {"1": 1}]) == amounts[1]["seconds"] + sheet.items[0].number * 10


@pytest.mark.parametrize(("week", "followed"), [(None, [1, 2]), (1, [2]), (4, [1, 2]), (6, [1])])
def test_what_is_not_due_this_week_is_not_followed(stage: Page, week: int | None, followed: list[int]):
    sheet = routine_sheet(item(1, weeks=ItemWeeks(4)), item(2, weeks=ItemWeeks(None, 5)), week=week)
    data = json.loads(routine_sheet_data(sheet, date(2026, 11, 29)).model_dump_json())
    places = """async ([module, sheet]) => {
        const play = await import(module);
        return [...new Set(play.layOut(play.itemsOf(sheet)).map((each) => each.item + 1))];
    }"""
    assert stage.evaluate(places, [SESSION, data]) == followed


def positions(*named: tuple[str, list[str]]) -> dict[str, Any]:
    """A routine of exercises that each start in a position and need some things."""
    items: Any = SMALL["items"]
    exercises = [
        {"title": "Any", "position": {"value": position}, "equipment": [{"value": thing} for thing in things]}
        for position, things in named
    ]
    return {**SMALL, "items": [{**items[0], "exercise": exercise} for exercise in exercises]}


def test_it_waits_for_its_reader_wherever_the_position_or_the_things_change(stage: Page):
    sheet = positions(
        ("standing", []), ("standing", []), ("supine", []), ("supine", ["mat"]), ("supine", ["mat"]), ("standing", [])
    )
    asking = "return intervals.filter((it) => it.kind === 'get_ready').map((it) => it.asks)"
    assert after(stage, asking, sheet) == [True, False, True, True, False, True]


def test_nothing_begins_until_its_reader_is_ready(stage: Page):
    told = after(
        stage,
        """s = play.settle(s, 900_000);
        const waiting = [s.at, s.status];
        s = play.setMovesOn(play.setMovesOn(s, false, 900_000), true, 900_000);
        const still = s.status;
        s = play.ready(s, 900_000);
        return [waiting, still, [s.at, s.status, play.secondsLeft(s, 900_000)]]""",
        asks=True,
    )
    assert told == [[0, "waiting"], "waiting", [1, "running", 30]]


def test_who_is_ready_sooner_need_not_wait(stage: Page):
    told = after(stage, "s = play.ready(s, 2_000); return [s.at, play.secondsLeft(s, 2_000)]", asks=True)
    assert told == [1, 30]
    assert after(stage, "s = play.ready(s, 2_000); return s.at") == 0


def test_reader_chooses_how_long_it_takes_to_get_ready_and_to_change_sides(stage: Page):
    paced = "return play.paced(intervals, { getReady: 40, changeSides: null }).map((it) => it.seconds)"
    assert after(stage, paced) == [40, 30, 8, 30]
    kept = """const slower = play.paced(intervals, { getReady: 40, changeSides: 20 });
        return play.restore(slower, play.toKeep(s, 12_000)).at"""
    assert after(stage, kept) == 1


def test_five_minutes_of_sleep_stop_the_clock_where_it_was(stage: Page):
    told = after(
        stage,
        """s = play.settle(s, 10_000);
        const jolted = play.wake(s, 10_000, 14_000).status;
        s = play.wake(s, 10_000, 310_000);
        const asleep = [s.at, s.status, s.slept, play.secondsLeft(s, 310_000)];
        s = play.resume(s, 320_000);
        return [jolted, asleep, [s.at, s.slept, play.secondsLeft(s, 320_000)]]""",
    )
    assert told == ["running", [1, "paused", True, 25], [1, False, 25]]


@pytest.mark.parametrize(
    ("steps", "account"),
    [
        pytest.param("s = play.settle(s, 73_000)", {"minutes": 1, "done": 1, "of": 1}, id="to the end"),
        pytest.param(
            "for (const _ of intervals) s = play.skip(s, 0)", {"minutes": 0, "done": 0, "of": 1}, id="skipped"
        ),
        pytest.param(
            "s = play.pause(play.settle(s, 20_000), 20_000); s = play.skip(play.resume(s, 900_000), 900_000); "
            "s = play.skip(s, 900_000)",
            {"minutes": 0, "done": 0, "of": 1},
            id="a pause is no exercise",
        ),
        pytest.param("s = play.skip(play.settle(s, 42_000), 42_000)", {"minutes": 1, "done": 1, "of": 1}, id="half"),
        pytest.param(
            "s = play.wake(play.settle(s, 10_000), 10_000, 900_000)", {"minutes": 0, "done": 0, "of": 1}, id="asleep"
        ),
    ],
)
def test_what_was_really_done_is_counted_and_nothing_else(stage: Page, steps: str, account: dict[str, int]):
    assert after(stage, f"{steps}; return play.account(s)") == account


def test_what_was_done_before_a_reload_counts(stage: Page):
    told = after(
        stage,
        """const back = play.resume(play.restore(intervals, play.toKeep(s, 35_000)), 100_000);
        return play.account(play.settle(back, 140_000))""",
    )
    assert told == {"minutes": 1, "done": 1, "of": 1}


def test_waking_up_finds_the_interval_that_the_clock_says(stage: Page):
    assert after(stage, "s = play.settle(s, 36_000); return [s.at, play.secondsLeft(s, 36_000)]") == [2, 7]


def test_a_pause_keeps_the_place_to_the_millisecond(stage: Page):
    told = after(
        stage,
        """s = play.pause(play.settle(s, 10_500), 10_500);
        s = play.resume(s, 900_000);
        return [s.at, play.millisecondsLeft(s, 900_000), s.status]""",
    )
    assert told == [1, 24_500, "running"]


@pytest.mark.parametrize(("change", "left"), [(10, 30_000), (-10, 10_000), (-60, 1000)])
def test_an_interval_can_be_made_longer_and_shorter(stage: Page, change: int, left: int):
    assert after(stage, f"return play.millisecondsLeft(play.adjust(s, {change}, 15_000), 15_000)") == left


def test_skip_goes_on_and_the_last_skip_ends(stage: Page):
    told = after(stage, "const at = []; while (s.status !== 'over') { at.push(s.at); s = play.skip(s, 0); } return at")
    assert told == [0, 1, 2, 3]


def test_back_goes_to_the_beginning_and_then_to_the_one_before(stage: Page):
    told = after(
        stage,
        """s = play.back(play.settle(s, 20_000), 20_000);
        const first = [s.at, play.secondsLeft(s, 20_000)];
        s = play.back(s, 21_000);
        return [first, [s.at, play.secondsLeft(s, 21_000)]]""",
    )
    assert told == [[1, 30], [0, 5]]


def test_without_going_on_by_itself_each_interval_waits_for_its_reader(stage: Page):
    told = after(
        stage,
        """s = play.setMovesOn(s, false, 0);
        s = play.settle(s, 600_000);
        const waiting = [s.at, s.status];
        s = play.resume(s, 600_000);
        return [waiting, [s.at, s.status, play.secondsLeft(s, 600_000)]]""",
    )
    assert told == [[0, "waiting"], [1, "running", 30]]


def test_a_reload_goes_on_paused_where_it_was(stage: Page):
    told = after(
        stage,
        """const kept = JSON.parse(JSON.stringify(play.toKeep(s, 12_000)));
        const back = play.restore(intervals, kept);
        return [back.at, back.status, back.left]""",
    )
    assert told == [1, "paused", 23_000]


@pytest.mark.parametrize(
    "kept", ["null", "{}", "{at: 99, of: play.toKeep(s, 0).of}", "{...play.toKeep(s, 0), of: 'other'}"]
)
def test_what_was_kept_of_another_sheet_is_forgotten(stage: Page, kept: str):
    assert after(stage, f"return play.restore(intervals, {kept})") is None


def test_a_sheet_without_exercises_is_over_at_once(stage: Page):
    assert after(stage, "return s.status", {"id": "none", "title": "None", "items": []}) == "over"


TURNED = """async ([module, sheet, first]) => {
    const play = await import(module);
    const words = { left: "Change to the left side", right: "Change to the right side" };
    const items = play.itemsOf(sheet);
    const [usual, turned] = [play.layOut(items), play.layOut(items, first, words)];
    return { usual, turned, seconds: [usual, turned].map(play.totalSeconds) };
}"""


@pytest.mark.parametrize("name", STARTER_ROUTINES)
def test_the_other_side_first_changes_sides_and_words_and_no_second(stage: Page, site: StorySite, name: str):
    with urlopen(site.url(f"/routines/{name}/sheet.json")) as answer:
        sheet = json.load(answer)
    found = stage.evaluate(TURNED, [SESSION, sheet, "right"])
    assert found["seconds"][0] == found["seconds"][1]
    other = {"left": "right", "right": "left"}
    for before, after in zip(found["usual"], found["turned"], strict=True):
        assert after["side"] == other.get(before["side"], before["side"])
        expected = before["words"]
        if before["side"] in other:
            expected = expected.replace(f"{before['side']} side", f"{after['side']} side")
        assert after["words"] == expected
    assert stage.evaluate(TURNED, [SESSION, sheet, "left"])["turned"] == found["usual"]
