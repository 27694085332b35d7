"""What a reader asked for stands in no log and no error mail: a search, or what they leave out of a list."""

from __future__ import annotations

import datetime
import sys
from types import SimpleNamespace
from typing import Any

from django.test import RequestFactory
from gunicorn.config import Config

from stretchsite.logs import RedactingLogger, RedactingReporter

ASKED = "/exercises/?without=thin_bones"


def test_the_servers_log_has_no_query_of_this_address_or_the_one_before():
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": ASKED,
        "PATH_INFO": "/exercises/",
        "QUERY_STRING": "without=thin_bones",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"https://testserver{ASKED}",
        "REMOTE_ADDR": "203.0.113.9",
    }
    request = SimpleNamespace(headers=[("REFERER", f"https://testserver{ASKED}")])
    answer = SimpleNamespace(status="200 OK", headers=[], sent=1)
    atoms = RedactingLogger(Config()).atoms(answer, request, environ, datetime.timedelta(seconds=1))
    assert atoms["r"] == "GET /exercises/ HTTP/1.1"
    assert [name for name, said in atoms.items() if "thin_bones" in str(said)] == []


def test_an_error_mail_has_no_query():
    request = RequestFactory().get(ASKED, HTTP_REFERER=f"https://testserver{ASKED}")
    try:
        raise ValueError("It failed.")
    except ValueError:
        told = RedactingReporter(request, *sys.exc_info(), is_email=True).get_traceback_text()
    assert "It failed." in told
    assert "/exercises/" in told
    assert "thin_bones" not in told
