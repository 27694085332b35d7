"""What a reader asked for stands in no log and no error mail: a search, or what they leave out of a list."""

from __future__ import annotations

import datetime
import json
import logging
import re
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django_guid.context import guid
from django_guid.middleware import guid_middleware
from gunicorn.config import Config

from stretchsite.logs import OfRequest, RedactingFormatter, RedactingJson, RedactingLogger, RedactingReporter

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


def test_records_say_when_and_of_which_request_in_lines_and_in_objects(rf: RequestFactory):
    """The name the server in front gives a request stands in both logs; what Django hangs on to a record in neither."""
    record = logging.LogRecord("stretchsite", logging.WARNING, "x.py", 1, "Gone: /s/%s/", ("a" * 43,), None)
    record.request = rf.get("/search/?q=secret")
    guid.set("0" * 32)
    assert OfRequest("request_id").filter(record)
    told = settings.LOGGING["formatters"]["text"]
    line = RedactingFormatter(told["fmt"], style="{").format(record)
    written = json.loads(RedactingJson().format(record))
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\d .+ WARNING stretchsite \[{'0' * 32}\]: Gone: /s/.+", line)
    assert written.keys() == {"time", "level", "logger", "request_id", "message"}
    assert (written["request_id"], written["level"]) == ("0" * 32, "WARNING")
    for each in (line, str(written)):
        assert "a" * 43 not in each
        assert "secret" not in each


@pytest.mark.parametrize("said", ["lost:\n%s", "lost:\t%s", 'asked for "/s/%s"', "…/s/%s/", '{"a": "%s"}', "%s"])
def test_no_token_comes_out_in_an_object_however_it_was_written(said: str):
    token = "A-_9" * 10 + "abc"
    try:
        raise ValueError(said % token)
    except ValueError:
        record = logging.LogRecord("stretchsite", logging.ERROR, "x.py", 1, said, (token,), sys.exc_info())
    written = json.loads(RedactingJson().format(record))
    assert token not in str(written)
    assert "ValueError" in written["traceback"]
    assert written["message"][:4] == (said % token)[:4].replace("A-_9", "…")


@pytest.mark.parametrize(("sent", "kept"), [("0af7651916cd43dd8448eb211c80319c", True), ("x'; --", False)])
def test_the_name_of_a_request_is_taken_from_the_server_in_front(rf: RequestFactory, sent: str, kept: bool):
    names: list[str] = []
    answering = guid_middleware(lambda request: names.append(guid.get()) or HttpResponse())
    answer = answering(rf.get("/", headers={"X-Request-ID": sent}))
    assert (names[0] == sent) is kept
    assert re.fullmatch("[0-9a-f]{32}", names[0])
    assert not answer.has_header("X-Request-ID"), "answers are kept for others"
