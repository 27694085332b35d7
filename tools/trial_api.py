"""The read API asked 2,000 things by its own description, sound ones and nonsense, on a site that is served.

    python -m tools.trial_api [number]       how many requests at least; 2000 where nothing is said

A fresh site with the starter library is made in a temporary folder, served by gunicorn, and asked by schemathesis. No
answer may be an error of the server, and each must be one the description names, in the form it gives. The exit
status tells.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tools.bench import fresh_site
from tools.bench.server import gunicorn

USUAL_NUMBER = 2000
CHECKS = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"),
    *("response_headers_conformance", "negative_data_rejection", "unsupported_method", "allow_header_conformance"),
)
#: What the description has of addresses; the requests are spread over them.
ADDRESSES = 7


def main(number: int) -> int:
    """Make the site, ask, and say what came of it."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        given = fresh_site.environment(folder, f"sqlite:///{folder / 'site.sqlite3'}")
        given |= {"API_MOST_A_MINUTE": "1000000"}
        fresh_site.build(folder, given)
        with gunicorn("stretchsite.wsgi:application", given, folder / "server.log") as (port, _pid):
            print(f"asking {number} things at port {port}", flush=True)
            status = _ask(port, number, folder / "told.ndjson")
        asked, answers = _told(folder / "told.ndjson")
    print(f"{asked} requests: {dict(sorted(answers.items()))}")
    errors = sum(count for answer, count in answers.items() if answer >= 500)
    print(f"{errors} errors of the server")
    return 1 if status or errors or asked < number else 0


def _ask(port: int, number: int, report: Path) -> int:
    address = f"http://127.0.0.1:{port}/api/v1/openapi.json"
    said = ("--header", "X-Forwarded-Proto: https", "--header", "Host: 127.0.0.1")
    kinds = ("--phases", "examples,coverage,fuzzing", "--checks", ",".join(CHECKS))
    much = ("--max-examples", str(-(-number // ADDRESSES)), "--suppress-health-check", "all", "--seed", "1")
    told = (
        "--wait-for-schema",
        "120",
        "--request-timeout",
        "60",
        "--report",
        "ndjson",
        "--report-ndjson-path",
        str(report),
        "--continue-on-failure",
        "--no-color",
    )
    program = Path(sys.executable).with_name("schemathesis")
    return subprocess.run([program, "run", address, *said, *kinds, *much, *told], check=False).returncode


def _told(report: Path) -> tuple[int, Counter[int]]:
    """How many were asked, and how often each status was answered."""
    answers: Counter[int] = Counter()
    for line in report.read_text("utf-8").splitlines():
        answers.update(_statuses(json.loads(line)))
    return answers.total(), answers


def _statuses(told: object) -> list[int]:
    if isinstance(told, dict):
        own = [told["status_code"]] if isinstance(told.get("status_code"), int) else []
        return own + [each for value in told.values() for each in _statuses(value)]
    if isinstance(told, list):
        return [each for value in told for each in _statuses(value)]
    return []


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else USUAL_NUMBER))
