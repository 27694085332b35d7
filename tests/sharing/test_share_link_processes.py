"""SL5, PD5: what one process withdraws or revokes, every other tells on the next request; what all count, adds up."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.browser import serving
from tests.sharing.two_servers import Crowd, Officer, Told, officer, opened

#: Of the slow ones, and with the browser stories, since it takes the same half minute to build their site.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser, writing")]

LINKS = 10
#: Requests after the change, at each of the two servers.
AT_LEAST = 50
#: Readers' requests that are counted, over both.
OPENINGS = 200
STOP_NOTICE = "Do not do these: taken out for safety"


@pytest.fixture
def folder(built_site: Path, tmp_path: Path) -> Path:
    """A site of this test's own: it withdraws."""
    return shutil.copytree(built_site, tmp_path, dirs_exist_ok=True)


@pytest.fixture
def servers(folder: Path) -> Iterator[list[str]]:
    """Two servers of the site, each a master with a worker of its own: they share the database and nothing else."""
    with ExitStack() as stack:
        yield [stack.enter_context(serving.served(folder, f"server-{name}.log")).address for name in "ab"]


@pytest.fixture
def safety_officer(folder: Path) -> Iterator[Officer]:
    """The third process."""
    with officer(folder, LINKS) as ready:
        yield ready


def links_of(officer: Officer) -> list[str]:
    """The addresses of the links that were made."""
    return [f"/s/{token}/" for token in officer.tokens]


def assert_within_a_second(later: list[Told], moment: float, before: list[Told]) -> None:
    """Each server has told it within a second; on a busy machine, within what two requests took before the change."""
    longest = max(1, 2 * max(told.answered - told.sent for told in before))
    for server in {told.server for told in later}:
        assert min(told.answered for told in later if told.server == server) < moment + longest


def test_sl5_every_request_to_either_server_is_told_at_once(servers: list[str], safety_officer: Officer):
    """Of a link, and of the routine's own page, which both servers hold in memory."""
    crowd = Crowd(servers, links_of(safety_officer))
    others = Crowd(servers, ["/routines/restless-legs-during-an-attack/"])
    with crowd.asking(), others.asking():
        before = crowd.since(0, at_least=5)
        held = others.since(0, at_least=5)
        withdrawn = safety_officer.do("withdraw")
        stopped = crowd.since(withdrawn, AT_LEAST)
        public = others.since(withdrawn, AT_LEAST)
        revoked = safety_officer.do("revoke")
        ended = crowd.since(revoked, AT_LEAST)
    assert all(told.status == 200 and STOP_NOTICE not in told.page for told in before)
    assert all(told.status == 200 and STOP_NOTICE in told.page for told in stopped)
    assert all(told.status == 410 for told in ended)
    assert all(told.status == 200 and STOP_NOTICE not in told.page for told in held)
    assert all(told.status == 200 and STOP_NOTICE in told.page for told in public)
    assert_within_a_second(stopped, withdrawn, before)
    assert_within_a_second(ended, revoked, before)


def test_pd5_what_two_processes_count_adds_up(folder: Path):
    with officer(folder, LINKS) as ready:
        with ExitStack() as stack:
            servers = [stack.enter_context(serving.served(folder, f"server-{name}.log")).address for name in "ab"]
            with ThreadPoolExecutor(8) as readers:
                links = links_of(ready)
                asked = [(servers[number % 2], links[number % LINKS]) for number in range(OPENINGS)]
                told = list(readers.map(lambda each: opened(*each), asked))
        assert [each.status for each in told] == [200] * OPENINGS
        assert abs(ready.do("count") - OPENINGS) <= OPENINGS / 100
