"""The documentation says what is so: every path, link, command, setting, name and message in it exists."""

from __future__ import annotations

import inspect
import re
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.urls import get_resolver, reverse

from clinical.safety.rules import TIER_OF_KIND
from clinical.words.choices import EvidenceLevel, NoteKind
from library import fields, reading, records
from library.checking import Known, faults_of
from stretchsite.group_permissions import PAGE_PERMISSIONS
from tests import hostile_pictures as pictures
from tests.outputs import PLACES
from tests.stretchsite.documentation import (
    INLINE,
    LINK,
    PAGES,
    anchors,
    inline_code,
    is_ours,
    make_targets_typed,
    our_sentences,
    prose,
    read,
    rows,
    section,
    typed,
)
from tests.tooling.sources import FLOORS, ROOT, files, name_of

GUIDE = "docs/authors-guide.md"
FORMAT = "docs/library-format/README.md"
PICTURE_MOST_BYTES = 300_000

#: Names of the platform and of the databases that the documentation may use.
NOT_OURS = {"ATOMIC_REQUESTS", "IMMEDIATE", "TRUNCATE", "journal_mode", "session_replication_role", "wagtailadmin_home"}
#: What the platform itself writes on the screen.
WORDS_OF_THE_PLATFORM = ("Save draft", "Publish", "Add exercise", "Add routine")

every_page = pytest.mark.parametrize("page", PAGES, ids=name_of)


@every_page
def test_every_relative_link_leads_somewhere(page: Path):
    lost = []
    for target in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            lost.append(target)
    assert lost == []


@every_page
def test_every_path_exists(page: Path):
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()} - {".venv", "media"}
    paths = {code for code in inline_code(page) if re.fullmatch(r"[\w.]+/[\w./-]*", code)}
    # In the description of the library's format these are files of a library.
    paths -= {code for code in paths if page == ROOT / FORMAT and code.endswith(".yaml")}
    assert [code for code in paths if code.partition("/")[0] in folders and not (ROOT / code).exists()] == []


def make_targets() -> set[str]:
    phony = re.search(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)
    assert phony
    return {name for name in phony[1].split() if not name.endswith("-environment")}


@every_page
def test_every_make_target_that_is_mentioned_exists(page: Path):
    assert make_targets_typed(page) <= make_targets()


def test_every_make_target_is_mentioned():
    assert make_targets() <= set().union(*map(make_targets_typed, PAGES))


@every_page
def test_every_management_command_and_its_options_exist(page: Path):
    for line in typed(page):
        found = re.search(r"manage\.py ([a-z_]+)(.*)", line)
        if found is None:
            continue
        name, rest = found.groups()
        assert name in get_commands(), line
        command = load_command_class(get_commands()[name], name)
        known = {
            option for action in command.create_parser("manage.py", name)._actions for option in action.option_strings
        }
        assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= known, line


def test_every_management_command_of_ours_is_mentioned():
    said = " ".join(line for page in PAGES for line in typed(page))
    ours = {name for name, app in get_commands().items() if app in FLOORS}
    assert ours
    assert {name for name in ours if not re.search(rf"\b{name}\b", said)} == set()


def environment_of_the_settings() -> set[str]:
    """What the settings read from the environment; two are read by Django and by the database address's parser."""
    asked = re.compile(r"(?:_(?:given|listed|is_on|by_language)\(|environ(?:\.get\(|\[|, ))\s*\"([A-Z0-9_]+)\"")
    names = {name for path in files("stretchsite/settings") for name in asked.findall(read(path))}
    return names | {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}


@pytest.mark.parametrize("page", ["README.md", "docs/deployment.md"])
def test_the_table_of_settings_is_complete_and_true(page: str):
    named = {row[0].strip("`") for row in rows(section(page, "## Settings")) if row[0].startswith("`")}
    assert named == environment_of_the_settings()


@every_page
def test_every_name_in_the_code_that_is_mentioned_exists(page: Path):
    names = {
        code.removesuffix("()").rpartition(".")[2]
        for code in inline_code(page)
        if re.fullmatch(r"[A-Za-z_][\w.]*(?:\(\))?", code) and not (ROOT / code).exists()
    }
    # Words in plain small letters may be words; the name of a test is only ever an example.
    names = {name for name in names if re.search(r"[A-Z]|_", name) and not name.startswith("test_")}
    known = {*NOT_OURS, *get_commands(), *names_of_addresses()}
    assert {name for name in names - known if not is_ours(name)} == set()


def names_of_addresses() -> set[str]:
    """What the site's addresses are called; those of outputs are put together from the lists of them."""
    return {name for name in get_resolver().reverse_dict if isinstance(name, str)}


def test_the_readme_is_short_and_shows_one_picture_of_the_site():
    # But for the table of settings, which another test wants complete.
    assert len([line for line in read("README.md").splitlines() if not line.startswith("| `")]) <= 54
    [shown] = re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", read("README.md"))
    picture = (ROOT / shown).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">I", picture[16:20])[0] == 1280
    assert len(picture) < PICTURE_MOST_BYTES


def test_every_page_of_the_documentation_is_in_its_index():
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / target.partition("#")[0]).resolve() for target in LINK.findall(prose(index))}
    assert [name_of(page) for page in sorted((ROOT / "docs").rglob("*.md")) if page not in {*linked, index}] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=name_of)
