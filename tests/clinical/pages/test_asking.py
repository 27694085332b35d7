"""Who should ask first: a page's lines complete that label, however they were written."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from clinical.pages.asking import asked_first


@pytest.mark.parametrize(
    "written",
    [
        "kneeling hurts",
        "kneeling hurts.",
        "Ask first if kneeling hurts.",
        "Ask first if: kneeling hurts",
        "if kneeling hurts",
        "• kneeling hurts",
    ],
)
def test_line_completes_the_label_once(written: str):
    page = SimpleNamespace(check_first_concerns=(), check_first_if=written)
    assert [ask.words for ask in asked_first(page)] == ["kneeling hurts"]
