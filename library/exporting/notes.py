"""From safety notes to the fields of their records."""

from __future__ import annotations

from typing import Any

from library.exporting.record_names import Names
from library.exporting.saying import as_written, said

#: Which folder a page a note hangs on is in, and what the place is called there.
_PAGES = (("exercises", "exercise"), ("routines", "routine"), ("conditions", "hub"))


def note_fields(note: Any, names: Names) -> dict[str, Any]:
    """A note with everywhere it applies; a place that is not exported is left out."""
    return {
        "kind": note.kind,
        "tier": note.tier,
        "urgency": note.urgency,
        "polarity": note.polarity,
        "action": note.action_code,
        "text": note.text,
        "what_to_do": note.what_to_do,
        "in_short": note.in_short,
        "family": _family(note, names),
        "concerns": list(note.concerns),
        "only_with_condition": note.only_with_condition or None,
        "moment": note.moment,
        "concerns_step": note.concerns_step,
        "rules_out": names.of_pk("tags", note.rules_out_id),
        "dose": _dose(note),
        "needs_warm_up": note.needs_warm_up or None,
        "applies_to": [place for target in as_written(note.targets.all()) if (place := _place(target, names))],
        "source": note.source,
    }


def _family(note: Any, names: Names) -> dict[str, Any] | None:
    members = [names.of_pk("notes", row.member_id) for row in as_written(note.family_members.all())]
    known = [name for name in members if name]
    return {"sign": note.family_sign, "notes": known} if note.family_sign and known else None


def _dose(note: Any) -> dict[str, Any] | None:
    if not note.dose_figure:
        return None
    return {"figure": note.dose_figure, "least": note.dose_least, "most": note.dose_most}


def _place(target: Any, names: Names) -> dict[str, Any] | None:
    if target.everywhere:
        return {"everything": True}
    words = {"region": target.region, "position": target.position, "equipment": target.equipment}
    if found := said({**words, "kind": target.exercise_kind}):
        return found
    if target.condition_id:
        condition = names.of_pk("tags", target.condition_id)
        return {"condition": condition} if condition else None
    for folder, called in _PAGES:
        # A draft's rows know the page and not yet its key; a copy's or translation's share only the key.
        if page := names.of_page(folder, target.page_id) or names.of_key(folder, target.content_key):
            return {called: page}
    names.miss("pages")
    return None
