"""What an operator deploys with: it names what there is, says what the guide says, and logs nothing of a reader."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from clinical.pictures.consents import BY_CONSENT
from tests.stretchsite.documentation import read, typed
from tests.stretchsite.test_docs import environment_of_the_settings
from tests.tooling.sources import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
COMPOSE: dict[str, Any] = yaml.safe_load(read("deploy/compose.yaml"))
#: Run once a day or oftener, with no argument.
REGULAR = {
    "audit_live",
    "clearsessions",
    "contact_publishers",
    "list_tasks",
    "publish_pack",
    "publish_scheduled",
    "purge_share_links",
    "send_review_reminders",
}


def test_the_example_of_an_environment_names_every_setting_once():
    named = re.findall(r"^([A-Z0-9_]+)=", read("deploy/environment.example"), re.MULTILINE)
    assert sorted(named) == sorted(environment_of_the_settings())


def test_each_regular_task_has_a_timer_whose_command_there_is():
    timed = {
        found[1] for unit in UNITS if (found := re.search(r"^Unit=stretchsite-run@(\w+)\.service", read(unit), re.M))
    }
    assert timed == REGULAR <= set(get_commands())
    assert {unit.stem.removeprefix("stretchsite-") for unit in UNITS if unit.suffix == ".timer"} == {*REGULAR, "backup"}


def test_every_unit_that_can_be_enabled_is_in_the_guide():
    enabled = set(re.findall(r"stretchsite[\w@-]*(?:\.timer)?", " ".join(commands("systemctl enable"))))
    names = {unit.name.removesuffix(".service") for unit in UNITS if "[Install]" in read(unit)}
    assert {re.sub(r"@\d+", "@", name) for name in enabled} == names


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.name)
def test_a_service_may_do_no_more_than_it_must(unit: Path):
    said = set(read(unit).splitlines())
    assert {
        "User=stretchsite",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=",
    } <= said
    ours = {word for line in said for word in re.findall(r"/srv/stretchsite/code/deploy/([\w.]+)", line)}
    assert all((DEPLOY / name).exists() for name in ours)


def commands(beginning: str) -> list[str]:
    """What the guide has somebody type that begins so."""
    return [line for line in typed(ROOT / "docs/deployment.md") if line.startswith(beginning)]


def test_every_step_of_the_containers_is_one_the_guide_names():
    joined = read("deploy/Containerfile").replace("\\\n", " ")
    steps = [line.removeprefix("RUN ") for line in joined.splitlines() if line.startswith("RUN ")]
    # The settings that a step is given are no part of it.
    plain = [re.sub(r'^(?:[A-Z_]+=(?:"[^"]*"|\S+)\s+)+', "", step) for step in steps]
    assert [step for step in plain if step not in typed(ROOT / "docs/deployment.md")] == []
    assert len(plain) == 5


def test_the_containers_name_files_that_there_are_and_releases_that_stay():
    services = COMPOSE["services"]
    mounted = [line for each in services.values() for line in each.get("volumes", ())]
    here = [line.partition(":")[0] for line in mounted if line.startswith(".")]
    assert here
    assert all((DEPLOY / name).is_file() for name in here)
    assert all(line.startswith(("./", "/srv/stretchsite/", "database:")) for line in mounted)
    assert (ROOT / services["prepare"]["build"]["dockerfile"]).is_file()
    copied = re.findall(r"^COPY (\S+)", read("deploy/Containerfile"), re.MULTILINE)
    assert all((ROOT / name).exists() for name in copied)
    images = [each["image"] for each in services.values()] + re.findall(
        r"^FROM (\S+)", read("deploy/Containerfile"), re.M
    )
    assert [name for name in images if not re.search(r":(?:\d+\.\d+|\$\{STRETCHSITE_VERSION:\?)", name)] == []


def test_nginx_writes_nothing_of_a_reader():
    settings = re.sub(r"^\s*#.*$", "", read("deploy/nginx.conf"), flags=re.MULTILINE)
    (format_of_lines,) = re.findall(r"log_format stretchsite (.*?);", settings, re.DOTALL)
    assert set(re.findall(r"\$\w+", format_of_lines)) == {
        "$time_iso8601",
        "$request_id",
        "$request_method",
        "$stretchsite_place",
        "$status",
        "$bytes_sent",
        "$request_time",
        "$upstream_status",
        "$upstream_response_time",
    }
    # Of any milder fault it writes the whole request and who asked.
    assert set(re.findall(r"error_log \S+ ?(\w*);", settings)) == {"emerg"}
    assert len(re.findall(r"error_log", settings)) == len(re.findall(r"^server \{", settings, re.MULTILINE))
    assert set(re.findall(r"access_log (\S+?)(?: stretchsite)?;", settings)) == {
        "off",
        "/var/log/nginx/stretchsite.access.log",
    }


def test_nginx_hears_a_visitor_out_before_it_asks_the_site():
    """Slow ones wait for nginx, which has thousands of places, and never for a thread of the site (R-F23)."""
    settings = re.sub(r"^\s*#.*$", "", read("deploy/nginx.conf"), flags=re.MULTILINE)
    assert "proxy_request_buffering" not in settings, "on unless somebody says otherwise"
    for patience in ("client_header_timeout", "client_body_timeout", "send_timeout"):
        (seconds,) = re.findall(rf"{patience} (\d+)s;", settings)
        assert int(seconds) <= 30
    for file in ("deploy/servers.conf", "deploy/systemd/stretchsite@.service"):
        assert "0.0.0.0" not in read(file)
        assert "127.0.0.1:" in read(file)


def test_only_pictures_for_readers_are_served_from_the_disk():
    settings = read("deploy/nginx.conf")
    assert re.findall(r"^\s+(?:alias|root) (\S+);", settings, re.MULTILINE) == ["/srv/stretchsite/media/images/"]
    assert "location ^~ /media/ { return 404; }" in settings


def test_nginx_lets_browsers_keep_pictures_but_those_whose_consent_may_end():
    settings = read("deploy/nginx.conf")
    kept = re.search(r"map \$uri \$stretchsite_keep \{(.+?)\n\}", settings, re.DOTALL)[1]
    said = dict(re.findall(r'^\s*("?[^\s"]+"?)\s+"([^"]+)";', kept, re.MULTILINE))
    assert said == {
        "default": "public, max-age=31536000, immutable",
        f'"~^/media/images/{BY_CONSENT}"': "no-cache",
    }
    from_disk = settings.split("location ^~ /media/images/ {")[1].split("}")[0]
    assert "add_header Cache-Control $stretchsite_keep;" in from_disk


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_programs_are_clean():
    programs = sorted(map(str, DEPLOY.glob("*.sh")))
    done = subprocess.run(["shellcheck", *programs], capture_output=True, text=True, check=False)
    assert done.stdout == ""


def test_a_value_of_the_environment_may_hold_any_sign(tmp_path: Path):
    told = {"PLAIN": "a=b", "QUOTED": "a #b $HOME `x` \\", "EMPTY": ""}
    (tmp_path / "environment").write_text(
        f"# a comment\nPLAIN={told['PLAIN']}\nQUOTED='{told['QUOTED']}'\nEMPTY=\n", encoding="utf-8"
    )
    shown = "; ".join(f'printf "%s\\n" "${name}"' for name in told)
    script = f". {DEPLOY}/environment.sh; read_environment; {shown}"
    environment = {"STRETCHSITE": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(["bash", "-euc", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == list(told.values())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("SITE_NAME2='a b'", "a b"),
        ("SITE_NAME2=a#b\r", "a#b"),
        ("export SITE_NAME2=a", "without export"),
        ('SITE_NAME2="a"', "in single quotes"),
        ("SITE_NAME2: a", "write NAME=value"),
    ],
)
def test_the_environment_is_read_as_systemd_reads_it_or_refused(tmp_path: Path, line: str, said: str):
    (tmp_path / "environment").write_text(f"# a comment\n\n{line}\n")
    script = f'. "{DEPLOY / "environment.sh"}"; read_environment; printf "%s|" "$SITE_NAME2"'
    ran = subprocess.run(
        ["bash", "-euc", script],
        env={"STRETCHSITE": str(tmp_path), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )
    assert (f"{said}|" == ran.stdout) if not ran.returncode else (said in ran.stderr)


def test_a_container_has_its_environment_and_no_file(tmp_path: Path):
    script = f'. "{DEPLOY / "environment.sh"}"; read_environment; printf "%s" "$SECRET_KEY"'
    given = {"STRETCHSITE": str(tmp_path), "PATH": os.environ["PATH"]}
    told = subprocess.run(["bash", "-euc", script], env=given, capture_output=True, text=True, check=False)
    assert "copy environment.example" in told.stderr
    told = subprocess.run(["bash", "-euc", script], env={**given, "SECRET_KEY": "abc"}, capture_output=True, text=True)
    assert told.stdout == "abc"


class Machine:
    """A folder of the site with two releases, and systemd and curl as they would answer, each call written down."""

    def __init__(self, folder: Path, state: str, *more: str) -> None:
        self.site, self.programs, self.calls = folder / "site", folder / "programs", folder / "calls"
        for name in ("releases/0.3.0", "releases/0.4.0-broken"):
            (self.site / name).mkdir(parents=True)
        (self.site / "code").symlink_to(self.site / "releases/0.4.0-broken")
        (self.site / "former").symlink_to(self.site / "releases/0.3.0")
        self.write("SECRET_KEY=a", *more, f"MEDIA_ROOT={self.site}/media", f"DATABASE_URL=sqlite:///{self.site}/db")
        self.programs.mkdir()
        tasks = "sleep 99 >/dev/null & echo $!"
        said = f'case "$*" in *MainPID*tasks) {tasks} ;; *MainPID*) echo 0 ;; *) echo {state} ;; esac'
        self.program("systemctl", f'echo "systemctl $*" >>{self.calls}; {said}')
        self.program("curl", "echo '{\"ready\": true}'")

    def write(self, *lines: str) -> None:
        (self.site / "environment").write_text("\n".join(lines) + "\n")

    def program(self, name: str, does: str) -> None:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{does}\n")
        path.chmod(0o755)

    def release(self, *words: str, trial: bool = True) -> subprocess.CompletedProcess[str]:
        place = {"STRETCHSITE": str(self.site)} if trial else {}
        told = {**place, "PATH": f"{self.programs}:{os.environ['PATH']}", "PORTS": "8000"}
        asked = ["bash", str(DEPLOY / "release.sh"), *words]
        return subprocess.run(asked, env=told, capture_output=True, text=True, check=False, timeout=20)

    def leads_to(self, name: str) -> str:
        return (self.site / name).resolve().name


def test_back_leads_away_from_a_release_that_does_not_even_start(tmp_path: Path):
    """Its process is between two attempts and cannot be ended: the next attempt takes what is led to then."""
    machine = Machine(tmp_path, "activating", "ALLOWED_HOSTS=stretch.example")
    went = machine.release("back")
    assert went.returncode == 0, went.stderr
    assert (machine.leads_to("code"), machine.leads_to("former")) == ("0.3.0", "0.4.0-broken")
    assert "served: 0.3.0" in went.stdout


def test_back_says_how_far_it_came_where_nothing_starts_what_it_leads_to(tmp_path: Path):
    went = Machine(tmp_path, "inactive").release("back")
    assert went.returncode == 1
    assert "stretchsite@8000 is not running: systemctl enable --now stretchsite@8000" in went.stderr
    assert 'NOT ALL ARE STARTED ANEW: "code" leads to' in went.stderr


def test_all_that_is_wrong_in_the_environment_is_said_before_anything_is_installed(tmp_path: Path):
    machine = Machine(tmp_path, "activating")
    source = tmp_path / "source/stretchsite/settings"
    source.mkdir(parents=True)
    shutil.copy(ROOT / "stretchsite/settings/environment.py", source)
    (source.parent / "__init__.py").write_text('__version__ = "0.5.0"\n')
    went = machine.release("install", str(tmp_path / "source"))
    assert went.returncode == 1
    told = ("SECRET_KEY is too weak", "Set SHARE_LINK_KEYS", "Set ALLOWED_HOSTS", "Set BASE_URL", "begin again")
    assert [words for words in told if words not in went.stderr] == []
    assert "NOT INSTALLED" in went.stderr
    assert machine.leads_to("code") == "0.4.0-broken"
    assert not list((machine.site / "releases").glob("0.5.0*"))


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
@pytest.mark.parametrize("program", ["release.sh", "backup.sh", "manage.sh"])
def test_root_is_refused_where_the_site_is_another_accounts(tmp_path: Path, program: str):
    shutil.chown(tmp_path, "nobody")
    for place in ({"STRETCHSITE": str(tmp_path)}, {}):
        told = {**place, "PATH": os.environ["PATH"]}
        asked = ["bash", str(DEPLOY / program), "back"]
        went = subprocess.run(asked, env=told, capture_output=True, text=True, check=False)
        assert went.returncode == 1
        assert "Not as root" in went.stderr
        assert f"sudo -u {'nobody' if place else 'stretchsite'} " in went.stderr
        assert list(tmp_path.iterdir()) == []


def test_containers_are_looked_for_again_and_make_backups_by_themselves():
    services = COMPOSE["services"]
    assert re.search(r"^ +server app:8000 .*\bresolve;$", read("deploy/servers.compose.conf"), re.MULTILINE)
    version = tuple(map(int, re.search(r"nginx:(\d+)\.(\d+)\.(\d+)", services["nginx"]["image"]).groups()))
    assert version >= (1, 27, 3), "the first that asks again"
    assert services["backup"]["command"] == ["deploy/nightly.sh"]
    assert "/srv/stretchsite/backups:/srv/stretchsite/backups" in services["backup"]["volumes"]


def checks_of_folders(folder: Path) -> str:
    """What the containers ask of their folders before anything else, of folders here."""
    script = COMPOSE["services"]["prepare"]["command"][-1].replace("$$", "$")
    return str(script.partition(".venv/")[0].replace("/srv/stretchsite", str(folder)))


def test_containers_ask_for_no_folder_of_uploads_where_there_is_a_bucket(tmp_path: Path):
    for name in ("journal", "backups"):
        (tmp_path / name).mkdir()
    asked = ["bash", "-euc", checks_of_folders(tmp_path)]
    with_bucket = {**os.environ, "S3_BUCKET": "stretchsite"}
    assert subprocess.run(asked, check=False, env=with_bucket).returncode == 0
    without = subprocess.run(asked, capture_output=True, text=True, check=False, env={**os.environ, "S3_BUCKET": ""})
    assert without.stderr.split(":  ")[1].split() == [f"{tmp_path}/media", f"{tmp_path}/media/images"]


def test_folders_of_another_account_are_named_before_a_container_writes_in_one(tmp_path: Path):
    checked = checks_of_folders(tmp_path)
    (tmp_path / "media").mkdir()
    (tmp_path / "journal").mkdir()
    told = subprocess.run(["bash", "-euc", checked], capture_output=True, text=True, check=False)
    lacking = [f"{tmp_path}/media/images", f"{tmp_path}/backups"]
    assert told.stderr.split(":  ")[1].split() == lacking
    for name in ("media/images", "backups"):
        (tmp_path / name).mkdir()
    assert subprocess.run(["bash", "-euc", checked], check=False).returncode == 0
    made = " ".join(commands("install --directory --owner 10001"))
    assert all(f"/srv/stretchsite/{name}" in made for name in ("media", "media/images", "journal", "backups"))


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/s/abc/", "/s/"),
        ("/de/s/abc/handout.pdf", "/s/"),
        ("/zh-hant-hk/s/abc/", "/s/"),
        ("/code/", "/code/"),
        ("/DE/Code/7K4M-92QX-B3TF-C", "/code/"),
        ("/admin/password_reset/confirm/MQ/abc/", "/admin/"),
        (f"/x/{'a' * 43}", "/secret"),
        ("/x/7k4m-92qx-b3tf-c", "/secret"),
        ("/exercises/", "/exercises/"),
    ],
)
def test_nginx_logs_a_place_and_no_secret(address: str, place: str):
    """The map itself, its expressions tried in their order as nginx does."""
    said = re.search(r"map \$uri \$stretchsite_place \{(.+?)\n\}", read("deploy/nginx.conf"), re.DOTALL)[1]
    rules = re.findall(r'"~(\*?)([^"]+)"\s+(\S+);', said)
    assert len(rules) >= 5
    found = (to for any_case, rule, to in rules if re.search(rule, address, re.IGNORECASE if any_case else 0))
    assert next(found, address) == place
