"""The story the site is for: a practitioner writes, a colleague approves, and a reader is warned first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, SignIn
from tests.browser.desk import Desk
from tests.browser.page_kinds import PHONE
from tests.browser.serving import StorySite

EXERCISE = "Seated calf stretch"
ROUTINE = "Calves at the desk"
NOTE = "your foot turns cold or white, and stays so when you sit still and rub it"
SIGN = "your foot turns cold or white"
CORRECTION = "Pain, or pins and needles."
UNREAD = "Nothing in particular."

USE = ("Restless legs", "Untested", "No trial has tested this for restless legs.")


@pytest.fixture
def site(written_site: StorySite) -> StorySite:
    """These stories write."""
    return written_site


def write_exercise(desk: Desk) -> None:
    """Everything an exercise needs but its review."""
    desk.open_list("Exercises")
    desk.add("exercise")
    desk.wait_until_the_editor_watches()
    desk.entitle("The exercise", EXERCISE)
    desk.write(
        "The exercise",
        {
            "Clinical name": "Seated gastrocnemius stretch",
            "Purpose": "Stretches the calf while you sit on a chair.",
            "Kind": "Static stretch",
            "Starting position": "Sitting on a chair",
            "Laterality": "One side at a time",
        },
    )
    desk.tick("The exercise", "Calf and lower leg")
    desk.add_steps(
        [
            ("Set up", "Sit on the front of a firm chair with one leg forward."),
            ("Move", "Draw the toes of that foot towards you."),
            ("Return", "Let go slowly."),
        ]
    )
    desk.write(
        "How to do it", {"What you should feel": "A mild pull in the calf.", "What you should not feel": "Pain."}
    )
    desk.write("Dosage", {"Hold seconds": 30, "Repetitions": 2, "Intensity cue": "A mild pull, never pain"})
    desk.add_condition("Conditions and safety", *USE)
    desk.write(
        "Conditions and safety",
        {"Who it is for": "People who can sit on a chair.", "Ask first if": "you had an operation"},
    )
    desk.write("Evidence and review", {"Evidence summary": "No trial has tested it."})
    desk.save_draft()


def test_the_editor_shows_of_a_dosage_what_the_chosen_measure_needs(desk_of: SignIn):
    desk = desk_of("reviewer")
    desk.open_list("Exercises")
    desk.find_and_open("Easy walking")
    panel = desk.tab("Dosage")
    expect(panel.get_by_label("What is counted")).to_have_value("moving")
    expect(panel.locator("[name='moving_seconds']")).to_be_visible()
    expect(panel.locator("[name='contract_seconds']")).to_be_hidden()
    panel.get_by_label("What is counted").select_option("contract_relax")
    expect(panel.locator("[name='contract_seconds']")).to_be_visible()
    expect(panel.locator("[name='moving_seconds']")).to_be_visible()
    expect(panel.locator("[name='tempo_out_seconds']")).to_be_hidden()


def write_note_for_the_open_page(desk: Desk) -> None:
    """A stop sign, begun from the list of notes in force, and looked at before it is saved."""
    panel = desk.tab("Conditions and safety")
    expect(panel).to_contain_text("Readers of this page, as it was last saved, see")
    with desk.page.context.expect_page() as opened:
        panel.get_by_role("link", name="Write a note for this page").click()
    note = Desk(opened.value)
    note.wait_until_the_editor_watches()
    note.write("The note", {"Kind": "Stop sign", "Text": NOTE})
    expect(note.preview().locator(".signs__group--stop")).to_contain_text(NOTE)
    note.write("The note", {"In short": SIGN})
    expect(note.tab("The note")).to_contain_text("29 of 60 letters, 6 of 10 words")
    expect(note.tab("The note")).to_contain_text(EXERCISE)
    note.write("Source and review", {"Source": "Clinical judgement"})
    expect(note.preview().locator(".signs__group--stop")).to_contain_text(SIGN)
    expect(note.preview().locator(".signs__group--stop")).not_to_contain_text(NOTE)
    expect(note.preview().locator(".callout--stop")).to_contain_text(NOTE)
    note.close_preview()
    note.save_draft()
    note.submit()
    note.expect_submitted()
    note.page.close()


def write_routine(desk: Desk) -> None:
    """A routine with the new exercise and one of the library's."""
    desk.open_list("Routines")
    desk.add("routine")
    desk.entitle("The routine", ROUTINE)
    desk.write(
        "The routine",
        {
            "Purpose": "Two calf stretches for a break at work.",
            "Sessions per day": 2,
            "Days per week": 5,
            "When to expect a change": "After two weeks.",
            "When to see someone": "If nothing changes in six weeks.",
        },
    )
    desk.tick("The routine", "At the desk")
    desk.choose_exercises("calf stretch", [EXERCISE, "Wall calf stretch"])
    expect(desk.tab("Exercises")).to_contain_text("Hold 30 seconds, 2 times each side")
    desk.add_condition("Conditions, safety, advice", *USE)
    desk.write(
        "Conditions, safety, advice",
        {"Who it is for": "People who sit at work.", "Ask first if": "you had an operation"},
    )
    desk.write("Evidence and review", {"Evidence summary": "No trial has tested it."})
    desk.save_draft()


