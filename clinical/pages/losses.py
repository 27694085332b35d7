"""What readers of a page would lose by its next version, which no library may take from them alone.

A library cannot make a serious note milder. It could take the note off a page all the same, by changing the page: an
exercise loses a region, a routine a condition. So before a page that readers know goes live on the word of a library,
what they are warned of is compared: before, and after.

Before a copy goes live for the first time it is compared with what it was copied from. Nobody takes a warning from
readers alone by putting a milder copy in the place of a page.
"""

from __future__ import annotations

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from clinical.notes.board import notes_on
from clinical.notes.note import SERIOUS
from clinical.publishing.approvals import is_known, known_to_readers, second_person_refusal
from clinical.publishing.refusals import Refusal
from clinical.safety.pain import NO_PAIN, strictest
from clinical.safety.reach import Subject, usual_sensation_among
from clinical.safety.rules import EffectiveNote
from clinical.words.choices import ApprovalBasis

#: So many of the notes that would go are named; whoever reviews the page sees them all.
MOST_NAMED = 3


def refusal_to_lose(page: Any) -> Refusal:
    """What keeps a page readers know from warning them of less on the word of a library. Asks nothing of a person's."""
    if page.found_approval is None or page.found_approval.basis == ApprovalBasis.REVIEWED:
        return {}
    known = known_to_readers(page).first() or _known_original(page)
    if known is None:
        return second_person_refusal(page, _gone()) if page.origins else {}
    before, after = known.subjects(), page.subjects()
    lost = lost_notes(notes_on(before, known.language), notes_on(after, page.language))
    if lost:
        named = " · ".join(Truncator(each.note.text).words(8) for each in lost[:MOST_NAMED])
        return second_person_refusal(page, _lost() % {"count": len(lost), "notes": named})
    if allows_more(before, after):
        return second_person_refusal(page, _allowed())
    return {}


def _known_original(page: Any) -> Any:
    """The nearest of what a copy goes back to that readers know, in its language. A query for each that is gone."""
    rows = type(page)._base_manager.filter(is_known(), locale_id=page.locale_id, alias_of__isnull=True)
    return next(filter(None, (rows.filter(content_key=key).first() for key in page.origins.split())), None)


def lost_notes(before: tuple[EffectiveNote, ...], after: tuple[EffectiveNote, ...]) -> list[EffectiveNote]:
    """The serious notes that stand on the page now and would be gone from it, or milder."""
    tiers = {each.key: each.tier for each in after}
    return [each for each in before if each.tier in SERIOUS and not tiers.get(each.key, 9) <= each.tier]


def allows_more(before: list[Subject], after: list[Subject]) -> bool:
    """Whether something on the page allows pain that did not, or the page names another reason not to stop."""
    limits = {str(each.key): each.pain or NO_PAIN for each in before}
    for each in after:
        # A copy is held to what it was copied from, where that is what readers see now.
        held_to = strictest(limits[key] for key in {str(each.key), *each.origins} & limits.keys())
        if (each.pain or NO_PAIN).allows_more_than(held_to):
            return True
    usual = usual_sensation_among(after)
    return bool(usual) and usual != usual_sensation_among(before)


def _lost() -> str:
    return _(
        "Readers would no longer be warned of %(count)d things (%(notes)s), and that takes a second person. "
        "Submit it for review."
    )


def _allowed() -> str:
    return _(
        "Readers would be told of more they need not stop for, and that takes a second person. Submit it for review."
    )


def _gone() -> str:
    return _(
        "What it was copied from is deleted, so nothing says what its readers were warned of, and that takes a second "
        "person. Submit it for review."
    )
