"""The publish gate: what is asked of everything that is live, whichever road it came by.

It stands in ``save()``, where every road ends, and asks the object: the tables still hold the last version's rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from html import unescape
from itertools import chain
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import ReferenceIndex

from clinical.platform import usage_indexed_by_hand
from clinical.publishing.approvals import (
    BY_A_PERSON,
    Approval,
    approval_of,
    is_about_going_live,
    is_mended,
    is_on_record,
    not_approved,
    record_going_live,
    why_it_may_not_replace,
)
from clinical.publishing.origins import keys_of, withdrawn_words
from clinical.publishing.pain_read import pain_refusal
from clinical.publishing.refusals import PublishRefused, Refusal, by_field, kinds_in, remember_refusal, sentences_of
from clinical.publishing.rows import (
    PLACE_IN_TREE,
    Kept,
    Rows,
    all_there,
    constraints_hold,
    is_plain,
    references_of,
    references_of_version,
    rows_of,
)
from clinical.publishing.stand_ins import stand_ins
from clinical.publishing.withdrawals import Withdrawal
from clinical.serving.write_lock import write_lock
from clinical.words.characters import says_something
from clinical.words.choices import ApprovalBasis


class GatedMixin(models.Model):
    """Abstract: something that may only be live in approved words, and when :meth:`publish_errors` finds nothing."""

    #: Whose word may stand behind it.
    stands_on = frozenset({*BY_A_PERSON, ApprovalBasis.LIBRARY})
    #: While it is saved: the gate has just asked everything :meth:`full_clean` would ask again.
    is_judged = False
    #: The approval the gate found last, and went by.
    found_approval: Approval | None = None
    #: Whether the gate found nothing wanting but a person's word, which a library has not.
    takes_a_second_person = False

    if TYPE_CHECKING:
        # What the page or note it is mixed into has.
        content_key: UUID
        live: bool
        live_revision_id: int | None

    class Meta:
        abstract = True

    @classmethod
    def from_serializable_data(cls, data: Kept, check_fks: bool = True, strict_fks: bool = False) -> Self | None:
        """A version as an object. Only where something is missing does the platform ask, and deal with, each."""
        check_fks = check_fks and not all_there(references_of_version(cls, data))
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)  # type: ignore[misc]  # mixed into ClusterableModel

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Raise ``ValidationError`` with the words of every constraint that does not hold; one query where all do."""
        if not constraints_hold([self], leaving_out=set(exclude or ())):
            super().validate_constraints(exclude=exclude)

    def clinical_refusal(self) -> Refusal:
        """The rules of this kind of thing beyond its fields'; the concrete class says."""
        return {}

    def publish_errors(self) -> Refusal:
        """Everything that keeps this object, as it is in memory, from being live: field by field, nothing twice."""
        refusal = self.completeness_errors()
        for field, texts in self.signature_refusal().items():
            refusal.setdefault(field, []).extend(texts)
        return refusal or self.approval_refusal()

    def question_to_approver(self) -> str:
        """What whoever approves it must say yes to, besides having read it; the concrete class says. Mostly nothing."""
        return ""

    def signature_refusal(self) -> Refusal:
        """What is missing of the names and days that stand under it; the concrete class says."""
        return {}

    def completeness_errors(self) -> Refusal:
        """What its author must still write before a colleague can be asked to approve it."""
        refusal: Refusal = {}
        rows = rows_of(self)
        there = all_there(each for one in (self, *chain(*(each.rows for each in rows))) for each in references_of(one))
        of_rows = self._row_refusals(rows, there)
        refusals = (*self._field_refusals(there), *of_rows, *stand_ins(self, rows), *self.clinical_refusal().items())
        for field, texts in (*refusals, *pain_refusal(self, rows).items(), *self._withdrawn_refusal()):
            known = refusal.setdefault(field, [])
            known.extend(text for text in map(str, texts) if text not in known)
        # What a field was refused for already need not be said again in the words of the database.
        for field, texts in self._constraint_refusals(exclude=set(refusal)):
            refusal.setdefault(field, []).extend(texts)
        return refusal

    def _field_refusals(self, all_there: bool) -> Iterator[tuple[str, list[str]]]:
        for field in self._meta.fields:
            value = getattr(self, field.attname)
            known = all_there and is_plain(field) and value is not None
            if known or field.name in self._unchecked_fields():
                continue
            if _is_unsaid(field, value):
                yield field.name, [_nothing_said()]
                continue
            try:
                if isinstance(field, StreamField):
                    field.stream_block.clean(value)
                    _refuse_wordless_blocks(value)
                if not field.blank or value not in field.empty_values:
                    field.clean(value, self)
            except ValidationError as error:
                yield field.name, sentences_of(error, kinds_in(value))

    def _withdrawn_refusal(self) -> Iterator[tuple[str, list[str]]]:
        """An open withdrawal always wins, in every language; a copy of it waits, or is mended where it is live."""
        for withdrawal in Withdrawal.objects.open().filter(content_key__in=keys_of(self)):
            if not is_mended(self, withdrawal):
                yield NON_FIELD_ERRORS, [withdrawn_words(self, withdrawal)]
                return

    def full_clean(self, exclude: Any = None, *args: Any, **kwargs: Any) -> None:
        """Validate; what the gate asked a moment ago is not asked again."""
        if self.is_judged:
            asked = {field.name for field in self._meta.fields} - self._unchecked_fields()
            exclude, kwargs = {*(exclude or ()), *asked}, {**kwargs, "validate_constraints": False}
        super().full_clean(exclude, *args, **kwargs)

    def _unchecked_fields(self) -> set[str]:
        """Fields the platform itself looks after."""
        kept_by_the_platform = {field.name for field in self._meta.fields if not field.editable or field.primary_key}
        return kept_by_the_platform | PLACE_IN_TREE

    def _row_refusals(self, rows: list[Rows], all_there: bool) -> Iterator[tuple[str, list[str]]]:
        return ((each.name, faults) for each in rows for faults in _faults_of_rows(each, all_there))

    def _constraint_refusals(self, exclude: set[str]) -> Iterator[tuple[str, list[str]]]:
        try:
            self.validate_constraints(exclude=exclude)
        except ValidationError as error:
            yield from by_field(error).items()

    def stamp(self, approval: Approval) -> None:
        """Write on it who approved it and until when that holds; nothing, unless the concrete class keeps that."""

    def approval_asked_for(self) -> dict[str, Any]:
        """What an approval must be to count for this; any, unless the concrete class is more particular."""
        return {}

    def approval_refusal(self) -> Refusal:
        """What keeps these words from being live for want of approval."""
        self.found_approval = approval_of(self, **self.approval_asked_for())
        return {} if self.found_approval else {NON_FIELD_ERRORS: [not_approved()]}

    def change_refusal(self) -> Refusal:
        """What keeps these words from replacing those that are live."""
        why = why_it_may_not_replace(self, self.found_approval) if self.found_approval else ""
        return {NON_FIELD_ERRORS: [why]} if why else {}

    def remember_going_live(self) -> None:
        """Put on record that approved words went live."""
        if self.found_approval:
            record_going_live(self, self.found_approval)

    def refuse_or_pass(self, update_fields: Iterable[str] | None) -> None:
        """Raise ``PublishRefused`` when this save would make or keep something live that the gate refuses."""
        if not is_about_going_live(update_fields):
            return
        refusal = (self.publish_errors() or self.change_refusal()) if self.live else self.taking_off_refusal()
        if refusal:
            refused = PublishRefused(str(self), refusal, self.content_key)
            refused.takes_a_second_person = self.takes_a_second_person
            raise refused

    def taking_off_refusal(self) -> Refusal:
        """What keeps this from not being live any more; nothing, unless the concrete class says."""
        return {}

    def prepare_for_readers(self) -> None:
        """What is settled and made before the gate asks; nothing, unless the concrete class says.

        It takes no lock, but whoever saves may hold one already, as every request of the admin does. So what takes long
        is made ready before that too (``clinical.serving.before_locking``).
        """

    def follow_up(self, *, whole: bool) -> None:
        """What follows from being saved, ``whole`` or some columns of it, in the same transaction."""

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, if the gate lets it, and put on record what that decided: going live, or being refused.

        What else a kind of page does stands in :meth:`prepare_for_readers` before, and :meth:`follow_up` after it.
        """
        if not kwargs.get("update_fields"):
            self.prepare_for_readers()
        try:
            return self._save_or_refuse(*args, **kwargs)
        except PublishRefused as refused:
            remember_refusal(refused)
            raise

    def _save_or_refuse(self, *args: Any, **kwargs: Any) -> Any:
        """Save, and bring the usage index up to date with rows that were removed."""
        update_fields = kwargs.get("update_fields")
        with write_lock():
            self.refuse_or_pass(update_fields)
            self.is_judged = self.live and is_about_going_live(update_fields)
            try:
                with nullcontext() if update_fields else _usage_indexed_once(self):
                    result = super().save(*args, **kwargs)
            except ValidationError as error:  # the platform's own checks, such as an address that is taken
                if self.live:
                    raise PublishRefused(str(self), by_field(error), self.content_key) from error
                raise
            finally:
                self.is_judged = False
            if self.live and is_about_going_live(update_fields):
                self.remember_going_live()
            self.follow_up(whole=not update_fields)
            return result

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Keep a version. One that is asked to be complete, and is not, is refused by name like any other.

        The editor saves over its last version every half second; never over one that somebody was asked to approve.
        """
        overwritten = kwargs.get("overwrite_revision")
        if overwritten is not None and is_on_record(self, overwritten):
            kwargs["overwrite_revision"] = None
        try:
            with write_lock():
                return super().save_revision(*args, **kwargs)  # type: ignore[misc]  # mixed into RevisionMixin
        except ValidationError as error:
            raise PublishRefused(str(self), by_field(error), self.content_key) from error


