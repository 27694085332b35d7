"""The guide, step by step, each with what has to be so afterwards."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from tools.rehearse import bad_visitors, content, front
from tools.rehearse.databases import Databases
from tools.rehearse.kept_running import KeptRunning
from tools.rehearse.place import ROOT, Place
from tools.rehearse.reading_logs import found_in
from tools.rehearse.telling import NotSo, Telling, expect
from tools.rehearse.visitors import Visitors
from tools.with_postgres import free_port

#: Words somebody searches for, which no log may hold.
SEARCHED = "rehearsedsciatica"
READY_SECONDS = 90


class Rehearsal:
    """One site from its first installation to its restore."""

    def __init__(
        self, place: Place, telling: Telling, databases: Databases, releases: list[Path], *, is_small: bool
    ) -> None:
        self.place, self.telling, self.databases, self.is_small = place, telling, databases, is_small
        self.before, self.after = releases
        self.ports = [free_port(), free_port()]
        self.running = KeptRunning(place)
        self.front: Any = None
        self.made: dict[str, Any] = {}

    def perform(self, *, is_sample: bool) -> None:
        """All of it, or a sample. Raises ``NotSo`` at the first thing that is not as the guide says."""
        try:
            self.units()
            self.install()
            if self.serve():
                self.sample() if is_sample else self.whole()
        finally:
            self.running.stop()
            if self.front:
                self.front.stop()
        self.read_logs()

    def sample(self) -> None:
        """What needs no content."""
        self.look()
        self.upgrade(["/", "/exercises/", "/healthz"])
        self.telling.leave_out("content, backup and restore", "this is the sample")

    def whole(self) -> None:
        """The life of a site."""
        self.fill()
        self.look()
        backup = self.back_up()
        self.upgrade(["/", self.made["routine"], self.kept, "/exercises/", "/healthz"])
        self.back_and_again([self.kept, "/"])
        self.decide()
        self.lose()
        self.restore(backup)
        self.move()

    def units(self) -> None:
        """The units of ``deploy``, by systemd's own word."""
        if shutil.which("systemd-analyze") is None:
            self.telling.leave_out("units and timers", "systemd-analyze is not installed")
            return
        with self.telling.step("systemd's word on units and timers"):
            folder, code = self.place.folder / "units", self.place.folder / "units/code"
            (code / ".venv/bin").mkdir(parents=True)
            shutil.copytree(ROOT / "deploy", code / "deploy")
            (code / ".venv/bin/python").symlink_to(shutil.which("true") or "/bin/true")
            for unit in (ROOT / "deploy/systemd").iterdir():
                text = unit.read_text(encoding="utf-8").replace("/srv/stretchsite", str(folder))
                (folder / unit.name).write_text(text, encoding="utf-8")
            names = [str(unit) for pattern in ("*.service", "*.timer") for unit in folder.glob(pattern)]
            done = subprocess.run(
                ["systemd-analyze", "verify", "--man=no", *names],
                env={**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:"},
                capture_output=True,
                text=True,
                check=False,
            )
            expect(done.returncode == 0 and not done.stderr, done.stderr)

    def install(self) -> None:
        """From nothing to a site that could be served."""
        with self.telling.step("installed by release.sh") as found:
            self.place.make_environment(self.databases.first)
            self.place.install(self.before)
            found += [self.databases.kind, self.place.manage("site_version").strip()]
            if self.place.account:
                found.append(f"as {self.place.account.pw_name}")

    def serve(self) -> bool:
        """Two processes and the worker behind nginx; false where there is no nginx to ask."""
        nginx = front.program()
        if nginx is None:
            self.telling.leave_out("everything behind nginx", "nginx is not installed")
            return False
        with self.telling.step("two processes, a worker, nginx with TLS"):
            self.front = front.Front(self.place, nginx, (free_port(), free_port()), self.ports)
            self.front.test()
            self.front.start()
            told = [self.front.ask(place)[0] for place in ("/", "/s/none/", f"/search/?q={SEARCHED}", "/code/")]
            expect(told == [503] * 4, f"without the site nginx answers {told}")
            self.running.serve(self.ports)
            self.wait()
        return True

    def wait(self, for_why: str = "") -> str:
        """Until the site is ready, or says this reason for not being so; what it says."""
        wanted, said = (503 if for_why else 200), ""
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            status, said = self.front.ask("/readyz")
            if status == wanted and for_why in said and said.startswith("{"):
                return str(said)
            time.sleep(0.2)
        raise NotSo(f"/readyz says {said}")

    def fill(self) -> None:
        """Content, two people and two share links."""
        with self.telling.step(f"{'a small' if self.is_small else 'the starter'} library, and share links") as found:
            content.load(self.place, self.is_small)
            self.made = content.make(self.place)
            expect(self.asked(self.kept, self.ended) == [200, 200], "a share link does not open")
            found.append(self.place.manage("audit_live").splitlines()[-1].strip())

    @property
    def kept(self) -> str:
        """The link that stays."""
        return f"/s/{self.made['tokens'][0]}/"

    @property
    def ended(self) -> str:
        """The link that is revoked after the backup."""
        return f"/s/{self.made['tokens'][1]}/"

    def asked(self, *paths: str) -> list[int]:
        """The statuses of these places."""
        return [self.front.ask(path)[0] for path in paths]

    def look(self) -> None:
        """What nginx serves itself, what it keeps closed, and where it leads."""
        with self.telling.step("pictures from the disk, the rest closed, http leads to https") as found:
            images = self.place.site / "media/images"
            images.mkdir(exist_ok=True)
            (images / "one.png").write_bytes(b"\x89PNG")
            (images.parent / "original.png").write_bytes(b"\x89PNG")
            self.place.own(images, images.parent / "original.png")
            told = self.asked("/media/images/one.png", "/media/original.png", f"/search/?q={SEARCHED}")
            expect(told == [200, 404, 200], f"pictures, originals and search answer {told}")
            plain = self.front.ask("/routines/", is_plain=True)
            expect(plain == (301, "https://stretch.example/routines/"), f"http answers {plain}")
            found.append(json.loads(self.wait())["version"])
        bad_visitors.perform(self.front, self.telling)

    def back_up(self) -> Path:
        """By ``backup.sh``."""
        with self.telling.step("backup.sh"):
            self.place.run(self.place.site / "code/deploy/backup.sh", STRETCHSITE=str(self.place.site))
            (made,) = (self.place.site / "backups").iterdir()
        return made

    def upgrade(self, places: list[str]) -> None:
        """To another release while visitors ask, for what stands in pages that were opened before, too."""
        style = re.search(r'href="(/static/[^"]+\.css)"', self.front.ask("/")[1])
        expect(style is not None, "the front page names no style sheet")
        self.change("upgraded", [*places, style[1] if style else ""], "install", str(self.after))

    def back_and_again(self, places: list[str]) -> None:
        """To the release before, and to the newer one again."""
        self.change("back", places, "back")
        self.change("again", places, "back")
        with self.telling.step("audit_live after it"):
            self.place.manage("audit_live")

    def change(self, title: str, places: list[str], *words: str) -> None:
        """Another release by ``release.sh``. None of the visitors may notice."""
        with self.telling.step(f"{title} by release.sh while visitors ask") as found:
            served = (self.place.site / "code").resolve()
            with Visitors(self.front, places) as visitors:
                self.place.change(*words, ports=self.ports, restart=self.running.restart)
            found.append(str(visitors))
            expect(not visitors.failures, f"failed: {visitors.failures[:10]}")
            expect(visitors.asked > 0 and (self.place.site / "code").resolve() != served, "nothing was changed")

    def decide(self) -> None:
        """After the backup: one link is ended, one exercise withdrawn."""
        with self.telling.step("after the backup a link is ended and an exercise withdrawn"):
            self.made |= content.decide(self.place)
            told = self.asked(self.kept, self.ended, self.made["withdrawn"])
            expect(told[0] == 200 and 200 not in told[1:], f"the links and the exercise answer {told}")
            self.made["answers"] = told

    def lose(self) -> None:
        """The database is gone with everything that runs; nginx is left."""
        with self.telling.step("the database is lost"):
            self.running.stop()
            self.databases.lose(self.place.site)
            expect(self.asked("/", self.kept) == [503, 503], "something answers without a site")

    def restore(self, backup: Path) -> None:
        """Elsewhere: an empty database, other folders, and the journal from where it was kept."""
        with self.telling.step("restored elsewhere, and closed"):
            self.place.make_environment(self.databases.other, beside="-elsewhere")
            self.place.manage("restore", str(backup))
            journal = self.place.site / "journal-elsewhere/journal.jsonl"
            shutil.copy(self.place.site / "journal/journal.jsonl", journal)
            self.place.own(journal)
            self.running.serve(self.ports)
            self.wait(for_why="replay")
            expect(self.asked("/", self.kept) == [503, 503], "the site is open before the journal was replayed")
        with self.telling.step("the journal replayed: what was ended and withdrawn stays so") as found:
            found.append(self.place.manage("replay_journal").splitlines()[-1])
            self.wait()
            told = self.asked(self.kept, self.ended, self.made["withdrawn"])
            expect(told == self.made["answers"], f"the links and the exercise answer {told}")
            self.place.manage("audit_live")

    def move(self) -> None:
        """From one kind of database to the other, with the site stopped; where there are both, back as well."""
        for address in self.databases.moves:
            new = address or f"sqlite:///{self.place.site}/data-elsewhere/moved.sqlite3"
            with self.telling.step(f"moved to {new.partition(':')[0]} by move_database") as found:
                self.running.stop()
                said = self.place.manage("move_database", "DATABASE_URL", "NEW_DATABASE_URL", NEW_DATABASE_URL=new)
                found += [line for line in said.splitlines() if "hold the same" in line]
                self.place.make_environment(new, beside="-elsewhere")
                self.running.serve(self.ports)
                self.wait()
                told = self.asked(self.kept, self.ended, self.made["withdrawn"])
                expect(told == self.made["answers"], f"the links and the exercise answer {told}")

    def read_logs(self) -> None:
        """Nothing that any program wrote holds a secret, an address, a name or a search."""
        with self.telling.step("every log file searched"):
            secrets = [*self.made.get("tokens", ()), *self.place.keys.values(), front.VISITOR, *content.NAMES, SEARCHED]
            found = found_in(self.place.logs, secrets)
            expect(found == [], f"in the logs: {found}")
