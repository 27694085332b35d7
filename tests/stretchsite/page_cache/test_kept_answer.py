"""A kept answer is packed in a way that whoever asks for it can read."""

from __future__ import annotations

import pytest

from stretchsite.page_cache.kept_answer import coding_for


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0", "identity"),
        ("gzip; q=0.000, br ; q = 0", "identity"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=0, *", "gzip"),
        ("x-gzip, brotli, identity", "identity"),
        (",;,=", "identity"),
    ],
)
def test_an_answer_is_packed_as_it_may_be(accepted: str, coding: str):
    assert coding_for(accepted) == coding
