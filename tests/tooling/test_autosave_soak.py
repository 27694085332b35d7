"""A sample of ``tools.soak.autosave``: what is typed while the editor saves by itself is all there afterwards."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from testing.browsers import installed_browser
from tests.browser import serving
from tests.browser.conftest import BROWSER_OPTIONS, NO_BROWSER
from tools.soak import interleavings
from tools.soak.autosave import STEPS, main, trial
from tools.soak.form import Sheet
from tools.soak.interleavings import Act, after, drawn

#: One that waits until it is saved, one that goes away at once, one that a colleague approves: twenty seconds each.
SEEDS = (1, 10, 6)


# What it draws by chance, test_save_in_turn.py and test_signed_out.py tell step by step.
@pytest.mark.only_whole
@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.xdist_group("browser, writing")
def test_nothing_typed_is_lost_and_no_draft_is_left_that_nobody_wrote(built_site: Path, tmp_path: Path):
    path = os.environ.get("STRETCHSITE_BROWSER") or installed_browser()
    if path is None:
        pytest.skip(NO_BROWSER)
    folder = shutil.copytree(built_site, tmp_path, dirs_exist_ok=True)
    with serving.served(folder) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_OPTIONS)
        seen = trial(browser, site.address, folder / "site.sqlite3", serving.environment(folder), SEEDS)
        browser.close()
    assert seen.is_good(), str(seen)


def test_an_interleaving_is_the_same_every_time_and_says_what_is_done():
    plan = drawn(7, STEPS)
    assert plan == drawn(7, STEPS)
    assert str(plan).startswith("seed 7: ")
    assert {drawn(seed, STEPS).ending for seed in SEEDS} == {
        interleavings.WAIT,
        interleavings.LEAVE,
        interleavings.APPROVE,
    }


def test_what_should_stand_in_the_form_follows_what_is_done():
    sheet = Sheet({"feel": "A pull."}, ["One.", "Two."])
    sheet = after(sheet, Act(interleavings.TYPE, "feel", words=" abc"))
    sheet = after(sheet, Act(interleavings.MOVE_DOWN, place=0))
    sheet = after(sheet, Act(interleavings.TYPE_STEP, place=0, words=" def"))
    assert sheet == Sheet({"feel": "A pull. abc"}, ["Two. def", "One."])


def test_what_it_cannot_do_is_answered_with_what_it_can():
    with pytest.raises(SystemExit, match=r"tools\.soak\.autosave 20"):
        main(["oracle"])
