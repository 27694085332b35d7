"""System checks of the front of house."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections

from stretchsite.models import HomePage, InformationPage
from stretchsite.page_cache.generations import MOST_NAMED, QUESTION
from stretchsite.page_cache.move_triggers import GENERATION, missing_triggers
from stretchsite.reserved import SAFETY_SLUG

#: The languages, without their country, in which the words of ``WHERE_WORDS_ARE_READ`` are written.
LANGUAGES_READ = ("en",)
#: Where a rule reads what people write: a language without words of its own there would go unread and nobody be told.
WHERE_WORDS_ARE_READ = (
    "stretchsite/finding/help_first.py",
    "stretchsite/finding/red_flags.py",
    "clinical/words/pain_lexicon.py",
    "sharing/line_faults.py",
    "sharing/identity.py",
    "exercises/other_side.py",
    "clinical/words/concern_words.py",
)


@register()
def every_language_is_read_for_signs(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each language of the site has words for signs of something serious, for pain allowed, and against a warning."""
    return [
        Error(
            f"What is written in the language “{code}” is not read for signs of something serious.",
            hint=f"Write its words in {', '.join(WHERE_WORDS_ARE_READ)}; then add it to LANGUAGES_READ.",
            id="stretchsite.E001",
        )
        for code, _name in settings.LANGUAGES
        if code.partition("-")[0] not in LANGUAGES_READ
    ]


@register(Tags.security, deploy=True)
def decisions_are_told_outside_the_database(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What is withdrawn stays so when a backup is brought back; asked with ``check --deploy``.

    A warning and no error: a site that was set up before there was a journal goes on after an update.
    """
    if settings.JOURNAL_FILE:
        return []
    said = "There is no journal: a backup that is brought back brings back what was withdrawn and revoked since."
    hint = "Set JOURNAL_FILE to a file outside the database's folder, which its backups leave alone."
    return [Warning(said, hint=hint, id="stretchsite.W003")]


@register(Tags.database)
def what_readers_see_moves_the_generation(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The page cache can tell when something changes: asked with ``check --database default``.

    Warnings and no errors: ``migrate``, which makes the triggers anew, asks all checks before it begins.
    """
    connected = [connections[database] for database in databases or []]
    known = [each for each in connected if GENERATION in each.introspection.table_names()]
    faults = (_fault_of(connection) for connection in known)
    return [fault for fault in faults if fault is not None]


@register(Tags.database)
def there_is_a_page_about_safety(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The page about safety is live, and others lead there: asked with ``check --database default``."""
    if "default" not in (databases or []):
        return []
    if "stretchsite_homepage" not in connections["default"].introspection.table_names():
        return []
    try:
        if not HomePage.objects.exists() or InformationPage.objects.live().filter(slug=SAFETY_SLUG).exists():
            return []
    except DatabaseError:  # a migrate that is to come asks as well
        return []
    said = f"The page about safety is not live: no menu, front page or search leads to /{SAFETY_SLUG}/ until it is."
    hint = f"Load it with the starter library, or write it: an information page with the slug {SAFETY_SLUG}."
    return [Warning(said, hint=hint, id="stretchsite.W004")]


def _fault_of(connection: Any) -> CheckMessage | None:
    if missing := sorted(missing_triggers(connection)):
        return _lacks(missing)
    return None if _generation(connection) else _has_no_generation()


def _lacks(missing: list[str]) -> CheckMessage:
    named = ", ".join(missing[:MOST_NAMED]) + (" …" if len(missing) > MOST_NAMED else "")
    return Warning(
        f"{len(missing)} triggers are missing: no page is kept in memory, and each is made for every request: {named}",
        hint="Run manage.py migrate; then find out who removed them.",
        id="stretchsite.W001",
    )


def _generation(connection: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute(QUESTION)
        row = cursor.fetchone()
    return row[0] if row else ""


def _has_no_generation() -> Warning:
    return Warning(
        "There is no generation: no page is kept in memory, and each is made for every request.",
        hint="A migrate is under way, or was broken off: run manage.py migrate.",
        id="stretchsite.W002",
    )
