"""AZ1: every address of the admin × role × method is classified; a new one, or another answer, fails until it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, include, path

from tests.stretchsite import admin_matrix
from tests.stretchsite.admin_matrix import LEGEND, ROLES

GOLDEN = Path(__file__).with_name("admin_matrix.txt")
HEAD = [f"# {LEGEND}", f"# {' · '.join(ROLES)}"]

#: Asked with an empty form, which no browser sends, these raise in the platform's own code; nothing is written.
BROKEN_BY_THE_PLATFORM = {
    "wagtailadmin_error_test",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_pages:add",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:revisions_revert",
    "wagtailredirects:process_import",
    "wagtailsnippetchoosers_clinical_condition:create",
    "wagtailsnippetchoosers_clinical_practitioner:create",
    "wagtailsnippetchoosers_clinical_safetynote:create",
}
#: Addresses of the platform's own that it gives no name: whatever is no page of the admin, and its trial of that.
UNNAMED_BY_THE_PLATFORM = {"admin/^.*/$", "admin/test404/"}


def test_no_address_of_the_admin_is_without_a_name():
    """One without a name cannot be asked for by it, and would have no row."""
    assert admin_matrix.unnamed(get_resolver().url_patterns) <= UNNAMED_BY_THE_PLATFORM


def test_an_address_without_a_name_is_found():
    def nothing(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    inner = [path("drop-all/", nothing), path("kept/", nothing, name="kept")]
    assert admin_matrix.unnamed([path("admin/", include(inner)), path("s/", nothing)]) == {"admin/drop-all/"}


@pytest.mark.slow
def test_every_address_answers_every_role_as_it_is_classified(set_up_site: None, db: None):
    classified = GOLDEN.read_text(encoding="utf-8").splitlines()
    assert classified[: len(HEAD)] == HEAD
    known = classified[len(HEAD) :]
    found = admin_matrix.matrix()
    added, gone = sorted(set(found) - set(known)), sorted(set(known) - set(found))
    assert not added, "Look at each, then write it into admin_matrix.txt in place of the others:\n" + "\n".join(added)
    assert not gone, "Not so any more; take it out of admin_matrix.txt:\n" + "\n".join(gone)


def test_only_logging_in_and_its_kin_is_shown_to_strangers():
    shown = {line.split()[-1] for line in GOLDEN.read_text(encoding="utf-8").splitlines() if line.startswith("Y")}
    assert shown <= {
        "wagtailadmin_login",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
    }


def test_nothing_is_broken_but_what_the_platform_breaks_itself():
    broken = {line.split()[-1] for line in GOLDEN.read_text(encoding="utf-8").splitlines()[2:] if "!" in line}
    assert broken <= BROKEN_BY_THE_PLATFORM


def test_accounts_and_groups_are_for_superusers_only():
    kept = [line for line in GOLDEN.read_text(encoding="utf-8").splitlines() if "wagtailusers_" in line]
    assert kept
    for line in kept:
        assert not set(line.split()[:-3]) & {"Y", ">"}, line
