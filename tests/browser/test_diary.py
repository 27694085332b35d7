"""The diary stays on the device: written at the end of a session, shown by week, exported, erased; nothing is sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext

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
                diary.weeks(diary.entries());
            }""",
            WEEK[day - 1],
        )
    # The one request is for the module itself, which the page has loaded already and the browser keeps.
    assert [address for address in asked if "/static/stretchsite/js/diary.js" not in address] == []


def test_the_diary_is_shown_by_week_as_a_chart_and_a_table(owner: Page):
    owner.goto("/diary/")
    owner.evaluate(WRITE, [*WEEK, {**WEEK[0], "at": "2026-11-09T08:00:00Z"}])
    owner.reload()
    weeks = owner.locator("[data-diary-weeks] section")
    expect(weeks).to_have_count(2)
    expect(weeks.first.get_by_role("heading")).to_have_text("Week of 16 November 2026")
    expect(weeks.first.get_by_role("row")).to_have_count(8)
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
    assert text.splitlines()[1].split(",")[1].startswith("\"'=HYPERLINK")


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
