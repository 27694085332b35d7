"""A link says which key signed it, so that somebody who lost the key is told before a patient is."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.utils import timezone

from routines.models import RoutinePage
from sharing.checks import key_faults
from sharing.models import ShareLink
from sharing.tokens import KEY_ID_LENGTH, key_id
from testing import factories

KEY, CODE_KEY = "for-tests-only-too", "for-tests-only-as-well"


def said() -> list[str | None]:
    return [fault.id for fault in key_faults()]


def test_the_name_of_a_key_tells_keys_apart_and_says_nothing_of_them():
    names = {key_id(key) for key in (KEY, f"{KEY} ", CODE_KEY)}
    assert len(names) == 3
    assert all(len(name) == KEY_ID_LENGTH and name not in KEY for name in names)


def test_a_link_keeps_the_names_of_its_keys(routine: RoutinePage, settings):
    link = factories.link_to(routine).link
    assert (link.key_id, link.code_key_id) == (key_id(KEY), key_id(CODE_KEY))
    settings.SHARE_CODE_KEYS = []
    assert factories.link_to(routine).link.code_key_id == ""


def test_links_whose_key_is_not_here_are_counted_once_and_a_code_only_where_its_link_opens(
    routine: RoutinePage, settings, django_assert_max_num_queries
):
    ended, *_open = [factories.link_to(routine).link for _number in range(3)]
    ended.revoke()
    assert said() == []
    settings.SHARE_CODE_KEYS = ["another key of codes"]
    assert said() == ["sharing.W002"]
    settings.SHARE_LINK_KEYS = ["another key", KEY]
    assert said() == ["sharing.W002"]
    settings.SHARE_LINK_KEYS = ["another key"]
    with django_assert_max_num_queries(1):
        (fault,) = key_faults()
    assert fault.msg.startswith("2 open links were signed by a key that is not here")
    assert fault.id in [each.id for each in run_checks(tags=[Tags.database], databases=["default"])]
    ShareLink.objects.update(revoked_at=timezone.now())
    assert said() == []


def test_a_link_from_before_keys_had_names_is_not_counted(routine: RoutinePage, settings):
    factories.link_to(routine)
    ShareLink.objects.update(key_id="", code_key_id="")
    settings.SHARE_LINK_KEYS, settings.SHARE_CODE_KEYS = ["another key"], []
    assert said() == []


def test_the_nightly_audit_says_so(db: None, routine: RoutinePage, settings):
    factories.link_to(routine)
    settings.SHARE_LINK_KEYS = ["another key"]
    told = StringIO()
    with pytest.raises(CommandError):
        call_command("audit_live", stdout=StringIO(), stderr=told)
    assert "1 open links were signed by a key that is not here" in told.getvalue()
