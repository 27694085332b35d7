"""Exporting all of it: first what can be a record at all is found, then each is written, so that no record names one
that is not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from clinical.models import Condition, clinic
from library.about import FILE, KIND
from library.checking import faults_of, markup_faults
from library.exporting.about_export import about_export
from library.exporting.kinds import KINDS, Kind, all_of, key_name, meant, versions
from library.exporting.outcome import Asked, Outcome
from library.exporting.page_records import tag_fields
from library.exporting.picture_files import without_file
from library.exporting.picture_records import name_pictures, picture_records, shown_by
from library.exporting.published import published_names
from library.exporting.record_names import Names, name_of_note
from library.exporting.redirects import redirect_records
from library.exporting.reviewed import Reviewed
from library.exporting.saying import said
from library.exporting.sinks import Sink
from library.exporting.yaml_writing import as_yaml
from library.fields import Record
from library.loading import Loading
from library.misfits import misfit
from library.reading import MOST_BYTES, MOST_BYTES_OF_A_FILE, MOST_RECORDS, Library
from library.records import RECORD_OF_FOLDER
from library.references import Known, mentions, reference_faults

_CALLED = {"tags": "a condition", "exercises": "an exercise", "pictures": "a picture", "notes": "a note"}


class Export:
    """One export: what is asked for, where it goes, and what came of it."""

    def __init__(self, sink: Sink, asked: Asked) -> None:
        self._sink, self._asked = sink, asked
        self._names = Names()
        self._outcome = Outcome()
        self._pictures: set[int] = set()
        self._about = about_export(asked)
        self._written: Library = {KIND: {FILE: self._about}}
        self._bytes = 0

    def run(self) -> Outcome:
        """Write every record. One transaction, so that all of it is of one moment where the database can do that."""
        with transaction.atomic():
            self._name_everything()
            self._drop_what_is_no_record()
            self._write_tags()
            for kind in KINDS:
                self._write_kind(kind)
            self._write_redirects()
            self._write_pictures()
        self._say_what_a_loader_would()
        self._sink.write(FILE, as_yaml(self._about.model_dump(mode="json", exclude_defaults=True)).encode())
        self._sink.write("README.md", self._readme().encode())
        return self._outcome

    def _name_everything(self) -> None:
        self._know_others("tags", Condition)
        conditions = self._conditions().values_list("pk", "library_id", "slug")
        self._names.reserve("tags", [identifier for _pk, identifier, _slug in conditions if identifier])
        for pk, identifier, slug in conditions:
            self._names.give("tags", library_id=identifier, words=slug, pk=pk)
        for kind in KINDS:
            self._name_kind(kind)

    def _conditions(self) -> Any:
        return Condition.objects.filter(from_library=self._asked.library).order_by("pk")

    def _know_others(self, folder: str, model: Any) -> None:
        """The records of other libraries, which this one may name."""
        others = model.objects.exclude(library_id="").exclude(from_library__in=("", self._asked.library))
        for pk, library, identifier in others.values_list("pk", "from_library", "library_id"):
            self._names.know_other(folder, pk, library, identifier)

    def _name_kind(self, kind: Kind) -> None:
        self._know_others(kind.folder, kind.model)
        words = "kind" if kind.folder == "notes" else "slug"
        others = ["condition_id"] if kind.folder == "conditions" else []
        columns = ("pk", key_name(kind), "library_id", words, *others)
        own = all_of(kind).filter(from_library=self._asked.library)
        rows = list(meant(kind, self._asked).values_list(*columns))
        loaded_ids = {row[2] for row in rows if row[2]}
        published = {} if self._asked.library else published_names(kind.folder, but=loaded_ids)
        self._names.reserve(kind.folder, [*loaded_ids, *published.values()])
        for pk, key, loaded, called, *condition in rows:
            # One record says the condition and its page.
            identifier = (self._names.page_of("tags", condition[0]) if condition else None) or loaded
            identifier = identifier or published.get(key, "")
            named = name_of_note(called, key) if kind.folder == "notes" else called
            self._names.give(kind.folder, library_id=identifier, words=named, pk=pk, key=key)
        if unseen := own.count() - len(rows):
            why = "not asked for: drafts, withdrawn, not open to everybody, or in another language"
            self._outcome.leave_out(f"{kind.folder}, {unseen} of them", why)

    def _drop_what_is_no_record(self) -> None:
        seen: set[str] = set()
        for kind in KINDS:
            for batch in versions(kind, self._asked):
                for row, version in batch:
                    if kind.folder == "exercises":
                        self._pictures |= shown_by(version)
                    self._drop_unless_a_record(kind, row, version, seen)
        for number in sorted(without_file(self._pictures)):
            self._pictures.discard(number)
            self._outcome.leave_out(f"picture {number}", "its file is not there, or larger than it may be")
        name_pictures(self._names, self._pictures, self._asked.library)

    def _drop_unless_a_record(self, kind: Kind, row: Any, version: Any, seen: set[str]) -> None:
        identifier = self._id(kind, row)
        why = f"the condition has another page, {identifier}" if identifier in seen else ""
        if kind.folder == "conditions":
            seen.add(identifier)
        _as_record, fault = self._as_record(kind.folder, identifier, lambda: kind.fields(version, self._names))
        self._names.taken_missed()
        if fault or why:
            self._names.drop(kind.folder, identifier)
            self._outcome.leave_out(f"{kind.folder}/{identifier}", why or fault)

    def _id(self, kind: Kind, row: Any) -> str:
        return self._names.page_of(kind.folder, row.pk) or ""

    def _as_record(self, folder: str, identifier: str, fields: Any) -> tuple[Record | None, str]:
        """The record of something, or why it cannot be one."""
        model = RECORD_OF_FOLDER[folder]
        try:
            record = model.model_validate(said({"id": identifier, **fields()}))
        except ValidationError as error:
            return None, "; ".join(sorted({str(misfit("", detail, model)) for detail in error.errors()}))
        except (AttributeError, KeyError, TypeError, ValueError) as error:  # a draft may hold anything
            return None, f"is not whole: {error}"
        fault = next(markup_faults("", record), None)
        return (None, str(fault)) if fault else (record, "")

    def _write_tags(self) -> None:
        with_page = {
            self._names.page_of("conditions", pk) for pk in meant(KINDS[0], self._asked).values_list("pk", flat=True)
        }
        for condition in self._conditions().prefetch_related("codes"):
            identifier = self._names.of_pk("tags", condition.pk) or ""
            if identifier not in with_page:
                self._keep("tags", identifier, tag_fields(condition))

    def _write_kind(self, kind: Kind) -> None:
        for batch in versions(kind, self._asked):
            reviewed = Reviewed([version for _row, version in batch], clinic().name)
            for row, version in batch:
                if identifier := self._id(kind, row):
                    self._write_one(kind, identifier, row, version, reviewed)

    def _write_one(self, kind: Kind, identifier: str, row: Any, version: Any, reviewed: Reviewed) -> None:
        fields = kind.fields(version, self._names)
        slug = {"slug": row.slug} if getattr(row, "slug", identifier) != identifier else {}
        record, _fault = self._as_record(kind.folder, identifier, lambda: fields)
        is_as_loaded = row.edited_by is None or (record and row.library_digest in Loading(False, print).digests(record))
        reviews = reviewed.of(version, is_as_loaded=bool(is_as_loaded))
        if self._keep(kind.folder, identifier, {**fields, **slug, "reviews": reviews}):
            self._outcome.keys[kind.folder, identifier] = getattr(row, key_name(kind))

    def _write_redirects(self) -> None:
        for address, fields in redirect_records(self._names, self._asked.library):
            if fields is None:
                self._outcome.leave_out(
                    f"the redirect from {address}", "leads to what is not exported, or off the site"
                )
            else:
                self._keep("redirects", fields["id"], fields)

    def _write_pictures(self) -> None:
        for identifier, fields, content in picture_records(self._names, self._pictures):
            if self._keep("pictures", identifier, fields):
                self._sink.write(f"pictures/{fields['file']}", content)

    def _keep(self, folder: str, identifier: str, fields: dict[str, Any]) -> bool:
        """Write one record, with what of it had to be left out; ``False`` where it is none."""
        record, fault = self._as_record(folder, identifier, lambda: fields)
        for missed, number in Counter(self._names.taken_missed()).items():
            what = _CALLED.get(missed, "a page")
            self._outcome.leave_out(f"{folder}/{identifier}", f"{what} it names is not exported ({number})")
        if record is None:
            self._outcome.leave_out(f"{folder}/{identifier}", fault)
            return False
        content = as_yaml(record.model_dump(mode="json", exclude_defaults=True, by_alias=True)).encode()
        if len(content) > MOST_BYTES_OF_A_FILE:
            self._outcome.leave_out(f"{folder}/{identifier}", "is longer than a record may be")
            return False
        self._sink.write(f"{folder}/{identifier}.yaml", content)
        self._outcome.counts[folder] += 1
        self._bytes += len(content)
        if self._outcome.counts.total() <= MOST_RECORDS:
            self._written.setdefault(folder, {})[f"{folder}/{identifier}.yaml"] = record
        return True

    def _say_what_a_loader_would(self) -> None:
        """Name what keeps the whole from being loaded in one go; drafts may contradict each other."""
        number = self._outcome.counts.total()
        if number > MOST_RECORDS or self._bytes > MOST_BYTES:
            size = f"{number} records, {self._bytes // 1024} KB"
            self._outcome.to_mend.append(f"{size}: more than can be loaded at once; load it in parts")
            return
        elsewhere = frozenset({"elsewhere"})
        known = Known({(mention.sort, mention.identifier): elsewhere for mention in mentions(self._written)})
        known = known if self._names.needed else Known()
        faults = [*faults_of(self._written, known), *reference_faults(self._written, known)]
        self._outcome.to_mend.extend(dict.fromkeys(map(str, faults)))
        if needed := ", ".join(sorted(self._names.needed)):
            self._outcome.leave_out("records of other libraries", f"named only; load first: {needed}")

    def _readme(self) -> str:
        lines = [f"# {self._about.title}", "", self._asked.words(), ""]
        lines += ["Reviews are told as they took place there. They approve nothing where this is loaded.", ""]
        return "\n".join(
            [*lines, *_listed("Left out", self._outcome.left_out), *_listed("To mend", self._outcome.to_mend)]
        )


def _listed(heading: str, entries: list[str]) -> Iterator[str]:
    if entries:
        yield from (f"## {heading}", "", *(f"- {entry}" for entry in entries), "")


def export(sink: Sink, asked: Asked) -> Outcome:
    """Write what the site holds as a library. Nothing on the site is changed by it."""
    return Export(sink, asked).run()
