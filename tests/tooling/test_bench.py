"""The measuring tools measure what they say: answers whole, processes counted, pages recognised."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from figures.engine import library
from library.records import RoutineRecord
from routines.choices import Phase
from tools.bench import __main__ as command
from tools.bench import caller, drawing, fresh_site, handouts, server, stopping
from tools.bench.figures import Page, percentile, table

needs_linux = pytest.mark.skipif(
    not Path("/proc/self/schedstat").exists(), reason="only Linux tells a process's CPU time"
)


class Handler(BaseHTTPRequestHandler):
    """Answers by the path: with a length, in chunks, or closing the connection after each."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = b"a stretch, and another" * 5000
        self.send_response(404 if self.path == "/missing" else 200)
        if self.path == "/chunks":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in (body[:7], body[7:]):
                self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            self.wfile.write(b"0\r\n\r\n")
            return
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        # Closed without a word, as a server does with a connection that was quiet for too long.
        self.close_connection = self.path == "/closes"

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving.daemon_threads = True
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield serving.server_address[1]
    serving.shutdown()
    serving.server_close()


@pytest.mark.parametrize("path", ["/length", "/chunks", "/closes"])
def test_an_answer_is_read_whole_again_and_again(port: int, path: str):
    calling = caller.Caller(port, path)
    for _ in range(3):
        answer = calling.get()
        assert answer.status == 200
        assert answer.text == "a stretch, and another" * 5000
    calling.close()


def test_load_counts_answers_and_refusals(port: int):
    answered, refused = caller.calls_within(port, "/length", 0.3, connections=2)
    assert answered > 2
    assert refused == 0
    answered, refused = caller.calls_within(port, "/missing", 0.1, connections=1)
    assert answered == refused > 0


def test_a_page_that_is_another_one_is_not_measured(port: int):
    with pytest.raises(SystemExit, match="does not say"):
        Page("routine", port, "/length", (), ("a contraindication",)).check_and_warm_up()
    with pytest.raises(SystemExit, match="404"):
        Page("routine", port, "/missing", ()).check_and_warm_up()


@needs_linux
def test_cpu_time_of_a_process_and_its_children_is_counted():
    busy = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\n"
    parent = (
        f"import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', {busy + 'time.sleep(60)'!r}]).wait()"
    )
    process = subprocess.Popen([sys.executable, "-c", parent])
    try:
        end = time.monotonic() + 30
        while (server.cpu_seconds([process.pid]) or 0) < 0.3 and time.monotonic() < end:
            time.sleep(0.05)
        assert (server.cpu_seconds([process.pid]) or 0) >= 0.3
        assert len(server.with_descendants([process.pid])) == 2
        assert os.getpid() not in server.with_descendants([process.pid])
    finally:
        for pid in server.with_descendants([process.pid]):
            os.kill(pid, 9)
        process.wait()


def test_the_measured_routine_has_ten_different_exercises_and_is_a_valid_record():
    record = RoutineRecord.model_validate(fresh_site.routine_of_ten(), strict=False)
    assert len({item.exercise for item in record.items}) == 10
    assert record.items[0].phase == Phase.WARM_UP, "notes of its conditions refuse a routine that begins without one"


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 51), (0.95, 96), (1.0, 100)])
def test_percentile_takes_the_value_at_its_place(share: float, value: int):
    assert percentile(list(range(100, 0, -1)), share) == value


def test_the_table_gives_each_page_as_a_multiple_of_the_empty_view():
    empty = Page("empty", 0, "/", (), milliseconds=[0.5, 0.5], cpu_milliseconds=[0.25], per_second=[4000])
    page = Page("routine", 0, "/", (), milliseconds=[10, 10], cpu_milliseconds=[5, 10, 6], per_second=[100, 300])
    row = table([page], empty).splitlines()[-1]
    assert [cell.strip() for cell in row.strip("|").split("|")][5:9] == ["24.0", "20.0", "200", "5.0 %"]


@pytest.mark.parametrize(
    ("times", "said"), [(29.0, "Aim 30: reached"), (44.0, "At most 45: kept"), (46.0, "At most 45: MISSED")]
)
def test_the_budget_is_judged(times: float, said: str):
    assert said in command.verdict("Routine of 10", times)


def test_cost_of_figures_is_measured_and_judged():
    cost = drawing.cost_of([library.illustration("plank")])
    assert (len(cost.stills), len(cost.strips)) == (2, 1)
    told = drawing.report(cost)
    assert "2 stills" in told
    assert "1 movements of 7 frames" in told


@pytest.mark.parametrize(
    ("still", "strip", "is_kept"),
    [
        ((0.1, 9_000), (1.0, 15_000), True),
        ((0.6, 9_000), (1.0, 15_000), False),
        ((0.1, 17_000), (1.0, 15_000), False),
        ((0.1, 9_000), (1.0, 21_000), False),
    ],
)
def test_figure_that_is_slow_or_heavy_is_said(still: tuple[float, int], strip: tuple[float, int], is_kept: bool):
    cost = drawing.DrawingCost([still], [strip])
    assert ("MISSED" not in drawing.report(cost)) is is_kept


def test_handouts_are_told_by_the_one_in_the_middle():
    numbers: list[int] = []
    assert len(handouts.milliseconds_of(lambda number: numbers.append(number) or b"", times=5)) == 5
    assert numbers == [0, 1, 2, 3, 4]
    assert "median 100 ms" in handouts.report([90.0, 100.0, 900.0])
    assert handouts.report([90.0, 100.0, 900.0]).endswith("At most 150: kept.")
    assert handouts.report([151.0]).endswith("MISSED.")


@pytest.mark.parametrize(
    ("slowest", "at_once", "verdicts"),
    [
        (
            stopping.Stopped(2, 2, 0.4),
            stopping.Stopped(100, 100, 1.4),
            ("2 of 2 runs", "in 0 late, in 0 not", "All: kept", "All: kept"),
        ),
        (
            stopping.Stopped(2, 2, 1.1),
            stopping.Stopped(100, 100, 0.4),
            ("1 of 2 runs", "in 1 late, in 0 not", "All: MISSED", "All: kept"),
        ),
        (
            stopping.Stopped(1, 2, 0.4),
            stopping.Stopped(99, 100, 0.4),
            ("1 of 2 runs", "in 0 late, in 1 not", "All: MISSED", "All: MISSED"),
        ),
    ],
)
def test_one_reader_who_is_not_told_in_time_is_one_too_many(
    slowest: stopping.Stopped, at_once: stopping.Stopped, verdicts: tuple[str, str, str, str]
):
    one_by_one, together = stopping.report([stopping.Stopped(2, 2, 0.1), slowest], at_once).splitlines()
    assert f"in {verdicts[0]}" in one_by_one
    assert verdicts[1] in one_by_one
    assert f"the slowest after {slowest.seconds:.2f} s" in one_by_one
    assert one_by_one.endswith(f"{verdicts[2]}.")
    assert together.endswith(f"{verdicts[3]}.")
