"""The site refuses to start in a language in which nobody would be shown first when to get help."""

from __future__ import annotations

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from stretchsite.checks import (
    WHERE_WORDS_ARE_READ,
    decisions_are_told_outside_the_database,
    every_language_is_read_for_signs,
)


def test_a_language_without_words_for_signs_of_something_serious_stops_the_start(settings):
    assert every_language_is_read_for_signs(None) == []
    settings.LANGUAGES = [("en-gb", "English"), ("en-ie", "English"), ("de", "Deutsch")]
    settings.EMERGENCY_NUMBERS = settings.URGENT_NUMBERS = {"en-gb": "999", "en-ie": "112", "de": "112"}
    (refused,) = every_language_is_read_for_signs(None)
    assert refused.id == "stretchsite.E001"
    with pytest.raises(SystemCheckError, match="in the language “de” is not read for signs"):
        call_command("check")


def test_a_site_without_a_journal_is_warned_of_it(settings):
    assert [fault.id for fault in decisions_are_told_outside_the_database(None)] == ["stretchsite.W003"]
    settings.JOURNAL_FILE = "journal.jsonl"
    assert decisions_are_told_outside_the_database(None) == []


def test_what_the_hint_names_is_there():
    assert all((project.BASE_DIR / name).is_file() for name in WHERE_WORDS_ARE_READ)
