"""Loading a library, exporting it, loading that into an empty site and exporting it again: are both the same bytes?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any, cast

from django.core.management import call_command
from django.db import transaction

from clinical.models import Approval
from clinical.publishing.approvals import BY_A_PERSON
from clinical.publishing.blocks import cleaned
from library.about import KIND, name_of
from library.exporting.kinds import KINDS
from library.loaded_redirects import write_redirect
from library.loading import Loading
from library.one_form import IN_NO_ORDER
from library.ownership import LOADED_INTO
from library.reading import Library, read_library


@contextmanager
def emptied_afterwards() -> Iterator[None]:
    """Take back whatever is written meanwhile: what follows finds the site as empty as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def exported(folder: Path, *, drafts: bool, library: str = "") -> str:
    """Export a library the site holds, or what was written here; what the command said."""
    said = StringIO()
    call_command("export_library", str(folder), drafts=drafts, library=library, stdout=said)
    return said.getvalue()


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def round_trip(library: Path, work: Path, *, publish: bool) -> tuple[dict[str, bytes], dict[str, bytes], str]:
    """The files of the first and the second export, and what the first one said."""
    with emptied_afterwards():
        _load(library, publish)
        said = exported(work / "first", drafts=not publish, library=name_of(read_library(library)))
    with emptied_afterwards():
        _load(work / "first", publish)
        refuse_approved()
        exported(work / "second", drafts=not publish, library=name_of(read_library(work / "first")))
    return files_of(work / "first"), files_of(work / "second"), said


def refuse_approved() -> None:
    """Raise ``LookupError`` where anything counts as approved by somebody, or names who reviewed it here."""
    signed = [kind.model for kind in KINDS if any(field.name == "reviewer" for field in kind.model._meta.fields)]
    named = any(model.objects.exclude(reviewer=None, reviewed_on=None).exists() for model in signed)
    if named or Approval.objects.filter(basis__in=BY_A_PERSON).exists():
        raise LookupError("Something imported counts as approved here")


def differences(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    """The names of the files that are not the same in both."""
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def _load(folder: Path, publish: bool) -> None:
    call_command("load_library", str(folder), publish=publish, stdout=StringIO(), stderr=StringIO())
    library = read_library(folder)
    loading = Loading(publish=True, say=print, library=name_of(library))
    # Redirects have no drafts, so a loading that does not publish writes none.
    for record in () if publish else library["redirects"].values():
        write_redirect(record, loading)  # type: ignore[arg-type]  # so every record of this folder is


def lost(library: Path, exported_to: Path) -> list[str]:
    """The records that say something else after the export, whatever order a set has, and those that are not there."""
    before, after = (_said(read_library(folder)) for folder in (library, exported_to))
    return sorted(
        f"{name}: {', '.join(_other_fields(before[name], after.get(name, {})))}"
        for name in before
        if before[name] != after.get(name)
    )


def written_again(library: Path, exported_to: Path) -> list[str]:
    """The records that loading the export would write once more, although they say the same."""
    before, after = (_fingerprints(read_library(folder)) for folder in (library, exported_to))
    return sorted(name for name in before if before[name] != after.get(name))


def _fingerprints(library: Library) -> dict[str, str]:
    loading = Loading(publish=False, say=lambda line: None)
    return {
        f"{folder}/{record.id}": loading.digest(record)
        for folder, records in library.items()
        if folder in LOADED_INTO
        for record in cast("Iterable[Any]", records.values())
    }


def _other_fields(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The fields that say something else, with both."""
    other = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return [f"{name} was {before.get(name)!r} and is {after.get(name)!r}" for name in other]


def _said(library: Library) -> dict[str, Any]:
    return {
        f"{folder}/{_called(record)}": _plain(record.model_dump(mode="json", exclude_defaults=True))
        for folder, records in library.items()
        if folder != KIND
        for record in records.values()
    }


def _called(record: Any) -> str:
    """Its id; of a redirect the address, after which an export calls it."""
    return str(getattr(record, "address", record.id))


#: What a file is called is the exporting site's own business.
_NAMES = {"file", "id"}


def _plain(value: Any, name: str = "") -> Any:
    if name == "figure" and isinstance(value, dict):
        return value
    if isinstance(value, dict):
        return {inner: _plain(each, inner) for inner, each in value.items() if inner not in _NAMES}
    if name == "position" and isinstance(value, list):
        return [value[0], *sorted(value[1:])] if len(value) > 1 else value[0]
    if isinstance(value, list):
        plain = [_plain(each) for each in value]
        return sorted(plain, key=str) if name in IN_NO_ORDER else plain
    if name == "paragraph":
        return cleaned(value if value.startswith("<") else f"<p>{value}</p>")
    return value
