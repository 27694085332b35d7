"""A second factor: a code from an authenticator app on one's own device, or one of ten recovery codes (AU2).

The rows, the secrets and the arithmetic are allauth's; none of its pages has an address here. How often a code may be
tried, what is put on record and which pages ask for it is ours. Each code of the app counts once: kept is the step of
time of the last one that was accepted, and an earlier one is never accepted again, by whatever process.
"""

from __future__ import annotations

import logging
import re
from enum import StrEnum
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from clinical.audit.audit_entries import record
from clinical.people.factor_changes import Change, follow_up
from clinical.people.factor_secrets import Unreadable
from clinical.words.choices import AuditAction

logger = logging.getLogger(__name__)

_APP, _RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
#: In the row of an app: the last step of thirty seconds whose code was accepted.
_LAST_STEP = "last_step"
#: In a session, while somebody sets up an app: its secret, encrypted.
_SECRET = "second_factor_secret"  # noqa: S105  (the name of a place)
#: In a session: that whoever it is of has shown a second factor.
SHOWN = "second_factor_shown"


class ShownBy(StrEnum):
    """What a code came from."""

    APP = "app"
    RECOVERY_CODE = "recovery code"


def has_second_factor(person: Any) -> bool:
    """Whether signing in asks this person for a code. One query."""
    return _row(person, _APP).exists()


def secret_to_set_up(request: HttpRequest) -> str:
    """The secret an app is set up with, the same while its page is loaded again: it may have been read already."""
    kept = request.session.get(_SECRET)
    if kept:
        try:
            return get_adapter().decrypt(kept)
        except Unreadable:
            logger.warning("A second factor is set up anew: its secret cannot be read any more.")
    secret = generate_totp_secret()
    request.session[_SECRET] = get_adapter().encrypt(secret)
    return secret


def address_of(person: Any, secret: str) -> str:
    """What the QR code says to an authenticator app."""
    return get_adapter().build_totp_url(person, secret)


def set_up(request: HttpRequest, person: Any, code: str) -> list[str]:
    """Keep the app whose code this is, and give the recovery codes, which are shown this once.

    None of them where the code is wrong, or somebody has set one up meanwhile.
    """
    secret = secret_to_set_up(request)
    step = _step_of(secret, code, after=-1)
    if step is None or has_second_factor(person):
        return []
    with transaction.atomic():
        kept = {"secret": get_adapter().encrypt(secret), _LAST_STEP: step}
        Authenticator.objects.create(user=person, type=_APP, data=kept)
        codes = _new_codes(person)
        record(AuditAction.FACTOR_SET_UP, person, by=person)
        follow_up(person, Change.SET_UP, kept=request.session.session_key)
    del request.session[_SECRET]
    request.session[SHOWN] = True
    return codes


def shown_by(person: Any, code: str) -> ShownBy | None:
    """What this code came from, which is used up by that; nothing where it is wrong or was used before.

    Count the try first (``attempts.count_code``).
    """
    digits = re.sub(r"[\s-]", "", code)
    try:
        if _is_of_app(person, digits):
            return ShownBy.APP
        held = _row(person, _RECOVERY).first()
        if held is not None and RecoveryCodes(held).validate_code(digits):
            held.record_usage()
            return ShownBy.RECOVERY_CODE
    except Unreadable:
        logger.exception("The second factor of account %s cannot be read.", person.pk)
    return None


def recovery_codes_left(person: Any) -> int:
    """How many recovery codes have not been used."""
    held = _row(person, _RECOVERY).first()
    try:
        return len(RecoveryCodes(held).get_unused_codes()) if held else 0
    except Unreadable:
        return 0


def renew_recovery_codes(person: Any, *, kept: str | None = None) -> list[str]:
    """Other codes in the place of those there were; shown this once, in the session of the key ``kept``."""
    with transaction.atomic():
        codes = _new_codes(person)
        record(AuditAction.CODES_RENEWED, person, by=person)
        follow_up(person, Change.CODES_RENEWED, kept=kept)
    return codes


def remove_second_factor(person: Any, *, by: Any = None, reason: str = "", kept: str | None = None) -> bool:
    """Take app and recovery codes away, on record; whether there were any. By nobody: by whoever runs the site.

    Whoever is signed in to the account stays so only in the session of the key ``kept``.
    """
    with transaction.atomic():
        removed = take_away(person)
        if removed:
            record(AuditAction.FACTOR_REMOVED, person, by=by, reason=reason)
            follow_up(person, Change.REMOVED, kept=kept)
    return removed


def take_away(person: Any) -> bool:
    """Take app and recovery codes away; whether there were any. Whoever calls it puts it on record."""
    removed, _each = Authenticator.objects.filter(user=person).delete()
    return bool(removed)


def no_sign_in_without_it(request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """For Django's signal: whatever road signs somebody in, a password alone does not, where there is a second factor.

    The page that asks for the code says so on the request before it signs in. Raises ``PermissionDenied``.
    """
    if getattr(request, SHOWN, False) or not has_second_factor(user):
        return
    if request is not None:
        logout(request)
    raise PermissionDenied("Signing in to this account takes a second factor.")


def _row(person: Any, kind: Authenticator.Type) -> Any:
    return Authenticator.objects.filter(user_id=person.pk, type=kind)


def _new_codes(person: Any) -> list[str]:
    _row(person, _RECOVERY).delete()
    made = RecoveryCodes.activate(person)
    made.mark_as_viewed()
    return [f"{code[:4]} {code[4:]}" for code in made.generate_codes()]


def _is_of_app(person: Any, code: str) -> bool:
    """Whether the app shows this code now and it was not used. Two who send it at once wait for each other here."""
    with transaction.atomic():
        held = _row(person, _APP).select_for_update().first()
        if held is None:
            return False
        step = _step_of(get_adapter().decrypt(held.data["secret"]), code, after=held.data.get(_LAST_STEP, -1))
        if step is None:
            return False
        held.data[_LAST_STEP] = step
        held.last_used_at = timezone.now()
        held.save(update_fields=["data", "last_used_at"])
        return True


def _step_of(secret: str, code: str, *, after: int) -> int | None:
    """The step of thirty seconds this code is of, of those that are accepted now (``MFA_TOTP_TOLERANCE``)."""
    steps = [step for step in yield_hotp_counters_from_time() if step > after]
    digits = re.sub(r"\s", "", code)
    found = [step for step in steps if constant_time_compare(f"{hotp_value(secret, step):06d}", digits)]
    return found[0] if found else None
