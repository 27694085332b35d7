"""Any number of keys is one value of a question, on both databases."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinical.models import Condition
from clinical.pages.many_keys import Keys


@pytest.mark.parametrize("more", [0, 200_000])
def test_entries_are_found_by_any_number_of_keys_with_one_value(db: None, more: int):
    names = ("kept", "other")
    kept, other = (Condition.objects.create(name=name, slug=name) for name in names)
    keys = [kept.pk, *range(10_000_000, 10_000_000 + more)]
    assert list(Condition.objects.filter(pk__in=Keys(keys))) == [kept]
    assert other in Condition.objects.exclude(pk__in=Keys(keys))
    assert not Condition.objects.filter(pk__in=Keys([]))
    with CaptureQueriesContext(connection) as queries:
        assert Condition.objects.filter(pk__in=Keys(keys[:2])).count() == 1
    assert len(queries) == 1
