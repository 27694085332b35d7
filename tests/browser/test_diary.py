"""The diary stays on the device: written at the end of a session, shown by week, exported, erased; nothing is sent."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.phones import wait_until
from tests.browser.test_narrow_screens import STICKS_OUT, width_needed

EXERCISE = "/exercises/wall-calf-stretch/follow/"
WRITE = """entries => localStorage.setItem("stretchsite.diary", JSON.stringify(entries))"""
WEEK = [
    {"at": f"2026-11-{day}T08:00:00Z", "title": "Calves", "minutes": 5 + day % 3, "before": 6, "after": 4}
    for day in range(16, 23)
]


@pytest.fixture
def owner(new_context: NewContext) -> Page:
    page = new_context(viewport={"width": 360, "height": 800}, timezone_id="Europe/London").new_page()
    page.clock.install(time="2026-11-22T09:00:00Z")
    return page


def test_a_session_followed_to_its_end_is_written_down_when_asked(owner: Page):
    owner.goto(EXERCISE)
    owner.get_by_label("How strong is your complaint now?").first.select_option("6")
    owner.get_by_role("button", name="Start", exact=True).click()
    for _ in range(60):
        if owner.locator("[data-part=done]").is_visible():
            break
        owner.get_by_role("button", name="Skip").click()
    owner.locator("#diary-after").select_option("3")
    owner.get_by_role("button", name="Write into my diary").click()
    expect(owner.get_by_text("Written into your diary on this device.")).to_be_visible()
    owner.get_by_role("link", name="Open my diary").click()
    expect(owner.get_by_role("cell", name="Wall calf stretch")).to_be_visible()
    expect(owner.get_by_role("row").last).to_contain_text("6")
    expect(owner.get_by_role("row").last).to_contain_text("3")


def test_a_week_of_the_diary_sends_nothing(owner: Page):
    owner.goto("/diary/")
    expect(owner.get_by_text("Nothing is written yet.")).to_be_visible()
    asked: list[str] = []
    owner.on("request", lambda request: asked.append(request.url))
    for day in range(1, len(WEEK) + 1):
        owner.evaluate(WRITE, WEEK[:day])
        owner.evaluate(
            """async entry => {
                const diary = await import("/static/stretchsite/js/diary.js");
                diary.write(entry);
                const shown = await import("/static/stretchsite/js/diary-shown.js");
                shown.weeks(diary.entries());
            }""",
            WEEK[day - 1],
        )
    # The only requests are for the modules themselves, which the page has loaded already and the browser keeps.
    assert [address for address in asked if "/static/stretchsite/js/diary" not in address] == []


def test_the_diary_is_shown_by_week_as_a_chart_and_a_table(owner: Page):
    owner.goto("/diary/")
    owner.evaluate(WRITE, [*WEEK, {**WEEK[0], "at": "2026-11-09T08:00:00Z"}])
    owner.reload()
    weeks = owner.locator("[data-diary-weeks] section")
    expect(weeks).to_have_count(2)
    expect(weeks.first.get_by_role("heading")).to_have_text("Week of 16 November 2026")
    expect(weeks.first.locator("tbody").get_by_role("row")).to_have_count(7)
    expect(weeks.first.locator("svg rect")).to_have_count(7)


def test_the_diary_can_be_saved_as_a_table_and_is_no_formula(owner: Page, tmp_path: Path):
    owner.goto("/diary/")
    owner.evaluate(WRITE, [{**WEEK[0], "title": '=HYPERLINK("x")'}])
    owner.reload()
    with owner.expect_download() as waiting:
        owner.get_by_role("button", name="Save as a table").click()
    assert waiting.value.suggested_filename == "diary-2026-11-22.csv"
    waiting.value.save_as(tmp_path / "diary.csv")
    text = (tmp_path / "diary.csv").read_text(encoding="utf-8-sig")
    when, title = text.splitlines()[1].split(",")[:2]
    assert title.startswith("\"'=HYPERLINK")
    assert when == '"2026-11-16 08:00"'


def test_the_diary_is_erased_only_when_asked_twice(owner: Page):
    owner.goto("/diary/")
    owner.evaluate(WRITE, WEEK)
    owner.reload()
    owner.get_by_role("button", name="Erase my diary").click()
    owner.get_by_role("button", name="Keep it").click()
    expect(owner.locator("[data-diary-weeks] section")).to_have_count(1)
    owner.get_by_role("button", name="Erase my diary").click()
    owner.get_by_role("button", name="Erase it").click()
    expect(owner.get_by_text("Nothing is written yet.")).to_be_visible()
    assert owner.evaluate("""localStorage.getItem("stretchsite.diary")""") is None


@pytest.mark.parametrize("kept", ["not json", "{}", "[null, 3, {}]", '[{"at": "never", "title": "x"}]'])
def test_a_damaged_diary_is_an_empty_one(owner: Page, kept: str):
    owner.goto("/diary/")
    owner.evaluate("""kept => localStorage.setItem("stretchsite.diary", kept)""", kept)
    owner.reload()
    expect(owner.get_by_text("Nothing is written yet.")).to_be_visible()


def test_pain_before_and_after_is_a_small_chart(owner: Page):
    owner.goto("/diary/")
    said_once = {**WEEK[2], "after": None}
    owner.evaluate(WRITE, [WEEK[0], WEEK[1], said_once, {**WEEK[3], "before": None, "after": None}])
    owner.reload()
    chart = owner.get_by_role("img", name="Pain before and after the last sessions (3).")
    expect(chart.locator(".diary__before")).to_have_count(3)
    expect(chart.locator(".diary__after")).to_have_count(2)
    before, after = (chart.locator(f".diary__{each}").first.get_attribute("cy") for each in ("before", "after"))
    assert float(before or 0) < float(after or 0), "less pain stands lower"
    owner.evaluate(WRITE, [{**WEEK[0], "before": None, "after": None}])
    owner.reload()
    expect(owner.get_by_role("heading", name="How it felt")).to_be_hidden()


def test_the_diary_is_taken_to_a_new_phone_and_back(owner: Page, new_context: NewContext, tmp_path: Path):
    owner.goto("/diary/")
    owner.evaluate(WRITE, WEEK)
    owner.reload()
    with owner.expect_download() as waiting:
        owner.get_by_role("button", name="Save for another phone").click()
    waiting.value.save_as(tmp_path / "diary.json")
    new = new_context(viewport={"width": 360, "height": 800}, timezone_id="America/New_York").new_page()
    new.goto("/diary/")
    new.evaluate(WRITE, [{**WEEK[0], "at": "2026-11-23T12:00:00Z"}])
    new.get_by_label("Take in a diary").set_input_files(tmp_path / "diary.json")
    expect(new.locator("[data-diary-said]")).to_have_text("Taken in. New entries: 7.")
    expect(new.locator("tbody tr")).to_have_count(8)
    # Local times: what was eight o'clock in London was three in the morning there.
    expect(new.locator("tbody tr").nth(1)).to_contain_text(re.compile("Monday.*3:00|Monday.*03:00"))
    new.get_by_label("Take in a diary").set_input_files(tmp_path / "diary.json")
    expect(new.locator("[data-diary-said]")).to_have_text("Everything in this file is here already.")
    expect(new.locator("tbody tr")).to_have_count(8)


GOOD = {"format": "stretchsite-diary", "version": 1, "entries": [WEEK[0]]}
REFUSED = {
    "no data": ("hello", "This is no diary of ours."),
    "another file": ({"entries": [WEEK[0]]}, "This is no diary of ours."),
    "a later version": ({**GOOD, "version": 2}, "another version of the site"),
    "too large": ("x" * 1_000_001, "too large to be a diary"),
    "no title": ({**GOOD, "entries": [WEEK[0], {**WEEK[1], "title": ""}]}, "Entry 2 of this file cannot be read"),
    "pain of 11": ({**GOOD, "entries": [{**WEEK[1], "after": 11}]}, "Entry 1 of this file cannot be read"),
    "no day": ({**GOOD, "entries": [{**WEEK[1], "at": "yesterday"}]}, "Entry 1 of this file cannot be read"),
    "too many": (
        {**GOOD, "entries": [{**WEEK[0], "title": f"T{number}"} for number in range(1001)]},
        "more than 1,000 entries",
    ),
}


def test_a_file_that_is_not_right_is_refused_whole_and_says_why(owner: Page, tmp_path: Path):
    owner.goto("/diary/")
    owner.evaluate(WRITE, [WEEK[6]])
    owner.reload()
    for name, (content, words) in REFUSED.items():
        file = tmp_path / f"{name}.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        owner.get_by_label("Take in a diary").set_input_files(file)
        expect(owner.locator("[data-diary-said]"), name).to_contain_text(words)
        expect(owner.locator("tbody tr")).to_have_count(1)


def test_what_a_file_says_stays_words(owner: Page, tmp_path: Path):
    owner.goto("/diary/")
    title = "<img src=x onerror=alert(1)>"
    (tmp_path / "diary.json").write_text(json.dumps({**GOOD, "entries": [{**WEEK[0], "title": title}]}))
    owner.get_by_label("Take in a diary").set_input_files(tmp_path / "diary.json")
    expect(owner.get_by_role("cell", name=title)).to_be_visible()
    assert owner.locator("main img").count() == 0


@pytest.mark.parametrize(("width", "size"), [(320, 16), (320, 32), (1280, 32)])
def test_the_diary_fits_a_narrow_window_and_large_letters(owner: Page, width: int, size: int):
    owner.context.new_cdp_session(owner).send("Page.setFontSizes", {"fontSizes": {"standard": size}})
    owner.set_viewport_size({"width": width, "height": 740})
    owner.goto("/diary/")
    owner.evaluate(WRITE, [{**WEEK[0], "title": "Restless legs: during an attack", "done": 1, "of": 9}, *WEEK])
    owner.reload()
    assert (width_needed(owner), owner.evaluate(STICKS_OUT)) == (width, [])


def test_the_diary_is_read_without_a_network_once_something_was_written(owner: Page):
    owner.clock.resume()
    owner.goto(EXERCISE)
    owner.get_by_role("button", name="Start", exact=True).click()
    while not owner.locator("[data-part=done]").is_visible():
        owner.get_by_role("button", name="Skip").click()
    owner.get_by_role("button", name="Write into my diary").click()
    wait_until(owner, "navigator.serviceWorker.controller !== null")
    owner.context.set_offline(True)
    owner.goto("/diary/")
    expect(owner.get_by_role("cell", name="Wall calf stretch")).to_be_visible()
