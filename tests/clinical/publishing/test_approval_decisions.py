"""Whose word counts where one person may approve, where words are copied or translated, and what goes on record.

Each decision once, quickly, on the smallest thing there is: ``make mutation`` changes the code under these tests.
"""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Revision

from clinical.models import Approval, AuditEntry, NoteTarget, PublishRefused, SafetyNote, User, release
from clinical.publishing.approvals import (
    approval_of,
    forget_locales,
    is_mended,
    known_to_readers,
    language_of,
    record_going_live,
    second_person_refusal,
    why_it_may_not_replace,
    words_language,
)
from clinical.publishing.fingerprints import fingerprint_of, state_of
from clinical.publishing.refusals import remember_refusal
from clinical.publishing.writers import saved_by, versions_since_live, writers_of, written_by
from clinical.words.choices import ApprovalBasis, AuditAction
from exercises.models import ExerciseIndexPage, ExercisePage
from testing import factories
from tests.clinical.publishing.test_gate_decisions import approved, fresh, note, page

DAY = timedelta(days=1)
TAKES_ANOTHER = "Whoever wrote it approved it, and this site asks for two people. Submit it for review."
SUPERSEDED = "Other words were approved after these. Submit it for review, so that a colleague reads which are right."


def own(thing: Any, person: User | None = None, **fields: Any) -> Approval:
    """Approved by whoever wrote it."""
    person = person or factories.UserFactory.create()
    return approved(thing, basis=ApprovalBasis.SAME_PERSON, approver=person, writers=[person.pk], **fields)


@pytest.fixture
def french(db: None) -> Any:
    forget_locales()
    yield Locale.objects.create(language_code="fr")
    forget_locales()


# In which language


def test_words_are_in_the_language_of_their_locale_and_what_has_none_is_in_none(
    french: Locale, settings: Any, django_assert_num_queries: Any
):
    first = note()
    assert words_language(first) == language_of(None) == language_of(0) == settings.LANGUAGE_CODE
    first.locale = french
    with django_assert_num_queries(0):
        assert words_language(first) == "fr" == language_of(french.pk)
    assert release(first).language == "fr"
    assert words_language(SimpleNamespace()) == ""


def test_only_later_words_of_the_same_thing_in_the_same_language_supersede(french: Locale):
    first, other = note(), note(text="Rest.")
    when = timezone.now()
    language = words_language(first)
    approved(first, approved_at=when - DAY, language=language)
    approved(other, approved_at=when, language=language)
    approved(first, approved_at=when, content_hash="0" * 64, language="fr")
    approved(first, approved_at=when - 2 * DAY, content_hash="1" * 64, language=language)
    assert not approval_of(first).is_superseded
    approved(first, approved_at=when, content_hash="2" * 64, language=language)
    found = approval_of(first)
    assert found.is_superseded
    assert why_it_may_not_replace(first, found) == SUPERSEDED


# Where one person may approve


@pytest.mark.parametrize(("policy", "counts"), [("one_person", "own"), ("two_people", "colleague's")])
def test_a_colleagues_word_counts_before_ones_own_where_two_are_asked_for(
    db: None, settings: Any, policy: str, counts: str
):
    settings.REVIEW_POLICY = policy
    first = note()
    given = {"colleague's": approved(first, approved_at=timezone.now() - DAY), "own": own(first)}
    assert approval_of(first) == given[counts]


def test_ones_own_word_makes_nothing_live_where_two_are_asked_for_and_may_keep_it_live(db: None, settings: Any):
    first = note()
    own(first)
    for policy, told in (("one_person", ""), ("two_people", TAKES_ANOTHER)):
        settings.REVIEW_POLICY = policy
        assert why_it_may_not_replace(first, approval_of(first)) == told
    settings.REVIEW_POLICY = "one_person"
    first.live = True
    first.save()
    SafetyNote.objects.update(last_published_at=timezone.now() - DAY)
    settings.REVIEW_POLICY = "two_people"
    live = fresh(first)
    assert why_it_may_not_replace(live, approval_of(live)) == ""
    live.text = "Rest."
    own(live)
    assert why_it_may_not_replace(live, approval_of(live)) == TAKES_ANOTHER


