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
    "list_tasks",
    "publish_scheduled",
    "purge_share_links",
    "send_review_reminders",
}


def test_the_example_of_an_environment_names_every_setting_once():
    named = re.findall(r"^([A-Z_]+)=", read("deploy/environment.example"), re.MULTILINE)
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
