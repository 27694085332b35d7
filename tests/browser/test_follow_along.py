"""Following along: with the keyboard alone, with a screen reader's ears, interrupted, and on any window."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewContext
from tests.browser.test_accessibility import violations
from tests.browser.test_narrow_screens import width_needed

ROUTINE = "/routines/restless-legs-during-an-attack/follow/"
EXERCISE = "/exercises/wall-calf-stretch/follow/"
CONTRACT_RELAX = {"contract": "Tense", "relax": "Let go", "stretch": "Stretch"}
MORNING = "2026-11-21T08:00:00Z"


@pytest.fixture
def follower(new_context: NewContext) -> Page:
    """A reader with a phone, whose clock is ours."""
    page = new_context(viewport={"width": 360, "height": 800}).new_page()
    page.clock.install(time=MORNING)
    return page


def ready(page: Page, address: str = ROUTINE) -> Page:
    """The follow page, when the player can be started."""
    page.goto(address)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    return page


def started(page: Page, address: str = ROUTINE) -> Page:
    """The player, running; its reader is in place for the first exercise."""
    asked(page, address).get_by_role("button", name="I am ready").click()
    return page


def asked(page: Page, address: str = ROUTINE) -> Page:
    """The player, which waits until its reader is in place."""
    ready(page, address).get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("[data-player]")).to_be_visible()
    return page


def announced(page: Page) -> str:
    return page.locator("[data-part=announced]").inner_text().strip()


def seconds_left(page: Page) -> int:
    *minutes, seconds = page.locator("[data-part=seconds]").inner_text().split(":")
    return 60 * int("".join(minutes) or 0) + int(seconds)


def kept_as_done(page: Page) -> bool:
    """Whether the device remembers of any exercise that it was done."""
    return bool(page.evaluate("Object.entries(localStorage).filter(([name]) => name.includes('.kept.')).length"))


def run_through(page: Page) -> list[str]:
    """Let the clock run second by second to the end, ready where that is asked; everything that was announced."""
    heard: list[str] = []
    for _ in range(3600):
        if (words := announced(page)) and (not heard or heard[-1] != words):
            heard.append(words)
        if page.locator("[data-part=done]").is_visible():
            return heard
        if page.locator(".player--asks").is_visible():
            page.keyboard.press("Space")
        page.clock.run_for(1000)
    raise AssertionError("The session did not end within an hour.")


def test_the_page_is_complete_without_a_script(new_context: NewContext):
    reader = new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    reader.goto(ROUTINE)
    sections = reader.locator(".follow__item")
    assert sections.count() >= 2
    for section in sections.all():
        assert section.is_visible()
        assert "Stop if:" in section.inner_text()
    headings = [line for line in reader.locator("main").aria_snapshot().splitlines() if "heading " in line]
    assert next(place for place, line in enumerate(headings) if "Stop if" in line) < next(
        place for place, line in enumerate(headings) if "Step by step" in line
    )
    sections.first.get_by_role("link", name="Next").click()
    expect(reader).to_have_url(re.compile("#exercise-2$"))
    assert not reader.get_by_role("button", name="Start", exact=True).is_visible()


def test_a_whole_session_with_the_keyboard_alone(follower: Page):
    page = ready(follower)
    page.locator("[data-play=start]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#player-title")).to_be_focused()
    assert not kept_as_done(page), "what is only begun is not done"
    expect(page.locator("[data-part=pause-words]")).to_have_text("I am ready")
    page.keyboard.press("Space")
    expect(page.locator("[data-part=pause-words]")).to_have_text("Pause")
    page.keyboard.press("Space")
    expect(page.locator("[data-part=pause-words]")).to_have_text("Go on")
    page.keyboard.press("Space")
    expect(page.locator("[data-part=pause-words]")).to_have_text("Pause")
    heard = run_through(page)
    assert heard[-1] == "Done"
    assert kept_as_done(page)
    expect(page.locator("[data-part=done] h1")).to_be_focused()
    assert any(words.startswith("Change to the right side") for words in heard)
    assert not any(re.fullmatch(r"\d+", words) for words in heard)


def test_a_screen_reader_hears_each_phase_once_and_never_every_second(follower: Page):
    page = asked(follower, EXERCISE)
    snapshots = []
    heard: list[Any] = []
    for _ in range(400):
        words = announced(page)
        if words and (not heard or heard[-1] != words):
            heard.append(words)
            snapshots.append(page.locator("[data-player]").aria_snapshot())
        if page.locator("[data-part=done]").is_visible():
            break
        if page.locator(".player--asks").is_visible():
            page.keyboard.press("Space")
        page.clock.run_for(1000)
    assert heard[0] == "Wall calf stretch. Get ready. Take your time. Say when you are in place: I am ready."
    for snapshot in snapshots[:-1]:
        assert 'heading "Wall calf stretch" [level=1]' in snapshot
        assert 'button "Stop signs"' in snapshot
        assert re.search(r'button "(Pause|Go on|I am ready)"', snapshot)
    assert 'heading "Done" [level=1]' in snapshots[-1]


def test_a_pause_and_a_reload_lose_nothing(follower: Page):
    page = started(follower)
    page.clock.run_for(12_000)
    page.get_by_role("button", name="Pause").click()
    left, name = seconds_left(page), page.locator("#player-title").inner_text()
    page.clock.run_for(600_000)
    assert seconds_left(page) == left
    ready(page).get_by_role("button", name="Go on where you stopped").click()
    expect(page.locator("#player-title")).to_have_text(name)
    assert seconds_left(page) == left


def test_nothing_runs_until_the_reader_is_in_place(follower: Page):
    page = asked(follower)
    page.clock.run_for(120_000)
    expect(page.locator("[data-part=interval]")).to_have_text("Get ready")
    expect(page.locator("[data-part=told]")).to_have_text("Take your time. Say when you are in place: I am ready.")
    expect(page.locator("[data-part=how] li").first).to_be_visible()
    page.get_by_role("button", name="I am ready").click()
    expect(page.locator("[data-part=interval]")).not_to_have_text("Get ready")
    expect(page.locator("[data-part=how] li").first).to_be_hidden()


def test_a_phone_locked_for_a_quarter_of_an_hour_stops_the_clock_and_says_so(follower: Page):
    page = started(follower)
    page.clock.run_for(4_000)
    left = seconds_left(page)
    page.clock.fast_forward(900_000)
    page.clock.run_for(400)
    expect(page.locator("[data-part=told]")).to_have_text("This device was asleep, so the clock stopped here.")
    assert abs(seconds_left(page) - left) <= 1
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.locator("[data-part=told]")).to_have_text("")


def test_each_side_is_shown_and_described_by_its_own_picture(follower: Page):
    page = started(follower, EXERCISE)
    shown: dict[str, tuple[str, str]] = {}
    while not page.locator("[data-part=done]").is_visible():
        side = page.locator("[data-part=interval]").inner_text().rpartition(", ")[2]
        if side in {"left side", "right side"}:
            [picture] = [each for each in page.locator("[data-part=figure] svg").all() if each.is_visible()]
            address = picture.locator("use").get_attribute("href") or ""
            shown[side] = (address, picture.get_attribute("aria-label") or "")
        page.get_by_role("button", name="Skip").click()
    (left, left_words), (right, right_words) = shown["left side"], shown["right side"]
    assert left != right
    assert left_words != right_words


def test_page_and_player_say_one_time_which_what_is_chosen_changes(follower: Page):
    follower.goto("/routines/in-a-chair/")
    said = re.search(r"\b(\d+) to (\d+) minutes", follower.locator("main").inner_text())
    assert said
    page = ready(follower, "/routines/in-a-chair/follow/")
    assert page.locator("[data-time]").inner_text() == f"{said[1]} minutes"
    for field in page.locator("[data-amount]").all():
        field.select_option(index=2)
    assert page.locator("[data-time]").inner_text() == f"{said[2]} minutes"


def first_hold(page: Page) -> str:
    """What is said where the work begins."""
    page.get_by_role("button", name="I am ready").click()
    return page.locator("[data-part=interval]").inner_text()


def test_the_side_to_begin_with_is_chosen_and_remembered(follower: Page):
    page = ready(follower, EXERCISE)
    page.get_by_role("group", name="Which side first?").get_by_label("Right").check()
    page.get_by_role("button", name="Start", exact=True).click()
    assert first_hold(page) == "Hold, right side"
    expect(page.locator("[data-part=figure]")).to_have_attribute("data-side", "right")
    while not page.locator("[data-kind=change_sides]").is_visible():
        page.get_by_role("button", name="Skip").click()
    expect(page.locator("[data-part=interval]")).to_have_text("Change to the left side")
    ready(page, EXERCISE)
    expect(page.get_by_role("group", name="Which side first?").get_by_label("Right")).to_be_checked()


@pytest.mark.parametrize("side", ["left", "right"])
def test_in_a_cramp_the_player_asks_which_leg(follower: Page, side: str):
    follower.set_viewport_size({"width": 360, "height": 640})
    follower.goto("/conditions/leg-cramps/")
    follower.get_by_role("link", name=re.compile("^Follow: ")).click()
    expect(follower.get_by_role("button", name="Start", exact=True)).to_be_hidden()
    start = follower.get_by_role("button", name=f"Start with the {side}")
    box = start.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 640
    before = follower.locator("main").inner_text().partition("Start with the")[0]
    assert before.index("999") < before.index("Stop if") < before.index("Which leg")
    assert "how much" not in before
    assert "How strong" not in before
    start.click()
    expect(follower.locator("[data-part=rest]").get_by_role("heading", name="Leave it out if")).to_be_visible()
    assert first_hold(follower).endswith(f", {side} side")
    assert follower.evaluate("localStorage.getItem('stretchsite.player')") is None


def test_what_was_skipped_is_said_and_not_written_as_done(follower: Page):
    page = asked(follower)
    while not page.locator("[data-part=done]").is_visible():
        page.get_by_role("button", name="Skip").click()
    expect(page.locator("[data-part=account]")).to_have_text(
        re.compile(r"^Exercises done: 0 of \d+, in about 1 minute\.$")
    )
    page.get_by_role("button", name="Write into my diary").click()
    page.goto("/diary/")
    expect(page.locator(".diary__table td", has_text=re.compile(r", 0 of \d+ exercises$"))).to_be_visible()


def test_time_to_get_ready_is_kept_on_the_device(follower: Page):
    page = asked(follower)
    page.get_by_text("Settings", exact=True).click()
    page.get_by_label("Seconds to get ready").fill("90")
    page.get_by_label("Seconds to get ready").press("Tab")
    expect(page.get_by_label("Seconds to get ready")).to_have_value("60")
    assert asked(page).get_by_label("Seconds to get ready").input_value() == "60"
    assert seconds_left(page) == 60


def test_the_stop_signs_are_one_press_away_and_stop_the_clock(follower: Page):
    page = started(follower)
    page.get_by_role("button", name="Stop signs").click()
    signs = page.get_by_role("dialog")
    expect(signs.get_by_role("heading", name="Stop if").first).to_be_visible()
    left = seconds_left(page)
    page.clock.run_for(60_000)
    assert seconds_left(page) == left
    signs.get_by_role("button", name="Back to the exercise").click()
    expect(signs).to_be_hidden()
    expect(page.get_by_role("button", name="Go on", exact=True)).to_be_visible()


def test_escape_ends_and_the_place_is_kept(follower: Page):
    page = started(follower)
    page.clock.run_for(20_000)
    page.keyboard.press("Escape")
    expect(page.locator("[data-player]")).to_be_hidden()
    expect(page.get_by_role("button", name="Go on where you stopped")).to_be_focused()


def with_contract_relax(route: Route) -> None:
    """The exercise's data, as if its first hold were tensed, let go and stretched before."""
    data = route.fetch().json()
    first, *others = data["dosage"]["intervals"]
    parts = [{**first, "kind": kind, "words": f"{words}, left side"} for kind, words in CONTRACT_RELAX.items()]
    data["dosage"]["intervals"] = [*parts, {**first, "kind": "rest", "words": "Rest", "side": None}, first, *others]
    route.fulfill(json=data)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_phase(new_context: NewContext, scheme: str):
    page = new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme).new_page()
    page.clock.install(time=MORNING)
    page.route(f"**{EXERCISE.replace('follow/', 'sheet.json')}", with_contract_relax)
    ready(page, EXERCISE)
    found = {"before": violations(page)}
    page.get_by_role("button", name="Start", exact=True).click()
    kinds = set()
    for _ in range(200):
        kind = page.locator("[data-player]").get_attribute("data-kind") or ""
        if page.locator("[data-part=done]").is_visible():
            break
        if kind not in kinds:
            kinds.add(kind)
            found[kind] = violations(page)
        page.get_by_role("button", name="Skip").click()
    page.locator("#diary-after").select_option("3")
    found["done"] = violations(page)
    page.get_by_role("button", name="Write into my diary").click()
    page.goto("/diary/")
    expect(page.get_by_role("cell", name="Wall calf stretch")).to_be_visible()
    found["diary"] = violations(page)
    page.goto(f"{EXERCISE}?now")
    expect(page.get_by_role("group", name="Which leg or side is it?")).to_be_visible()
    found["which leg"] = violations(page)
    page.goto("/routines/restless-legs-before-bed/share/")
    found["calendar"] = violations(page)
    assert kinds >= {"get_ready", "hold", "rest", "change_sides", *CONTRACT_RELAX}
    assert found == {phase: [] for phase in found}


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("width", "height"), [(320, 568), (360, 800), (800, 360), (1280, 800)])
def test_the_player_fits_its_window(new_context: NewContext, width: int, height: int):
    page = new_context(viewport={"width": width, "height": height}).new_page()
    started(page)
    assert width_needed(page) == width
    for name in ["Pause", "Skip", "Back", "Stop signs", "End"]:
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height, name
        assert min(box["width"], box["height"]) >= 44, name