def test_a_decision_has_its_number_its_status_and_its_parts(page: Path):
    text = read(page)
    assert re.match(rf"# {page.name[:4]} \S", text)
    assert re.search(r"^Status: (?:accepted|replaced by \d{4})\. Date: \d{4}-\d\d-\d\d\.$", text, re.MULTILINE)
    parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert [part for part in parts if part != "Considered and left out"] == ["Context", "Decision", "Consequences"]


def test_every_dependency_has_its_reason():
    decision = section("docs/decisions/0011-dependencies.md", "## Decision")
    required = {
        re.split(r"\[|~=", line)[0]
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in read(name).splitlines()
        if "~=" in line
    }
    assert {row[0] for row in rows(decision)} == required


#: What can stand where an address of the contract has a part in pointed brackets.
EXAMPLES_OF_PARTS = {
    "slug": "calves",
    "fingerprint": "0123456789abcdef0123",
    "token": "a-token",
    "name": "a.webp",
    "identifier": "riverside",
}


def test_every_output_has_its_row_among_the_addresses():
    named = {name.strip("`") for _, name, _ in rows(section("docs/architecture.md", "## Addresses"))}
    assert {str(place) for place in PLACES} - named == set()


def test_every_address_of_the_contract_is_served():
    table = rows(section("docs/architecture.md", "## Addresses"))
    assert table
    for address, name, _ in table:
        path = address.strip("`")
        parts = {part: EXAMPLES_OF_PARTS[part] for part in re.findall(r"<(\w+)>", path)}
        for part, example in parts.items():
            path = path.replace(f"<{part}>", example)
        assert reverse(name.strip("`"), kwargs=parts) == path


def test_every_number_the_code_refers_to_is_explained():
    explained = set(
        re.findall(r"\b(?:E\d(?:\.\d+)?|H\d\d|XS\d)\b", section("docs/architecture.md", "## The safety model"))
    )
    sources = "\n".join(map(read, files(*FLOORS)))
    used = set(re.findall(r"\b(?:E[1-6](?:\.\d+)?|H\d\d|XS\d)\b", sources))
    assert used
    assert used <= explained


@pytest.mark.parametrize("page", ["docs/troubleshooting.md", GUIDE])
def test_every_message_that_is_explained_is_one_of_ours(page: str):
    symptoms = [code for row in rows(read(page)) for code in INLINE.findall(row[0])]
    messages = [code for code in symptoms if " " in code and not code.startswith("make ")]
    assert messages
    # What differs from case to case is written as an ellipsis; a part of two letters proves nothing.
    parts = {part.strip() for message in messages for part in message.split("…") if len(part.strip(" “”.:;")) > 2}
    assert {part for part in parts if part not in our_sentences()} == set()


def test_what_the_authors_guide_prints_bold_stands_on_the_screen():
    models = [model for model in apps.get_models() if model._meta.app_label in FLOORS]
    names = [str(getattr(field, "verbose_name", "")) for model in models for field in model._meta.get_fields()]
    screen = " ".join([our_sentences(), *names, *WORDS_OF_THE_PLATFORM]).casefold()
    bold = {" ".join(words.split()).rstrip(".") for words in re.findall(r"\*\*([^*]+)\*\*", read(GUIDE))}
    assert bold
    assert {words for words in bold if words.casefold() not in screen} == set()


def test_the_authors_guide_knows_every_kind_evidence_level_and_group():
    phrasing = rows(section(GUIDE, "### Which kind, and how to phrase it"))
    assert [row[:2] for row in phrasing] == [[str(kind.label), str(int(TIER_OF_KIND[kind]))] for kind in NoteKind]
    evidence = rows(section(GUIDE, "## Conditions and evidence"))
    assert [row[0] for row in evidence] == [str(level.label) for level in EvidenceLevel]
    assert [row[0] for row in rows(section(GUIDE, "## Who may do what"))] == list(PAGE_PERMISSIONS)


def test_the_example_library_is_a_library_without_a_fault(tmp_path: Path):
    for name, code in re.findall(r"^### `([^`]+)`\n```yaml\n(.*?)^```$", read(FORMAT), re.MULTILINE | re.DOTALL):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(code, encoding="utf-8")
    # The file of the picture it names.
    (tmp_path / "pictures/towel-round-the-foot.jpg").write_bytes(pictures.encoded("JPEG"))
    library = reading.read_library(tmp_path)
    assert {folder for folder, found in library.items() if found} == set(records.RECORD_OF_FOLDER)
    assert faults_of(library, Known()) == []


def fields_of_records() -> Iterator[str]:
    for _name, record in inspect.getmembers(records, inspect.isclass):
        if issubclass(record, fields.Record):
            yield from record.model_fields


def test_the_description_of_the_format_names_every_field_and_limit():
    text = read(FORMAT)
    assert {field for field in fields_of_records() if not re.search(rf"\b{field}\b", text)} == set()
    assert f"{reading.MOST_RECORDS:,} files, {reading.MOST_BYTES // 1024**2} MB" in text
    assert f"{reading.MOST_BYTES_OF_A_FILE // 1024} KB" in text
