"""The two databases of a rehearsal: the one that is lost, and the one the backup is brought back to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from tools.rehearse.telling import NotSo, Telling
from tools.with_postgres import ACCOUNT, places, server_programs, throw_away_cluster

#: What is restored into, and what is moved into at last.
OTHER, MOVED = "elsewhere", "moved"


def _remove_files(site: Path) -> None:
    for path in (site / "data").glob("db.sqlite3*"):
        path.unlink()


@dataclass(frozen=True)
class Databases:
    """Their addresses, empty for a file in the site's folder; how the first one is lost; and where to in the end."""

    kind: str = "SQLite"
    first: str = ""
    other: str = ""
    lose: Callable[[Path], None] = _remove_files
    #: What the site is moved into, one after the other.
    moves: tuple[str, ...] = ("",)


SQLITE = nullcontext(Databases())


@contextmanager
def on_postgresql(telling: Telling) -> Iterator[Databases]:
    """Two databases of a throw-away server; SQLite where no server can be started."""
    programs = server_programs(places())
    if programs is None:
        telling.leave_out("PostgreSQL", "no server programs are installed; SQLite is taken")
        yield Databases()
        return
    with throw_away_cluster(programs) as cluster:

        def of_the_server(program: str, *words: str) -> None:
            done = cluster.run(program, "-h", "127.0.0.1", "-p", str(cluster.port), "-U", ACCOUNT, *words)
            if done.returncode:
                raise NotSo(done.stderr)

        for name in (OTHER, MOVED):
            of_the_server("createdb", name)
        other, moved = (cluster.url.removesuffix(ACCOUNT) + name for name in (OTHER, MOVED))
        yield Databases(
            "PostgreSQL",
            cluster.url,
            other,
            lambda site: of_the_server("dropdb", "--force", ACCOUNT),
            ("", moved),
        )
