"""Somebody types, pauses, moves rows, is signed out and signs in again, saves, reloads, is approved: in any order.

What stands in the form when a round ends must stand in the newest version, or be brought back by one press; and whoever
approves has written nothing. ``python -m tools.soak.typed_words`` plays 200 rounds of it, the tests a few.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.building import password_of
from tests.browser.desk import Desk

ROUTINE = "Daily legs: strengthen and stretch"
FIELDS = ("purpose", "expect_change", "see_someone")
ACTS = ("type", "type", "type", "pause", "pause", "move", "sign out", "sign in elsewhere")
ENDS = ("stop", "save", "reload", "approve")
WRITER, APPROVER = "safety-officer", "reviewer"
#: Milliseconds until what was typed must be saved, and in which the editor might still save what it should not.
PATIENCE, AFTERWARDS = 20_000, 1_500


@dataclass
class Typed:
    """How many rounds, of which ends; whose words were lost, and which drafts nobody wrote."""

    rounds: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    characters: int = 0
    lost: list[str] = field(default_factory=list)
    phantoms: list[str] = field(default_factory=list)

    def is_good(self) -> bool:
        """Nothing lost, nothing made up."""
        return not self.lost and not self.phantoms

    def __str__(self) -> str:
        told = f"typed words: {self.rounds} rounds ({dict(self.ends)}; {dict(self.acts)}), "
        told += f"{self.characters} characters; lost {len(self.lost)}, phantom drafts {len(self.phantoms)}"
        return "\n  ".join([told, *self.lost, *self.phantoms])


class Interleaving:
    """One writer and one approver, each with a window of their own, and the site's database."""

    def __init__(self, writer: Desk, approver: Desk, database: Path, seed: int) -> None:
        self.page, self.approver, self.database = writer.page, approver, database
        self.chance = random.Random(seed)
        self.typed, self.expected = Typed(), dict[str, Any]()
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.number = self._one("SELECT id FROM wagtailcore_page WHERE title = ? AND live", ROUTINE)[0]

    def play(self, number: int) -> None:
        """One round: a few acts, and an end."""
        self.open()
        done = [self.chance.choice(ACTS) for _act in range(self.chance.randint(3, 8))]
        for act in done:
            getattr(self, "act_" + act.replace(" ", "_"))()
        end = self.chance.choice(ENDS)
        told = f"round {number}: {', '.join(done)}; {end}"
        if self.read() != self.expected:
            self.typed.lost.append(f"{told}: the form holds {self.read()}, typed was {self.expected}")
        getattr(self, f"end_{end}")(told)
        self.typed.rounds += 1
        self.typed.ends[end] += 1
        self.typed.acts.update(done)

    def open(self) -> None:
        """The editor, by whoever writes; what is unsaved from before has been looked at."""
        self._go_to_editor()
        self.expected = self.read()

    def _go_to_editor(self) -> None:
        self.page.goto(f"/admin/pages/{self.number}/edit/")
        if "/login/" in self.page.url:
            self._sign_in(self.page)
        self.page.locator("html[data-editor-watches]").wait_for(state="attached")

    def read(self) -> dict[str, Any]:
        """What stands in the form: the texts, and the exercises in their order."""
        return self.page.evaluate(
            """(names) => {
              const form = document.querySelector("form[data-edit-form]");
              const rows = [...form.querySelectorAll("#id_items-FORMS > :not(.deleted)")];
              const exercise = (row) => Number(row.querySelector("[name$=-exercise]").value);
              const order = (row) => Number(row.querySelector("[name$=-ORDER]").value);
              return {
                ...Object.fromEntries(names.map((name) => [name, form.elements[name].value])),
                items: rows.sort((one, two) => order(one) - order(two)).map(exercise),
              };
            }""",
            list(FIELDS),
        )

    def kept(self) -> dict[str, Any]:
        """The same of the newest version in the database."""
        content = json.loads(
            self._one(
                "SELECT content FROM wagtailcore_revision WHERE object_id = ? AND content LIKE '%see_someone%' "
                "ORDER BY created_at DESC, id DESC LIMIT 1",
                str(self.number),
            )[0]
        )
        items = sorted(content["items"], key=lambda item: item["sort_order"])
        return {**{name: content[name] for name in FIELDS}, "items": [item["exercise"] for item in items]}

    def _one(self, question: str, *values: Any) -> Any:
        with closing(sqlite3.connect(self.database, timeout=20)) as asked:
            return asked.execute(question, values).fetchone()

    def act_type(self) -> None:
        """A word at the end of a text, letter by letter."""
        self.page.get_by_role("tab", name="The routine").click()
        name, word = self.chance.choice(FIELDS), f" {self.chance.getrandbits(40):x}"
        written = self.page.locator(f"[name={name}]")
        written.focus()
        written.press("Control+End")
        written.press_sequentially(word, delay=self.chance.randint(5, 60))
        self.expected[name] += word
        self.typed.characters += len(word)

    def act_pause(self) -> None:
        """Long enough for the editor to begin to save by itself, or not."""
        self.page.wait_for_timeout(self.chance.randint(100, 1400))

    def act_move(self) -> None:
        """A row changes its place with the next one."""
        self.page.get_by_role("tab", name="Exercises").click()
        row = self.chance.randrange(len(self.expected["items"]) - 1)
        rows = self.page.locator("#id_items-FORMS > :not(.deleted)")
        rows.nth(row).locator("[data-inline-panel-child-move-down]").first.click()
        items = self.expected["items"]
        items[row], items[row + 1] = items[row + 1], items[row]
        self.page.wait_for_timeout(250)

    def act_sign_out(self) -> None:
        """The session ends and nobody says so."""
        self.page.context.clear_cookies(name="sessionid")

    def act_sign_in_elsewhere(self) -> None:
        """In another window of the same browser: every token is another from then on."""
        self.act_sign_out()
        other = self.page.context.new_page()
        other.goto("/admin/login/")
        self._sign_in(other)
        other.close()

    def _sign_in(self, page: Page) -> None:
        page.get_by_role("textbox", name="Username").fill(WRITER)
        page.get_by_role("textbox", name="Password").fill(password_of(WRITER))
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(re.compile(r"/admin/(?!login)"))

    def _sign_in_beside(self) -> None:
        """Where the form says that nobody is signed in."""
        asks = self.page.get_by_role("link", name="Sign in (opens a new window)")
        if not asks.is_visible():
            return
        with self.page.context.expect_page() as opened:
            asks.click()
        if "/login/" in opened.value.url:
            self._sign_in(opened.value)
        opened.value.close()

    def end_stop(self, told: str) -> None:
        """Nothing more is done; the editor saves by itself."""
        self._expect_kept(told)

    def _expect_kept(self, told: str) -> None:
        for _wait in range(PATIENCE // 200):
            if self.kept() == self.expected:
                return
            self._sign_in_beside()
            self.page.wait_for_timeout(200)
        self.typed.lost.append(f"{told}: kept is {self.kept()}, typed was {self.expected}")

    def _press(self, button: Locator) -> None:
        """Press what sends the form, and sign in where that is asked."""
        done = self.page.locator(".messages .success")
        button.click()
        asks = self.page.get_by_role("link", name="Sign in (opens a new window)")
        expect(done.or_(asks).first).to_be_visible(timeout=PATIENCE)
        self._sign_in_beside()
        expect(done).to_be_visible(timeout=PATIENCE)

    def end_save(self, told: str) -> None:
        """Pressed at once."""
        self._press(self.page.get_by_role("button", name="Save draft"))
        self._expect_kept(told)

    def end_reload(self, told: str) -> None:
        """Gone without a word; what was not saved is offered and comes back."""
        self._go_to_editor()
        offered = self.page.get_by_role("button", name=re.compile("Bring back"))
        if offered.count():
            offered.last.click()
            self.page.locator("html[data-editor-watches]").wait_for(state="attached")
        if self.read() != self.expected:
            self.typed.lost.append(f"{told}: found is {self.read()}, typed was {self.expected}")
        self._expect_kept(told)

    def end_approve(self, told: str) -> None:
        """Submitted, read by a colleague on a slow line, and approved: live, and no draft beside it."""
        self.page.get_by_role("button", name="More actions").click()
        self._press(self.page.get_by_role("button", name="Submit to Clinical review"))
        self._expect_kept(told)
        page = self.approver.page
        page.goto(f"/admin/pages/{self.number}/edit/")
        page.locator("html[data-editor-watches]").wait_for(state="attached")
        late = self.chance.randint(0, 600)
        page.route("**/admin/pages/**", lambda route: (page.wait_for_timeout(late), route.continue_()))
        if self.chance.random() < 0.5:
            page.locator("[name=purpose]").click()
        page.wait_for_timeout(self.chance.randint(0, 1200))
        self.approver.approve()
        expect(page.locator(".messages .success")).to_be_visible(timeout=PATIENCE)
        page.wait_for_timeout(AFTERWARDS)
        page.unroute_all(behavior="ignoreErrors")
        draft = self._one(
            "SELECT has_unpublished_changes OR latest_revision_id <> live_revision_id "
            "FROM wagtailcore_page WHERE id = ?",
            self.number,
        )[0]
        if draft:
            self.typed.phantoms.append(told)
