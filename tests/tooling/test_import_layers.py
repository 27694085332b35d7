"""import-linter refuses an upward import, proved by planting one in a copy of the packages."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.tooling.sources import FLOORS, ROOT

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

FLOORS_CONTRACT = "The floors: each imports only from those below it; those side by side do not know each other"
ROWS_CONTRACT = "Inside an app, downwards only"
SUBJECTS_CONTRACT = "Inside clinical, a folder a subject: each imports only from those below it"
SUPPORT_CONTRACT = "The site needs nothing that only tests and trials need"
PURE_CONTRACT = "The pure modules know no models and no Wagtail"


def copied(folder: Path) -> Path:
    """The packages and their contracts, in a folder of their own."""
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, folder / floor, ignore=shutil.ignore_patterns("__pycache__", "static", "starter"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint(folder: Path) -> tuple[int, str]:
    """The exit status of lint-imports there, and all it said, on one line."""
    done = subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache", "--no-logo"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def plant(folder: Path, module: str, statement: str) -> None:
    """Put a statement at the end of a module, which is made if there is none."""
    path = folder / module
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{statement}\n", encoding="utf-8")


#: What is planted: the module, the statement at its end, the contract that is broken, and how the fault is named.
PLANTED = [
    (
        "clinical/words/choices.py",
        "import exercises.choices",
        FLOORS_CONTRACT,
        "clinical.words.choices -> exercises.choices",
    ),
    ("exercises/sheet.py", "import routines.sheet", FLOORS_CONTRACT, "exercises.sheet -> routines.sheet"),
    ("routines/sheet.py", "import stretchsite.urls", FLOORS_CONTRACT, "routines.sheet -> stretchsite.urls"),
    ("routines/sheet.py", "import sharing.sheet", FLOORS_CONTRACT, "routines.sheet -> sharing.sheet"),
    (
        "figures/fields.py",
        "import clinical.words.choices",
        FLOORS_CONTRACT,
        "figures.fields -> clinical.words.choices",
    ),
    ("stretchsite/views.py", "import library.records", FLOORS_CONTRACT, "stretchsite.views -> library.records"),
    ("exercises/querysets.py", "import exercises.models", ROWS_CONTRACT, "exercises.querysets -> exercises.models"),
    ("routines/assembly.py", "from routines import models", ROWS_CONTRACT, "routines.assembly -> routines.models"),
    (
        "clinical/safety/rules.py",
        "import clinical.models",
        PURE_CONTRACT,
        "clinical.safety.rules -> clinical.models",
    ),
    ("exercises/dosage.py", "import wagtail.models", PURE_CONTRACT, "exercises.dosage -> wagtail"),
    ("exercises/nowhere.py", "", ROWS_CONTRACT, "exercises.nowhere"),
    ("clinical/nowhere.py", "", SUBJECTS_CONTRACT, "clinical.nowhere"),
    (
        "clinical/publishing/gate.py",
        "import clinical.review.reviewing",
        SUBJECTS_CONTRACT,
        "clinical.publishing.gate -> clinical.review.reviewing",
    ),
    ("clinical/safety/rules.py", "import testing.factories", SUPPORT_CONTRACT, "clinical.safety.rules -> testing"),
    # An import for the type checker alone counts too.
    (
        "exercises/assembly.py",
        "if TYPE_CHECKING:\n    from exercises.models import ExerciseIndexPage",
        ROWS_CONTRACT,
        "exercises.assembly -> exercises.models",
    ),
]


@pytest.fixture(scope="module")
def said_of_the_planted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each contract where all of them are planted in one copy; looking takes as long as for one."""
    folder = copied(tmp_path_factory.mktemp("planted"))
    for module, statement, _contract, _named in PLANTED:
        plant(folder, module, statement)
    status, said = lint(folder)
    assert status == 1, said
    broken = said.partition("Broken contracts")[2]
    places = sorted((broken.index(contract), contract) for contract in {planted[2] for planted in PLANTED})
    ends = [place for place, _contract in places[1:]] + [len(broken)]
    return {contract: broken[place:end] for (place, contract), end in zip(places, ends, strict=True)}


@pytest.mark.parametrize(("module", "statement", "contract", "named"), PLANTED)
def test_a_planted_import_is_refused_and_named(
    said_of_the_planted: dict[str, str], module: str, statement: str, contract: str, named: str
):
    assert named in said_of_the_planted[contract]


def test_the_house_as_it_stands_keeps_its_contracts(tmp_path: Path):
    status, said = lint(copied(tmp_path))
    assert status == 0, said


def circles(graph: grimp.ImportGraph) -> list[set[str]]:
    """Modules that import each other, whichever way round; imports inside functions and for the type checker count."""
    reaches = {module: graph.find_downstream_modules(module) for module in graph.modules}
    return [
        {module, other}
        for module in reaches
        for other in graph.find_modules_directly_imported_by(module)
        if other in reaches[module]
    ]


def test_no_module_imports_its_own_importer():
    graph = grimp.build_graph(*FLOORS, cache_dir=None)
    assert circles(graph) == []
    graph.add_import(importer="clinical.words.choices", imported="clinical.safety.rules")
    assert {"clinical.words.choices", "clinical.safety.rules"} in circles(graph)
