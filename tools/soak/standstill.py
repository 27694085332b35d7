"""A writer that does not end, a database that does not answer: what readers and people who save are told meanwhile.

    python -m tools.soak.standstill [few]            both databases, each with a fresh site served by gunicorn
    python -m tools.soak.standstill [few] sqlite     one of them

Eight trials. Somebody holds the write lock for half a minute while eight save, fifty a second guess at share links
and readers read; an officer withdraws something meanwhile; the database is stopped; it can only be read; it has no
connection left; it falls over; a process of the site is killed; four hundred guesses come at once. Public pages answer
200, or 503 in words with the emergency number, within four seconds; the process says within a fifth of a second that it
is alive; whoever saves is told and keeps the text; the withdrawal goes through. The exit status tells.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tools.bench import fresh_site
from tools.bench.fresh_site import ROOT
from tools.bench.server import gunicorn, with_descendants
from tools.soak.stopping import (
    postgres_fallen,
    postgres_read_only,
    postgres_stopped,
    postgres_without_room,
    sqlite_locked,
    sqlite_writer_stopped,
)
from tools.soak.visitors import Crowd, Told, ask, saved, wrong_token
from tools.with_postgres import places, server_programs, throw_away_cluster

#: Seconds of one writer, guesses and pages a second, seconds of a stopped database, guesses at once.
MANY, FEW = (30, 50, 4, 12, 400), (6, 10, 2, 6, 60)
PAGE_SECONDS, WAITING_SECONDS, HEALTH_SECONDS, MOST_GUESSES = 4.0, 2.0, 0.2, 20
WITHDRAWAL_SECONDS = 10.0
PAGES = ("/", "/exercises/", "/exercises/heel-drop/", "/routines/before-bed/", "/conditions/")
KEPT = "Kept as it was typed."
IN_THE_SITE = [sys.executable, "-m", "tools.soak.in_the_site"]


class Trial:
    """One site on one database, and what went wrong on it."""

    def __init__(self, given: dict[str, str], port: int, sizes: tuple[int, int, int, int, int]) -> None:
        self.given, self.port = given, port
        self.seconds, self.guesses, self.pages, self.stopped, self.at_once = sizes
        self.desk: dict[str, Any] = json.loads(self._run("desk").communicate()[0])
        self.faults: list[str] = []

    def _run(self, *told: str) -> subprocess.Popen[str]:
        return subprocess.Popen([*IN_THE_SITE, *told], cwd=ROOT, env=self.given, stdout=subprocess.PIPE, text=True)

    def must(self, name: str, is_kept: bool, seen: str) -> None:
        """Say what was seen, and remember what should not have been."""
        print(f"  {'good' if is_kept else 'BAD '} {name}: {seen}", flush=True)
        if not is_kept:
            self.faults.append(name)

    @contextmanager
    def held(self) -> Iterator[subprocess.Popen[str]]:
        """Somebody holds the lock."""
        holder = self._run("hold", str(self.seconds))
        assert holder.stdout  # noqa: S101  (it was asked for; this tells the type checker)
        holder.stdout.readline()
        try:
            yield holder
        finally:
            holder.terminate()
            holder.wait()

    def save(self, number: int) -> Told:
        """One of eight that save, half of them by hand."""
        posted = {**self.desk["posted"], "purpose": f"{KEPT} {number}"}
        return saved(self.port, self.desk, self.desk["edit"], posted, by_itself=number % 2 == 0)

    def withdraw(self, number: int) -> Told:
        """An officer takes something off the site."""
        posted = {"reason": "A trial found harm.", "understood": "on"}
        return saved(self.port, self.desk, self.desk["withdraw"][number], posted, by_itself=False)

    def judge_readers(self, crowd: Crowd, most: float) -> None:
        """What everybody who reads must be told, and how soon."""
        pages, health = crowd.of("page"), crowd.of("health")
        self.must("pages", all(each.is_in_words and each.seconds <= PAGE_SECONDS for each in pages), _summary(pages))
        middle = sorted(each.seconds for each in pages)[int(len(pages) * 0.95)] if pages else 0.0
        self.must("pages, 95 of 100", middle <= most, f"{middle:.2f} s")
        alive = all(each.status == 200 and each.seconds <= HEALTH_SECONDS for each in health)
        self.must("health", alive, _summary(health))
        guesses = crowd.of("guess")
        told = all(each.status in {404, 429, 503} and each.seconds <= PAGE_SECONDS for each in guesses)
        self.must("guesses", told, _summary(guesses))

    def nobody_writes(self) -> None:
        """What this machine can do today, beside which the rest is to be read; nothing is judged."""
        crowd = Crowd(self.port, PAGES)
        with crowd.asking(self.guesses, self.pages):
            time.sleep(self.stopped)
        for what in ("page", "health", "guess"):
            print(f"  when nobody writes, {what}: {_summary(crowd.of(what))}", flush=True)

    def writers_wait(self) -> None:
        """Half a minute of one writer: readers read, eight saves are told, and one that is sent again goes through."""
        crowd = Crowd(self.port, PAGES)
        with self.held() as holder, crowd.asking(self.guesses, self.pages), ThreadPoolExecutor(8) as eight:
            told = list(eight.map(self.save, range(8)))
            holder.wait()
        self.judge_readers(crowd, WAITING_SECONDS)
        self.must("every page is shown", all(each.status == 200 for each in crowd.of("page")), "")
        kept = all(each.status == 503 and (KEPT in each.text or each.what == "autosave") for each in told)
        self.must("eight saves are told", kept and max(each.seconds for each in told) < 6, _summary(told))
        again = self.save(1)
        self.must("sent again", again.status in {302, 409}, str(again))

    def officer_withdraws(self) -> None:
        """A withdrawal while somebody holds the lock and eight wait: it goes through, and whoever had it gave way."""
        with self.held() as holder, ThreadPoolExecutor(9) as people:
            saves = [people.submit(self.save, number) for number in range(8)]
            time.sleep(2)
            told = self.withdraw(0)
            assert holder.stdout  # noqa: S101  (as above)
            became = holder.stdout.readline().strip()
            waited = [each.result() for each in saves]
        is_done = told.status == 302 and told.seconds < WITHDRAWAL_SECONDS
        self.must(
            "a withdrawal goes through", is_done, f"{told.status} after {told.seconds:.1f} s; the holder {became}"
        )
        self.must(
            "nobody who saved was lost",
            all(each.status in {200, 302, 400, 409, 503} for each in waited),
            _summary(waited),
        )

    def database_stops(self, stopped: Callable[[], Any], *, may_be_read: bool) -> None:
        """The database does not answer for a while: everybody is told, and afterwards everything is as before."""
        crowd = Crowd(self.port, PAGES)
        with crowd.asking(self.guesses, self.pages):
            with stopped():
                time.sleep(1)
                ready = ask(self.port, "ready", "/readyz")
                save = self.save(1)
                time.sleep(self.stopped)
            time.sleep(3)
        self.judge_readers(crowd, WAITING_SECONDS if may_be_read else PAGE_SECONDS)
        if may_be_read:
            self.must("every page is shown", all(each.status == 200 for each in crowd.of("page")), "")
        else:
            self.must("not ready", ready.status == 503 and ready.seconds <= PAGE_SECONDS, str(ready))
        self.must("a save is told", save.status == 503 and save.seconds <= 15, str(save))
        self.is_as_before()

    def begins_locked(self, database: Path, log: Path) -> None:
        """A site that is started while somebody has the whole file for themselves; then they go."""
        with ExitStack() as lock:
            lock.enter_context(sqlite_locked(database))
            with gunicorn("stretchsite.wsgi", self.given, log) as (self.port, _pid):
                while ask(self.port, "health", "/healthz").seconds > HEALTH_SECONDS:
                    pass  # the workers are still starting
                crowd = Crowd(self.port, PAGES)
                with crowd.asking(self.guesses, self.pages):
                    time.sleep(self.stopped)
                    ready = ask(self.port, "ready", "/readyz")
                self.judge_readers(crowd, PAGE_SECONDS)
                self.must("not ready", ready.status == 503 and ready.seconds <= PAGE_SECONDS, str(ready))
                lock.close()
                self.is_as_before()

    def database_can_only_be_read(self, read_only: Callable[[], Any]) -> None:
        """Readers notice nothing; whoever saves is told, and the site says that it is not ready."""
        with read_only():
            time.sleep(3)
            pages = [ask(self.port, "page", path) for path in PAGES for _number in range(4)]
            ready, save = ask(self.port, "ready", "/readyz"), self.save(1)
        self.must("read-only: pages", all(each.status == 200 for each in pages), _summary(pages))
        self.must("read-only: not ready", ready.status == 503 and "read-only" in ready.text, ready.text[:80])
        self.must("read-only: a save is told", save.status == 503 and KEPT in save.text, str(save))
        time.sleep(3)
        self.is_as_before()

    def database_falls(self, fallen: Callable[[], Any]) -> None:
        """Every connection ends, within a request or between two: who asks until the server is up again is told."""
        crowd = Crowd(self.port, PAGES)
        with crowd.asking(self.guesses, self.pages):
            time.sleep(1)
            with fallen():
                time.sleep(3)
        self.judge_readers(crowd, WAITING_SECONDS)
        self.is_as_before()

    def worker_is_killed(self, master: int) -> None:
        """One of the server's two processes: what it was answering is lost, others are answered, a new one comes."""
        before = with_descendants([master]) - {master}
        os.kill(min(before), signal.SIGKILL)
        told = [ask(self.port, "page", path) for path in PAGES * 4]
        self.must("a worker is killed", all(each.status == 200 for each in told), _summary(told))
        time.sleep(self.stopped)
        self.must("another has come", len(with_descendants([master]) - {master}) == len(before), "")
        self.is_as_before()

    def guesses_come_at_once(self) -> None:
        """No more are let through than of as many in turn."""
        with ThreadPoolExecutor(100) as guessers:
            told = list(guessers.map(lambda _number: wrong_token(self.port, 60_000), range(self.at_once)))
        through = sum(each.status == 404 for each in told)
        self.must("guesses at once", through <= MOST_GUESSES, f"{through} of {len(told)} let through; {_summary(told)}")

    def is_as_before(self) -> None:
        """Without a restart."""
        time.sleep(2)
        pages = [ask(self.port, "page", path) for path in PAGES]
        ready = ask(self.port, "ready", "/readyz")
        self.must("as before", all(each.status == 200 for each in [*pages, ready]), _summary([*pages, ready]))


