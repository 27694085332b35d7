"""Asks the questions of a running server, one after the other, and keeps how long each answer took."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from pathlib import Path

from tools.bench.caller import Caller
from tools.bench.server import PROCESSES, cpu_seconds, with_descendants
from tools.bench_scale.questions import Question, Site, Taken, questions

SITEMAP = "/sitemap.xml"
_PART = re.compile(r"<sitemap><loc>https://[^/]+(/[^<]+)</loc>")


def ask_all(port: int, site: Site, processes: Iterable[int]) -> dict[Question, Taken]:
    """What each answer took, ``processes`` being those that answer. Raises SystemExit where one of them is no page."""
    at_work = tuple(processes)
    found = {each: _asked(port, each, site.cookie if each.is_desk else "", at_work) for each in questions(site)}
    parts = _PART.findall(_get(Caller(port, SITEMAP))[0]) or [SITEMAP]
    whole = Question("site map, each part", tuple(parts), rounds=2)
    return {**found, whole: _asked(port, whole, "", at_work)}


def _asked(port: int, question: Question, cookie: str, processes: tuple[int, ...]) -> Taken:
    callers = [Caller(port, address, cookie=cookie) for address in question.addresses]
    before = cpu_seconds(processes) or 0.0
    taken = [_get(caller)[1] for _round in range(question.rounds) for caller in callers]
    busy = (cpu_seconds(processes) or 0.0) - before
    for caller in callers:
        caller.close()
    return Taken(taken, busy * 1000 / len(taken))


def _get(caller: Caller) -> tuple[str, float]:
    started = time.perf_counter()
    answer = caller.get()
    taken = (time.perf_counter() - started) * 1000
    if answer.status != 200:
        raise SystemExit(f"{caller.request.split()[1].decode()} answered {answer.status}")
    return answer.text, taken


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
