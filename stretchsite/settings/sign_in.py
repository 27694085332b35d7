"""Signing in beyond the password.

| setting | from the environment | default |
|---|---|---|
| ``SECOND_FACTOR_REQUIRED_FOR`` | roles, separated by commas, such as ``reviewers,safety-officers`` | none |
"""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

__all__ = [
    "MFA_ADAPTER",
    "MFA_SUPPORTED_TYPES",
    "MFA_TOTP_TOLERANCE",
    "SECOND_FACTOR_REQUIRED_FOR",
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
