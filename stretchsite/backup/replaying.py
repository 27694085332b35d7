"""Carrying out again, after a restore, what the journal tells and the restored database does not know.

It only ever takes away: content, links, access. What was given back after the backup (a withdrawal lifted, an account
opened) is named, for people to give back again: a file alone never puts anything before readers or lets anybody in. A
line is known by its id, which the audit keeps; so nothing is done twice, however often this is run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldError, ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinical.audit import journal
from clinical.audit.journal import FOR_PEOPLE, TAKES_AWAY, Line
from clinical.models import AuditEntry, SafetyNote, User, Withdrawal, record
from clinical.publishing.refusals import PublishRefused
from clinical.serving.write_lock import write_lock
from clinical.withdrawal.withdrawing import confirm, pages_with, takes_a_warning_away, withdraw
from clinical.words.choices import AuditAction
from sharing.models import ShareLink
from stretchsite.models import Restoration


@dataclass
class Replayed:
    """What has come of it, a sentence each: what was done, what must be done by people, what needs nobody."""

    done: list[str] = field(default_factory=list)
    could_not: list[str] = field(default_factory=list)
    to_know: list[str] = field(default_factory=list)
    last_words: dict[str, str] = field(default_factory=dict)

    def is_given_back(self, about: str) -> bool:
        """Whether the last the journal says of it is that it was given back."""
        return self.last_words.get(about, "") in (AuditAction.LIFTED, AuditAction.REACTIVATED)


def replay(*, any_seal: bool = False) -> Replayed:
    """Carry out every line the database does not know, and which this site wrote; of ``any_seal``, whoever did.

    Raises ``OSError`` where the journal cannot be read.
    """
    told, found = journal.read(any_seal=any_seal), Replayed()
    found.could_not += _bad_lines(told)
    found.last_words = {
        str(line.get("content") or line.get("account")): line["action"]
        for line in told.lines
        if line["action"] != AuditAction.FACTOR_TAKEN
    }
    known = set(_ids_on_record())
    for line in told.lines:
        if line["id"] in known:
            continue
        try:
            with journal.replaying(line["id"]):
                _carry_out(line, found)
        except (ValidationError, PublishRefused, LookupError, ValueError, TypeError, FieldError) as error:
            why = "; ".join(error.messages) if isinstance(error, ValidationError) else repr(error)
            found.could_not.append(f"{_named(line)}: {why}")
    return found


def open_again() -> None:
    """From now on readers are shown the site."""
    Restoration.objects.open().update(replayed_at=timezone.now())


def faults_of_the_journal() -> list[str]:
    """What a restore would undo for good: decisions that are on record and not in the journal, since it begins."""
    if not settings.JOURNAL_FILE:
        return []
    try:
        told = journal.read()
    except FileNotFoundError:
        told = journal.Read([], [], {})
    except OSError as error:
        return [f"The journal cannot be read: {error}"]
    begins = told.lines[0]["at"] if told.lines else None
    lost = set(_ids_on_record(since=begins)) - {line["id"] for line in told.lines} - set(told.unsealed.values())
    faults = _bad_lines(told)
    if lost:
        faults.append(
            f"{len(lost)} decisions are on record and not in the journal: a restore would undo them. Their lines are "
            "in the log, where it says that the journal could not be written; copy them into the file."
        )
    return faults


def _bad_lines(told: journal.Read) -> list[str]:
    unsealed = "was changed, or was written by another site or under another SECRET_KEY"
    return [
        *(f"Line {number} of the journal cannot be read." for number in told.unreadable),
        *(f"Line {number} of the journal {unsealed}." for number in told.unsealed),
    ]


def _ids_on_record(since: str | None = None) -> Any:
    entries = AuditEntry.objects.filter(action__in=[*TAKES_AWAY, *FOR_PEOPLE], details__has_key=journal.KEPT_AS)
    if since:
        entries = entries.filter(at__gte=since)
    return entries.values_list(f"details__{journal.KEPT_AS}", flat=True)


def _carry_out(line: Line, found: Replayed) -> None:
    _ACTS[AuditAction(line["action"])](line, found)


def _named(line: Line) -> str:
    about = next((f"{name} {str(line[name])[:36]}" for name in ("content", "link", "account") if line.get(name)), "")
    known = line["action"] in AuditAction
    return f"{AuditAction(line['action']).label if known else line['action']}, {line['at'][:16]}, {about}"


@write_lock()
def _revoke(line: Line, found: Replayed) -> None:
    link = ShareLink.objects.filter(digest=line["link"]).select_related("created_by").first()
    if link is None:
        found.to_know.append(f"{_named(line)}: made after the backup, so it opens nothing.")
    elif link.revoked_at is None:
        link.revoke()
        found.done.append(f"{_named(line)}: {link.label}, of {link.created_by}")
        if line["action"] == AuditAction.LINK_REPLACED:
            found.to_know.append(
                f"{link.label}, of {link.created_by}: it was replaced, and the link in its place is not here. Its "
                "patient needs another."
            )


@write_lock()
def _deactivate(line: Line, found: Replayed) -> None:
    account = _account(line["account"])
    if account is None:
        found.to_know.append(f"{_named(line)}: it is not here.")
    elif account.is_active:
        account.is_active = False
        account.save(update_fields=["is_active"], reason=_("Replayed from the journal after a restore."))
        found.done.append(f"{_named(line)}: {account}")


def _withdraw(line: Line, found: Replayed) -> None:
    things = _things(line)
    keys = {thing.content_key for thing in things} or {line["content"]}
    if Withdrawal.objects.open().filter(content_key__in=keys).exists():
        return
    by, second = _account(line.get("by", "")) or _somebody(), _account(line.get("second", ""))
    if by is None:
        raise ValidationError("There is no account that could have withdrawn it: make a superuser first.")
    if not things and not line.get("library"):
        found.to_know.append(f"{_named(line)}: made after the backup, so it is not here.")
    elif not things:
        _withdraw_what_is_not_here(line, by)
        found.done.append(f"{_named(line)}: it is not here, and stays withdrawn when it is loaded.")
    else:
        if takes_a_warning_away(things[0]) and found.is_given_back(line["content"]):
            raise ValidationError("It is a serious note that was withdrawn and put back. It is in force; look at it.")
        _withdraw_thing(line, things[0], by, second)
        found.done.append(f"{_named(line)}: {things[0]}")


@write_lock(urgent=True)
def _withdraw_thing(line: Line, thing: Any, by: User, second: User | None) -> None:
    """As it was: by one person at once, and a serious note by the same two."""
    by_two = takes_a_warning_away(thing)
    if by_two and second is None:
        raise ValidationError("It is a serious note, and whoever agreed is not here. Have two people withdraw it.")
    waiting = Withdrawal.objects.filter(content_key=thing.content_key, in_force_at__isnull=True, lifted_at__isnull=True)
    held = waiting.first() or withdraw(thing, by=by, reason=_reason(line))
    if by_two and second is not None:
        confirm(held, by=second)


@write_lock()
def _withdraw_what_is_not_here(line: Line, by: User) -> None:
    model = apps.get_model(line["kind"])
    held = Withdrawal.objects.create(
        content_key=line["content"],
        content_type=ContentType.objects.get_for_model(model),
        from_library=line.get("from", ""),
        library_id=line["library"],
        title=line["library"],
        reason=_reason(line),
        withdrawn_by=by,
    )
    record(AuditAction.WITHDRAWN, held, by=by, reason=held.reason)


def _reason(line: Line) -> str:
    """What readers are told: the journal keeps no words, and the database that had them is lost."""
    day = date_format(timezone.localtime(parse_datetime(line["at"])), "DATE_FORMAT")
    return _("It was withdrawn on %s. The words that said why are lost; ask whoever gave it to you.") % day


def _things(line: Line) -> list[Any]:
    """What it was about: by its key, or else by the record of a library it was loaded from again."""
    key = line["content"]
    found: list[Any] = [*pages_with(key, live=False), *SafetyNote.objects.filter(translation_key=key)]
    if found or not line.get("library"):
        return found
    record = {"library_id": line["library"]}
    if "from" in line:  # which those of older releases do not say
        record["from_library"] = line["from"]
    return list(apps.get_model(line["kind"])._default_manager.filter(**record)[:1])


def _account(known_by: str) -> User | None:
    """The account with this number, if it is the same and not another that was given it."""
    number, _sign, _made = known_by.partition("@")
    account = User.objects.filter(pk=number).first() if number.isdecimal() else None
    return account if account is not None and journal.account_id(account) == known_by else None


def _somebody() -> User | None:
    """Who answers for what is withdrawn where whoever did it is not here: the first superuser."""
    return User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()


def _name_lifted(line: Line, found: Replayed) -> None:
    is_over = found.is_given_back(line["content"])
    if is_over and Withdrawal.objects.open().filter(content_key=line["content"]).exists():
        found.to_know.append(f"{_named(line)}: it is withdrawn again; two people lift it, if it should be.")


def _name_opened(line: Line, found: Replayed) -> None:
    account = _account(line["account"])
    if account is not None and not account.is_active and found.is_given_back(line["account"]):
        found.to_know.append(f"{_named(line)}: it is closed again; a manager opens it, if it should be.")


def _name_lost_device(line: Line, found: Replayed) -> None:
    """Not removed by a file: until another is set up, a password alone would do."""
    account = _account(line["account"])
    if account is not None and account.is_active:
        found.to_know.append(f"{_named(line)}: the lost device of {account} counts again; two people remove it.")


_ACTS: dict[AuditAction, Callable[[Line, Replayed], None]] = {
    AuditAction.WITHDRAWN: _withdraw,
    AuditAction.LINK_REVOKED: _revoke,
    AuditAction.LINK_REPLACED: _revoke,
    AuditAction.DEACTIVATED: _deactivate,
    AuditAction.ACCOUNT_DELETED: _deactivate,
    AuditAction.LIFTED: _name_lifted,
    AuditAction.REACTIVATED: _name_opened,
    AuditAction.FACTOR_TAKEN: _name_lost_device,
}
