"""Processes that are started again when they end, as systemd does with the units of ``deploy``."""

from __future__ import annotations

import subprocess
import threading
import time

from tools.rehearse.place import Place

#: In place of systemd for ``release.sh``: ends a process, and returns when it has been started anew.
RESTART = """#!/bin/sh
file={run}/$1.pid
was=$(cat "$file")
kill -TERM "$was"
[ "$1" != tasks ] || exit 0
while [ "$(cat "$file")" = "$was" ]; do sleep 0.1; done
"""


class KeptRunning:
    """By the name ``release.sh`` has for it, each with its command; what they say goes to one log for each."""

    def __init__(self, place: Place) -> None:
        self.place, self.runs = place, place.folder / "run"
        self.commands: dict[str, list[str]] = {}
        self.processes: dict[str, subprocess.Popen[str]] = {}
        self.lock = threading.Lock()
        self.restart = place.tools / "restart.sh"
        self.restart.write_text(RESTART.format(run=self.runs), encoding="utf-8")
        self.restart.chmod(0o755)
        threading.Thread(target=self._watch, daemon=True).start()

    def serve(self, ports: list[int]) -> None:
        """The server on each of these ports, and the worker."""
        python = str(self.place.site / "code/.venv/bin/python")
        for port in ports:
            self.start(str(port), [python, "-m", "gunicorn", "stretchsite.wsgi", "--bind", f"127.0.0.1:{port}"])
        self.start("tasks", [python, "manage.py", "run_tasks"])

    def start(self, name: str, command: list[str]) -> None:
        """Start it, and start it again whenever it ends."""
        with self.lock:
            self.commands[name] = command
            self._start(name)

    def _start(self, name: str) -> None:
        code = self.place.site / "code"
        with (self.place.logs / f"{name}.log").open("a", encoding="utf-8") as log:
            given = {**self.place.process, "cwd": code}
            self.processes[name] = subprocess.Popen(self.commands[name], stdout=log, stderr=log, **given)
        unfinished = self.runs / f"{name}.next"
        unfinished.write_text(str(self.processes[name].pid), encoding="utf-8")
        unfinished.replace(self.runs / f"{name}.pid")

    def _watch(self) -> None:
        while True:
            time.sleep(0.1)
            with self.lock:
                for name in self.commands:
                    if self.processes[name].poll() is not None:
                        self._start(name)

    def stop(self) -> None:
        """End all of them, for good."""
        with self.lock:
            self.commands.clear()
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()