@contextmanager
def _usage_indexed_once(thing: models.Model) -> Iterator[None]:
    """Bring the usage index up to date when all rows are written; the platform would for each row, from the start."""
    with usage_indexed_by_hand():
        yield
    ReferenceIndex.create_or_update_for_object(thing)


def _faults_of_rows(rows: Rows, all_there: bool) -> Iterator[list[str]]:
    """What is wrong with each of a page's rows, by its number."""
    unsaid = [
        [field.name for field in row._meta.fields if _is_unsaid(field, getattr(row, field.attname))]
        for row in rows.rows
    ]
    faults = rows.faults(unsaid, all_there=all_there)
    for number, (fields, error) in enumerate(zip(unsaid, faults, strict=True), start=1):
        if fields:
            yield [f"{number}. {field.replace('_', ' ')}: {_nothing_said()}" for field in fields]
        if error:
            yield [f"{number}. {text}" for text in sentences_of(error)]


def _is_unsaid(field: models.Field[Any, Any], value: object) -> bool:
    """Whether a text that must be written holds nothing a reader would see."""
    is_required = isinstance(field, (models.CharField, models.TextField)) and field.editable and not field.blank
    return is_required and not field.choices and isinstance(value, str) and not says_something(value)


def _refuse_wordless_blocks(stream: StreamValue) -> None:
    """Raise where a heading or paragraph holds markup and nothing to read; the platform's blocks let that pass."""
    texts = ((number, block["value"]) for number, block in enumerate(stream.raw_data, start=1))
    wordless = [n for n, text in texts if isinstance(text, str) and not says_something(unescape(strip_tags(text)))]
    if wordless:
        raise ValidationError([f"{number}. {_nothing_said()}" for number in wordless])


def _nothing_said() -> str:
    return _("Write something here; it cannot go live without it.")
