"""Words that are written in one place and read in many: a condition's names, what a picture shows, who a person is.

They are no part of any page's fingerprint, or a corrected comma would void every approval. So they have a gate of their
own: once they are in use (a reader sees them somewhere, or will without anybody looking once more) they change only
when two people want it, and what one person may change is on record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.models import ReferenceIndex, Revision, TaskState

from clinical.audit.audit_entries import record
from clinical.platform import named_by
from clinical.publishing.approvals import Approval
from clinical.serving.write_lock import write_lock
from clinical.words.choices import ApprovalBasis, AuditAction


def is_in_use(thing: models.Model) -> bool:
    """Whether a page, a note or a person names it: in the tables, in prose, or in a version that waits to go live."""
    named = any(rows.exists() for rows in _rows_naming(thing))
    return named or ReferenceIndex.get_references_to(thing).exists() or _is_named_by_what_waits(thing)


def keys_of_users(thing: models.Model) -> set[Any]:
    """The content keys of the pages and notes that name it in a row of theirs."""
    owners = (_owner(row) for rows in _rows_naming(thing) for row in rows)
    return {owner.content_key for owner in owners if hasattr(owner, "content_key")}


def _rows_naming(thing: Any) -> Iterator[Any]:
    """The rows of other records that point at it. What would go with it, such as a picture's sizes, is its own."""
    for relation in type(thing)._meta.get_fields(include_hidden=True):
        points_here = relation.auto_created and not relation.concrete and not relation.many_to_many
        if points_here and relation.on_delete is not models.CASCADE:
            yield relation.related_model._base_manager.filter(**{relation.field.name: thing.pk})


def _owner(row: models.Model) -> models.Model:
    """The page or note a row is part of, or the row itself."""
    parents = (field.name for field in row._meta.fields if isinstance(field, ParentalKey))
    return next((getattr(row, name) for name in parents), row)


def _is_named_by_what_waits(thing: models.Model) -> bool:
    """A colleague reads, or has read, a version that names it; the tables will only know when it is live."""
    sort = ContentType.objects.get_for_model(thing).pk
    waits = Q(task_states__status=TaskState.STATUS_IN_PROGRESS) | Q(approved_go_live_at__isnull=False)
    return any((sort, str(thing.pk)) in _named_by(revision) for revision in Revision.objects.filter(waits).distinct())


def _named_by(revision: Revision) -> set[tuple[int, str]]:
    """What a version names, by sort and key."""
    return named_by(revision.as_object())


class KeptInUseQuerySet(models.QuerySet[Any]):
    """Rows none of which is deleted while it is in use."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete them all, or none. Raises ``ValidationError`` where one is in use."""
        with write_lock():
            for thing in self.all():  # asked anew: others may have come since it was last read
                thing.refuse_deletion()
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]  # so that no template ever calls it
    delete.queryset_only = True  # type: ignore[attr-defined]  # as Django's own: nobody means every row there is


class KeptInUseMixin(models.Model):
    """Abstract: what readers see does not go because one person wants it to."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete it. Raises ``ValidationError`` while it is in use."""
        with write_lock():
            self.refuse_deletion()
            return super().delete(*args, **kwargs)

    def refuse_deletion(self) -> None:
        """Raise ``ValidationError``, with what to do first, while it is in use."""
        if is_in_use(self):
            words = _("Nothing was deleted: “%s” is in use. Take it off every page and person that shows it first.")
            raise ValidationError(words % self)


#: By name, what a record says.
Words = dict[str, Any]

#: Given a record whose words have just been saved, mends what was copied of them, in the same transaction.
Retelling = Callable[[Any], None]
_retellings: list[Retelling] = []


def register_retelling(retelling: Retelling) -> None:
    """Call this whenever words have changed. For upper floors, which keep copies of them ready for readers."""
    if retelling not in _retellings:
        _retellings.append(retelling)


def tell_again(thing: Any) -> None:
    """Mend what was copied of it. For its last moment of being saved, in the same transaction."""
    for retelling in _retellings:
        retelling(thing)


