"""Reading a library's files: within limits, without the surprises of YAML, each into its record.

YAML would turn ``no`` into false, ``0:30`` into thirty and ``&a``/``*a`` into a bomb; here a word stays a word, numbers
are plain decimal numbers, and anchors, tags and repeated keys are faults.
"""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from library.about import FILE, KIND, LibraryRecord
from library.drafts import as_far_as_written
from library.faults import Fault, LibraryFaults
from library.fields import Record, unseen_in
from library.misfits import misfit
from library.provenance_records import PictureRecord
from library.records import RECORD_OF_FOLDER

MOST_BYTES = 5 * 1024 * 1024
MOST_BYTES_OF_A_FILE = 200 * 1024
MOST_BYTES_OF_A_PICTURE = 10 * 1024 * 1024
MOST_RECORDS = 2000
MOST_DEPTH = 20
#: How the name of a record may end.
ENDINGS = {".yaml", ".yml"}
#: How the file of a picture may end.
PICTURE_ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".heic"}
#: Files that are expected, and neither read nor named.
_SILENT = {"README.md", ".gitkeep"}

#: A library as read: every record by folder and file name.
Library = dict[str, dict[str, Record]]


class PlainLoader(yaml.SafeLoader):
    """YAML as most people believe it is: plain words, decimal numbers, true, false and null."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", "n~"),
    ("tag:yaml.org,2002:int", r"^-?(?:0|[1-9][0-9]{0,17})$", "-0123456789"),
    ("tag:yaml.org,2002:float", r"^-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$", "-0123456789"),
):
    PlainLoader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^$"), [""])


def _mapping(loader: PlainLoader, node: yaml.MappingNode) -> dict[str, Any]:
    """A mapping whose keys are words, each of them once."""
    made: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(
                None, None, f"a field's name must be a word, not {key!r}", key_node.start_mark
            )
        if key in made:
            raise yaml.constructor.ConstructorError(
                None, None, f"the field “{key}” is given twice", key_node.start_mark
            )
        made[key] = loader.construct_object(value_node, deep=True)
    return made


PlainLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_library(folder: Path, *, drafts: bool = False) -> Library:
    """Every record of a library; with ``drafts`` also those that lack something, as what ``library.drafts`` makes.

    Raises ``LibraryFaults`` naming every file at fault.
    """
    library, faults, _passed_over = read_what_is_sound(folder, drafts=drafts)
    if faults:
        raise LibraryFaults(faults)
    return library


def read_what_is_sound(folder: Path, *, drafts: bool = False) -> tuple[Library, list[Fault], list[str]]:
    """The records of a library that are sound in themselves, the faults of all others, and what is passed over.

    Raises ``LibraryFaults`` where the folder itself is at fault.
    """
    files = _files(folder)
    faults, named = _read_about(folder)
    library: Library = {name: {} for name in RECORD_OF_FOLDER} | named
    for path in files:
        name = path.relative_to(folder).as_posix()
        sort = _folder_of(path, folder)
        found, record = _read(path, name, RECORD_OF_FOLDER[sort], sort if drafts else "")
        faults.extend(found)
        if isinstance(record, PictureRecord) and (lost := list(_file_of(record, path, name))):
            faults.extend(lost)
            record = None
        if record is not None:
            library[_folder_of(path, folder)][name] = record
    return library, faults, strangers(folder)


def _read_about(folder: Path) -> tuple[list[Fault], Library]:
    """Whose the library is, if its folder says so."""
    path = folder / FILE
    if not path.is_file() or path.is_symlink():
        return [], {}
    faults, record = _read(path, FILE, LibraryRecord)
    return faults, {} if record is None else {KIND: {FILE: record}}


def _files(folder: Path) -> list[Path]:
    """The files to read, in a fixed order; faults where the folder is not a library."""
    if not folder.is_dir():
        raise LibraryFaults([Fault(str(folder), "", "is not a folder; name the folder of a library")])
    files, faults = [], []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            faults.append(Fault(name, "", "is a link; put the file itself here"))
        elif path.is_file() and name != FILE and _is_a_record(path, folder):
            faults.extend(_misplaced(path, folder, name))
            files.append(path)
    faults.extend(_named_alike(files, folder))
    if len(files) > MOST_RECORDS:
        faults.append(Fault(str(folder.name), "", f"has {len(files)} files; load at most {MOST_RECORDS} at once"))
    if sum(path.stat().st_size for path in files) > MOST_BYTES:
        faults.append(Fault(str(folder.name), "", f"is larger than {MOST_BYTES // 1024 // 1024} MB; load it in parts"))
    if not files:
        faults.append(Fault(str(folder.name), "", "holds no records; put them in " + ", ".join(RECORD_OF_FOLDER)))
    if faults:
        raise LibraryFaults(faults)
    return files


def strangers(folder: Path) -> list[str]:
    """Files that are passed over: what lies beside the folders of records, such as a licence, and what is hidden."""
    files = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    return [path.as_posix() for path in files if _is_a_stranger(path) and path.name not in _SILENT]


def _is_a_stranger(path: Path) -> bool:
    """Whether nobody can have meant it as a record; ``path`` is within the library."""
    is_hidden = any(part.startswith(".") for part in path.parts)
    is_beside = path.parts[0] not in RECORD_OF_FOLDER and path.suffix not in ENDINGS
    return is_hidden or is_beside or path.name in _SILENT


def _folder_of(path: Path, folder: Path) -> str:
    """The folder of records a file lies in, at whatever depth."""
    return path.relative_to(folder).parts[0]


def _is_a_record(path: Path, folder: Path) -> bool:
    """Whether somebody may have meant it as one: no stranger, and no file that a picture's record names."""
    return not _is_a_stranger(path.relative_to(folder)) and not _is_a_picture(path, folder)


