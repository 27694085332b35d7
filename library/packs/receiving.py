"""What becomes of a pack that was fetched: recalls act first and at once, then its records come in as drafts.

What was recalled is compared with what is here at every contact, new version or not.

Whatever is refused is refused before anything of it is written. What was recalled and lifted here by two people stays
lifted: a recall is acted on once.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from clinical.models import User, Withdrawal
from clinical.serving.write_lock import write_lock
from clinical.withdrawal.withdrawing import withdraw
from clinical.words.characters import says_something
from library.about import about, name_of
from library.faults import LibraryFaults
from library.matching import existing
from library.models import HeardRecall, Subscription
from library.models import Library as LibraryRow
from library.packs.opening import Pack, PackRefused, Tombstone
from library.reading import Library, read_library
from library.told_reviews import MODEL_OF_FOLDER
from library.writing import write_library

logger = logging.getLogger(__name__)


def receive(subscription: Subscription, pack: Pack) -> str:
    """Take in a pack that was signed by its publisher; what came of it. Raises ``PackRefused``: nothing is written."""
    if pack.version < subscription.version:
        said = {"old": pack.version, "new": subscription.version}
        raise PackRefused(_("It is version %(old)d, older than %(new)d, which was here already.") % said)
    if pack.version == subscription.version and pack.digest != subscription.digest:
        raise PackRefused(_("It says something else under a version that was here already."))
    is_known = pack.version == subscription.version and subscription.is_loaded
    with tempfile.TemporaryDirectory(prefix="stretchsite-pack-") as folder:
        pack.unpack(Path(folder))
        library, fault = _read(Path(folder), pack.identifier)
        recalled = _recall(subscription, pack, library)
        if is_known:
            return " ".join([*recalled, _("Nothing new.")])
        fault = fault or _load(library)
    # Once more: what came just now may be what was recalled before.
    recalled += [said for said in _recall(subscription, pack, library) if said not in recalled]
    subscription.version, subscription.digest, subscription.is_loaded = pack.version, pack.digest, not fault
    if not fault:
        # By this name what came by the pack is told from what somebody else loaded under its id before it was followed.
        subscription.publisher = _named_by(library) or pack.publisher[:255]
    subscription.save()
    came = _("Its records were not taken: %s") % fault if fault else _("Its records are here, as drafts to review.")
    return " ".join([*recalled, came])


def _read(folder: Path, identifier: str) -> tuple[Library, str]:
    """The library in it. It bears the pack's own name, so that it can touch no records but its own."""
    try:
        library = read_library(folder)
    except LibraryFaults as error:
        return {}, str(error.faults[0])
    if name_of(library) != identifier:
        return {}, _("its library.yaml does not name it “%s”.") % identifier
    return library, ""


def _load(library: Library) -> str:
    """Write its records as drafts, all or none; why not, or nothing."""
    try:
        write_library(library, publish=False, dry_run=False, say=lambda _line: None, keep_edited=True, by_pack=True)
    except LibraryFaults as error:
        return str(error.faults[0])
    return ""


def _named_by(library: Library) -> str:
    """The publisher as its ``library.yaml`` says it."""
    known = about(library)
    return known.publisher if known else ""


def _recall(subscription: Subscription, pack: Pack, library: Library) -> list[str]:
    """Act on what was not heard before; a sentence for each. Nothing that somebody else loaded under its id."""
    here = LibraryRow.objects.filter(identifier=pack.identifier).first()
    if here and here.publisher not in {subscription.publisher, pack.publisher, _named_by(library)}:
        theirs = {"id": pack.identifier, "publisher": here.publisher}
        what = _("What is here under “%(id)s” is of “%(publisher)s”, and was not recalled.") % theirs
        return [what] if pack.withdrawn else []
    known = set(subscription.recalls.values_list("folder", "identifier", "withdrawn_at"))
    new = [each for each in pack.withdrawn if (each.folder, each.identifier, each.at) not in known]
    return [said for tombstone in new if (said := _act_on(subscription, pack, tombstone))]


def _act_on(subscription: Subscription, pack: Pack, tombstone: Tombstone) -> str:
    """Withdraw one record here, which is remembered; or say why that is not possible now, and be asked again."""
    model = MODEL_OF_FOLDER.get(tombstone.folder)
    thing = existing(model, tombstone.identifier, pack.identifier) if model else None
    if thing is None:
        return ""  # it never came here; should it come one day, the recall is heard then
    try:
        with write_lock(urgent=True):
            held = withdraw(thing, by=_account(pack.identifier), reason=_reason(pack, tombstone))
            outcome = _outcome(held, tombstone)
            HeardRecall.objects.create(
                subscription=subscription,
                folder=tombstone.folder,
                identifier=tombstone.identifier,
                withdrawn_at=tombstone.at,
                outcome=outcome,
            )
    except ValidationError as error:
        return _not_yet(tombstone, " ".join(error.messages))
    except OperationalError:  # the database is away: the queue tries all of it again
        raise
    except Exception as error:  # whatever it is, the recalls after it act
        logger.exception("A recall could not act.")
        return _not_yet(tombstone, f"{type(error).__name__}.")
    return outcome


def _not_yet(tombstone: Tombstone, why: str) -> str:
    said = {"title": tombstone.title or tombstone.identifier, "why": why}
    return _("“%(title)s” was recalled and could not be withdrawn: %(why)s It is tried again.") % said


def _reason(pack: Pack, tombstone: Tombstone) -> str:
    why = tombstone.reason if says_something(tombstone.reason) else _("Its publisher gives no reason.")
    return _("Recalled by %(publisher)s: %(why)s") % {"publisher": pack.publisher, "why": why}


def _outcome(held: Withdrawal, tombstone: Tombstone) -> str:
    named = {"title": tombstone.title or tombstone.identifier}
    if held.in_force_at is None:
        return (
            _("“%(title)s” was recalled. It is a serious warning: a second person must agree, under Withdrawals.")
            % named
        )
    return _("“%(title)s” was recalled, and is withdrawn here. Only two people here can lift that.") % named


def _account(identifier: str) -> User:
    """Who stands under a recall in the audit: the publisher, as an account nobody can sign in with."""
    account, is_new = User.objects.get_or_create(
        username=f"publisher-{identifier}", defaults={"is_active": False, "last_name": f"Publisher {identifier}"}
    )
    if is_new:
        account.set_unusable_password()
        account.save()
    return account


def contacted(subscription: Subscription, state: str) -> None:
    """Remember that its publisher answered with a pack of its own, and what came of it."""
    subscription.last_contact = subscription.last_tried = timezone.now()
    subscription.state = state
    subscription.save()


def failed(subscription: Subscription, why: str) -> None:
    """Remember that nothing came of it, and why; the last contact stays what it was."""
    Subscription.objects.filter(pk=subscription.pk).update(last_tried=timezone.now(), state=why)
