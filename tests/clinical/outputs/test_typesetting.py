"""The typesetter: what it leaves on the machine it works on, and which letters it has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from clinical.outputs.typesetting import without_a_letter

TYPESET = """
import sys
from pathlib import Path

import django

django.setup()
import stretchsite.urls

assert "typst" not in sys.modules, "it is large, and most processes set no page"
from clinical.outputs.typesetting import typeset_pdf

sys.stdout.buffer.write(typeset_pdf(Path(sys.argv[1]), {"words": "Slowly."})[:5])
"""


def test_typesetting_is_fetched_for_its_first_page_and_leaves_nothing_behind_on_the_machine(tmp_path: Path):
    template = tmp_path / "words.typ"
    template.write_text("#json(bytes(sys.inputs.data)).words\n")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", TYPESET, str(template)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "stretchsite.settings.test", "TMPDIR": str(temporary)},
        capture_output=True,
    )
    assert done.stdout == b"%PDF-", done.stderr.decode()
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "lacking"),
    [
        ("Slowly, 3 times.\r\nThen rest.", ()),
        ("Œuvre – “très” naïf, Łódź, ½, °", ()),
        ("Медленно. Αργά.", ()),
        ("Slowly 🙂, slowly 🙂 👍🏽", ("🙂", "👍", "🏽")),
        ("慢 means slowly", ("慢",)),
        ("\u0000\u200b", ()),
    ],
)
def test_a_letter_that_no_typeface_has_is_named_once(words: str, lacking: tuple[str, ...]):
    assert without_a_letter(words) == lacking
