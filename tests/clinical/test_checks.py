"""The site refuses to start where a reader would be left without help, or a stranger let in."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError


def refusals() -> list[str]:
    """The clinical faults the start-up checks find."""
    return sorted(message.id for message in run_checks() if message.id and message.id.startswith("clinical."))


def test_site_as_it_is_starts():
    assert refusals() == []


def test_language_without_an_emergency_number_stops_the_start(settings):
    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
    assert refusals() == ["clinical.E001", "clinical.E004"]
    with pytest.raises(SystemCheckError, match="No emergency number that can be dialled for the language “de”"):
        call_command("check")


@pytest.mark.parametrize("number", ["", "  ", "\n", "112 or 999", "your GP", "<b>9</b>"])
def test_blank_is_no_emergency_number(settings, number: str):
    settings.EMERGENCY_NUMBERS = {"en-gb": number}
    assert refusals() == ["clinical.E001"]


def test_every_language_without_a_number_is_named(settings):
    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch"), ("fr", "français")]
    settings.EMERGENCY_NUMBERS = settings.URGENT_NUMBERS = {"de": "112"}
    with pytest.raises(SystemCheckError) as refused:
        call_command("check")
    assert "“en-gb”" in str(refused.value)
    assert "“fr”" in str(refused.value)
    assert "for the language “de”" not in str(refused.value)


def test_second_language_with_its_number_starts(settings):
    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
    settings.EMERGENCY_NUMBERS = {"en-gb": "999", "de": "112"}
    settings.URGENT_NUMBERS = {"en-gb": "111", "de": "116117"}
    assert refusals() == []


@pytest.mark.parametrize("number", [None, "", "  "])
def test_language_without_a_number_for_help_today_stops_the_start(settings, number: str | None):
    settings.URGENT_NUMBERS = {} if number is None else {"en-gb": number}
    assert refusals() == ["clinical.E004"]
    with pytest.raises(SystemCheckError, match="No number for help today that can be dialled for the language “en-gb”"):
        call_command("check")


def test_development_accounts_outside_development_stop_the_start(settings):
    settings.DEVELOPMENT_ACCOUNTS_ALLOWED, settings.DEBUG = True, False
    assert refusals() == ["clinical.E002"]
    with pytest.raises(SystemCheckError, match="DEVELOPMENT_ACCOUNTS_ALLOWED is on while DEBUG is off"):
        call_command("check")


def test_development_accounts_in_development_start(settings):
    settings.DEVELOPMENT_ACCOUNTS_ALLOWED = settings.DEBUG = True
    assert refusals() == []
