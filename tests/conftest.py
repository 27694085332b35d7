"""The fixtures more than one test file needs: the tree of a site, one of each page, and the starter library."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from wagtail.models import Page, Site

from clinical.audit import triggers
from clinical.clinic import clinic_known
from clinical.models import Condition, User
from clinical.publishing import approvals, libraries_known, rows
from clinical.web import admission
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from stretchsite import closed, routing
from stretchsite.models import ConditionIndexPage, HomePage
from testing import factories
from testing.approving import approve_everything
from tests import ready_database, sampling, turns
from tests.browser import serving
from tests.built_once import built_once, database_is_pristine, make_site, memory

STARTER_LIBRARY = Path(settings.BASE_DIR) / "library" / "starter"


# A page of the admin makes hundreds of thousands of small objects, and looking through them for rubbish again and again
# is a tenth of all the work.
gc.set_threshold(100_000, 50, 100)

# How many examples the laws of the pure modules are tried on; see tests/pure_examples.py.
hypothesis.settings.register_profile("quick", max_examples=75, deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("thorough", max_examples=1000, deadline=None)
hypothesis.settings.load_profile("quick")


def pytest_configure(config: pytest.Config) -> None:
    """Every test is read after this."""
    ready_database.share(config)
    config.pluginmanager.register(turns.InTurn(), "in-turn")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``pytest --whole``, as ``make test-whole`` runs it."""
    parser.addoption("--whole", action="store_true", help="try every case of the tests that are marked as sampled")


# First, because xdist reads the groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of wide tables a sample, unless everything is asked for."""
    if not config.getoption("--whole"):
        config.hook.pytest_deselected(items=sampling.thin(items))
    turns.keep_together(items)


@pytest.fixture(scope="session")
def is_whole(request: pytest.FixtureRequest) -> bool:
    """Whether everything is tried, for tests that draw their sample themselves."""
    return bool(request.config.getoption("--whole"))


@pytest.fixture(autouse=True, scope="session")
def _flush_lifts_triggers() -> Iterator[None]:
    """Between tests that commit, Django empties every table; what is written once refuses that, and must not here.

    The flush makes the triggers anew, by the signal it sends. Only here: on the site ``flush`` is refused.
    """
    flush = BaseDatabaseOperations.execute_sql_flush

    def lift_and_flush(operations: BaseDatabaseOperations, sql_list: list[str]) -> None:
        using = operations.connection.alias
        triggers.drop_triggers(using, {model._meta.db_table for model in triggers.kept_models()})
        flush(operations, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lift_and_flush)
        yield


@pytest.fixture(autouse=True, scope="session")
def _busy_machine_is_no_fault() -> None:
    """Readers here may wait longer than on the site: a test that is slow must not lose the connection of all others."""
    admission.READER_SECONDS = 60.0


@pytest.fixture(autouse=True, scope="session")
def _nothing_was_restored() -> None:
    """No request asks whether the site is closed, unless its test says so: some have no database."""
    closed.OPEN_SECONDS = float("inf")
    closed._remembered.asked_at = 0.0


@pytest.fixture(autouse=True)
def _remember_nothing() -> None:
    """Each test builds its own tree, so nothing may be remembered from the last."""
    approvals.forget_locales()
    rows.forget_what_held()
    routing.forget_roots()
    Site.clear_site_root_paths_cache()
    settings.RATE_COUNTS_FILE.unlink(missing_ok=True)
    # No clinic has set anything, known as long as a test takes: what is asked by the clock is counted by chance.
    cache.set(clinic_known.KNOWN_AS, {}, timeout=None)
    libraries_known.forget_libraries()
    memory.begin()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path | None:
    """As pytest-django does it; then note what it looks like before anything is written.

    Gives a file with that on SQLite. Tests that commit empty the database itself, so nothing is built on a copy of it.
    """
    with django_db_blocker.unblock():
        database_is_pristine()
        if connection.vendor != "sqlite":
            return None
        migrated = tmp_path_factory.mktemp("migrated") / "site.sqlite3"
        with closing(sqlite3.connect(migrated)) as copy:
            connection.connection.backup(copy)
        return migrated


@pytest.fixture(scope="module")
def set_up_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A site with its page tree, groups and workflow and nothing in it, once for a module; use it with ``db``."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_site("set_up_site", lambda: call_command("setup_site", verbosity=0))
        yield
        transaction.set_rollback(True)


@pytest.fixture
@built_once
def home_page(db: None) -> HomePage:
    """The front page of a site that answers to every host."""
    root = Page.objects.get(depth=1)
    Site.objects.all().delete()
    root.get_children().filter(slug="home").delete()
    root = Page.objects.get(depth=1)
    home = factories.HomePageFactory(parent=root)
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home


@pytest.fixture
@built_once
def condition_index(home_page: HomePage) -> ConditionIndexPage:
    """The list of conditions."""
    return factories.ConditionIndexPageFactory(parent=home_page)


@pytest.fixture
@built_once
def exercise_index(home_page: HomePage) -> ExerciseIndexPage:
    """The catalogue of exercises."""
    return factories.ExerciseIndexPageFactory(parent=home_page)


@pytest.fixture
@built_once
def routine_index(home_page: HomePage) -> RoutineIndexPage:
    """The catalogue of routines."""
    return factories.RoutineIndexPageFactory(parent=home_page)


@pytest.fixture
@built_once
def practitioner(db: None) -> User:
    """An account that writes."""
    return factories.UserFactory.create(username="practitioner")


@pytest.fixture
@built_once
def condition(db: None) -> Condition:
    """A condition."""
    return factories.ConditionFactory.create(name="Tight calves", slug="tight-calves")


@pytest.fixture
@built_once
def exercise(exercise_index: ExerciseIndexPage) -> ExercisePage:
    """A live exercise."""
    draft = factories.draft_exercise(title="Wall calf stretch", slug="wall-calf-stretch")
    return exercise_index.add_child(instance=draft)


@pytest.fixture
@built_once
def routine(routine_index: RoutineIndexPage, exercise: ExercisePage, condition: Condition) -> RoutinePage:
    """A live routine with one exercise."""
    return routine_index.add_child(
        instance=factories.draft_routine([exercise], [condition], title="Calves", slug="calves")
    )


@pytest.fixture
def everything_is_approved(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of something else that publish from the editor: a colleague has approved whatever is about to go live.

    Everything else the publish gate asks is asked as ever. Where a test knows the words beforehand,
    ``factories.approve`` and ``factories.publish`` say so without it.
    """
    approve_everything(monkeypatch.setattr)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory, django_db_setup: Path | None) -> Path:
    """The folder of a whole site with its starter library. Nobody serves it: it is there to be copied.

    It takes a minute to build, so the first worker that needs it builds it for all, and the others wait. On SQLite the
    database as the migrations left it is what it is built on.
    """
    together = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        together = together.parent
    folder = together / "built"
    with (together / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = Path(mkdtemp(dir=together))
            if django_db_setup:
                shutil.copy(django_db_setup, unfinished / "site.sqlite3")
            serving.build(unfinished)
            unfinished.rename(folder)
    return folder