def test_who_approved_their_own_is_no_second_person_on_record(db: None):
    first = note()
    alone, colleagues = own(first), approved(first)
    for approval, second in ((alone, None), (colleagues, colleagues.approver)):
        record_going_live(first, approval_of(first, pk=approval.pk))
        entry = AuditEntry.objects.filter(action=AuditAction.PUBLISHED).first()
        assert entry.second == second
        assert entry.details == {"approval": approval.pk, "words": fingerprint_of(first)}


def test_change_that_takes_a_second_person_takes_a_colleagues_approval(db: None):
    first = note()
    for approval in (None, own(first), release(first)):
        first.found_approval = approval
        assert second_person_refusal(first, "Ask a colleague.") == {NON_FIELD_ERRORS: ["Ask a colleague."]}
        assert (first.takes_a_second_person, first.found_approval) == (True, None)
    colleagues = approved(first, approved_at=timezone.now() - DAY)
    first.found_approval = approval_of(first)
    assert second_person_refusal(first, "Ask a colleague.") == {}
    assert (first.takes_a_second_person, first.found_approval) == (False, colleagues)
    first.found_approval = held = approval_of(first, basis=ApprovalBasis.REVIEWED)
    assert second_person_refusal(first, "Ask a colleague.") == {}
    assert first.found_approval is held


def test_words_nobody_approved_replace_nothing_and_are_refused_elsewhere(db: None):
    first = note()
    first.found_approval = None
    assert first.change_refusal() == {}


# What readers know, and what is mended


def test_readers_know_what_is_live_or_was(exercise: ExercisePage):
    row = ExercisePage.objects.filter(pk=exercise.pk)
    for live, since, known in ((True, None, 1), (False, timezone.now(), 1), (False, None, 0)):
        row.update(live=live, first_published_at=since)
        assert known_to_readers(exercise).count() == known


def test_only_a_live_copy_in_words_nobody_had_approved_before_is_mended(exercise: ExercisePage):
    when = timezone.now()
    withdrawal: Any = SimpleNamespace(content_key=uuid4(), in_force_at=when)
    exercise.feel = "A mild pull, and never in the tendon."
    words = {"content_key": exercise.content_key, "content_hash": fingerprint_of(exercise)}
    for other in (
        {**words, "content_key": uuid4(), "approved_at": when - DAY},
        {**words, "content_hash": "0" * 64, "approved_at": when - DAY},
        {**words, "approved_at": when + DAY},
    ):
        approved(exercise, **other)
        assert is_mended(exercise, withdrawal)
    assert not is_mended(exercise, SimpleNamespace(content_key=exercise.content_key, in_force_at=when))
    ExercisePage.objects.filter(pk=exercise.pk).update(live=False)
    assert not is_mended(exercise, withdrawal)
    ExercisePage.objects.filter(pk=exercise.pk).update(live=True)
    approved(exercise, **words, approved_at=when)
    assert not is_mended(exercise, withdrawal)


# Who wrote it


def people(count: int) -> list[User]:
    return [factories.UserFactory.create() for _ in range(count)]


def assert_written_by(thing: Any, writers: list[User], everybody: list[User]) -> None:
    """Both who is asked of one thing and which things are asked of one person say the same."""
    others = [note(), note()]
    assert writers_of(thing) == [writer.pk for writer in writers]
    for one in everybody:
        assert written_by(one, [others[0], thing, others[1]]) == ({thing} if one in writers else set())


def test_version_of_the_very_moment_it_went_live_is_no_longer_waiting(db: None):
    first, before, after = note(), *people(2)
    at_once = first.save_revision(user=before)
    live = factories.publish(fresh(first), user=before)
    later = fresh(first).save_revision(user=after)
    type(at_once).objects.filter(pk=at_once.pk).update(created_at=live.created_at)
    assert_written_by(fresh(first), [after], [before, after])
    type(later).objects.filter(pk=later.pk).update(created_at=live.created_at)
    assert_written_by(fresh(first), [], [before, after])