def test_a_practitioner_writes_a_colleague_approves_what_they_read_and_a_reader_is_warned_first(
    desk_of: SignIn, new_context: NewContext
):
    practitioner = desk_of("practitioner")
    write_exercise(practitioner)
    preview = practitioner.preview()
    expect(preview.get_by_role("heading", name=EXERCISE, level=1)).to_be_visible()
    expect(preview.get_by_text("Draw the toes of that foot towards you.")).to_be_visible()
    practitioner.close_preview()
    write_note_for_the_open_page(practitioner)
    practitioner.open_list("Exercises")
    practitioner.find_and_open(EXERCISE)
    hand_in(practitioner, "Exercises", EXERCISE)

    reviewer, reader = desk_of("reviewer"), new_context(viewport=PHONE).new_page()
    reviewer.open_list("Clinical", "Safety notes")
    approve_the_sign(reviewer)
    reviewer.open_list("Exercises")
    reviewer.find_and_open(EXERCISE)
    expect(reviewer.open_approval()).to_contain_text("Draw the toes of that foot towards you.")
    correct_meanwhile(desk_of("safety-officer"))
    reviewer.confirm_approval()
    expect(reviewer.page.locator("main")).to_contain_text("saved another version")
    assert reader.goto("/exercises/seated-calf-stretch/").status == 404

    reviewer.open_list("Exercises")
    reviewer.find_and_open(EXERCISE)
    expect(reviewer.open_approval()).to_contain_text(CORRECTION)
    reviewer.confirm_approval()
    expect(reviewer.page.locator(".messages .success")).to_be_visible()
    write_routine(practitioner)
    practitioner.wait_until_the_editor_watches()
    hand_in(practitioner, "Routines", ROUTINE)
    reviewer.open_list("Routines")
    approve(reviewer, ROUTINE)

    assert reader.goto("/routines/calves-at-the-desk/").status == 200
    expect_note_before(reader, ".timeline > li")
    change_after_approval(practitioner)
    assert reader.goto("/exercises/seated-calf-stretch/").status == 200
    expect_note_before(reader, ".steps > li")
    expect(reader.locator("main")).to_contain_text(CORRECTION)
    expect(reader.locator("main")).not_to_contain_text(UNREAD)


def hand_in(practitioner: Desk, section: str, title: str) -> None:
    """Submit what is open to a colleague. Whoever wrote it can neither publish nor approve it, before or after."""
    practitioner.expect_not_offered("Publish", "Approve")
    practitioner.submit()
    practitioner.expect_submitted()
    practitioner.open_list(section)
    practitioner.find_and_look_at(title)
    practitioner.expect_not_offered("Publish", "Approve")


