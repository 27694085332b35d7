"""System checks: the site refuses to start where a reader would be left without help."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from clinical.audit.triggers import missing_triggers
from clinical.pages.contract import lacks_of
from clinical.pages.gate_kept import oversteps_of
from clinical.review.live_audit import gated_models
from clinical.withdrawal.withdrawing import clinical_page_models
from clinical.words.choices import ReviewPolicy


@register()
def every_language_has_an_emergency_number(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each language of the site has its number in ``EMERGENCY_NUMBERS`` (H25)."""
    return [
        Error(
            f"No emergency number that can be dialled for the language “{code}”.",
            hint=f'Add it to EMERGENCY_NUMBERS in the settings: {{"{code}": "112"}}.',
            id="clinical.E001",
        )
        for code, _name in settings.LANGUAGES
        if not _can_be_dialled(settings.EMERGENCY_NUMBERS.get(code, ""))
    ]


@register()
def every_language_has_an_urgent_number(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each language has in ``URGENT_NUMBERS`` whom to call where help is needed today and it is no emergency."""
    return [
        Error(
            f"No number for help today that can be dialled for the language “{code}”.",
            hint=f'Add it to URGENT_NUMBERS in the settings: {{"{code}": "116117"}}.',
            id="clinical.E004",
        )
        for code, _name in settings.LANGUAGES
        if not _can_be_dialled(settings.URGENT_NUMBERS.get(code, ""))
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


@register()
def review_policy_is_one_there_is(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """``REVIEW_POLICY`` says how many people it takes; a slip of the pen decides nothing."""
    if settings.REVIEW_POLICY in ReviewPolicy.values:
        return []
    return [
        Error(
            f"REVIEW_POLICY is “{settings.REVIEW_POLICY}”, which there is not.",
            hint=f"Set it in the environment to one of: {', '.join(ReviewPolicy.values)}.",
            id="clinical.E005",
        )
    ]


@register()
def clinical_pages_keep_their_contract(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each sort of page that tells people what to do says what its notes hang on, and shows them.

    Whether a model goes past the gate is asked of everything the gate stands before, notes and lists among them.
    """
    found = [(model, *each) for model in clinical_page_models() for each in lacks_of(model)]
    found += [(model, *each) for model in gated_models() for each in oversteps_of(model)]
    return [Error(f"{model.__name__} {lack}.", hint=hint, obj=model, id="clinical.E003") for model, lack, hint in found]


@register(Tags.database)
def what_is_kept_is_kept_by_the_database(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every trigger on what is written once is there: asked with ``manage.py check --database default``.

    A warning and no error: ``migrate``, which makes them anew, asks all checks before it begins.
    """
    return [
        Warning(
            f"The trigger “{name}” is missing: what is written once can be changed or deleted.",
            hint="Run manage.py migrate; then find out who removed it.",
            id="clinical.W001",
        )
        for database in databases or []
        for name in missing_triggers(database)
    ]


def _can_be_dialled(number: object) -> bool:
    """Whether it is one number: a card links to it, and "112 or 999" would dial neither."""
    return bool(re.fullmatch(r"\+?\d[\d \-]*", str(number).strip()))
