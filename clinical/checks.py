"""System checks: the site refuses to start where a reader would be left without help."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def every_language_has_an_emergency_number(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each language of the site has its number in ``EMERGENCY_NUMBERS`` (H25)."""
    return [
        Error(
            f"No emergency number for the language “{code}”.",
            hint=f'Add it to EMERGENCY_NUMBERS in the settings: {{"{code}": "112"}}.',
            id="clinical.E001",
        )
        for code, _name in settings.LANGUAGES
        if not str(settings.EMERGENCY_NUMBERS.get(code, "")).strip()
    ]


@register()
def no_development_accounts_outside_development(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Accounts with published passwords can only be made where nobody else can reach the site."""
    if settings.DEVELOPMENT_ACCOUNTS_ALLOWED and not settings.DEBUG:
        return [
            Error(
                "DEVELOPMENT_ACCOUNTS_ALLOWED is on while DEBUG is off.",
                hint="Leave it to the development settings.",
                id="clinical.E002",
            )
        ]
    return []
