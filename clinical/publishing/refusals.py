"""What the publish gate says when it refuses: to a person, field by field, and on record.

It is put on record after whatever was begun is rolled back, so that the entry stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from wagtail.blocks import StreamValue
from wagtail.log_actions import get_active_log_context

from clinical.audit.audit_entries import AuditEntry, record
from clinical.serving.write_lock import write_lock
from clinical.words.choices import AuditAction

#: Messages by field, as ``ValidationError`` takes them.
Refusal = dict[str, list[Any]]


class PublishRefused(ValidationError):
    """A page or note may not be live as it is. ``refusal`` says, field by field, what to write there.

    ``takes_a_second_person`` is whether nothing else is wanting: a library may not change this alone.
    """

    takes_a_second_person = False

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
        return [f"{named(field)}{text}" for field, texts in self.refusal.items() for text in texts]


def remember_refusal(refused: Any, *, by: Any = None) -> None:
    """Put on record that the gate refused something (a ``PublishRefused``), and for which reasons.

    What the clock tries again every few minutes is told once, until something else is decided about the same thing.
    """
    reason, by = "\n".join(refused.reasons()), by or get_active_log_context().user
    with write_lock():
        last = AuditEntry.objects.filter(content_key=refused.content_key).first()
        if by is None and last and (last.action, last.by_id, last.reason) == (AuditAction.REFUSED, None, reason):
            return
        record(AuditAction.REFUSED, refused.subject, key=refused.content_key, by=by, reason=reason)


def by_field(error: ValidationError) -> Refusal:
    """Any validation error, field by field."""
    return error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: sentences_of(error)}


def named(field: str) -> str:
    """A field's name as it stands before a message; nothing for a message about the whole."""
    return "" if field == NON_FIELD_ERRORS else f"{field.replace('_', ' ').capitalize()}: "


def kinds_in(value: Any) -> list[str]:
    """What the blocks of a stream are called in the editor, in order; nothing for any other value."""
    return [str(child.block.label) for child in value] if isinstance(value, StreamValue) else []


def _placed(place: int | str, kinds: Sequence[str]) -> str:
    """Where in prose a fault is: a block by its number, counted as people do, and its kind; a part of it by name."""
    if isinstance(place, str):
        return named(place)
    return f"{place + 1}. {kinds[place]}: " if place < len(kinds) else f"{place + 1}. "


def sentences_of(error: ValidationError, kinds: Sequence[str] = ()) -> list[str]:
    """A validation error as plain lines, each naming its field where it has one. Looks into blocks of prose.

    ``kinds`` is what the blocks are called (:func:`kinds_in`).
    """
    if hasattr(error, "error_dict"):
        return [
            text if field == NON_FIELD_ERRORS else f"{field.replace('_', ' ')}: {text}"
            for field, errors in error.message_dict.items()
            for text in errors
        ]
    if nested := getattr(error, "block_errors", None):
        at = ((place, inner) for place, inner in nested.items() if inner)
        return [f"{_placed(place, kinds)}{text}" for place, inner in at for text in sentences_of(inner)]
    loose = getattr(error, "non_block_errors", None)
    if loose:
        return [str(text) for text in loose]
    return [str(text) for text in error.messages]
