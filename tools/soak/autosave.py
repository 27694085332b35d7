"""Writes at the editor as people do, pausing, moving steps, signed out in between, and counts what is lost.

    python -m tools.soak.autosave             200 random interleavings; a quarter of an hour
    python -m tools.soak.autosave 20          so many
    python -m tools.soak.autosave 1 from 137  from this seed on, to see one again

Whatever was typed must be in the newest version and in the form opened anew: at once where it was saved, by hand or by
the editor itself; where its writer went away at once, what is offered counts too. Where a colleague approved, what is
live is what was typed, and there is no draft beside it, least of all in the name of whoever approved. An interleaving
that loses something is told with its seed and what was done. Without a browser nothing is tried. The exit status tells.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, expect, sync_playwright

from testing.browsers import installed_browser
from tools.bench.fresh_site import ROOT
from tools.bench.server import gunicorn
from tools.soak import interleavings
from tools.soak.form import Sheet, Writer
from tools.soak.interleavings import Act, Interleaving, after, drawn

MANY = 200
STEPS = 4
#: After so many it is told how far it is.
TOLD_EVERY = 10
PATIENCE_MS = 20_000
NO_BROWSER = "autosave: NO BROWSER, nothing was tried. Install Chromium, or name one: STRETCHSITE_BROWSER=/path"
IN_THE_SITE = [sys.executable, "-m", "tools.soak.in_the_site"]
NEWEST = """
SELECT page.live, page.has_unpublished_changes, page.live_revision_id = page.latest_revision_id, revision.user_id,
revision.content FROM wagtailcore_page AS page
JOIN wagtailcore_revision AS revision ON revision.id = page.latest_revision_id WHERE page.id = ?
"""


@dataclass(frozen=True)
class Newest:
    """The newest version of a page, as the database has it, and whether that is what is live."""

    is_live: bool
    has_draft: bool
    is_what_is_live: bool
    writer: int
    sheet: Sheet


@dataclass
class Autosaved:
    """How many interleavings there were, how many characters were typed, and what was lost."""

    interleavings: int = 0
    typed: int = 0
    moved: int = 0
    signed_out: int = 0
    approved: int = 0
    lost: int = 0
    phantoms: int = 0
    seconds_each: float = 0
    faults: list[str] = field(default_factory=list)

    def is_good(self) -> bool:
        """Nothing was lost, no draft was left that nobody wrote, and everything could be done."""
        return bool(self.interleavings) and not (self.lost or self.phantoms or self.faults)

    def __str__(self) -> str:
        told = (
            f"autosave: {self.interleavings} interleavings, {self.typed} characters typed, steps moved {self.moved}, "
        )
        told += f"signed out {self.signed_out}, approved {self.approved}; "
        told += f"lost characters {self.lost}, phantom drafts {self.phantoms}, faults {len(self.faults)}"
        told += f"; {self.seconds_each:.1f} s each"
        return "\n  ".join([told, *self.faults])


class Desk:
    """Two people at one site, who write and approve what :func:`prepare` put there, and what became of it."""

    def __init__(self, browser: Browser, address: str, database: Path, prepared: dict[str, Any]) -> None:
        self._browser, self._address, self._database, self._prepared = browser, address, database, prepared
        self._drafts = iter(prepared["drafts"])
        self.seen = Autosaved()
        expect.set_options(timeout=PATIENCE_MS)
        self._begin()

    def _begin(self) -> None:
        """Both in a window of their own, signed in."""
        self._writer, self._colleague = (self._signed_in(name) for name in ("writer", "colleague"))

    def _signed_in(self, name: str) -> Writer:
        context = self._browser.new_context(base_url=self._address, viewport={"width": 1280, "height": 800})
        context.set_default_timeout(PATIENCE_MS)
        writer = Writer(context.new_page(), f"soak-{name}", self._prepared["password"])
        writer.sign_in()
        return writer

    def hold(self, seed: int) -> None:
        """One interleaving; what went wrong is kept."""
        plan = drawn(seed, STEPS)
        self.seen.interleavings += 1
        try:
            faults = self._held(plan)
        except (Error, AssertionError) as error:
            faults = [f"stuck: {str(error).splitlines()[0]}"]
            for one in (self._writer, self._colleague):
                one.page.context.close()
            self._begin()
        if faults:
            self.seen.faults.append(f"{plan}\n    -> {'; '.join(faults)}")
            print(f"  {self.seen.faults[-1]}", flush=True)

    def _held(self, plan: Interleaving) -> list[str]:
        writer = self._writer
        address = self._prepared["add"] if plan.is_new else f"/admin/pages/{next(self._drafts)}/edit/"
        writer.open(address)
        if plan.is_new:
            writer.page.locator("[name=title]").fill(f"Trial {plan.seed} of many")
        wanted = self._done(writer, plan.acts, writer.shown(), plan.late)
        is_kept = self._ended(writer, plan.ending)
        writer.answers_come_after(0)
        if plan.ending == interleavings.APPROVE and is_kept:
            return self._approved(address, plan, wanted)
        return self._looked_at(writer, wanted, may_be_offered=plan.ending == interleavings.LEAVE)

    def _done(self, writer: Writer, acts: tuple[Act, ...], wanted: Sheet, late: int) -> Sheet:
        """Do it all; what the form should hold now."""
        writer.answers_come_after(late)
        do: dict[str, Callable[[Act], None]] = {
            interleavings.TYPE: lambda act: writer.type(act.name, act.words, act.pace),
            interleavings.TYPE_STEP: lambda act: writer.type_step(act.place, act.words, act.pace),
            interleavings.PAUSE: lambda act: writer.page.wait_for_timeout(act.seconds * 1000),
            interleavings.MOVE_UP: lambda act: writer.move_step(act.place, up=True),
            interleavings.MOVE_DOWN: lambda act: writer.move_step(act.place, up=False),
            interleavings.SIGN_OUT: lambda _act: writer.be_signed_out(),
            interleavings.SIGN_IN: lambda _act: writer.sign_in_again(),
            interleavings.LOOK: lambda act: writer.look_at(act.name),
        }
        for act in acts:
            do[act.what](act)
            wanted = after(wanted, act)
            self.seen.typed += len(act.words)
            self.seen.moved += act.what in {interleavings.MOVE_UP, interleavings.MOVE_DOWN}
            self.seen.signed_out += act.what == interleavings.SIGN_OUT
        return wanted

    def _ended(self, writer: Writer, ending: str) -> bool:
        """End the writing; whether what was pressed did what it says."""
        pressed = {interleavings.SAVE: "Save draft", interleavings.APPROVE: "Submit for review"}.get(ending)
        if pressed is None:
            writer.sign_in_again()
            if ending == interleavings.WAIT:
                writer.wait_until_saved()
            return True
        if writer.is_signed_out and writer.page.locator("#session-bar").is_visible():
            writer.sign_in_again()  # what is said stands where the buttons are
        writer.press(pressed)
        if writer.is_signed_out:
            writer.page.locator("#session-bar").wait_for(state="visible")
            writer.sign_in_again()
        is_well = writer.is_told()
        if not is_well:
            # Refused: the form is there as it was typed, and is saved by the editor itself or by hand.
            writer.press("Save draft")
            is_well = writer.is_told() and pressed == "Save draft"
        return is_well

    def _looked_at(self, writer: Writer, wanted: Sheet, *, may_be_offered: bool) -> list[str]:
        """Open the form anew, and compare it and the newest version with what was typed."""
        # With the name of its tab it would not be fetched anew; and what is under way is done before it is.
        address = writer.page.url.partition("#")[0]
        if may_be_offered:
            writer.go_away()
        writer.open(address)
        if may_be_offered and writer.shown() != wanted and writer.bring_back():
            writer.press("Save draft")
            writer.is_told()
        faults = self._lost("the form", wanted, writer.shown())
        if "/edit/" not in writer.page.url:
            return [*faults, "nothing was saved"]
        return [*faults, *self._lost("the newest version", wanted, self._newest(writer.page.url).sheet)]

    def _approved(self, address: str, plan: Interleaving, wanted: Sheet) -> list[str]:
        """A colleague opens it, does this and that, and approves; then it is looked at once more."""
        colleague = self._colleague
        colleague.open(address)
        has_typed = any(act.words for act in plan.colleague)
        wanted = self._done(colleague, plan.colleague, wanted, plan.late)
        is_approved = colleague.approve()
        colleague.page.wait_for_timeout(700)
        colleague.answers_come_after(0)
        newest = self._newest(address)
        colleague.open(address)
        faults = []
        if has_typed:
            if colleague.shown() != wanted and colleague.bring_back():
                colleague.press("Save draft")
                colleague.is_told()
            if newest.is_what_is_live and newest.sheet == wanted:
                faults.append("whoever typed approved it")
        else:
            self.seen.approved += is_approved
            is_clean = newest.is_live and newest.is_what_is_live and not newest.has_draft
            if not is_approved or not is_clean or newest.writer == self._prepared["colleague"]:
                self.seen.phantoms += 1
                faults.append(f"approved {is_approved}, yet {newest}")
        shown = self._lost("the form", wanted, colleague.shown())
        return [*faults, *shown, *self._lost("the newest version", wanted, self._newest(address).sheet)]

    def _lost(self, where: str, wanted: Sheet, has: Sheet) -> list[str]:
        """What is missing there, counted and in words."""
        words = {**wanted.fields, **{f"step {place + 1}": text for place, text in enumerate(wanted.steps)}}
        there = {**has.fields, **{f"step {place + 1}": text for place, text in enumerate(has.steps)}}
        missing = {name: text for name, text in words.items() if there.get(name) != text}
        for name, text in missing.items():
            blocks = SequenceMatcher(None, text, there.get(name) or "", autojunk=False).get_matching_blocks()
            self.seen.lost += max(1, len(text) - sum(block.size for block in blocks))
        return [f"{where}, {name}: typed {text!r}, there {there.get(name)!r}" for name, text in missing.items()]

    def _newest(self, address: str) -> Newest:
        pk = int(address.partition("/pages/")[2].partition("/")[0])
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True, timeout=20)) as database:
            is_live, has_draft, is_same, writer, content = database.execute(NEWEST, [pk]).fetchone()
        held = json.loads(content)
        sheet = Sheet(
            {name: held[name] for name in self._prepared["fields"]},
            [step["value"]["text"] for step in json.loads(held["steps"])],
        )
        return Newest(bool(is_live), bool(has_draft), bool(is_same), writer, sheet)


def trial(browser: Browser, address: str, database: Path, given: dict[str, str], seeds: Sequence[int]) -> Autosaved:
    """The interleavings of these seeds at the site that is served here, from this SQLite file."""
    asked = [*IN_THE_SITE, "drafts", str(len(seeds)), str(STEPS)]
    done = subprocess.run(asked, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True, check=True)
    desk = Desk(browser, address, database, json.loads(done.stdout))
    begun = time.monotonic()
    for seed in seeds:
        desk.hold(seed)
        if desk.seen.interleavings % TOLD_EVERY == 0:
            print(f"  {desk.seen.interleavings} done", flush=True)
    desk.seen.seconds_each = (time.monotonic() - begun) / len(seeds)
    return desk.seen


def main(told: list[str]) -> int:
    """On a site of its own; the exit status."""
    words = [word for word in told if word != "from"]
    if not all(word.isdigit() for word in words) or len(words) > 2 or ("from" in told) != (len(words) == 2):
        raise SystemExit(__doc__)
    how_many, first = (*map(int, words), *(MANY, 1)[len(words) :])
    path = os.environ.get("STRETCHSITE_BROWSER") or installed_browser()
    if path is None:
        print(NO_BROWSER)
        return 0
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="stretchsite-soak-") as name:
        folder = Path(name)
        database = folder / "db.sqlite3"
        here = {"DATABASE_URL": f"sqlite:///{database}", "SOAK_FOLDER": name}
        given = {**os.environ, **here, "DJANGO_SETTINGS_MODULE": "tools.soak.desk_settings"}
        subprocess.run([*IN_THE_SITE, "build"], cwd=ROOT, env=given, check=True, stdout=subprocess.DEVNULL)
        with gunicorn("stretchsite.wsgi", given, folder / "log") as (port, _pid), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
            seen = trial(browser, f"http://127.0.0.1:{port}", database, given, range(first, first + how_many))
            browser.close()
    print(f"{seen} ({time.monotonic() - begun:.0f} s): {'good' if seen.is_good() else 'BAD'}", flush=True)
    return 0 if seen.is_good() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