def test_versions_of_one_moment_count_in_the_order_they_were_kept(db: None):
    first, (one, other) = note(), people(2)
    kept = [first.save_revision(user=user) for user in (one, other)]
    type(kept[0]).objects.update(created_at=timezone.now())
    assert writers_of(fresh(first)) == [one.pk, other.pk]
    type(kept[0]).objects.filter(pk=kept[1].pk).update(created_at=timezone.now() - DAY)
    assert writers_of(fresh(first)) == [other.pk, one.pk]


def test_writers_up_to_a_version_are_those_of_it_and_before_it(db: None):
    first, (one, other) = note(), people(2)
    kept = [first.save_revision(user=user) for user in (one, other)]
    assert writers_of(fresh(first), up_to=kept[0]) == [one.pk]
    assert writers_of(fresh(first), up_to=kept[1]) == [one.pk, other.pk]


def test_owner_of_a_page_wrote_it_until_it_is_live(exercise_index: ExerciseIndexPage):
    owner, editor, stranger = people(3)
    draft = exercise_index.add_child(instance=factories.draft_exercise(title="Calf", live=False, owner=owner))
    draft.save_revision(user=editor)
    assert_written_by(fresh(draft), [owner, editor], [owner, editor, stranger])
    factories.publish(fresh(draft))
    assert_written_by(fresh(draft), [], [owner, editor, stranger])


def test_who_approved_their_own_wrote_it_until_a_colleague_reads_it(db: None, french: Locale):
    first, (alone, colleague) = note(), people(2)
    language = words_language(first)
    own(first, alone, language="fr", approved_at=timezone.now() - 3 * DAY)
    assert_written_by(first, [], [alone])
    own(first, colleague, language=language, approved_at=timezone.now() - 3 * DAY)
    own(first, alone, language=language, approved_at=timezone.now() - 2 * DAY)
    assert_written_by(first, [colleague, alone], [alone, colleague])
    approved(first, language="fr", approved_at=timezone.now() - DAY)
    release(first)
    assert_written_by(first, [colleague, alone], [alone, colleague])
    approved(first, language=language, approved_at=timezone.now() - DAY)
    assert_written_by(first, [], [alone, colleague])


def test_copy_that_was_never_live_is_written_by_who_approved_the_original_alone(exercise: ExercisePage):
    (alone,) = people(1)
    language = words_language(exercise)
    original = uuid4()
    own(note(), alone, content_key=original, language=language)
    factories.publish(exercise)
    exercise = fresh(exercise)
    exercise.origins, exercise.owner = str(original), None
    assert_written_by(exercise, [], [alone])
    exercise.live_revision = None
    assert alone.pk in writers_of(exercise)
    assert written_by(alone, [exercise]) == {exercise}


# What goes on record when it is refused


def refused(key: Any, *reasons: str) -> PublishRefused:
    return PublishRefused("The calf", {"text": list(reasons)}, key)


def test_what_the_clock_is_refused_is_told_once_until_something_else_happens(db: None):
    key, (person,) = uuid4(), people(1)
    told = AuditEntry.objects.filter(content_key=key)
    for count, (by, *reasons) in enumerate(
        [(None, "Say it."), (None, "Say it.", "And this."), (person, "Say it."), (None, "Say it.")], start=1
    ):
        for _ in range(1 if by else 2):
            remember_refusal(refused(key, *reasons), by=by)
        entry = told.first()
        assert (told.count(), entry.by, entry.title, entry.action) == (count, by, "The calf", AuditAction.REFUSED)
        assert entry.reason == "\n".join(f"Text: {reason}" for reason in reasons)
    remember_refusal(refused(key, "Say it."), by=person)
    remember_refusal(refused(key, "Say it."), by=person)
    remember_refusal(refused(uuid4(), "Say it."))
    assert told.count() == 6


def test_refusal_of_a_person_is_put_on_record_under_the_things_key_and_their_name(db: None):
    odd = note()
    odd.live = True
    with pytest.raises(PublishRefused) as caught:
        odd.save()
    assert caught.value.content_key == odd.content_key
    assert AuditEntry.objects.filter(content_key=odd.content_key).first().by is None


