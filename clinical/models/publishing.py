"""The publish gate: what is asked of everything that is live, whichever road it came by.

It stands in ``save()``, because every road ends there: the editor, bulk actions, schedules, copy, alias, import, a
shell. It asks the object, never the tables: at that moment the tables still hold the rows of the last version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from html import unescape
from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import ReferenceIndex

from clinical.blocks import unknown_blocks, unknown_words
from clinical.characters import says_something
from clinical.models.approvals import Approved, is_about_going_live
from clinical.models.constraints import AskedTogether
from clinical.models.refusals import remember_refusal
from clinical.models.withdrawals import Withdrawal
from clinical.turns import one_writer_at_a_time

#: Messages by field, as ``ValidationError`` takes them.
Refusal = dict[str, list[str]]

#: A page's place in its tree is the platform's business, and not known before the page is first saved.
_PLACE_IN_TREE = frozenset({"path", "depth", "numchild"})


class PublishRefused(ValidationError):
    """A page or note may not be live as it is. ``refusal`` says, field by field, what to write there."""

    def __init__(self, subject: str, refusal: Refusal, content_key: UUID | None = None) -> None:
        self.subject = subject
        self.refusal = refusal
        self.content_key = content_key
        super().__init__({field: [f"“{subject}”: {text}" for text in texts] for field, texts in refusal.items()})

    def sentences(self) -> list[str]:
        """The refusal as lines for a person: which thing, which field, what to write."""
        return [f"“{self.subject}” cannot go live. {reason}" for reason in self.reasons()]

    def reasons(self) -> list[str]:
        """The same without the name of the thing: which field, what to write."""
        return [f"{_named(field)}{text}" for field, texts in self.refusal.items() for text in texts]


class Gated(AskedTogether, Approved):
    """Abstract: something that may only be live when :meth:`publish_errors` finds nothing."""

    class Meta:
        abstract = True

    def clinical_refusal(self) -> Refusal:
        """The rules of this kind of thing beyond its fields'; the concrete class says."""
        return {}

    def publish_errors(self) -> Refusal:
        """Everything that keeps this object, as it is in memory, from being live: field by field, nothing twice."""
        refusal = self.completeness_errors()
        for field, texts in self.signature_refusal().items():
            refusal.setdefault(field, []).extend(texts)
        return refusal or self.approval_refusal()

    def signature_refusal(self) -> Refusal:
        """What is missing of the names and days that stand under it; the concrete class says."""
        return {}

    def completeness_errors(self) -> Refusal:
        """What its author must still write before a colleague can be asked to approve it."""
        refusal: Refusal = {}
        refusals = (*self._field_refusals(), *self._row_refusals(), *self.clinical_refusal().items())
        for field, texts in (*refusals, *self._withdrawn_refusal()):
            known = refusal.setdefault(field, [])
            known.extend(text for text in map(str, texts) if text not in known)
        # What a field was refused for already need not be said again in the words of the database.
        for field, texts in self._constraint_refusals(exclude=set(refusal)):
            refusal.setdefault(field, []).extend(texts)
        return refusal

    def _field_refusals(self) -> Iterator[tuple[str, list[str]]]:
        for field in self._meta.fields:
            if field.name in self._unchecked_fields():
                continue
            value = getattr(self, field.attname)
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
                yield field.name, sentences_of(error)

    def _withdrawn_refusal(self) -> Iterator[tuple[str, list[str]]]:
        """An open withdrawal always wins, in every copy and language."""
        withdrawal = Withdrawal.objects.open().filter(content_key=self.content_key).first()
        if withdrawal:
            yield NON_FIELD_ERRORS, [_("It is withdrawn: %s Two people have to lift that first.") % withdrawal.reason]

    def _unchecked_fields(self) -> set[str]:
        """Fields the platform itself looks after."""
        kept_by_the_platform = {field.name for field in self._meta.fields if not field.editable or field.primary_key}
        return kept_by_the_platform | _PLACE_IN_TREE

    def _constraint_refusals(self, exclude: set[str]) -> Iterator[tuple[str, list[str]]]:
        try:
            self.validate_constraints(exclude=exclude)
        except ValidationError as error:
            yield from _by_field(error).items()

    def _row_refusals(self) -> Iterator[tuple[str, list[str]]]:
        for relation in get_all_child_relations(type(self)):
            name = relation.get_accessor_name()
            if not hasattr(relation.related_model, "_meta") or name == "wagtail_admin_comments":
                continue
            for number, row in enumerate(getattr(self, name).all(), start=1):
                unsaid = [field.name for field in row._meta.fields if _is_unsaid(field, getattr(row, field.attname))]
                if unsaid:
                    yield name, [f"{number}. {field.replace('_', ' ')}: {_nothing_said()}" for field in unsaid]
                try:
                    row.full_clean(exclude=[relation.field.name, *unsaid], validate_unique=False)
                except ValidationError as error:
                    yield name, [f"{number}. {text}" for text in sentences_of(error)]

    def refuse_or_pass(self, update_fields: Iterable[str] | None) -> None:
        """Raise ``PublishRefused`` when this save would make or keep something live that the gate refuses."""
        if not is_about_going_live(update_fields):
            return
        live = self.live
        refusal = (self.publish_errors() or self.change_refusal()) if live else self.taking_off_refusal()
        if refusal:
            raise PublishRefused(str(self), refusal, self.content_key)

    def taking_off_refusal(self) -> Refusal:
        """What keeps this from not being live any more; nothing, unless the concrete class says."""
        return {}

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, if the gate lets it, and put on record what that decided: going live, or being refused."""
        try:
            return self._save_or_refuse(*args, **kwargs)
        except PublishRefused as refused:
            remember_refusal(refused)
            raise

    def _save_or_refuse(self, *args: Any, **kwargs: Any) -> Any:
        """Save, and bring the usage index up to date with rows that were removed."""
        update_fields = kwargs.get("update_fields")
        with one_writer_at_a_time():
            self.refuse_or_pass(update_fields)
            try:
                with nullcontext() if update_fields else _usage_indexed_once(self):
                    result = super().save(*args, **kwargs)
            except ValidationError as error:  # the platform's own checks, such as an address that is taken
                if self.live:
                    raise PublishRefused(str(self), _by_field(error), self.content_key) from error
                raise
            if self.live and is_about_going_live(update_fields):
                self.remember_going_live()
            return result

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Keep a version. One that is asked to be complete, and is not, is refused by name like any other.

        The editor saves over its last version every half second; never over one that somebody was asked to approve.
        """
        overwritten = kwargs.get("overwrite_revision")
        if overwritten is not None and self.is_on_record(overwritten):
            kwargs["overwrite_revision"] = None
        try:
            with one_writer_at_a_time():
                return super().save_revision(*args, **kwargs)
        except ValidationError as error:
            raise PublishRefused(str(self), _by_field(error), self.content_key) from error


