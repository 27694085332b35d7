"""A sample of ``tools.soak.standstill``: somebody has the write lock and does not end."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser import serving
from tools.soak.standstill import FEW, KEPT, Trial
from tools.soak.visitors import ask

#: Of the slow ones, and with the browser stories, since it takes the same half minute to build their site.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser, writing")]


def test_readers_read_a_save_is_told_and_a_withdrawal_goes_through(built_site: Path, tmp_path: Path):
    folder = shutil.copytree(built_site, tmp_path, dirs_exist_ok=True)
    with serving.served(folder) as site:
        port = urlsplit(site.address).port
        assert port
        trial = Trial(serving.environment(folder), port, (60, *FEW[1:]))
        with trial.held() as holder:
            told = trial.save(1)
            assert told.status == 503
            assert KEPT in told.text
            assert [ask(port, "page", path).status for path in ("/exercises/", "/healthz")] == [200, 200]
            assert trial.withdraw(0).status == 302
            assert holder.stdout
            assert holder.stdout.readline().strip() == "gave way"
        assert trial.save(1).status == 302
