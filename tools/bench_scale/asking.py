"""Twenty questions asked of the site's search and of the admin's, and how long each answer takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client
from django.utils.http import urlencode

#: Frequent words and rare ones, one word and several, names, misspellings, and words nothing has.
QUESTIONS = (
    *("calf", "stretch", "hamstring", "back", "neck roll", "calf stretch", "seated", "hip", "squat", "gentle thigh"),
    *("slow back stretch", "copy 4711", "restless legs", "cramp", "hamstirng", "breathe out", "wall", "floor"),
    *("standing calf raise", "nothing of the kind"),
)
#: Asked so often each; the middle counts.
ROUNDS = 3
#: What an answer may take at most, in seconds.
MOST_SECONDS = 0.5


@dataclass(frozen=True)
class Answer:
    """How long one question took, in seconds: the middle of the rounds."""

    where: str
    question: str
    seconds: float


def ask_readers(browser: Client) -> Iterator[Answer]:
    """Each question asked as a reader does."""
    for question in QUESTIONS:
        yield _timed(browser, "search", "/search/?" + urlencode({"q": question}), question)


def ask_desk(browser: Client) -> Iterator[Answer]:
    """Some of them as an author does, in the admin's list of pages and its chooser."""
    for question in QUESTIONS[:3]:
        words = urlencode({"q": question})
        yield _timed(browser, "admin pages", f"/admin/pages/search/?{words}", question)
        yield _timed(browser, "chooser", f"/admin/choose-page/search/?{words}", question)


def _timed(browser: Client, where: str, address: str, question: str) -> Answer:
    taken = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        response = browser.get(address, secure=True)
        taken.append(time.perf_counter() - start)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
    return Answer(where, question, statistics.median(taken))


def table(answers: list[Answer], most: float) -> str:
    """The figures as a table, and whether each place kept within its limit."""
    lines = ["| where | question | ms |", "|---|---|---:|"]
    lines += [f"| {answer.where} | {answer.question} | {answer.seconds * 1000:.0f} |" for answer in answers]
    readers = [answer.seconds for answer in answers if answer.where == "search"]
    worst = max(readers)
    kept = "kept" if worst <= most else "MISSED"
    lines.append(f"\nSearch: middle {statistics.median(readers) * 1000:.0f} ms, worst {worst * 1000:.0f} ms.")
    lines.append(f"At most {most * 1000:.0f} ms: {kept}.")
    return "\n".join(lines)
