"""From records to conditions and safety notes."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.models import Locale

from clinical.models import Approval, Condition, ConditionCode, FamilyMember, NoteTarget, SafetyNote
from clinical.notes.note import SERIOUS
from clinical.publishing.approvals import BY_A_PERSON
from clinical.publishing.shared_words import keys_of_users
from clinical.words.choices import ApprovalBasis
from exercises.models import ExercisePage
from library.faults import Fault, LibraryFaults
from library.free_addresses import free_slug
from library.loading import CHANGED, CREATED, FOR_PUBLISH, UNCHANGED, WAITING, Loading
from library.matching import TakenOver, existing, is_settled, key_if_withdrawn, referred, refuse_if_edited, remember
from library.note_records import NoteRecord, PlaceRecord
from library.publishing import publish, still_waits
from library.records import ConditionRecord
from library.rows import refuse_unfit_rows
from library.saving import save_loaded
from library.tag_records import TagRecord
from routines.models import RoutinePage
from stretchsite.models import ConditionPage

#: What a tag says but for its codes, and of which record.
_OF_A_TAG = ("name", "aliases", "library_digest")


def write_tag(record: TagRecord, loading: Loading) -> str:
    """A condition that has no page. One that has its page here already is left to that."""
    known: Any = existing(Condition, record.id, loading.library)
    if existing(ConditionPage, record.id, loading.library) is not None or (
        known and known.library_digest in loading.digests(record)
    ):
        return UNCHANGED
    write_condition(record, loading)
    if known is None:
        return CREATED
    now: Any = existing(Condition, record.id, loading.library)
    is_same = all(getattr(now, name) == getattr(known, name) for name in _OF_A_TAG)
    return FOR_PUBLISH if is_same else CHANGED


def write_condition(record: ConditionRecord | TagRecord, loading: Loading) -> str:
    """The tag of a condition; its page is written later. Counted with its page."""
    condition: Any = existing(Condition, record.id, loading.library)
    if condition is None:
        slug = free_slug(record.id, loading)
        condition = Condition(from_library=loading.library, library_id=record.id, slug=slug)
    digests = loading.digests(record)
    if condition.library_digest in digests:
        return ""
    refuse_if_edited(condition)
    condition.name, condition.aliases = record.name, "\n".join(record.aliases)
    if not _codes_wait(condition, record, loading):
        condition.codes = [ConditionCode(**code.model_dump()) for code in record.codes]
        condition.library_digest = digests[0]
    refuse_unfit_rows(condition)
    condition.full_clean()
    if condition.changed_words()[1] and condition.takes_two():
        _refuse_if_read_by_people(condition, loading)
        condition.save_agreed(condition.agree(basis=ApprovalBasis.LIBRARY))
    else:
        condition.save()
    return ""


def _codes_wait(condition: Condition, record: ConditionRecord | TagRecord, loading: Loading) -> bool:
    """Whether other codes are kept back: they have no draft, and readers' programs would have them at once."""
    if loading.publish or condition.pk is None:
        return False
    here = {(code.system, code.edition, code.code) for code in condition.codes.all()}
    if here == {(code.system, code.edition, code.code) for code in record.codes} or not _is_seen(condition, loading):
        return False
    loading.remark("codes", "stay as they are here until it is loaded with --publish: readers see this condition")
    return True


def _is_seen(condition: Condition, loading: Loading) -> bool:
    """Whether anything readers see names it."""
    notes = SafetyNote.objects.filter(Q(rules_out=condition) | Q(targets__condition=condition), live=True)
    pages = ConditionPage.objects.filter(condition=condition, live=True)
    return condition.pk in loading.named_before or pages.exists() or notes.exists()


def _refuse_if_read_by_people(condition: Condition, loading: Loading) -> None:
    """A library may call otherwise what only libraries use, in the same breath as it publishes. Raises ``TakenOver``.

    Where a colleague approved a page or note under the old name, two people decide about another.
    """
    users = Approval.objects.filter(basis__in=BY_A_PERSON, content_key__in=keys_of_users(condition))
    if loading.publish and not users.exists():
        return
    instead = "" if loading.publish else "load it with --publish, or "
    what = f"changes a name or an other name of a condition in use; {instead}propose the change on the site first"
    raise TakenOver([Fault("", "name", what)])


def names_pages(record: NoteRecord) -> bool:
    """Whether a note hangs on a page, among other places: it then waits until all pages are there."""
    return any(map(_is_page, record.applies_to))


def is_elsewhere_too(record: NoteRecord) -> bool:
    """Whether a note that hangs on a page hangs on something else too, which pages may be waiting for."""
    return any(not _is_page(place) for place in record.applies_to)


def _is_page(place: PlaceRecord) -> bool:
    return bool(place.exercise or place.routine or place.hub)


def spoken_for(record: NoteRecord) -> tuple[str, ...]:
    """The notes that its joint sign speaks for besides itself."""
    return tuple(record.family.notes) if record.family else ()