def _summary(told: list[Told]) -> str:
    statuses = dict(sorted(Counter(each.status for each in told).items()))
    return f"{statuses}, slowest {max((each.seconds for each in told), default=0):.2f} s"


def environment(folder: Path, url: str) -> dict[str, str]:
    """What the site's processes see."""
    return {**fresh_site.environment(folder, url), "DJANGO_SETTINGS_MODULE": "tools.soak.settings"}


def hold(url: str, sizes: tuple[int, int, int, int, int], postmaster: int | None = None) -> list[str]:
    """All trials on one database; what went wrong."""
    print(f"\n### {url.partition(':')[0]}, {os.cpu_count()} cores\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="stretchsite-soak-") as name:
        given = environment(Path(name), url.replace("FOLDER", name))
        subprocess.run([*IN_THE_SITE, "build"], cwd=ROOT, env=given, check=True, stdout=subprocess.DEVNULL)
        database = Path(name) / "db.sqlite3"
        with gunicorn("stretchsite.wsgi", given, Path(name) / "log") as (port, master):
            for path in PAGES * 4:
                ask(port, "page", path)
            trial = Trial(given, port, sizes)
            trial.nobody_writes()
            trial.writers_wait()
            trial.officer_withdraws()
            trial.guesses_come_at_once()
            if postmaster is None:
                trial.database_stops(lambda: sqlite_writer_stopped(database), may_be_read=True)
            else:
                trial.database_stops(lambda: postgres_stopped(postmaster), may_be_read=False)
                trial.database_can_only_be_read(lambda: postgres_read_only(url))
                trial.database_stops(lambda: postgres_without_room(url), may_be_read=False)
                trial.database_falls(lambda: postgres_fallen(url))
            trial.worker_is_killed(master)
        if postmaster is None:
            trial.begins_locked(database, Path(name) / "log")
        return trial.faults


def main(which: list[str]) -> int:
    """The trials on the databases named, or on both; the exit status."""
    if set(which) - {"sqlite", "postgres", "few"}:
        raise SystemExit(__doc__)
    sizes = FEW if "few" in which else MANY
    faults: list[str] = []
    if "postgres" not in which:
        faults += hold("sqlite:///FOLDER/db.sqlite3", sizes)
    programs = server_programs(places())
    if "sqlite" not in which and programs is not None:
        with throw_away_cluster(programs) as cluster:
            assert cluster.process  # noqa: S101  (it has just been started)
            faults += hold(cluster.url, sizes, cluster.process.pid)
    print(f"\nStandstill: {'all good' if not faults else 'BAD: ' + ', '.join(faults)}", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