def test_version_that_cannot_be_kept_is_refused_by_its_key(exercise: ExercisePage):
    exercise.slug = ""
    exercise.title = ""
    with pytest.raises(PublishRefused) as caught:
        exercise.save_revision(clean=True)
    assert caught.value.content_key == exercise.content_key


# What a form can change


def test_state_is_of_everything_a_form_changes_the_address_included(db: None):
    first = page()
    same = state_of(first)
    assert len(same) == 64
    for field, value in {"title": "Calf", "slug": "elsewhere"}.items():
        before = getattr(first, field)
        setattr(first, field, value)
        assert state_of(first) != same, field
        setattr(first, field, before)
    first.sources = []
    assert state_of(first) != same


# Which versions readers have not seen, and who saved one


def test_versions_since_live_are_those_saved_after_the_one_readers_see_in_order_of_time(db: None):
    thing = note()
    first, second = thing.save_revision(), thing.save_revision()
    assert list(versions_since_live(thing)) == [first, second]
    thing.live_revision = first
    assert list(versions_since_live(thing)) == [second]
    thing.live_revision = None
    Revision.objects.filter(pk=second.pk).update(created_at=first.created_at - DAY)
    assert list(versions_since_live(thing)) == [second, first]
    Revision.objects.filter(pk=second.pk).update(created_at=first.created_at)
    assert list(versions_since_live(thing)) == [first, second]


def test_who_saved_a_version_is_asked_of_rows_by_their_kind_and_number(db: None):
    writer, other = people(2)
    thing, another = note(), note()
    thing.save_revision(user=writer)
    another.save_revision(user=other)
    same_number = Revision.objects.get(user=other)
    sort = ContentType.objects.get_for_model(ExercisePage)
    Revision.objects.filter(pk=same_number.pk).update(object_id=str(thing.pk), base_content_type=sort)
    saved = {person: list(SafetyNote.objects.filter(saved_by(person, SafetyNote))) for person in (writer, other)}
    assert saved == {writer: [thing], other: []}


def test_what_a_library_stands_for_has_no_writer_but_who_saved_it(db: None):
    thing = note()
    approved(thing, basis=ApprovalBasis.LIBRARY, writers=[people(1)[0].pk])
    assert writers_of(thing) == []


# How much the gate asks, where all is there


def whether_there(asked: CaptureQueriesContext) -> list[str]:
    """The questions whether something is there, asked together or one by one."""
    questions = (each["sql"] for each in asked.captured_queries)
    return [sql for sql in questions if 'AS "found"' in sql or 'AS "a"' in sql]


def test_what_is_all_there_is_asked_about_once_however_much_it_points_at(db: None):
    few, many = note(), note()
    many.targets = [NoteTarget(condition=factories.ConditionFactory.create()) for _ in range(3)]
    for complete in (few, many):
        with CaptureQueriesContext(connection) as asked:
            assert complete.completeness_errors() == {}
        assert len(whether_there(asked)) == 1


def test_what_points_at_nothing_is_named(db: None):
    odd = note()
    odd.targets = [NoteTarget(condition=factories.ConditionFactory.create()), NoteTarget(condition_id=0)]
    told = odd.completeness_errors()
    assert told == {"targets": ["2. condition: condition instance with id 0 is not a valid choice."]}


def test_version_that_points_at_what_is_there_is_asked_about_once(db: None):
    kept = note().serializable_data()
    counts = []
    for check in (True, False):
        with CaptureQueriesContext(connection) as asked:
            SafetyNote.from_serializable_data(kept, check)
        counts.append(len(whether_there(asked)))
    assert counts == [1, 0]


def test_version_that_points_at_what_is_gone_is_read_without_it_unless_nothing_is_to_be_asked(db: None):
    kept = note().serializable_data()
    kept["latest_revision"] = gone = 10**6
    read, unchecked = SafetyNote.from_serializable_data(kept), SafetyNote.from_serializable_data(kept, False)
    assert (getattr(read, "latest_revision_id", 0), getattr(unchecked, "latest_revision_id", 0)) == (None, gone)
