"""What is wrong with metrics, webhooks, a bucket or the hosts is told in words that name it, with all else at once."""

from __future__ import annotations

import base64

import pytest

from stretchsite.settings.environment import faults_in
from tests.stretchsite.test_settings import COMPLETE, refusal

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdefghijklmnopqrstuv").decode()
NO_ADDRESS = "WEBHOOK_ADDRESSES: each is an address such as https://hooks.example/stretchsite."


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"ALLOWED_HOSTS": ","}, "ALLOWED_HOSTS names no host"),
        ({"METRICS_TOKEN": "short-and-secret"}, "METRICS_TOKEN is too short"),
        ({"METRICS_TOKEN": "geheimes-Wörtchen-von-Länge"}, "METRICS_TOKEN holds other signs"),
        ({"WEBHOOKS_MAY_BE_PRIVATE": "ja"}, "WEBHOOKS_MAY_BE_PRIVATE is “ja”: write 1 or 0."),
        *(
            ({"WEBHOOK_ADDRESSES": address, "WEBHOOK_SECRETS": SECRET}, NO_ADDRESS)
            for address in (
                *("https://[x", "https://hooks.example:99999/x", "https://hooks.example:port/x", "hooks.example"),
                *("https://hooks.example:0/x", "https://hooks.example/ü", "https://hooks.example/a b", "https:///x"),
            )
        ),
        ({"WEBHOOK_ADDRESSES": "https://hooks.example/x"}, "WEBHOOK_SECRETS is missing"),
        ({"S3_REGION": "eu-west-2"}, "Set S3_BUCKET in the environment"),
        ({"S3_REGION": "eu-west-2"}, "Set S3_SECRET_KEY in the environment"),
    ],
)
def test_it_is_told_before_anything_is_installed_and_by_the_settings(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], told: str
):
    said = faults_in({**COMPLETE, **environment})
    assert [fault for fault in said if fault.startswith(told)]
    start = refusal(monkeypatch, **environment)
    assert start.count(told) == 1
    assert "ImproperlyConfigured" in start
    assert SECRET not in f"{said}{start}"


def test_all_of_it_is_told_at_once_and_once():
    wrong = {
        "SECRET_KEY": "short",
        "METRICS_TOKEN": "short",
        "WEBHOOK_ADDRESSES": "https://[x",
        "S3_BUCKET": "Stretch Files",
        "S3_ENDPOINT": "http://files.example",
        "S3_ACCESS_KEY": "a",
        "S3_SECRET_KEY": "b",
        "S3_REGION": "eu west",
    }
    said = faults_in({**COMPLETE, **wrong})
    named = [
        "SECRET_KEY",
        "METRICS_TOKEN",
        "WEBHOOK_ADDRESSES",
        "WEBHOOK_SECRETS",
        "S3_BUCKET",
        "S3_ENDPOINT",
        "S3_REGION",
    ]
    assert [fault.replace(":", " ").split()[0] for fault in said] == named


def test_what_is_right_is_no_fault():
    right = {
        "METRICS_TOKEN": "a-token-of-many-letters",
        "WEBHOOK_ADDRESSES": "http://10.0.0.1:8080/x?key=y, https://hooks.example",
        "WEBHOOK_SECRETS": SECRET,
        "WEBHOOKS_MAY_BE_PRIVATE": "On",
        "S3_BUCKET": "stretch-files",
        "S3_ENDPOINT": "http://[::1]:9000",
        "S3_ACCESS_KEY": "a",
        "S3_SECRET_KEY": "b",
    }
    assert faults_in({**COMPLETE, **right}) == []
