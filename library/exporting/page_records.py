"""From pages to the fields of their records: what was loaded and what was written here, the same way."""

from __future__ import annotations

from typing import Any

from clinical.words.choices import SettlesBy
from exercises.choices import Lead
from exercises.frequency import OF_FREQUENCY
from library.exporting.record_names import Names
from library.exporting.saying import all_lines, figure, prose, said, sources, steps, uses

Fields = dict[str, Any]


def exercise_fields(page: Any, names: Names) -> Fields:
    """An exercise, whole."""
    pain = {"most": page.pain_most}
    if page.settles_by != SettlesBy.AT_ONCE:
        pain["settles_by"] = page.settles_by
    positions = [page.starting_position, *page.other_positions]
    return {
        **_clinical(page),
        "clinical_name": page.clinical_name,
        "aliases": all_lines(page.other_names),
        "kind": page.kind,
        "regions": list(page.body_regions),
        "muscles": all_lines(page.target_muscles),
        "position": positions if len(positions) > 1 else positions[0],
        "equipment": list(page.equipment),
        "instead": {thing: page.substitutes[thing] for thing in page.equipment if thing in page.substitutes},
        "laterality": page.laterality,
        "dosage": page.figures(),
        "figure": figure(page.figure),
        "photo": names.of_pk("pictures", page.photo_id),
        "leads": page.leads if page.leads != Lead.FIGURE else None,
        "steps": steps(page, names),
        "feel": page.feel,
        "not_feel": page.not_feel,
        "pain": pain if page.pain_most else None,
        "mistakes": all_lines(page.common_mistakes),
        "variations": _variations(page, names),
        "conditions": uses(page, names),
    }


def _variations(page: Any, names: Names) -> list[Fields]:
    found = []
    for row in sorted(page.variations.all(), key=lambda each: each.sort_order or 0):
        way = said({"kind": row.kind, "exercise": names.of_pk("exercises", row.exercise_id), "text": row.text})
        if len(way) > 1:
            found.append(way)
    return found


def routine_fields(page: Any, names: Names) -> Fields:
    """A routine with its items in order; one whose exercise is not exported is left out."""
    rows = sorted(page.items.all(), key=lambda each: each.sort_order or 0)
    items = [_item(row, exercise) for row in rows if (exercise := names.of_pk("exercises", row.exercise_id))]
    often = {name: getattr(page, name) for name, about in OF_FREQUENCY.items() if getattr(page, name) != about.empty}
    return {
        **_clinical(page),
        **often,
        "moments": list(page.moments),
        "weeks": page.weeks,
        "weeks_most": page.weeks_most,
        "expect_change": page.expect_change,
        "see_someone": page.see_someone,
        "items": items,
        "advice": prose(page.advice),
        "conditions": uses(page, names),
    }


def _item(row: Any, exercise: str) -> Fields:
    fields = {"exercise": exercise, "phase": row.phase, "side": row.side, "dosage": row.figures(), "cue": row.cue}
    return said({**fields, "from_week": row.from_week, "to_week": row.to_week})


def condition_fields(page: Any, names: Names) -> Fields:
    """A condition with its page."""
    return {
        **_clinical(page),
        **tag_fields(page.condition),
        "pictured": page.pictured,
        "what_it_is": prose(page.what_it_is),
        "what_helps": prose(page.what_helps),
        "right_now": _right_now(page, names),
        "usual_sensation": page.usual_sensation,
    }


def _right_now(page: Any, names: Names) -> Fields | None:
    if not page.now_title:
        return None
    return said(
        {
            "title": page.now_title,
            "steps": all_lines(page.now_steps),
            "exercise": names.of_pk("exercises", page.now_exercise_id),
            "afterwards": page.now_afterwards,
            "sources_differ": page.now_sources,
        }
    )


def tag_fields(condition: Any) -> Fields:
    """A condition as a tag."""
    codes = [{name: getattr(row, name) for name in ("system", "edition", "code")} for row in condition.codes.all()]
    return {"name": condition.name, "aliases": all_lines(condition.aliases), "codes": codes}


def information_fields(page: Any, names: Names) -> Fields:
    """A page about the site."""
    fields = {"title": page.title, "introduction": page.introduction, "body": prose(page.body)}
    return fields if page.in_footer else {**fields, "in_footer": False}


def _clinical(page: Any) -> Fields:
    return {
        "title": page.title,
        "purpose": page.purpose,
        "who_it_is_for": page.who_it_is_for,
        "check_first": all_lines(page.check_first_if),
        "concerns": list(page.check_first_concerns),
        "evidence_summary": page.evidence_summary,
        "sources": sources(page),
        "dos": all_lines(page.dos),
        "donts": all_lines(page.donts),
        "origin": page.origin or None,
    }
