"""Where it is performed: the folder, whose it is, the site's environment, and commands run there."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tools.rehearse.telling import NotSo

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "stretch.example"
#: Seconds that any one command may take.
SECONDS = 900


def account_with_python(python: Path) -> pwd.struct_passwd | None:
    """An account without rights that can run this Python; nobody where this is not root, or there is none."""
    if os.geteuid() != 0:
        return None
    with suppress(KeyError, OSError):
        found = pwd.getpwnam("nobody")
        asked = subprocess.run([python, "-c", "import ensurepip"], capture_output=True, check=False, **_as(found))
        return found if asked.returncode == 0 else None
    return None


def _as(account: pwd.struct_passwd | None) -> dict[str, Any]:
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": "/"} if account else {}


class Place:
    """The folder with the site in it, and the account that everything is run as."""

    def __init__(self, folder: Path, account: pwd.struct_passwd | None, release: dict[str, str]) -> None:
        self.folder, self.account = folder, account
        #: What ``release.sh`` is told besides, such as which environment or Python to take.
        self.release = release
        self.site, self.logs, self.tools = folder / "site", folder / "log", folder / "tools"
        self.told: dict[str, str] = {}
        self.keys = {name: secrets.token_urlsafe(60) for name in ("SECRET_KEY", "SHARE_LINK_KEYS", "SHARE_CODE_KEYS")}
        for each in (self.site, self.logs, self.tools, folder / "temporary", folder / "run"):
            each.mkdir()
        folder.chmod(0o755)
        self.own(folder)

    def own(self, *paths: Path) -> None:
        """Give them, and all that is in them, to the account."""
        for path in paths if self.account else ():
            for each in (path, *path.rglob("*")):
                shutil.chown(each, self.account.pw_uid, self.account.pw_gid)  # type: ignore[union-attr]  # asked above

    def make_environment(self, database: str, beside: str = "") -> None:
        """The file of settings, and the folders it names; for another place when ``beside`` names one."""
        data = self.site / f"data{beside}"
        media, journal = self.site / f"media{beside}", self.site / f"journal{beside}"
        for each in (data, media, journal):
            each.mkdir(exist_ok=True)
        told = {
            "DJANGO_SETTINGS_MODULE": "stretchsite.settings.production",
            **self.keys,
            "ALLOWED_HOSTS": HOST,
            "BASE_URL": f"https://{HOST}",
            "BEHIND_PROXY": "1",
            "DATABASE_URL": database or f"sqlite:///{data}/db.sqlite3",
            "MEDIA_ROOT": str(media),
            "JOURNAL_FILE": f"{journal}/journal.jsonl",
            # Nobody listens there: mail waits, and the pages go on.
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": "9",
            "SITE_NAME": "'A clinic #1 $HOME'",
        }
        file = self.site / "environment"
        file.write_text("".join(f"{name}={value}\n" for name, value in told.items()), encoding="utf-8")
        file.chmod(0o600)
        self.told = {name: value.strip("'") for name, value in told.items()}
        self.own(data, media, journal, file)

    @property
    def environment(self) -> dict[str, str]:
        """Of this process what programs need, and the site's own."""
        kept = {name: value for name, value in os.environ.items() if name.startswith(("LANG", "LC_", "PIP_", "SSL_"))}
        path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/bin", "/bin"])
        home = str(self.folder / "temporary")
        return {**kept, "PATH": path, "HOME": home, "GUNICORN_CMD_ARGS": "--workers 1", **self.told}

    @property
    def process(self) -> dict[str, Any]:
        """How a process is started here."""
        return {**_as(self.account), "env": self.environment, "stdin": subprocess.DEVNULL, "text": True}

    def run(self, *command: str | Path, at: Path | None = None, **more: str) -> str:
        """Run it to its end, and return what it printed, which goes to the logs. Raises ``NotSo`` when it fails.

        But for what is printed for one pair of eyes: by those commands nobody's timer runs.
        """
        given = {**self.process, "cwd": at or self.folder, "env": {**self.environment, **more}}
        done = subprocess.run(
            [str(word) for word in command], capture_output=True, timeout=SECONDS, check=False, **given
        )
        if not {"shell", "replay_journal"} & set(command):
            with (self.logs / "commands.log").open("a", encoding="utf-8") as log:
                log.write(done.stdout + done.stderr)
        if done.returncode:
            shown = " ".join(str(word) for word in command if len(str(word)) < 200)
            raise NotSo(f"{shown}: exit status {done.returncode}\n{(done.stdout + done.stderr)[-3000:]}")
        return str(done.stdout)

    def manage(self, *words: str, **more: str) -> str:
        """One of the site's commands, in the release that is served."""
        return self.run(self.site / "code/.venv/bin/python", "manage.py", *words, at=self.site / "code", **more)

    def install(self, archive: Path, ports: Sequence[int] = (), restart: Path | None = None) -> str:
        """``release.sh install``, with these processes started anew, or none."""
        return self.change("install", str(archive), ports=ports, restart=restart)

    def change(self, *words: str, ports: Sequence[int] = (), restart: Path | None = None) -> str:
        """``release.sh`` of this checkout, a copy of which anybody may read."""
        told = {"STRETCHSITE": str(self.site), "PORTS": " ".join(map(str, ports)), **self.release}
        if restart:
            told["RESTART"] = str(restart)
        return self.run(self.tools / "release.sh", *words, at=None, **told)


def archive_of(commit: str, file: Path) -> Path:
    """What is committed, as an archive."""
    subprocess.run(["git", "archive", "--output", str(file), commit], cwd=ROOT, check=True)
    return file


def copy_tools(place: Place) -> None:
    """The programs of ``deploy``, where the account can read them."""
    for path in (ROOT / "deploy").glob("*.sh"):
        shutil.copy(path, place.tools)
    place.own(place.tools)