def approve_the_sign(reviewer: Desk) -> None:
    """Compare the short sign with its text. Without a yes nothing is approved, and what was typed stays."""
    reviewer.find_and_open(SIGN)
    dialog = reviewer.open_approval()
    expect(dialog).to_contain_text(SIGN)
    expect(dialog).to_contain_text(NOTE)
    answer = dialog.get_by_role("checkbox", name="Yes: whoever should heed the text")
    expect(answer).not_to_be_checked()
    dialog.get_by_label("Comment").fill("Well said.")
    reviewer.confirm_approval()
    expect(dialog.get_by_role("alert")).to_contain_text("tick that it catches everybody")
    expect(dialog.get_by_label("Comment")).to_have_value("Well said.")
    answer.check()
    reviewer.confirm_approval()
    expect(reviewer.page.locator(".messages .success")).to_be_visible()


def approve(reviewer: Desk, title: str) -> None:
    """Find it in the list that is open, read what would change, approve it, and see that it worked."""
    reviewer.find_and_open(title)
    reviewer.approve()
    expect(reviewer.page.locator(".messages .success")).to_be_visible()


def correct_meanwhile(officer: Desk) -> None:
    """Another colleague changes a word, and has a hand in it from then on."""
    officer.open_list("Exercises")
    officer.find_and_open(EXERCISE)
    officer.write("How to do it", {"What you should not feel": CORRECTION})
    officer.save_draft()
    officer.expect_not_offered("Approve")
    officer.page.close()


def change_after_approval(practitioner: Desk) -> None:
    """Other words than those that were approved: they are a draft, and need a colleague again."""
    practitioner.open_list("Exercises")
    practitioner.find_and_open(EXERCISE)
    practitioner.write("How to do it", {"What you should not feel": UNREAD})
    practitioner.save_draft()
    practitioner.expect_not_offered("Publish", "Approve")


def expect_note_before(reader: Page, instructions: str) -> None:
    """Its sign is seen on the card, before the first instruction: in the document and on the screen."""
    note = reader.locator(".signs__group--stop li", has_text=SIGN)
    expect(reader.locator(".callout--stop [data-tier='2']", has_text=NOTE)).to_be_visible()
    expect(note).to_be_visible()
    first = reader.locator(instructions).first
    assert note.evaluate(
        "(note, first) => Boolean(note.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING)",
        first.element_handle(),
    )
    assert note.bounding_box()["y"] < first.bounding_box()["y"]


@pytest.mark.parametrize(
    ("section", "what", "fields"),
    [
        ("Exercises", "exercise", ["purpose", "clinical_name", "kind", "body_regions", "steps", "evidence_summary"]),
        pytest.param("Routines", "routine", ["purpose", "moments", "see_someone"], marks=pytest.mark.only_whole),
    ],
)
def test_submitting_an_incomplete_page_says_what_is_missing_at_the_fields(
    desk_of: SignIn, new_context: NewContext, section: str, what: str, fields: list[str]
):
    desk = desk_of("reviewer")
    desk.open_list(section)
    desk.add(what)
    desk.entitle(f"The {what}", f"Unfinished {what}")
    desk.submit()
    expect(desk.page.locator(".messages .error")).to_be_visible()
    for field in fields:
        expect(desk.at(field)).to_contain_text("This field is required.")
    reader = new_context().new_page()
    assert reader.goto(f"/{section.lower()}/unfinished-{what}/").status == 404


@pytest.mark.only_whole
def test_an_exercise_that_is_not_published_keeps_its_routine_from_being_live(desk_of: SignIn, new_context: NewContext):
    desk = desk_of("reviewer")
    desk.open_list("Exercises")
    desk.add("exercise")
    desk.entitle("The exercise", "Half-written stretch")
    desk.save_draft()
    desk.open_list("Routines")
    desk.find_and_open("Before activity")
    desk.choose_exercises("half-written", ["Half-written stretch"])
    desk.submit()
    expect(desk.page.locator("main")).to_contain_text("“Half-written stretch” is not published yet; publish it first.")
    reader = new_context().new_page()
    reader.goto("/routines/before-activity/")
    assert reader.get_by_text("Half-written stretch").count() == 0
