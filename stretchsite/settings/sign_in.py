"""Signing in beyond the password.

| setting | from the environment | default |
|---|---|---|
| ``SECOND_FACTOR_REQUIRED_FOR`` | roles, separated by commas, such as ``reviewers,safety-officers`` | none |
| ``OIDC_ISSUER`` | address of the clinic's own provider of sign-ins (OpenID Connect) | none |
| ``OIDC_CLIENT_ID``, ``OIDC_CLIENT_SECRET`` | what the provider knows this site by | – |
| ``OIDC_NAME`` | what the button calls the provider | ``single sign-on`` |
| ``OIDC_ONLY`` | ``1``: a password signs in superusers alone | ``0`` |
"""

from __future__ import annotations

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from stretchsite.settings import environment

__all__ = [
    "MFA_ADAPTER",
    "MFA_SUPPORTED_TYPES",
    "MFA_TOTP_TOLERANCE",
    "OIDC_ISSUER",
    "OIDC_NAME",
    "OIDC_ONLY",
    "SECOND_FACTOR_REQUIRED_FOR",
    "SOCIALACCOUNT_ADAPTER",
    "SOCIALACCOUNT_PROVIDERS",
]

#: How the secrets of second factors are kept, and that a code is good for its neighbours' half minutes too: clocks
#: differ.
MFA_ADAPTER = "clinical.people.factor_secrets.EncryptedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1

#: The roles by the words one writes in the environment, as ``stretchsite.setting_up`` names their groups.
_ROLES = {
    "practitioners": "Practitioners",
    "reviewers": "Reviewers",
    "safety-officers": "Safety officers",
    "managers": "Managers",
    "superusers": "superusers",
}

_said = [word.strip().lower() for word in os.environ.get("SECOND_FACTOR_REQUIRED_FOR", "").split(",") if word.strip()]
if _unknown := [word for word in _said if word not in _ROLES]:
    raise ImproperlyConfigured(
        f"SECOND_FACTOR_REQUIRED_FOR names “{_unknown[0]}”, which there is not: write some of {', '.join(_ROLES)}."
    )
#: The groups whose members do nothing in the admin before they have set up a second factor.
SECOND_FACTOR_REQUIRED_FOR = frozenset(_ROLES[word] for word in _said)


def _provider() -> dict[str, str]:
    """The clinic's own provider of sign-ins: all of it or none."""
    said = {
        "ISSUER": os.environ.get("OIDC_ISSUER", ""),
        "CLIENT_ID": os.environ.get("OIDC_CLIENT_ID", ""),
        "CLIENT_SECRET": os.environ.get("OIDC_CLIENT_SECRET", ""),
    }
    given = {name: value.strip() for name, value in said.items()}
    if any(given.values()) and not all(given.values()):
        lacking = next(name for name, value in given.items() if not value)
        raise ImproperlyConfigured(f"Set OIDC_{lacking} as well: OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.")
    if given["ISSUER"] and not given["ISSUER"].startswith("https://"):
        raise ImproperlyConfigured("OIDC_ISSUER must begin with https://: it says who may sign in.")
    return given


_given = _provider()
#: Where the provider says of itself who it is; nothing where there is none.
OIDC_ISSUER = _given["ISSUER"].rstrip("/")
#: What the button calls it.
OIDC_NAME = os.environ.get("OIDC_NAME", "").strip() or "single sign-on"
try:
    #: Whether passwords sign in superusers alone, who get in when the provider is away.
    OIDC_ONLY = environment.is_on(os.environ, "OIDC_ONLY")
except ValueError as fault:
    raise ImproperlyConfigured(str(fault)) from None
if OIDC_ONLY and not OIDC_ISSUER:
    raise ImproperlyConfigured("OIDC_ONLY shuts passwords: set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too.")
SOCIALACCOUNT_ADAPTER = "clinical.people.single_sign_on.OurAccountsOnly"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "clinic",
                "name": OIDC_NAME,
                "client_id": _given["CLIENT_ID"],
                "secret": _given["CLIENT_SECRET"],
                "settings": {"server_url": OIDC_ISSUER},
            }
        ],
    }
}
