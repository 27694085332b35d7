"""X12: every decision is on record, whichever road it is taken by; no entry holds a secret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Site

from clinical.models import AuditEntry
from clinical.publishing import approvals
from clinical.words.choices import AuditAction
from stretchsite import routing
from tests.stretchsite.decision_place import Place
from tests.stretchsite.decision_roads import ROADS
from tests.stretchsite.documentation import rows, section


def forget() -> None:
    """What processes remember of a site that is taken back."""
    approvals.forget_locales()
    routing.forget_roots()
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()


def entries_of(place: Place, take: Any) -> list[AuditEntry]:
    """Every entry a road leaves."""
    with transaction.atomic():
        last = AuditEntry.objects.latest("pk").pk
        take(place)
        new = list(AuditEntry.objects.filter(pk__gt=last).select_related("by").order_by("pk"))
        transaction.set_rollback(True)
    forget()
    return new


def test_every_decision_is_on_record_by_every_road(set_up_site: None, db: None, tmp_path: Path):
    place, lost = Place(tmp_path), {}
    for action, road, is_named, take in ROADS:
        told = [entry for entry in entries_of(place, take) if entry.action == action]
        said = [(entry.title, entry.content_key, str(entry.details)) for entry in told]
        by = {entry.by for entry in told}
        if not told or len(set(said)) != len(said) or (is_named and by != {place.chief}):
            lost[action, road] = (said, by)
    assert lost == {}


def test_every_decision_has_a_road():
    assert [action for action in AuditAction if action not in {road[0] for road in ROADS}] == []


def test_document_lists_every_decision_and_road():
    listed = rows(section("docs/audit.md", "## Every decision, by every road"))
    told = {(action.strip("`"), road) for action, roads in listed for road in roads.split("; ")}
    assert told == {(action.value, road) for action, road, _is_named, _take in ROADS}
