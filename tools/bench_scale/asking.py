"""Asks the questions of a running server, one after the other, and keeps how long each answer took."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.bench.caller import Caller
from tools.bench.server import PROCESSES, cpu_seconds, with_descendants
from tools.bench_scale.questions import Question, Site, Taken, questions

SITEMAP = "/sitemap.xml"
#: What was ended because it took too long is answered so, in words.
NOT_NOW = 503
_PART = re.compile(r"<sitemap><loc>https://[^/]+(/[^<]+)</loc>")


def ask_all(port: int, site: Site, processes: Iterable[int]) -> dict[Question, Taken]:
    """What each answer took, ``processes`` being those that answer.

    One that says "not now" (503) is counted. Raises SystemExit where one is neither that nor a page.
    """
    at_work = tuple(processes)
    found = {each: _asked(port, each, site.cookie if each.is_desk else "", at_work) for each in questions(site)}
    parts = _PART.findall(_get(Caller(port, SITEMAP)).text) or [SITEMAP]
    whole = Question("site map, each part", tuple(parts), rounds=2)
    return {**found, whole: _asked(port, whole, "", at_work)}


def _asked(port: int, question: Question, cookie: str, processes: tuple[int, ...]) -> Taken:
    callers = [Caller(port, address, cookie=cookie) for address in question.addresses]
    before = cpu_seconds(processes) or 0.0
    answers = [_get(caller) for _round in range(question.rounds) for caller in callers]
    busy = (cpu_seconds(processes) or 0.0) - before
    for caller in callers:
        caller.close()
    refused = sum(answer.is_refused for answer in answers)
    return Taken([answer.milliseconds for answer in answers], busy * 1000 / len(answers), refused)


@dataclass(frozen=True)
class _Answered:
    text: str
    milliseconds: float
    is_refused: bool


def _get(caller: Caller) -> _Answered:
    started = time.perf_counter()
    answer = caller.get()
    taken = (time.perf_counter() - started) * 1000
    if answer.status not in {200, NOT_NOW}:
        raise SystemExit(f"{caller.request.split()[1].decode()} answered {answer.status}")
    return _Answered(answer.text, taken, answer.status == NOT_NOW)


def peak_megabytes(server: int) -> float:
    """The most memory that a process of this server, its master left aside, has had at once; 0 where nobody tells."""
    return max((_peak(pid) for pid in with_descendants([server]) - {server}), default=0.0)


def _peak(pid: int) -> float:
    return peak_said(lines) if (lines := _status(PROCESSES / str(pid) / "status")) else 0.0


def _status(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:
        return []


def peak_said(lines: Iterable[str]) -> float:
    """The megabytes in what Linux says of a process."""
    said = dict(line.split(":", 1) for line in lines if ":" in line)
    return int(said["VmHWM"].split()[0]) / 1024 if "VmHWM" in said else 0.0
