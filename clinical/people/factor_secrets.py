"""The secrets of second factors, encrypted where they are kept: what leaks of the database alone opens nothing.

The key is derived from ``SECRET_KEY`` with a label of its own. With another ``SECRET_KEY`` they cannot be read any
more, and everybody sets up their second factor again; what ``SECRET_KEY_FALLBACKS`` names still reads.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from clinical.clinic.clinic_known import clinic
from clinical.serving.write_lock import write_lock

#: The label the key is derived with. Every secret that is kept depends on it.
LABEL = "clinical.second_factor"
#: What of a second factor's data is encrypted: an app's secret, what codes are made from, and codes themselves.
_SECRET = frozenset({"secret", "seed", "migrated_codes"})


class Unreadable(Exception):
    """A secret was encrypted by a key that is not here."""


class EncryptedSecrets(DefaultMFAAdapter):
    """What allauth asks of a site: how secrets are kept, and what an authenticator app shows beside a code."""

    def encrypt(self, text: str) -> str:
        """As it is kept."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """As it is used. Raises ``Unreadable``."""
        try:
            return _keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise Unreadable("The secret of a second factor was encrypted by another SECRET_KEY.") from error

    def get_totp_label(self, user: Any) -> str:
        """The name one signs in with."""
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        """What the site is called."""
        return clinic().name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host a passkey is for, and what the site is called."""
        return {"id": context.request.get_host().partition(":")[0], "name": clinic().name}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Whose it is, by the name one signs in with."""
        own = {"name": str(user.get_username()), "display_name": str(user.get_full_name() or user.get_username())}
        return {"id": str(user.pk).encode(), **own}


def encrypt_anew() -> tuple[int, int]:
    """Have the key in force encrypt every secret: of how many second factors it did, and how many nobody can read.

    Each by itself, as it is at that moment: its owner may be signing in with it.
    """
    keys, done, unreadable = _keys(), 0, 0
    for number in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with write_lock():
            factor = Authenticator.objects.filter(pk=number)
            data = factor.values_list("data", flat=True).first()
            try:
                anew = {name: _anew(keys, value) if name in _SECRET else value for name, value in (data or {}).items()}
            except InvalidToken:
                unreadable += 1
                continue
            if anew != data:
                factor.update(data=anew)
                done += 1
    return done, unreadable


def _anew(keys: MultiFernet, value: Any) -> Any:
    if isinstance(value, list):
        return [_anew(keys, each) for each in value]
    return keys.rotate(str(value).encode()).decode()


def _keys() -> MultiFernet:
    """The first encrypts, all of them read."""
    return MultiFernet(_key(secret) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])


def _key(secret: str | bytes) -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac(LABEL, "secrets", secret=secret, algorithm="sha256").digest()))
