"""Whose a library is, as the site keeps it: nobody publishes under somebody else's id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType

from clinical.models import Condition, SafetyNote, Withdrawal
from exercises.models import ExercisePage
from library.about import FILE, about, in_words, name_of
from library.faults import Fault
from library.loading import CHANGED, CREATED, FOR_PUBLISH, UNCHANGED, Loading
from library.models import Library
from library.packs.publishers import publishers
from routines.models import RoutinePage
from stretchsite.models import ConditionPage, InformationPage

#: What the records of each folder are loaded into.
LOADED_INTO: Mapping[str, tuple[Any, ...]] = {
    "tags": (Condition,),
    "conditions": (Condition, ConditionPage),
    "exercises": (ExercisePage,),
    "routines": (RoutinePage,),
    "notes": (SafetyNote,),
    "information": (InformationPage,),
}


def faults_of_name(library: Mapping[str, Mapping[str, Any]], *, by_pack: bool = False) -> list[Fault]:
    """Nobody publishes under the id of somebody else's library; one that is followed comes by its signed pack alone.

    What stands in a folder or a file anybody can copy; a signature nobody can.
    """
    known = about(library)
    if known and not by_pack and known.id in publishers():
        message = f"“{known.id}” is followed here by its signed pack, and comes by no other way; choose another id"
        return [Fault(FILE, "id", message)]
    here = Library.objects.filter(identifier=known.id).first() if known else None
    if known is None or here is None or here.publisher == known.publisher:
        return []
    theirs = f"“{known.id}” is here the library “{here.title}” of “{here.publisher}”"
    return [Fault(FILE, "publisher", f"{theirs}; choose another id, or write its publisher as it is")]


def remember_library(library: Mapping[str, Mapping[str, Any]], loading: Loading) -> None:
    """Keep what a library says about itself; nothing is written where it says what it said.

    While readers see any of it, that has no draft either: only a loading that publishes, or its own pack, changes it.
    """
    known = about(library)
    if known is None:
        return
    row = Library.objects.filter(identifier=known.id).first() or Library(identifier=known.id)
    said = {name: value or "" for name, value in known.model_dump(exclude={"id"}).items()}
    if row.pk and all(getattr(row, name) == value for name, value in said.items()):
        loading.outcomes[FILE] = UNCHANGED
        return
    loading.outcomes[FILE] = CHANGED if row.pk else CREATED
    if row.pk and not (loading.publish or loading.by_pack) and _is_live(known.id):
        loading.outcomes[FILE] = FOR_PUBLISH
        loading.file = FILE
        loading.remark("", "stays as it is here until it is loaded with --publish: readers see records of this library")
        return
    for name, value in said.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()


def _is_live(identifier: str) -> bool:
    """Whether readers see any record of this library."""
    models = {model for models in LOADED_INTO.values() for model in models if model is not Condition}
    return any(model.objects.filter(from_library=identifier, live=True).exists() for model in models)


def unnamed_faults(library: Mapping[str, Mapping[str, Any]]) -> list[Fault]:
    """Records of a named library under whose ids there are some from a folder without a name: nobody knows whose."""
    own, found = name_of(library), []
    for folder, models in LOADED_INTO.items() if own else ():
        files = {record.id: file for file, record in library.get(folder, {}).items()}
        for identifier in sorted(_only_unnamed(models, own, set(files))):
            message = f"is here from {in_words('')}; if that was this library, load it with --take-unnamed, "
            found.append(Fault(files[identifier], "id", f"{message}or else give that folder a {FILE} first"))
    return found


def take_unnamed(library: Mapping[str, Mapping[str, Any]]) -> None:
    """Take what was loaded before libraries had names for this library's own, by its ids; withdrawals go with it."""
    own = name_of(library)
    for folder, models in LOADED_INTO.items() if own else ():
        ids = _only_unnamed(models, own, {record.id for record in library.get(folder, {}).values()})
        for model in models:
            model.objects.filter(from_library="", library_id__in=ids).update(from_library=own)
        kinds = ContentType.objects.get_for_models(*models).values()
        Withdrawal.objects.filter(content_type__in=kinds, from_library="", library_id__in=ids).update(from_library=own)


def _only_unnamed(models: tuple[Any, ...], own: str, ids: set[str]) -> set[str]:
    """Which of these ids are here from a folder without a name, and not from the library itself."""
    here: set[tuple[str, str]] = set()
    for model in models if ids else ():
        rows = model.objects.filter(library_id__in=ids, from_library__in=("", own))
        here.update(rows.values_list("from_library", "library_id"))
    return {name for owner, name in here if not owner and (own, name) not in here}