@contextmanager
def _usage_indexed_once(thing: models.Model) -> Iterator[None]:
    """Bring the usage index up to date when all rows are written; the platform would for each row, from the start."""
    from wagtail.signal_handlers import disable_reference_index_auto_update  # needs all models to be there

    with disable_reference_index_auto_update():
        yield
    ReferenceIndex.create_or_update_for_object(thing)


class LosesNoBlocks(WagtailAdminModelForm):
    """The editor's form of anything with prose: what the site does not know any more is not lost by saving the rest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Looked up before what was typed takes the place of what was there.
        self._unknown = unknown_blocks(self.instance)

    def is_valid(self) -> bool:
        """Valid, and nothing in it that saving would delete."""
        if not super().is_valid():
            return False
        for field, names in self._unknown.items():
            self._say(field, unknown_words(names))
        return not self._unknown

    def _say(self, field: str, text: str) -> None:
        if field in self.fields:
            self.add_error(field, text)
        else:
            self.add_error(None, f"{_named(field)}{text}")


class GatedForm(LosesNoBlocks):
    """The form of something gated: what the gate would refuse is said at the field first.

    Drafts, autosave and preview stay free: they are saved with deferred validation. Submitting for review asks for
    everything an author can give; only publishing asks for the approval too.
    """

    def is_valid(self) -> bool:
        """Valid, with nothing left for the gate to refuse."""
        if not super().is_valid():
            return False
        if self.is_deferred_validation:
            return True
        subject = self.save(commit=False)
        publishes = "action-publish" in self.data
        refusal = subject.publish_errors() if publishes else subject.completeness_errors()
        if refusal and publishes:
            remember_refusal(PublishRefused(str(subject), refusal, subject.content_key))
        for field, texts in refusal.items():
            for text in texts:
                self._say(field, text)
        return not self.errors


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


def _by_field(error: ValidationError) -> Refusal:
    """Any validation error, field by field."""
    return error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: sentences_of(error)}


def _named(field: str) -> str:
    """A field's name as it stands before a message; nothing for a message about the whole."""
    return "" if field == NON_FIELD_ERRORS else f"{field.replace('_', ' ').capitalize()}: "


def sentences_of(error: ValidationError) -> list[str]:
    """A validation error as plain lines, each naming its field where it has one. Looks into blocks of prose."""
    if hasattr(error, "error_dict"):
        return [
            text if field == NON_FIELD_ERRORS else f"{field.replace('_', ' ')}: {text}"
            for field, errors in error.message_dict.items()
            for text in errors
        ]
    nested = getattr(error, "block_errors", None)
    if nested:
        return [f"{place}: {text}" for place, inner in nested.items() if inner for text in sentences_of(inner)]
    loose = getattr(error, "non_block_errors", None)
    if loose:
        return [str(text) for text in loose]
    return [str(text) for text in error.messages]