class SharedWordsQuerySet(models.QuerySet[Any]):
    """Rows whose words many pages show; changed by twos as well as one by one."""

    def update(self, **kwargs: Any) -> int:
        """Refused for words of anything that takes two people, else on record. Raises ``ValidationError``."""
        if not set(self.model.WORDS) & set(kwargs):
            return super().update(**kwargs)
        with write_lock():
            reworded = list(self.all())  # asked anew, under this lock
            for thing in reworded:
                if thing.takes_two():
                    raise ValidationError(_in_use(thing))
            changed = super().update(**kwargs)
            was = {thing.pk: thing.words() for thing in reworded}
            for key, thing in self.model._base_manager.in_bulk(list(was)).items():
                _put_on_record(thing, *_differences(was[key], thing.words()))
            return changed

    update.alters_data = True  # type: ignore[attr-defined]  # so that no template ever calls it


class SharedWordsMixin(models.Model):
    """Abstract: a record whose ``WORDS`` readers see on pages that only name it."""

    #: The fields readers see the words of.
    WORDS: tuple[str, ...] = ()
    #: Whether one person may always change them; then even the first words are put on record.
    IS_ONE_PERSONS = False

    class Meta:
        abstract = True

    @property
    def content_key(self) -> UUID:
        """What an approval of its words names."""
        return uuid5(NAMESPACE_OID, f"{self._meta.label_lower}:{self.pk}")

    def words(self) -> Words:
        """What it says now, in memory."""
        return {name: _plain(getattr(self, name)) for name in self.WORDS}

    def takes_two(self) -> bool:
        """Whether readers may see it already, so that its words change only when two people want it."""
        return not self.IS_ONE_PERSONS and self.pk is not None and is_in_use(self)

    def changed_words(self, update_fields: Iterable[str] | None = None) -> tuple[Words, Words]:
        """Field by field what the table says and what this would say; only what differs, and nothing of a new one."""
        stored = type(self)._base_manager.filter(pk=self.pk).first() if self.pk is not None else None
        if stored is None and not self.IS_ONE_PERSONS:
            return {}, {}
        before = stored.words() if stored else dict.fromkeys(self.WORDS, "")
        written = self.WORDS if update_fields is None else set(self.WORDS) & set(update_fields)
        return _differences(before, {name: word for name, word in self.words().items() if name in written})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. Raises ``ValidationError``, by field, for words that take a colleague's agreement and lack it."""
        if not self.changed_words(kwargs.get("update_fields"))[1]:
            super().save(*args, **kwargs)
            return
        with write_lock():
            before, after = self.changed_words(kwargs.get("update_fields"))
            approval = self._agreed_to()
            if approval is None and self.takes_two():
                raise ValidationError({name: _in_use(self) for name in after})
            super().save(*args, **kwargs)
            first, second = (approval.writers[:1], approval.approver) if approval else ([], None)
            by = get_user_model().objects.filter(pk__in=first).first()
            _put_on_record(self, before, after, by=by, second=second)
            tell_again(self)

    def save_agreed(self, approval: Approval) -> None:
        """Save words that two people want, or a published library brings; ``approval`` is of exactly these."""
        self._agreed = approval
        try:
            self.save()
        finally:
            del self._agreed

    def agree(self, **whose: Any) -> Approval:
        """Put on record whose word stands behind what it says now, in memory."""
        return Approval.objects.create(
            content_key=self.content_key, content_hash=_hashed(self.words()), title=str(self)[:255], **whose
        )

    def _agreed_to(self) -> Approval | None:
        """The approval that was handed in, if it is of these words and by whoever may give it."""
        approval: Approval | None = getattr(self, "_agreed", None)
        if approval is None or (approval.content_key, approval.content_hash) != (
            self.content_key,
            _hashed(self.words()),
        ):
            return None
        may = approval.basis == ApprovalBasis.LIBRARY or approval.is_by_a_second_person
        return approval if may else None


def _plain(value: Any) -> Any:
    """A word as it reads, whether it comes from a form or the table."""
    return value.strip().replace("\r\n", "\n") if isinstance(value, str) else value


def _differences(before: Words, after: Words) -> tuple[Words, Words]:
    """What differs to a reader, as it was and as it is; nothing is nothing, however it is kept."""
    names = [name for name, word in after.items() if before[name] != word and (before[name] or word)]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def _put_on_record(thing: Any, before: Words, after: Words, **who: Any) -> None:
    if after:
        record(AuditAction.CHANGED, thing, before=before, after=after, **who)


def _hashed(words: Words) -> str:
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _in_use(thing: Any) -> str:
    return _("“%s” is in use, so readers see this. Propose the change; a colleague confirms it.") % thing
