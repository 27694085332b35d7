"""A few rounds of ``tools.soak.typed_words``: not a character lost, and no draft that nobody wrote."""

from __future__ import annotations

import os
import sys

import pytest

from tests.browser.conftest import SignIn
from tests.browser.interleaving import APPROVER, WRITER, Interleaving
from tests.browser.serving import StorySite

#: How many rounds, and with which chance to begin: ``python -m tools.soak.typed_words`` says so.
HOW_MANY, FIRST = "STRETCHSITE_TYPING_ROUNDS", "STRETCHSITE_TYPING_FIRST"
FEW = "4"


@pytest.fixture
def site(written_site: StorySite) -> StorySite:
    """These stories write."""
    return written_site


def test_whatever_comes_between_typing_and_saving_nothing_is_lost_and_nothing_made_up(desk_of: SignIn, site: StorySite):
    database = site.log.parent / "site.sqlite3"
    first = int(os.environ.get(FIRST, "1"))
    playing = Interleaving(desk_of(WRITER), desk_of(APPROVER), database, seed=first)
    for number in range(int(os.environ.get(HOW_MANY, FEW))):
        playing.play(first + number)
    sys.stdout.write(f"\n{playing.typed}\n")
    assert playing.typed.is_good(), str(playing.typed)
