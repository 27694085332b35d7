"""SL1, SL2, SL13: the secret in an address is long, kept only as a digest, and taken out of every text."""

from __future__ import annotations

import re

import pytest

from sharing import tokens
from tests.tooling.sources import ROOT, files, name_of

SHARE_MODULES = [name_of(path) for path in files("sharing")]


def test_sl1_tokens_are_long_and_never_repeat():
    made = {tokens.new_token() for _number in range(10_000)}
    assert len(made) == 10_000
    assert min(map(len, made)) >= 43
    assert all(map(tokens.is_token, made))


@pytest.mark.parametrize("name", SHARE_MODULES)
def test_sl1_chance_comes_from_the_system_alone(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"uuid4|uuid1|\brandom\.|import random", text)


@pytest.mark.parametrize("text", ["", "x", "A" * 42, "A" * 44, "A" * 42 + "!", "A" * 42 + "\n", "Ä" * 43])
def test_what_is_no_token_is_not_looked_up(text: str):
    assert not tokens.is_token(text)


def test_sl2_the_digest_depends_on_the_key():
    token = tokens.new_token()
    assert tokens.digest(token, "a") != tokens.digest(token, "b")
    assert tokens.digests(token, ["a", "b"]) == [tokens.digest(token, "a"), tokens.digest(token, "b")]
    assert len(tokens.digest(token, "a")) == 64


@pytest.mark.parametrize(
    "text",
    [
        "Not Found: /s/{}/",
        "GET /s/{}/handout.pdf HTTP/1.1",
        "https://stretch.example/s/{}/?a=1",
        "next=%2Fs%2F{}%2F",
        "{{'token': '{}'}}",
        "/S/{}",
        "token={}&x",
        "/s/{}x/",
    ],
)
def test_sl13_no_token_is_left_in_a_text(text: str):
    token = tokens.new_token()
    cleaned = tokens.redacted(text.format(token))
    assert not any(token[start : start + 12] in cleaned for start in range(len(token) - 11))


def test_sl13_other_texts_stay_as_they_are():
    for text in ("Not Found: /exercises/calf/", "/static/stretchsite/css/sheets.css", "a" * 64):
        assert tokens.redacted(text) == text
