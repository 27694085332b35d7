"""Two editors with the same page before them, at the same moment or one after the other (M1, R-C1)."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from testing.editor import page_as_posted
from tools.soak.crew import Hand, Line
from tools.soak.stage import chief, desk, shared

PATIENCE_SECONDS = 120
FIELDS = ("feel", "not_feel", "purpose")
BUTTONS: dict[str, dict[str, str]] = {"save": {}, "publish": {"action-publish": "1"}, "autosave": {}}
#: Who opens and who saves, one after the other; a save that says so does not wait for the one before it.
OPEN, SAVE, SAVE_AT_ONCE = "open", "save", "save at the same moment"
ORDERS: tuple[tuple[tuple[int, str], ...], ...] = (
    ((0, OPEN), (0, SAVE), (1, OPEN), (1, SAVE)),
    ((0, OPEN), (1, OPEN), (0, SAVE), (1, SAVE)),
    ((0, OPEN), (1, OPEN), (1, SAVE), (0, SAVE)),
    ((0, OPEN), (1, OPEN), (0, SAVE), (1, SAVE_AT_ONCE)),
    ((0, OPEN), (1, OPEN), (1, SAVE), (0, SAVE_AT_ONCE)),
)


@dataclass
class Edited:
    """How often both were saved, one was refused, and something went wrong; what was lost without a word."""

    rounds: int = 0
    both_saved: int = 0
    one_refused: int = 0
    lost: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def is_good(self) -> bool:
        """Nothing was lost, nothing broke, and both outcomes were seen."""
        return not self.lost and not self.errors and bool(self.both_saved) and bool(self.one_refused)

    def __str__(self) -> str:
        told = f"editors: {self.rounds} interleavings; both saved {self.both_saved}, one refused {self.one_refused}, "
        told += f"lost without a word {len(self.lost)}, errors {len(self.errors)}"
        return "\n  ".join([told, *self.lost[:5], *self.errors[:5]])


def _edit(line: Line) -> None:
    """Open and add a word, or save, as told; saving is answered with the status and whether it was saved."""
    browser, user = desk(), chief()
    address = reverse("wagtailadmin_pages:edit", args=[shared().pk])
    posted: dict[str, Any] = {}
    while (told := line.recv()) is not None:
        if told["step"] == OPEN:
            posted = page_as_posted(shared().get_latest_revision_as_object(), user)
            posted[told["field"]] = f"{posted[told['field']]} {told['word']}"
            line.send("opened")
            continue
        as_json = {"accept": "application/json"} if told["button"] == "autosave" else {}
        answer = browser.post(address, {**posted, **BUTTONS[told["button"]]}, headers=as_json)
        line.send((answer.status_code, answer.status_code == (200 if as_json else 302)))


def _task(word: str) -> dict[str, Any]:
    field_and_button = {"field": random.choice(FIELDS), "button": random.choice(list(BUTTONS))}  # noqa: S311  (chance, not secrecy)
    return {"word": word, **field_and_button}


def _interleave(
    hands: list[Hand], tasks: list[dict[str, Any]], order: tuple[tuple[int, str], ...]
) -> list[tuple[int, bool]]:
    """Both open and save, in this order; what each was answered."""
    answers: dict[int, tuple[int, bool]] = {}
    waiting: list[int] = []
    for place, (who, step) in enumerate(order):
        hands[who].line.send({"step": step, **tasks[who]})
        if step == OPEN:
            hands[who].hear(PATIENCE_SECONDS)
            continue
        waiting.append(who)
        if order[place + 1 : place + 2] and order[place + 1][1] == SAVE_AT_ONCE:
            continue
        for saving in waiting:
            answers[saving] = hands[saving].hear(PATIENCE_SECONDS)
        waiting.clear()
    return [answers[0], answers[1]]


def _start_afresh() -> None:
    page = shared().get_latest_revision_as_object()
    page.feel, page.not_feel, page.purpose = "A pull.", "Pain.", "A stretch."
    page.save_revision().publish()


def _judge(edited: Edited, tasks: list[dict[str, Any]], answers: list[tuple[int, bool]]) -> None:
    page = shared()
    newest = page.get_latest_revision_as_object()
    for task, (status, is_saved) in zip(tasks, answers, strict=True):
        if status >= 500:
            edited.errors.append(f"{task['button']}: {status}")
        if is_saved and task["word"] not in getattr(newest, task["field"]):
            edited.lost.append(f"{task['button']} of {task['field']} was said to be saved, and is gone")
        if is_saved and task["button"] == "publish" and task["word"] not in getattr(page, task["field"]):
            edited.lost.append(f"{task['field']} was said to be published, and is not live")
    saved = [is_saved for _, is_saved in answers]
    edited.both_saved += all(saved)
    edited.one_refused += saved.count(True) == 1
    if not any(saved):
        edited.errors.append("both were refused")


def trial(rounds: int) -> Edited:
    """Two people, the same page, as many times as asked."""
    edited = Edited()
    hands = [Hand(_edit), Hand(_edit)]
    for number in range(rounds):
        _start_afresh()
        tasks = [_task(f"word-{number}-{name}") for name in ("one", "two")]
        answers = _interleave(hands, tasks, ORDERS[number % len(ORDERS)])
        edited.rounds += 1
        _judge(edited, tasks, answers)
    for hand in hands:
        hand.line.send(None)
        hand.process.join()
    return edited