def write_note_before_its_pages(record: NoteRecord, loading: Loading) -> str:
    """The same without the pages that are not here yet: a page may need it in force, as it needs the page.

    It is written once more, whole, when the pages are here; it is counted then.
    """
    note = existing(SafetyNote, record.id, loading.library)
    if note is not None and is_settled(note, loading.digests(record), publish=loading.publish):
        return ""
    here = [place for place in record.applies_to if not _is_page(place) or _page_of(place, loading)]
    outcome = write_note(record.model_copy(update={"applies_to": here}), loading)
    if len(here) == len(record.applies_to):
        loading.written_early[record.id] = outcome
    return ""


def _new_note(record: NoteRecord, loading: Loading) -> SafetyNote:
    known = key_if_withdrawn(SafetyNote, record.id, loading.library)
    whose = {"from_library": loading.library, "library_id": record.id}
    return SafetyNote(**whose, locale=Locale.get_default(), live=False, **known)


def write_note(record: NoteRecord, loading: Loading) -> str:
    """A safety note with everywhere it applies."""
    note: Any = existing(SafetyNote, record.id, loading.library)
    digests = loading.digests(record)
    is_new = note is None
    if note is None:
        note = _new_note(record, loading)
    elif is_settled(note, digests, publish=loading.publish):
        return loading.written_early.get(record.id, UNCHANGED)
    elif still_waits(note, digests, loading) or (
        note.library_digest in digests and _waits_for_a_person(note, record, loading)
    ):
        return WAITING
    else:
        refuse_if_edited(note)
    for name in ("kind", "tier", "text", "source"):
        setattr(note, name, getattr(record, name))
    for name in ("urgency", "what_to_do", "polarity", "moment", "concerns_step"):
        setattr(note, name, getattr(record, name) or "")
    note.action_code = record.action or ""
    _write_facts(note, record, loading)
    _write_short_sign(note, record, loading)
    note.library_digest = digests[0]
    note.targets = [_target(place, loading) for place in record.applies_to]
    waits = _waits_for_a_person(note, record, loading)
    if is_new:
        note.save()
        loading.new_notes.add(record.id)
    revision = save_loaded(note, loading)
    remember(note)
    if waits:
        return WAITING
    outcome = publish(note, revision, loading, CREATED if record.id in loading.new_notes else CHANGED)
    if loading.publish and outcome != WAITING and note.dose_figure:
        loading.limiting.add(record.id)
    return outcome


def _waits_for_a_person(note: SafetyNote, record: NoteRecord, loading: Loading) -> bool:
    """Whether its joint sign would take the place of signs readers know, and did not speak for them before.

    Raises ``LibraryFaults`` where such a change is not to be kept as a draft.
    """
    named = (name for name in spoken_for(record) if name not in loading.new_notes)
    known = {referred(SafetyNote, name, loading.library).pk for name in named}
    if not (loading.publish and known) or note.tier not in SERIOUS:
        return False
    live = note.in_force()
    before = {row.member_id for row in live.family_members.all()} if live and live.family_sign else set()
    if known <= before:
        return False
    if loading.keep_edited:
        return True
    what = "speaks for notes that readers know by their own signs, and that takes a second person; "
    raise LibraryFaults([Fault("", "family", f"{what}load it with --keep-edited, which leaves it as a draft")])


def _write_facts(note: SafetyNote, record: NoteRecord, loading: Loading) -> None:
    """What the note rules out, limits and asks for."""
    dose = record.dose
    note.rules_out = referred(Condition, record.rules_out, loading.library) if record.rules_out else None
    note.dose_figure = dose.figure if dose else ""
    note.dose_least, note.dose_most = (dose.least, dose.most) if dose else (None, None)
    note.needs_warm_up = record.needs_warm_up


def _write_short_sign(note: Any, record: NoteRecord, loading: Loading) -> None:
    """What stands on the card, and whom it speaks for."""
    note.in_short, note.concerns = record.in_short or "", record.concerns
    note.only_with_condition = record.only_with_condition
    note.family_sign = record.family.sign if record.family else ""
    rows = [FamilyMember(member=referred(SafetyNote, name, loading.library)) for name in spoken_for(record)]
    for row in rows:
        row.clean()
    note.family_members = rows


def _words_of(place: PlaceRecord) -> dict[str, str | None]:
    """The columns of a place that hold a word of a vocabulary."""
    words: dict[str, str | None] = {"region": place.region, "position": place.position}
    return words | {"equipment": place.equipment, "exercise_kind": place.kind}


def _target(place: PlaceRecord, loading: Loading) -> NoteTarget:
    if place.everything:
        return NoteTarget(everywhere=True)
    for column, word in _words_of(place).items():
        if word:
            return NoteTarget(**{column: word})
    if place.condition:
        return NoteTarget(condition=referred(Condition, place.condition, loading.library))
    return NoteTarget(page=_page_of(place, loading).page_ptr)


def _page_of(place: PlaceRecord, loading: Loading) -> Any:
    """The page a note hangs on; ``None`` while it is not here."""
    pages = ((ExercisePage, place.exercise), (RoutinePage, place.routine), (ConditionPage, place.hub))
    return next(referred(model, identifier, loading.library) for model, identifier in pages if identifier)
