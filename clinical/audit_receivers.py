"""Puts on record what passes no function of ours: deletions, groups, permissions, privacy, reviews, failed sign-ins.

The house hides no behaviour in signals; the audit is the exception, and this is the only place of it. Rows like these
are written by the platform's own screens, by commands and in shells, and a signal is the one road they share. Nothing
here decides or changes anything: each receiver writes one entry, in the transaction of what it is about. By whom is
whoever is signed in at the admin; outside it nobody, so a program.

What sends no signal is not seen: ``QuerySet.update()`` and raw SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_login_failed
from django.db.models import ManyToManyField, Model, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail import signals
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    AbstractGroupApprovalTask,
    BaseViewRestriction,
    DraftStateMixin,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Locale,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from clinical.models import ClinicSettings, Condition, Practitioner, SafetyNote, User, record
from clinical.people.sign_ins import count_failed_sign_in
from clinical.publishing.approvals import is_about_going_live
from clinical.publishing.gate import GatedMixin
from clinical.withdrawal.telling import reason_given
from clinical.words.choices import AuditAction


def _restricted(row: Any) -> Any:
    """What a view restriction keeps people from: a page, with its key, or a collection."""
    page = getattr(row, "page", None)
    return page.specific if page else row.collection


#: Rows whose making, changing and removal is a decision, with what the entry is about.
_ROWS: dict[AuditAction, dict[type[Model], Callable[[Any], Any]]] = {
    AuditAction.PERMISSIONS_CHANGED: {
        Group: lambda group: group.name,
        GroupPagePermission: lambda row: row.group.name,
        GroupCollectionPermission: lambda row: row.group.name,
        GroupSitePermission: lambda row: row.group.name,
    },
    AuditAction.PRIVACY_CHANGED: {BaseViewRestriction: _restricted},
    AuditAction.WORKFLOW_CHANGED: {
        Workflow: str,
        Task: str,
        WorkflowTask: lambda row: f"{row.workflow}: {row.task}",
        WorkflowPage: lambda row: f"{row.workflow}: {row.page}",
        WorkflowContentType: lambda row: f"{row.workflow}: {row.content_type.name}",
    },
    AuditAction.SETTINGS_CHANGED: {Site: str, Locale: str, AbstractSetting: str},
}
#: Sets of rows beside a row: what is added and taken away is named.
_SETS: dict[AuditAction, dict[type[Model], str]] = {
    AuditAction.GROUP_CHANGED: {User: "groups"},
    AuditAction.PERMISSIONS_CHANGED: {User: "user_permissions", Group: "permissions"},
    AuditAction.PRIVACY_CHANGED: {BaseViewRestriction: "groups"},
    AuditAction.WORKFLOW_CHANGED: {AbstractGroupApprovalTask: "groups"},
}
#: What is missed when it is gone, whatever else of it is on record.
_REMOVED: dict[AuditAction, dict[type[Model], Callable[[Any], Any]]] = {
    AuditAction.DELETED: dict.fromkeys(
        (Page, SafetyNote, Condition, Practitioner, get_image_model(), get_document_model()), lambda thing: thing
    ),
    AuditAction.ACCOUNT_DELETED: {User: lambda account: account},
}


def connect() -> None:
    """Called once, when every model is known."""
    for action, model, about in _each(_ROWS):
        _listen(post_save, _row_was_saved, model, action, about)
        _listen(post_delete, _row_was_removed, model, action, about)
    for action, model, name in _each(_SETS):
        field: Any = model._meta.get_field(name)
        _listen(m2m_changed, _set_was_changed, field.remote_field.through, action, field)
    for action, model, about in _each(_REMOVED):
        _listen(post_delete, _row_was_removed, model, action, about)
    for model in _concrete(DraftStateMixin):
        pre_save.connect(_comes_off, sender=model, dispatch_uid="clinical.audit_receivers.comes_off")
    for model in (GroupPagePermission, GroupCollectionPermission, GroupSitePermission, WorkflowContentType):
        # The platform's screens make these many at a time, which sends no signal.
        model._default_manager._queryset_class = ToldOneByOne
    _connect_the_platforms()


def _connect_the_platforms() -> None:
    """Reviews, what goes live without passing the gate, and failed sign-ins."""
    signals.workflow_submitted.connect(partial(_review, AuditAction.SUBMITTED), weak=False)
    signals.workflow_cancelled.connect(partial(_review, AuditAction.REVIEW_CANCELLED), weak=False)
    signals.task_rejected.connect(partial(_review, AuditAction.CHANGES_REQUESTED), weak=False)
    signals.page_published.connect(_ungated_went_live, dispatch_uid="clinical.audit_receivers")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="clinical.audit_receivers")


class ToldOneByOne(QuerySet[Any]):
    """Rows that are announced like any other when many are made at a time."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Make them, then say of each that it was made."""
        before = set(self.model._base_manager.values_list("pk", flat=True)) if kwargs.get("ignore_conflicts") else set()
        made = super().bulk_create(objs, *args, **kwargs)
        for row in made:
            if row.pk in before:
                continue
            post_save.send(self.model, instance=row, created=True, raw=False, using=self.db, update_fields=None)
        return made


