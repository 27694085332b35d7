"""What must be set before share links can be made or opened, and whether it still is what it was."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, OperationalError, ProgrammingError

from sharing.models import ShareLink
from sharing.models.signed import without_their_keys

#: What to do, whichever of the settings it is.
_BRING_BACK = (
    "Put the key back among %s, behind the first: it is kept apart from the database. If it was taken out on purpose, "
    "or is lost, replace or revoke these links, so that nobody waits for an address that opens nothing."
)


@checks.register
def share_links_have_a_key(**kwargs: Any) -> list[checks.CheckMessage]:
    """The digests of share links are keyed; without a key nobody could be let in."""
    if settings.SHARE_LINK_KEYS and all([*settings.SHARE_LINK_KEYS, *settings.SHARE_CODE_KEYS]):
        return []
    hint = "Set SHARE_LINK_KEYS to a list with one long random key of its own; SHARE_CODE_KEYS may be an empty list."
    return [checks.Error("Share links have no key.", hint=hint, id="sharing.E001")]


@checks.register(checks.Tags.database)
def links_have_their_keys(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Every open link was signed by a key that is here: asked with ``check --database default``, and every night.

    Warnings and no errors: ``migrate`` asks all checks before it begins, and after a restore it is needed first.
    """
    return [fault for database in databases or [] for fault in key_faults(database)]


def key_faults(database: str = DEFAULT_DB_ALIAS) -> list[checks.CheckMessage]:
    """What is to be said of links, and of codes, whose keys are not here. One query.

    Nothing where the table, or the column, is not there yet: ``migrate`` asks the checks before it makes them.
    """
    try:
        links, codes = without_their_keys(ShareLink.objects.using(database))
    except (OperationalError, ProgrammingError):
        return []
    faults: list[checks.CheckMessage] = []
    if links:
        said = f"{links} open links were signed by a key that is not here: they answer 404."
        faults.append(checks.Warning(said, hint=_BRING_BACK % "SHARE_LINK_KEYS", id="sharing.W001"))
    if codes:
        said = f"{codes} open links have codes made by a key that is not here: these codes open nothing."
        faults.append(checks.Warning(said, hint=_BRING_BACK % "SHARE_CODE_KEYS", id="sharing.W002"))
    return faults
