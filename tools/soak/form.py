"""Somebody at the editor of an exercise, in a browser: opens it, types, moves steps, is signed out, saves, approves."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

from playwright.sync_api import Error, Locator, Page, expect

SESSION = "sessionid"
#: The fields that are typed in, each with the tab it stands on.
TABS = {
    "purpose": "The exercise",
    "feel": "How to do it",
    "not_feel": "How to do it",
    "evidence_summary": "Evidence and review",
}
STEPS_TAB = "How to do it"
#: Who has been told for so long that it is not saved turns away all the same.
MOST_SECONDS = 60
#: How long a button may be covered before somebody looks at what covers it, in milliseconds.
COVERED_MS = 5_000
#: What the editor shows while what was typed could not be saved.
PAUSED = "#w-autosave-indicator[data-w-autosave-state-value=paused]"
#: What a form shows: its fields, and its steps in their order.
READ = """(names) => {
  const at = (name) => document.querySelector(`form[data-edit-form] [name="${name}"]`);
  const count = Number(at("steps-count")?.value ?? 0);
  const steps = [...Array(count).keys()].filter((n) => !at(`steps-${n}-deleted`)?.value && at(`steps-${n}-order`));
  steps.sort((one, other) => at(`steps-${one}-order`).value - at(`steps-${other}-order`).value);
  return {
    fields: Object.fromEntries(names.map((name) => [name, at(name).value])),
    steps: steps.map((n) => at(`steps-${n}-value-text`).value),
  };
}"""
#: The editor begins to watch a moment after it opens; what is typed sooner is taken for what was there.
NOTICE_WHEN_THE_EDITOR_WATCHES = """
document.addEventListener("w-unsaved:watch-edits", () => { document.documentElement.dataset.editorWatches = ""; });
"""
#: Counts what the editor saves by itself, so that it can be seen to be done.
COUNT_AUTOSAVES = """
window.soak = { begun: 0, done: 0 };
document.addEventListener("w-autosave:save", (event) => { if (!event.defaultPrevented) window.soak.begun += 1; });
for (const end of ["success", "error"]) {
  document.addEventListener(`w-autosave:${end}`, () => { window.soak.done += 1; });
}
"""


@dataclass
class Sheet:
    """What stands in a form, or should."""

    fields: dict[str, str] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)


class Writer:
    """One person in one window of a site."""

    def __init__(self, page: Page, name: str, password: str) -> None:
        self.page, self.name, self._password = page, name, password
        self.is_signed_out = False
        page.add_init_script(NOTICE_WHEN_THE_EDITOR_WATCHES + COUNT_AUTOSAVES)
        # Whoever leaves at once is asked whether they mean it; they do.
        page.on("dialog", lambda dialog: dialog.accept())
        self._wire = page.context.new_cdp_session(page)
        self._wire.send("Network.enable")

    def sign_in(self) -> None:
        """At the beginning."""
        self.page.goto("/admin/login/")
        self._fill_in(self.page)
        expect(self.page.get_by_role("navigation", name="Main menu")).to_be_visible()

    def _fill_in(self, page: Page) -> None:
        page.get_by_role("textbox", name="Username").fill(self.name)
        page.get_by_role("textbox", name="Password").fill(self._password)
        page.get_by_role("button", name="Sign in").click()

    def answers_come_after(self, milliseconds: int) -> None:
        """As on a slow line: the site does what it is asked, and it is heard of later."""
        limits = {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1}
        self._wire.send("Network.emulateNetworkConditions", limits)

    def open(self, address: str) -> None:
        """An editor; wait until what is typed is watched."""
        self.page.goto(address)
        self.wait_until_watched()

    def wait_until_watched(self) -> None:
        """Until the editor would notice a change, and a script has drawn the steps: late on a busy machine."""
        self.page.locator("html[data-editor-watches]").wait_for(state="attached")
        self.page.locator("[name=steps-count]").wait_for(state="attached")

    def go_away(self) -> None:
        """To another page at once, and stay there for a moment."""
        self.page.goto("about:blank")
        self.page.wait_for_timeout(1000)

    def shown(self) -> Sheet:
        """What the form holds now."""
        return Sheet(**self.page.evaluate(READ, list(TABS)))

    def _tab(self, name: str) -> Locator:
        tab = self.page.get_by_role("tab", name=name)
        if tab.get_attribute("aria-selected") != "true":
            tab.click()
        return self.page.get_by_role("tabpanel", name=name)

    def look_at(self, tab: str) -> None:
        """Open a tab and change nothing."""
        self._tab(tab)

    def type(self, name: str, words: str, pace: int) -> None:
        """Type words at the end of a field, each letter so many milliseconds after the one before it."""
        self._type(self._tab(TABS[name]).locator(f"[name={name}]"), words, pace)

    def type_step(self, place: int, words: str, pace: int) -> None:
        """The same in the step that stands at this place, from 0."""
        self._type(self._step(place).locator("[name$='-value-text']"), words, pace)

    def _type(self, field: Locator, words: str, pace: int) -> None:
        field.press("Control+End")
        field.press_sequentially(words, delay=pace)

    def _step(self, place: int) -> Locator:
        return self._tab(STEPS_TAB).locator("[data-contentpath=steps] [data-streamfield-child]:visible").nth(place)

    def move_step(self, place: int, *, up: bool) -> None:
        """Move the step that stands at this place by one."""
        self._step(place).get_by_role("button", name="Move up" if up else "Move down").first.click()

    def be_signed_out(self) -> None:
        """As after twelve hours."""
        self.page.context.clear_cookies(name=SESSION)
        self.is_signed_out = True

    def sign_in_again(self) -> None:
        """In a window beside the form, by the way the form offers."""
        if not self.is_signed_out:
            return
        beside = self.page.context.new_page()
        beside.goto(self.page.locator("[data-sign-in]").get_attribute("href") or "")
        if beside.get_by_role("textbox", name="Password").count():
            self._fill_in(beside)
        beside.get_by_role("heading", name=re.compile("You are signed in as")).wait_for()
        beside.close()
        self.is_signed_out = False

    def wait_until_saved(self) -> None:
        """Until nothing is being saved any more: as somebody who sees "Saved" and turns away, not who sees "paused"."""
        self.page.locator("#session-bar").wait_for(state="hidden")
        quiet, until = 0, time.monotonic() + MOST_SECONDS
        while quiet < 4 and time.monotonic() < until:
            before = self.page.evaluate("window.soak")
            self.page.wait_for_timeout(400)
            after = self.page.evaluate("window.soak")
            is_still = before == after and after["begun"] == after["done"]
            quiet = quiet + 1 if is_still and not self.page.locator(PAUSED).count() else 0

    def press(self, name: str) -> None:
        """Press what ends the writing, wherever in the footer it stands.

        The bar that says "signed out" comes up there when the editor hears of it, which may be just now: who meets it
        signs in first, as people do.
        """
        try:
            self._press(name, COVERED_MS)
        except Error:
            if not self.page.locator("#session-bar").is_visible():
                raise
            self.sign_in_again()
            self._press(name)

    def _press(self, name: str, patience: float | None = None) -> None:
        button = self.page.get_by_role("button", name=name, exact=True)
        if not button.is_visible():
            self.page.get_by_role("button", name="More actions").click(timeout=patience)
        self._mark()
        button.click(timeout=patience)

    def _mark(self) -> None:
        """Mark the page that is open, so that the next one is told from it."""
        self.page.evaluate("document.body.dataset.before = ''")

    def is_told(self) -> bool:
        """Wait for what the next page says; whether it went well."""
        self.page.locator("body:not([data-before]) .messages li").first.wait_for()
        return self.page.locator(".messages .error").count() == 0

    def bring_back(self) -> bool:
        """Take what the form offers of what was typed before, and save it; whether it offered something."""
        offer = self.page.locator("[data-bring-back]:visible")
        if not offer.count():
            return False
        offer.last.click()
        self.page.get_by_text("Brought back as it was typed").wait_for()
        return True

    def approve(self) -> bool:
        """Open what would change, say that it was read; whether it was approved."""
        self.page.get_by_role("button", name="Approve", exact=True).click()
        self._mark()
        self.page.get_by_role("dialog").get_by_role("button", name="I have read it and approve it").click()
        return self.is_told()
