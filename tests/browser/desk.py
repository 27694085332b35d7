"""What people do in the admin, in the words of its screens: sign in, fill in, choose, save, publish, preview."""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.building import password_of, session_of
from tests.browser.serving import StorySite

#: The editor begins to watch for changes a moment after it opens; what is typed sooner is taken for what was there.
NOTICE_WHEN_THE_EDITOR_WATCHES = """
document.addEventListener("w-unsaved:watch-edits", () => { document.documentElement.dataset.editorWatches = ""; });
"""


class Desk:
    """One person signed in at the admin, in one window. Everything is found by the name a person reads there."""

    def __init__(self, page: Page) -> None:
        self.page = page
        #: What the content security policy made the browser refuse, in the browser's words.
        self.refused: list[str] = []
        page.context.on("console", lambda message: self._hear(message.text))

    def _hear(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.refused.append(text)

    @classmethod
    def signed_in(cls, page: Page, account: str) -> Desk:
        """Sign in at the form as the account of this name."""
        desk = cls._of(page)
        page.goto("/admin/")
        page.get_by_role("textbox", name="Username").fill(account)
        page.get_by_role("textbox", name="Password").fill(password_of(account))
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("navigation", name="Main menu")).to_be_visible()
        return desk

    @classmethod
    def with_session(cls, page: Page, account: str, site: StorySite) -> Desk:
        """Somebody who signed in at this site before, with no page open yet."""
        key = session_of(account, site.log.parent)
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": site.address}])
        return cls._of(page)

    @classmethod
    def _of(cls, page: Page) -> Desk:
        page.context.add_init_script(NOTICE_WHEN_THE_EDITOR_WATCHES)
        return cls(page)

    def open_list(self, *names: str) -> None:
        """Follow the menu on the left; the last name is a link, those before it open a submenu."""
        if self.page.url == "about:blank":
            self.page.goto("/admin/")
        menu = self.page.get_by_role("navigation", name="Main menu")
        for name in names[:-1]:
            menu.get_by_role("button", name=name).click()
        menu.get_by_role("link", name=names[-1], exact=True).click()
        expect(self.page.get_by_role("heading", name=names[-1], level=1)).to_be_visible()

    def add(self, what: str) -> None:
        """Begin a new one from its list."""
        self.page.get_by_role("link", name=f"Add {what}").click()
        expect(self.page.get_by_role("button", name="Save draft")).to_be_visible()

    def find_and_open(self, words: str) -> None:
        """Search the list that is open, and open what has these words in its title."""
        self.find_and_look_at(words)
        # For whoever may approve it, that comes first, and to save is among the other actions.
        first = self.page.get_by_role("button", name=re.compile("Save draft|Approve"))
        expect(first.first).to_be_visible()

    def find_and_look_at(self, words: str) -> None:
        """The same for what this person may not change at present."""
        self.page.get_by_role("textbox", name="Search term").fill(words)
        self.page.get_by_role("link", name=re.compile(re.escape(words))).first.click()
        expect(self.page.get_by_role("tablist").first).to_be_visible()

    def wait_until_the_editor_watches(self) -> None:
        """Until it watches for changes, and so saves by itself and keeps the preview fresh."""
        self.page.locator("html[data-editor-watches]").wait_for(state="attached")

    def entitle(self, tab: str, title: str) -> None:
        """Write the title; the page's address follows it a moment later."""
        self.write(tab, {"Title": title})
        expect(self.page.locator("[name=slug]")).not_to_have_value("")

    def tab(self, name: str) -> Locator:
        """Open a tab of the editor. Its name may have the number of its errors behind it."""
        self.page.get_by_role("tab", name=name).click()
        return self.page.get_by_role("tabpanel", name=name)

    def write(self, tab: str, answers: dict[str, object]) -> None:
        """Fill in fields of a tab by their labels: words are typed, or chosen where the field offers a choice."""
        panel = self.tab(tab)
        for label, answer in answers.items():
            # Sections of the form have the same names as the fields in them.
            field = panel.get_by_label(label).and_(panel.locator("input, textarea, select")).first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=str(answer))
            else:
                field.fill(str(answer))
                field.blur()

    def tick(self, tab: str, name: str) -> None:
        """Tick a box of a tab."""
        self.tab(tab).get_by_role("checkbox", name=name).check()

    def add_steps(self, steps: list[tuple[str, str]]) -> None:
        """Write an exercise's steps: the kind of each, and its words."""
        panel = self.tab("How to do it")
        written = panel.get_by_role("textbox", name="What to do")
        for number, (kind, words) in enumerate(steps):
            panel.get_by_role("button", name="Insert a block").last.click()
            self.page.get_by_role("option", name=kind, exact=True).click()
            expect(written).to_have_count(number + 1)
            written.nth(number).fill(words)

    def add_condition(self, tab: str, condition: str, evidence: str, statement: str) -> None:
        """Say what the page is used for, and how well that is supported."""
        panel = self.tab(tab)
        panel.get_by_role("button", name="Add condition").click()
        panel.get_by_role("button", name="Choose condition").last.click()
        self.page.get_by_role("dialog").get_by_role("link", name=condition).click()
        panel.get_by_label("Evidence").last.select_option(label=evidence)
        panel.get_by_role("textbox", name="Statement").last.fill(statement)

    def choose_exercises(self, words: str, titles: list[str]) -> None:
        """Add several exercises to a routine at once, all found by the same words, among others."""
        self.tab("Exercises").get_by_role("button", name="Add exercise").click()
        chooser = self.page.get_by_role("dialog")
        with self.page.expect_response(lambda answer: "chooser" in answer.url and "q=" in answer.url):
            chooser.get_by_role("textbox", name="Search term").fill(words)
        for title in titles:
            chooser.get_by_role("checkbox", name=title, exact=True).check()
        chooser.get_by_role("button", name="Confirm selection").click()
        expect(chooser).to_be_hidden()

    def preview(self) -> FrameLocator:
        """The preview beside the form, opened where it is not."""
        toggle = self.page.get_by_role("button", name="Toggle preview")
        if toggle.get_attribute("aria-expanded") != "true":
            toggle.click()
        return self.page.frame_locator('iframe[title="Preview"]').last

    def close_preview(self) -> None:
        """Close it: open, it stays open in every editor of this person, and is made anew with every change."""
        self.page.get_by_role("button", name="Toggle preview").click()
        expect(self.page.locator('iframe[title="Preview"]').last).to_be_hidden()

    def save_draft(self) -> None:
        """Save, and see that it worked."""
        save = self.page.get_by_role("button", name="Save draft")
        if not save.is_visible():
            self.page.get_by_role("button", name="More actions").click()
        save.click()
        expect(self.page.locator(".messages .success")).to_contain_text(re.compile("created|updated|saved"))

    def submit(self) -> None:
        """Press "Submit for review", whatever comes of it."""
        self.page.get_by_role("button", name="More actions").click()
        self.page.get_by_role("button", name="Submit for review").click()

    def expect_submitted(self) -> None:
        """See that it worked."""
        expect(self.page.locator(".messages .success")).to_contain_text("submitted")

    def open_approval(self) -> Locator:
        """Open what would change, to be read and approved."""
        self.page.get_by_role("button", name="Approve", exact=True).click()
        dialog = self.page.get_by_role("dialog")
        expect(dialog.get_by_role("button", name="I have read it and approve it")).to_be_visible()
        return dialog

    def approve(self) -> None:
        """Read what would change, and approve it, whatever comes of it."""
        self.open_approval()
        self.confirm_approval()

    def confirm_approval(self) -> None:
        """Approve what is open to be read, whatever comes of it."""
        self.page.get_by_role("dialog").get_by_role("button", name="I have read it and approve it").click()

    def expect_not_offered(self, *actions: str) -> None:
        """None of these can be chosen, not even in a menu that is closed."""
        for action in actions:
            button = self.page.get_by_role("button", name=action, exact=True, include_hidden=True)
            expect(button).to_have_count(0)

    def at(self, field: str) -> Locator:
        """A field of the form with all that is said at it, by the field's name in the form."""
        return self.page.locator(f'[data-contentpath="{field}"]')
