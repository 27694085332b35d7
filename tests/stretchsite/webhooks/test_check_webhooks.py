"""``check_webhooks`` tries each address at once and says what came back, without what may be secret in it."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.stretchsite.webhooks.receiving import SECRET, Receiver, is_signed, told


def tried() -> str:
    """What it says."""
    said = StringIO()
    call_command("check_webhooks", stdout=said)
    return said.getvalue()


def test_a_signed_message_is_sent_and_the_answer_said(db: None, receiver: Receiver):
    said = tried()
    assert said == "1: 127.0.0.1 took it: 204.\n"
    (message,) = told(receiver)
    assert message["type"] == "test"
    assert message["data"].keys() == {"key", "title", "text", "language", "url"}
    _path, headers, body = receiver.sent[0]
    assert is_signed(headers, body, SECRET)


def test_one_that_does_not_take_it_is_said_and_the_others_are_tried(
    db: None, receiver: Receiver, settings: Any, capsys: Any
):
    settings.WEBHOOK_ADDRESSES = ["http://127.0.0.1:1/hook?key=very-secret", receiver.address]
    with pytest.raises(CommandError, match="1 of 2 did not take the message"):
        call_command("check_webhooks")
    said = capsys.readouterr().out
    assert said == "1: 127.0.0.1 did not take it: ConnectionRefusedError.\n2: 127.0.0.1 took it: 204.\n"
    receiver.status = 500
    with pytest.raises(CommandError, match="2 of 2"):
        call_command("check_webhooks")
    assert "2: 127.0.0.1 answered 500." in capsys.readouterr().out


def test_where_none_is_set_it_says_so(db: None, settings: Any):
    settings.WEBHOOK_ADDRESSES = []
    with pytest.raises(CommandError, match="No webhook is set: WEBHOOK_ADDRESSES names none"):
        tried()