def _is_a_picture(path: Path, folder: Path) -> bool:
    """Whether it is the file of a picture, which its record names."""
    return _folder_of(path, folder) == "pictures" and path.suffix in PICTURE_ENDINGS


def _file_of(record: PictureRecord, path: Path, name: str) -> Iterator[Fault]:
    """Find the file of a picture, beside its record."""
    file = path.parent / record.file
    if file.is_symlink() or not file.is_file():
        yield Fault(name, "file", f"there is no file “{record.file}” beside this record; put it there")
    elif file.stat().st_size > MOST_BYTES_OF_A_PICTURE:
        yield Fault(name, "file", f"is larger than {MOST_BYTES_OF_A_PICTURE // 1024 // 1024} MB; save it smaller")
    record.found_at(file)


def _misplaced(path: Path, folder: Path, name: str) -> Iterator[Fault]:
    if path.parent == folder or _folder_of(path, folder) not in RECORD_OF_FOLDER:
        yield Fault(name, "", "lies in the wrong place; use one of the folders " + ", ".join(RECORD_OF_FOLDER))
    if path.suffix not in ENDINGS:
        yield Fault(name, "", "is not a record; its name must end in .yaml or .yml")


def _named_alike(files: Iterable[Path], folder: Path) -> Iterator[Fault]:
    """Two records of one folder with the same name, in two of its folders or with two endings."""
    seen: dict[tuple[str, str], str] = {}
    for path in files:
        name, key = path.relative_to(folder).as_posix(), (_folder_of(path, folder), path.stem)
        if key in seen:
            yield Fault(name, "id", f"is the id of {seen[key]} too; choose another")
        seen.setdefault(key, name)


def _read(path: Path, name: str, kind: type[Record], draft_of: str = "") -> tuple[list[Fault], Record | None]:
    try:
        fields = _parse(_text(path, name), name)
    except LibraryFaults as error:
        return error.faults, None
    faults = [Fault(name, field, message) for field, message in unfit(fields)]
    if faults:
        return faults, None
    if draft_of:
        kind, fields = as_far_as_written(draft_of, fields)
    try:
        record = kind.model_validate(fields)
    except ValidationError as error:
        return [misfit(name, detail, kind) for detail in error.errors()], None
    if name != FILE and getattr(record, "id", path.stem) != path.stem:
        return [Fault(name, "id", f"must be the file's name: write “{path.stem}”, or rename the file")], None
    return [], record


def _text(path: Path, name: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise LibraryFaults([Fault(name, "", f"cannot be read: {error.strerror}")]) from error
    if len(raw) > MOST_BYTES_OF_A_FILE:
        raise LibraryFaults([Fault(name, "", f"is larger than {MOST_BYTES_OF_A_FILE // 1024} KB")])
    if raw.startswith(codecs.BOM_UTF8):
        raise LibraryFaults([Fault(name, "", "begins with a byte order mark; save it as UTF-8 without one")])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LibraryFaults([Fault(name, "", f"is not UTF-8 at byte {error.start}; save it as UTF-8")]) from error


def _parse(text: str, name: str) -> dict[str, Any]:
    try:
        _check_events(text, name)
        # PlainLoader is a SafeLoader with fewer ideas of its own: it builds nothing but plain values.
        fields = yaml.load(text, Loader=PlainLoader)  # noqa: S506  (see the line above)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise LibraryFaults([Fault(name, place, f"is not readable YAML: {problem}")]) from error
    except (ValueError, RecursionError) as error:
        raise LibraryFaults([Fault(name, "", f"is not readable: {error}")]) from error
    if not isinstance(fields, dict):
        raise LibraryFaults([Fault(name, "", "must hold fields with values, such as “id: wall-calf-stretch”")])
    return fields


def _check_events(text: str, name: str) -> None:
    """Refuse anchors, tags, several documents and deep nesting before anything is built from them."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=PlainLoader):
        line = f"line {event.start_mark.line + 1 if event.start_mark else 1}"
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise LibraryFaults(
                [Fault(name, line, "uses an anchor (& or *); write the value out, or put it in quotes")]
            )
        if getattr(event, "tag", None):
            raise LibraryFaults([Fault(name, line, "uses a tag (!); take it out")])
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if documents > 1:
            raise LibraryFaults([Fault(name, line, "holds more than one record; one record a file")])
        if depth > MOST_DEPTH:
            raise LibraryFaults([Fault(name, line, f"is nested more than {MOST_DEPTH} deep")])


def unfit(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Values no record may hold, wherever they stand: where, and what is wrong with them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from unfit(inner, f"{field}.{key}".lstrip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from unfit(inner, f"{field}[{number}]")
    elif isinstance(value, float) and not math.isfinite(value):
        yield field, "is not a number anybody can count to; write a whole number"
    elif isinstance(value, str) and (fault := unseen_in(value)):
        yield field, fault
