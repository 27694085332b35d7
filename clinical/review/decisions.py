"""What every decision about a review asks and writes, whoever takes it: the row is held, the words whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock

from clinical.publishing.approvals import Approval
from clinical.publishing.refusals import PublishRefused
from clinical.review.places import compared_in_places


def held(thing: Any) -> Any:
    """The row as it is now, kept from everybody else until the decision is written."""
    return type(thing)._base_manager.select_for_update().get(pk=thing.pk)


def refused(thing: Any, text: str) -> PublishRefused:
    """The refusal that says this about the whole of it."""
    return PublishRefused(str(thing), {NON_FIELD_ERRORS: [text]}, thing.content_key)


def refuse_what_is_incomplete(thing: Any) -> None:
    """Raise ``PublishRefused`` where its author must still write something."""
    if refusal := thing.completeness_errors():
        raise PublishRefused(str(thing), refusal, thing.content_key)


def refuse_what_takes_another(thing: Any) -> None:
    """Raise where the approval there is does not do: what goes live another day is asked that now."""
    if refusal := thing.approval_refusal():
        raise PublishRefused(str(thing), refusal, thing.content_key)


def refuse_what_is_locked(thing: Any, by: Any) -> None:
    """Raise where somebody keeps it from being changed, and so from going live by anybody else."""
    lock = thing.get_lock() if hasattr(thing, "get_lock") else None
    if isinstance(lock, BasicLock) and lock.for_user(by):
        raise refused(thing, _("It is locked. Ask whoever locked it to unlock it."))


def sign(revision: Any, version: Any, approval: Approval) -> None:
    """Write on the approved version who stands behind it. What it says stays the same, to the letter."""
    version.stamp(approval)
    revision.content = version.serializable_data()
    revision.save(update_fields=["content"])


def as_date(given: Any) -> date | None:
    """A day that a form sent, or nothing."""
    return parse_date(given) if isinstance(given, str) else given


def remark(comment: str, question: str) -> str:
    """What is kept of what somebody said: their comment, and the question they have answered with yes."""
    return "\n".join(line for line in (comment, _("%s Yes.") % question if question else "") if line)


def changed_meanwhile() -> str:
    """What to do about other words than those that were read."""
    return _("It was changed after you opened it. Read it again, then approve what you have read.")


def nothing_read() -> str:
    """What to do where no words were read at all."""
    return _("Open “Approve” and read what is shown there; then approve it there.")


def changes_between(before: Any, after: Any) -> Iterator[Any]:
    """What differs between two versions of a page or note, field by field, as the platform's comparison shows it."""
    editor = after.snippet_viewset if hasattr(after, "snippet_viewset") else after
    panel = editor.get_edit_handler().get_bound_panel(instance=after, request=None, form=None)
    compared = compared_in_places(compare(before, after) for compare in panel.get_comparison())
    changed = (comparison for comparison in compared if comparison.has_changed() and not _reads_the_same(comparison))
    return (comparison for comparison in changed if not comparison.is_field or comparison.htmldiff())


def _reads_the_same(comparison: Any) -> bool:
    """Whether only the ends of its lines differ: a browser sends others than a program writes."""
    pair = (getattr(comparison, "val_a", None), getattr(comparison, "val_b", None))
    before, after = (value.replace("\r\n", "\n").strip() if isinstance(value, str) else value for value in pair)
    return isinstance(after, str) and before == after
