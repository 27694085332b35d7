"""The conditions an exercise or routine is used for, as readers see them, each with what its own page says.

One query, whatever is asked of them. The page of a condition belongs to the floor above; the database joins it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import starmap
from typing import Any, NamedTuple

from django.db.models import QuerySet

from clinical.addresses import hub_address
from clinical.notes.joined_codes import codes_in, joined, joined_codes
from clinical.pages.visible import is_shown
from clinical.safety.parts import alone
from clinical.safety.sheet import ConditionLink
from clinical.words.choices import EvidenceLevel


class UsedFor(NamedTuple):
    """One condition a page is used for, and as much of the condition's hub as decides whether it may be linked.

    ``hub_sensation`` is what readers with the condition always feel, in the language of the hub. ``codes`` are the
    condition's in coding systems, as ``joined_codes`` asks for them.
    """

    tag_id: int
    evidence: str
    statement: str
    name: str
    slug: str
    hub_slug: str | None = None
    live: bool | None = None
    go_live_at: datetime | None = None
    expire_at: datetime | None = None
    hub_locale: int | None = None
    hub_sensation: str | None = None
    codes: str | None = None


_USE_COLUMNS = (
    *("tag_id", "evidence", "statement", "tag__name", "tag__slug"),
    *("tag__hub__slug", "tag__hub__live", "tag__hub__go_live_at", "tag__hub__expire_at"),
    *("tag__hub__locale", "tag__hub__conditionpage__usual_sensation"),
    "joined_codes",
)


def condition_uses(page: Any) -> list[UsedFor]:
    """The conditions a page is used for, each with its hub, in one query; from memory while it is in preview."""
    uses = page.condition_uses.all()
    if isinstance(uses, QuerySet):
        return list(starmap(UsedFor, uses.annotate(joined_codes=joined_codes()).values_list(*_USE_COLUMNS)))
    return [_used_for(use) for use in uses]


def condition_uses_of(uses: QuerySet[Any], owner: str) -> dict[int, list[UsedFor]]:
    """The same for many pages, by the number of the page; ``owner`` is the column that holds it. One query."""
    found: dict[int, list[UsedFor]] = {}
    for number, *columns in uses.annotate(joined_codes=joined_codes()).values_list(owner, *_USE_COLUMNS):
        found.setdefault(number, []).append(UsedFor(*columns))
    return found


def _used_for(use: Any) -> UsedFor:
    tag, hub = use.tag, use.tag.hub if use.tag.hub_id else None
    about_hub: tuple[Any, ...] = ()
    if hub:
        sensation = getattr(getattr(hub, "conditionpage", None), "usual_sensation", "")
        about_hub = (hub.slug, hub.live, hub.go_live_at, hub.expire_at, hub.locale_id, sensation)
    codes = joined(tag.codes.all())
    return UsedFor(use.tag_id, use.evidence, use.statement, tag.name, tag.slug, *about_hub)._replace(codes=codes)


def condition_link(use: UsedFor) -> ConditionLink:
    """A condition as readers see it beside an exercise or routine."""
    evidence = EvidenceLevel(use.evidence) if use.evidence in EvidenceLevel.values else None
    slug = use.hub_slug if use.hub_slug and is_shown(use) else ""
    url = alone(f"link to “{use.name}”", lambda: hub_address(slug), "") if slug else ""
    return ConditionLink(use.name, use.slug, url, evidence, use.statement, codes_in(use.codes))


def usual_sensation(uses: Collection[UsedFor], locale: int | None) -> str:
    """What is no reason to stop for readers of a page in this language; only where it names one condition and no other.

    Two people approved the words with the condition's page, so they hold while that is shown, and in its language.
    """
    if len(uses) != 1:
        return ""
    (use,) = uses
    return use.hub_sensation or "" if use.hub_locale == locale and is_shown(use) else ""
