"""X15: no screen of the admin holds a script or style of its own, and the policy refuses whatever is put into one."""

from __future__ import annotations

import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminPageChooser, AdminTimeInput

from clinical.admin.widgets import call
from clinical.models import User
from tests.stretchsite.admin_matrix import addresses, furnish

#: Of each sort of screen one: lists, filters with dates, editors with rows and choosers, moving, history, settings.
SCREENS = {
    "wagtailadmin_home",
    "wagtailadmin_explore",
    "wagtailadmin_pages:add",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:move",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:history",
    "wagtailadmin_pages:delete",
    "wagtailsnippets_clinical_safetynote:list",
    "wagtailsnippets_clinical_safetynote:edit",
    "wagtailsnippets_clinical_condition:edit",
    "wagtailsnippets_clinical_practitioner:add",
    "wagtailusers_users:index",
    "wagtailusers_users:edit",
    "wagtailusers_groups:edit",
    "wagtailimages:index",
    "wagtailimages:add_multiple",
    "wagtaildocs:add_multiple",
    "wagtailadmin_workflows:edit",
    "wagtailadmin_workflows:add",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_account",
    "wagtailsettings:edit",
    "clinical_audit",
    "clinical_people",
    "clinical_withdraw_page",
    "sharing_programme_new",
}
BEFORE_SIGNING_IN = (
    "wagtailadmin_login",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
)


def policy(response: HttpResponse) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {directive: sources for directive, _space, sources in parts}


def inline(html: str) -> list[str]:
    """Every script, style and handler that stands in the page itself."""
    scripts = [attributes for attributes in re.findall(r"<script\b([^>]*)>", html) if "src=" not in attributes]
    own = [attributes for attributes in scripts if 'type="application/json"' not in attributes]
    return own + re.findall(r"<style\b|<[a-z][^<>]*\s(?:style|on[a-z]+)=\"[^\"]*\"", html)


def test_no_screen_holds_a_script_or_style_and_its_policy_lets_none_run(db: None, set_up_site: None):
    client = Client()
    client.force_login(User.objects.create_superuser("superuser", "superuser@example.org"))
    asked = {address.name: address.path for address in addresses(furnish()) if address.name in SCREENS}
    assert set(asked) == SCREENS
    found = {name: client.get(path) for name, path in asked.items()}
    assert {name for name, response in found.items() if response.status_code != 200} == set()
    assert {name: inline(response.text) for name, response in found.items() if inline(response.text)} == {}
    for response in found.values():
        allowed = policy(response)
        assert allowed["script-src"] == allowed["style-src"] == "'self'"
        assert allowed["frame-ancestors"] == "'self'"
        assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("name", BEFORE_SIGNING_IN)
def test_nothing_is_allowed_before_signing_in_that_readers_pages_do_not_allow(db: None, name: str):
    parameters = {"uidb64": "MQ", "token": "abc-def"} if name.endswith("confirm") else {}
    response = Client().get(reverse(name, kwargs=parameters))
    assert policy(response)["frame-ancestors"] == policy(response)["default-src"] == "'none'"
    assert inline(response.text) == []


@pytest.mark.parametrize("path", ["/admin/nothing-here/", "/nothing-here/"])
def test_page_that_is_not_there_lets_no_script_in_it_run(db: None, path: str):
    response = Client().get(path, follow=True)
    assert policy(response)["script-src"] == policy(response)["style-src"] == "'self'"
    assert inline(response.text) == []


@pytest.mark.parametrize("widget", [AdminDateInput, AdminDateTimeInput, AdminTimeInput, AdminPageChooser])
def test_widget_says_as_data_what_starts_it(db: None, widget: type):
    html = widget().render("field", None, {"id": "id_field"})
    name, written = re.search(r'<script type="application/json" data-start="(\w+)">(.*?)</script>', html).groups()
    assert name in {"initDateChooser", "initDateTimeChooser", "initTimeChooser", "PageChooser"}
    assert json.loads(written)[0] == "id_field"
    assert inline(html) == []


def test_words_in_the_data_cannot_leave_it():
    hostile = "</script><script>alert(1)</script>&"
    written = call("PageChooser", json.dumps(["id", {"title": hostile}]))
    assert "</script><script>" not in written
    assert json.loads(re.sub(r"^<script[^>]*>|</script>$", "", written))[1]["title"] == hostile
    with pytest.raises(ValueError, match="Expecting"):
        call("PageChooser", "alert(1)")