def _each(table: dict[AuditAction, dict[type[Model], Any]]) -> Iterator[tuple[AuditAction, type[Model], Any]]:
    """A table as rows, with every kind of a model that has a table of its own."""
    for action, kinds in table.items():
        for kind, about in kinds.items():
            for model in _concrete(kind):
                yield action, model, about


def _concrete(kind: type[Model]) -> list[type[Model]]:
    """The model itself and every kind of it that has a table."""
    return [model for model in apps.get_models() if issubclass(model, kind)]


def _listen(signal: Any, receiver: Callable[..., None], sender: type[Model], action: AuditAction, *about: Any) -> None:
    name = f"clinical.audit_receivers.{receiver.__name__}.{action}.{about}"
    signal.connect(partial(receiver, action, *about), sender=sender, weak=False, dispatch_uid=name)


def _row_was_saved(
    action: AuditAction, about: Callable[[Any], Any], instance: Any, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    if not raw:  # a fixture writes rows in any order; what they name may not be there yet
        change = "made" if created else "changed"
        record(
            action, about(instance), what=_kind(instance), change=change, **_permitted(instance), **_changes(instance)
        )


def _row_was_removed(
    action: AuditAction,
    about: Callable[[Any], Any],
    sender: type[Model],
    instance: Any,
    origin: Any = None,
    **kwargs: Any,
) -> None:
    """One entry for what was removed, none for the rows that went with it."""
    asked = origin.model if isinstance(origin, QuerySet) else type(origin)
    is_carried_along = origin is not None and not (issubclass(asked, sender) or issubclass(sender, asked))
    if is_carried_along or (getattr(instance, "specific_class", None) or sender) is not sender:
        return
    told = {"what": _kind(instance), "change": "removed", "number": instance.pk, **_permitted(instance)}
    record(action, about(instance), reason=reason_given(), **told)


def _set_was_changed(
    told: AuditAction,
    field: ManyToManyField[Any, Any],
    sender: type[Model],
    instance: Any,
    action: str,
    reverse: bool,
    pk_set: set[int] | None,
    **kwargs: Any,
) -> None:
    """What was added to a set, or is about to be taken out: an entry for each row it belongs to."""
    if action not in {"post_add", "pre_remove", "pre_clear"}:
        return
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    asked, given = (other, own) if reverse else (own, other)
    pairs = sender._base_manager.filter(**{asked: instance.pk})
    if pk_set is not None:
        pairs = pairs.filter(**{f"{given}__in": pk_set})
    names: dict[Any, list[str]] = {}
    for pair in pairs.select_related(own, other).order_by("pk"):
        names.setdefault(getattr(pair, own), []).append(_named(getattr(pair, other)))
    change = "added" if action == "post_add" else "removed"
    for owner, others in names.items():
        subject = _restricted(owner) if isinstance(owner, BaseViewRestriction) else owner
        details: dict[str, Any] = {"what": str(field.verbose_name), change: others}
        record(told, subject, **details)


def _review(action: AuditAction, instance: Any, user: Any = None, **kwargs: Any) -> None:
    """A review was begun, ended or answered; of a step, it is the review's thing that counts."""
    state = getattr(instance, "workflow_state", instance)
    record(action, state.content_object, by=user, reason=getattr(instance, "comment", "") or "")


def _comes_off(sender: type[Model], instance: Any, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """What is live is saved as not live: by an editor, the clock, a withdrawal, along with its original, in a shell.

    Some of them save a clinical page as the platform's plain page, past its own ``save()``. Every such save is one
    transaction, so the entry goes with it.
    """
    if raw or instance.live or not is_about_going_live(update_fields):
        return
    if sender._base_manager.filter(pk=instance.pk, live=True).exists():
        page = getattr(instance, "specific", instance)
        record(AuditAction.TAKEN_OFF, page, reason=reason_given(), number=instance.pk)


def _ungated_went_live(instance: Any, **kwargs: Any) -> None:
    """A page the publish gate does not stand before; of the others the gate tells."""
    if not isinstance(instance, GatedMixin):
        record(AuditAction.PUBLISHED, instance)


def _sign_in_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    count_failed_sign_in(str(credentials.get(User.USERNAME_FIELD, "")))


def _kind(row: Model) -> str:
    return str(row._meta.verbose_name)


def _permitted(row: Any) -> dict[str, Any]:
    """For a permission on something: which, and on what."""
    if not hasattr(row, "permission"):
        return {}
    on = next(name for name in ("page", "collection", "site") if hasattr(row, name))
    return {"permission": row.permission.codename, "on": str(getattr(row, on))}


def _changes(row: Any) -> dict[str, Any]:
    """Of a clinic's settings: what was before and what is now, by field."""
    return {"changes": row.changes} if isinstance(row, ClinicSettings) and row.changes else {}


def _named(row: Any) -> str:
    """A permission by its code, anything else by its name."""
    return str(getattr(row, "codename", row))
