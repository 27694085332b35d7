"""Passkeys: a second factor without a code to type, kept by a phone, a computer or a key (AU2).

Beside an authenticator app, never in its place: the app and the recovery codes are the way in where a browser or a
device knows nothing of passkeys. The arithmetic is that of fido2, which allauth calls; a challenge lies in the
session, is new for every page and is used up by the answer to it.
"""

from __future__ import annotations

import json
import logging
import struct
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django.core.exceptions import ValidationError
from django.db import transaction

from clinical.audit.audit_entries import record
from clinical.people.factor_changes import Change, follow_up
from clinical.words.choices import AuditAction

logger = logging.getLogger(__name__)

#: Of what a browser sends; what a key says about its maker is not asked for, so a true answer has about 2,000.
MOST_CHARACTERS = 20_000
#: What a made-up answer of a browser may raise inside the packages: they read its bytes as they come.
_REFUSED = (
    *(ValidationError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError),
    *(RecursionError, NotImplementedError, struct.error, InvalidSignature, UnsupportedAlgorithm),
)


class Passkey(NamedTuple):
    """One, by its key and the name its owner gave it."""

    pk: int
    name: str


def passkeys_of(person: Any) -> list[Passkey]:
    """Those somebody has, in the order they were added."""
    return [Passkey(each.pk, each.data["name"]) for each in _held(person).order_by("pk")]


def remove_passkey(person: Any, pk: str, *, kept: str | None = None) -> str:
    """Take one away, as one does whose device is lost or sold; its name, or nothing where it is not theirs.

    Whoever is signed in to the account stays so only in the session of the key ``kept``.
    """
    found = next((each for each in passkeys_of(person) if str(each.pk) == pk), None)
    if found is None:
        return ""
    with transaction.atomic():
        _held(person).filter(pk=found.pk).delete()
        record(AuditAction.FACTOR_REMOVED, person, by=person, passkey=found.name)
        follow_up(person, Change.PASSKEY_REMOVED, kept=kept)
    return found.name


def _held(person: Any) -> Any:
    return Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.WEBAUTHN)


def options_to_add(person: Any) -> Any:
    """What a browser is asked to make one from."""
    return auth.begin_registration(person, passwordless=False)


def add_passkey(person: Any, name: str, answer: str, *, kept: str | None = None) -> bool:
    """Keep the passkey a browser has made, in the session of the key ``kept``; whether it was one."""
    try:
        credential = _read(answer)
        auth.parse_registration_response(credential)
        if auth.complete_registration(credential).credential_data is None:
            raise ValueError("There is no key in it.")
        said = {part: credential["response"][part] for part in ("clientDataJSON", "attestationObject")}
        passkey = {"rawId": credential["rawId"], "response": said, "clientExtensionResults": {}}
    except _REFUSED as error:
        logger.info("What was sent is no passkey: %s", type(error).__name__)
        return False
    with transaction.atomic():
        auth.WebAuthn.add(person, name, passkey)
        record(AuditAction.FACTOR_SET_UP, person, by=person, passkey=name)
        follow_up(person, Change.PASSKEY_ADDED, kept=kept)
    return True


def options_to_show(person: Any) -> Any:
    """What a browser is asked to show one for; nothing where there is none."""
    return auth.begin_authentication(person) if passkeys_of(person) else None


def is_own_passkey(person: Any, answer: str) -> bool:
    """Whether one of theirs has signed the challenge of the page. Count the try first (``attempts.count_code``)."""
    try:
        credential = _read(answer)
        auth.parse_authentication_response(credential)
        auth.complete_authentication(person, credential).record_usage()
    except _REFUSED as error:
        logger.info("What was sent is no passkey of theirs: %s", type(error).__name__)
        return False
    return True


def _read(answer: str) -> Any:
    """What a browser has sent. Raises ``ValueError``, for a backslash too: none sends one, and NUL cannot be kept."""
    if len(answer) > MOST_CHARACTERS or "\\" in answer:
        raise ValueError("No browser sends this.")
    return json.loads(answer)
