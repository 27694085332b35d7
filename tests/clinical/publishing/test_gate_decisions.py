"""What the publish gate decides, each decision once and on the smallest thing there is: a safety note, or a page in
memory. ``make mutation`` changes the gate under these tests, so they are quick; the roads to the gate have their own.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models.signals import pre_save
from django.utils import timezone
from django.utils.datastructures import ImmutableList
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.models import Comment, DraftStateMixin, ReferenceIndex

from clinical.models import Approval, AuditEntry, Condition, NoteTarget, PublishRefused, SafetyNote, Withdrawal, release
from clinical.publishing.approvals import approval_of, is_about_going_live, is_on_record, not_approved
from clinical.publishing.fingerprints import _as_text, fingerprint_of
from clinical.publishing.gate import GatedMixin
from clinical.publishing.gated_forms import GatedForm
from clinical.publishing.refusals import sentences_of
from clinical.publishing.writers import writers_of
from clinical.words.choices import ApprovalBasis, AuditAction, NoteKind, Tier, Urgency
from exercises.choices import Lead
from exercises.models import ExerciseIndexPage, ExercisePage, ExerciseSource, Variation
from testing import factories

WRITE = "Write something here; it cannot go live without it."
NOT_APPROVED = "No colleague has approved these words. Submit it for review; nobody approves what they wrote."
#: Milder than any note that takes a second person to change.
MILD = {"kind": NoteKind.DO, "tier": Tier.GOOD_TO_KNOW, "text": "Breathe."}


def note(*, live: bool = False, **words: Any) -> SafetyNote:
    """A mild note about the hip."""
    return factories.note_at(NoteTarget(region="hip"), live=live, **{**MILD, **words})


def page(**fields: Any) -> ExercisePage:
    """An exercise in memory with nothing against it but that nobody has approved it."""
    people = (factories.UserFactory.create(), factories.UserFactory.create())
    exercise = factories.ExercisePageFactory.build(author=people[0], reviewer=people[1], **fields)
    exercise.sources = [ExerciseSource(title="A textbook", sort_order=0)]
    return exercise


def fresh(thing: Any) -> Any:
    return type(thing).objects.get(pk=thing.pk)


# What is refused, and in which words


def test_complete_thing_is_refused_only_for_want_of_approval(db: None):
    assert note().completeness_errors() == {}
    assert note().question_to_approver() == ""
    assert note().publish_errors() == {NON_FIELD_ERRORS: [NOT_APPROVED]} == {NON_FIELD_ERRORS: [not_approved()]}
    assert page().publish_errors() == {NON_FIELD_ERRORS: [NOT_APPROVED]}


def test_incomplete_thing_is_told_what_to_write_and_not_yet_to_ask(db: None):
    unsaid = note(live=False)
    unsaid.text, unsaid.source = " \n", "\u200b"
    assert unsaid.publish_errors() == {"text": [WRITE, "Say what the patient should watch for."], "source": [WRITE]}


def test_whoever_may_leave_a_field_empty_is_not_told_to_write(db: None):
    assert not note(what_to_do="", action_code="", moment="").completeness_errors()


def test_field_says_itself_what_is_wrong_with_it(db: None):
    odd = note()
    odd.kind, odd.action_code = "hint", "two words"
    odd.polarity = "do"
    told = odd.completeness_errors()
    assert told["kind"] == ["Value 'hint' is not a valid choice."]
    assert told["action_code"][0].startswith("Enter a valid “slug”")
    assert set(told) == {"kind", "action_code"}


def test_field_that_has_to_be_chosen_is_refused_in_its_own_words(db: None):
    odd = note()
    odd.kind = ""
    assert odd.completeness_errors()["kind"] == ["This field cannot be blank."]


def test_what_the_platform_keeps_is_not_asked_for(db: None):
    assert page(slug="", path="", url_path="").completeness_errors().keys() <= {"slug"}
    kept = note()._unchecked_fields()
    assert {"id", "path", "depth", "numchild", "translation_key", "latest_revision"} <= kept
    assert not {"text", "kind", "source", "tier"} & kept


def test_constraint_speaks_where_no_field_does(db: None):
    odd = note(reviewed_on=date(2026, 6, 1), review_due=date(2026, 7, 1))
    odd.review_due = date(2026, 5, 1)
    assert odd.completeness_errors() == {NON_FIELD_ERRORS: ["The next review must come after the last."]}


def test_constraint_says_nothing_of_a_field_that_was_refused(db: None):
    odd = note(reviewed_on=date(2026, 6, 1), review_due=date(2026, 7, 1))
    odd.live, odd.text, odd.review_due = True, "", date(2026, 5, 1)
    told = odd.completeness_errors()
    assert told["text"] == [WRITE, "Say what the patient should watch for."]
    assert told[NON_FIELD_ERRORS] == ["The next review must come after the last."]


def test_reason_is_said_once(db: None):
    words = {"text": ["Say it."], NON_FIELD_ERRORS: ["Odd."]}
    with (
        patch.object(GatedMixin, "_row_refusals", lambda *given: iter([("text", ["Say it.", "And this."])])),
        patch.object(SafetyNote, "clinical_refusal", lambda thing: words),
    ):
        assert note().completeness_errors() == {"text": ["Say it.", "And this."], NON_FIELD_ERRORS: ["Odd."]}


def test_names_that_stand_under_it_are_asked_for_beside_what_it_says(db: None):
    with patch.object(SafetyNote, "signature_refusal", lambda thing: {"text": ["Sign."], "source": ["Sign."]}):
        odd = note()
        odd.text = ""
        told = odd.publish_errors()
        assert told["text"][-1] == "Sign."
        assert told["source"] == ["Sign."]
        assert "source" not in odd.completeness_errors()


def test_row_is_named_by_its_number_and_field(db: None):
    odd = note()
    odd.targets = [NoteTarget(region="hip"), NoteTarget(region="nowhere"), NoteTarget()]
    assert odd.completeness_errors() == {
        "targets": [
            "2. region: Value 'nowhere' is not a valid choice.",
            "3. Choose exactly one place in each row.",
        ]
    }


def test_row_without_words_is_told_to_write_them(db: None):
    exercise = page()
    exercise.sources = [ExerciseSource(title=" \u200b", sort_order=0), ExerciseSource(title="A book", sort_order=1)]
    assert exercise.completeness_errors() == {"sources": [f"1. title: {WRITE}"]}


def test_row_is_told_of_its_other_faults_beside_its_missing_words(db: None):
    exercise = page()
    exercise.sources = [ExerciseSource(title="", link="no address", sort_order=0)]
    assert exercise.completeness_errors() == {"sources": [f"1. title: {WRITE}", "1. link: Enter a valid URL."]}


def test_row_of_something_unsaved_is_not_asked_whether_it_is_the_only_one(db: None):
    with patch.object(NoteTarget, "validate_unique", side_effect=AssertionError):
        assert note().completeness_errors() == {}


def test_empty_stream_and_wordless_blocks_are_refused_by_number(db: None):
    assert page(steps=[]).completeness_errors()["steps"] == ["This field is required.", "Write at least one step."]
    (told,) = page(steps=[("move", {"text": "", "picture": None})]).completeness_errors()["steps"]
    assert told == "1. Move: Text: This field is required."


def test_prose_of_markup_alone_is_refused_by_number(db: None):
    hub = factories.ConditionPageFactory.build(
        condition=factories.ConditionFactory.create(),
        author=None,
        reviewer=None,
        what_it_is=[("paragraph", "<p>Words.</p>"), ("paragraph", "<p>&nbsp;</p>"), ("heading", "\u200b")],
    )
    assert hub.completeness_errors()["what_it_is"] == [f"2. {WRITE}", f"3. {WRITE}"]


def test_remarks_of_colleagues_are_no_words_and_are_not_judged(exercise_index: ExerciseIndexPage):
    live = exercise_index.add_child(instance=factories.draft_exercise(title="Calf"))
    words = fingerprint_of(live)
    live.wagtail_admin_comments = [Comment(user=factories.UserFactory.create(), text="", contentpath="feel")]
    assert live.completeness_errors() == {}
    assert fingerprint_of(live) == words


def test_withdrawn_thing_is_refused_with_the_reason(db: None):
    withdrawn = note()
    by = factories.UserFactory.create()
    Withdrawal.objects.create(content_key=withdrawn.content_key, reason="It was wrong.", withdrawn_by=by)
    Withdrawal.objects.create(content_key=note().content_key, reason="Another.", withdrawn_by=by)
    told = ["It is withdrawn: It was wrong. Two people have to lift that first."]
    assert withdrawn.completeness_errors() == {NON_FIELD_ERRORS: told}
    assert note().completeness_errors() == {}


def test_refusal_is_said_with_the_name_of_the_thing_and_of_the_field():
    refused = PublishRefused("Calf", {"hold_seconds": ["Too long."], NON_FIELD_ERRORS: ["Odd.", "Strange."]})
    assert (refused.subject, refused.reasons()) == ("Calf", ["Hold seconds: Too long.", "Odd.", "Strange."])
    assert refused.sentences()[0] == "“Calf” cannot go live. Hold seconds: Too long."
    assert refused.sentences()[1:] == ["“Calf” cannot go live. Odd.", "“Calf” cannot go live. Strange."]
    assert refused.message_dict == {
        "hold_seconds": ["“Calf”: Too long."],
        NON_FIELD_ERRORS: ["“Calf”: Odd.", "“Calf”: Strange."],
    }


def test_any_error_becomes_plain_lines():
    assert sentences_of(ValidationError("Odd.")) == ["Odd."]
    assert sentences_of(ValidationError({"hold_seconds": ["A.", "B."], NON_FIELD_ERRORS: ["C."]})) == [
        *("hold seconds: A.", "hold seconds: B."),
        "C.",
    ]
    nested = StreamBlockValidationError(block_errors={2: ValidationError("Odd."), 4: ValidationError({"to_do": "No."})})
    assert sentences_of(nested) == ["3. Odd.", "5. to do: No."]
    assert sentences_of(nested, ["one", "two"]) == ["3. Odd.", "5. to do: No."]
    assert sentences_of(nested, ["one", "two", "text"]) == ["3. text: Odd.", "5. to do: No."]
    listed = ListBlockValidationError(block_errors=[None, ValidationError("Odd.")])
    assert sentences_of(listed) == ["2. Odd."]
    assert sentences_of(StreamBlockValidationError(non_block_errors=["One.", "Two."])) == ["One.", "Two."]


# When it is asked


@pytest.mark.parametrize(
    ("fields", "is_asked"), [(None, True), (["live"], True), (["text"], False), ([], False), (["live", "text"], True)]
)
def test_saving_what_cannot_make_it_live_is_not_asked(fields: list[str] | None, is_asked: bool):
    assert is_about_going_live(fields) == is_asked


def test_refused_save_changes_nothing(db: None):
    draft = note()
    draft.live = True
    for fields in ({}, {"update_fields": ["live"]}):
        with pytest.raises(PublishRefused) as refused:
            draft.save(**fields)
        assert refused.value.sentences() == [f"“{draft}” cannot go live. {NOT_APPROVED}"]
    assert not fresh(draft).live


def test_save_of_another_field_of_something_refused_goes_through(db: None):
    draft = note()
    SafetyNote.objects.update(live=True)
    draft = fresh(draft)
    draft.what_to_do, draft.source = "Rest.", "Another"
    draft.save(update_fields=["what_to_do"])
    assert (fresh(draft).what_to_do, fresh(draft).source) == ("Rest.", "A textbook")
    assert not AuditEntry.objects.exists()


def test_draft_is_saved_however_little_it_says(db: None):
    draft = note()
    draft.text = draft.source = ""
    draft.save()
    assert fresh(draft).text == ""
    assert not AuditEntry.objects.exists()


def test_taking_off_is_asked_of_whoever_has_something_against_it(db: None):
    live = note(live=True)
    live.live = False
    with patch.object(SafetyNote, "taking_off_refusal", lambda thing: {"text": ["Not so."]}):
        with pytest.raises(PublishRefused, match="Not so"):
            live.save()
        live.save(update_fields=["text"])
    live.save()
    assert not fresh(live).live
    assert (
        GatedMixin.taking_off_refusal(live)
        == GatedMixin.signature_refusal(live)
        == GatedMixin.clinical_refusal(live)
        == {}
    )


def test_usage_forgets_the_rows_that_were_removed(db: None):
    condition = Condition.objects.create(name="Tight calves", slug="tight-calves")
    draft = note()
    draft.targets = [NoteTarget(condition=condition)]
    draft.save()
    assert ReferenceIndex.get_references_to(condition).exists()
    draft.targets = [NoteTarget(region="hip")]
    draft.save()
    assert not ReferenceIndex.get_references_to(condition).exists()


def test_refusal_of_the_platform_names_the_thing_when_it_was_to_be_live(db: None):
    for live, expected in ((True, PublishRefused), (False, ValidationError)):
        made = note(live=live)
        error = ValidationError({"slug": ["Taken."]})
        with (
            patch.object(DraftStateMixin.__mro__[1], "save", side_effect=error),
            patch("clinical.publishing.gate.remember_refusal") as remembered,
            pytest.raises(expected) as refused,
        ):
            made.save()
        assert type(refused.value) is expected
        assert remembered.called == live
        if live:
            said: Any = refused.value
            assert said.sentences() == [f"“{made}” cannot go live. Slug: Taken."]


def test_refusal_of_the_platform_without_a_field_is_said_too(db: None):
    made = note(live=True)
    error = ValidationError("Not here.")
    with (
        patch.object(DraftStateMixin.__mro__[1], "save", side_effect=error),
        patch("clinical.publishing.gate.remember_refusal"),
        pytest.raises(PublishRefused) as refused,
    ):
        made.save()
    assert refused.value.reasons() == ["Not here."]


def test_version_that_is_asked_to_be_complete_is_refused_by_name(db: None):
    draft = note()
    draft.kind = "hint"
    with pytest.raises(PublishRefused) as refused:
        draft.save_revision()
    assert refused.value.refusal == {"kind": ["Value 'hint' is not a valid choice."]}
    assert refused.value.subject == str(draft)
    assert draft.save_revision(clean=False).pk


def test_only_an_ordinary_draft_is_written_over(db: None):
    draft = note()
    first = draft.save_revision()
    assert not is_on_record(draft, first)
    assert draft.save_revision(overwrite_revision=first).pk == first.pk
    first.approved_go_live_at = timezone.now()
    first.save()
    assert is_on_record(draft, first)
    assert draft.save_revision(overwrite_revision=first).pk != first.pk


def test_version_that_is_live_is_not_written_over(db: None):
    live = factories.publish(note())
    changed = SafetyNote.objects.get()
    assert is_on_record(changed, live)
    assert changed.save_revision(overwrite_revision=live).pk != live.pk


# Whose word stands behind it


def approved(thing: Any, **fields: Any) -> Approval:
    words = {"content_key": thing.content_key, "content_hash": fingerprint_of(thing), "basis": ApprovalBasis.REVIEWED}
    if fields.get("basis") != ApprovalBasis.LIBRARY:
        words["approver"] = factories.UserFactory.create()
    return Approval.objects.create(**{**words, **fields})


def test_approval_is_of_these_words_of_this_thing_by_a_second_person(db: None):
    draft, other = note(), note(text="Rest.")
    writer = factories.UserFactory.create()
    approved(draft, content_key=other.content_key)
    approved(draft, content_hash="0" * 64)
    approved(draft, approver=writer, writers=[writer.pk])
    assert approval_of(draft) is None
    assert draft.approval_refusal() == {NON_FIELD_ERRORS: [NOT_APPROVED]}
    colleague = approved(draft, writers=[writer.pk])
    assert approval_of(draft) == colleague
    assert draft.approval_refusal() == {}


def test_newest_usable_approval_counts_and_a_library_is_one(db: None):
    draft = note()
    first = approved(draft, approved_at=timezone.now() - timedelta(days=2))
    library = release(draft)
    assert approval_of(draft) == library
    assert (library.basis, library.approver, library.title) == (ApprovalBasis.LIBRARY, None, str(draft))
    assert approval_of(draft, basis=ApprovalBasis.REVIEWED) == first
    assert not library.is_by_a_second_person


def test_long_title_is_kept_as_far_as_its_column_goes(db: None):
    draft = note()
    with patch.object(SafetyNote, "__str__", lambda thing: "x" * 300):
        assert release(draft).title == "x" * 255


def test_approval_that_is_asked_to_be_particular_is(db: None):
    draft = note()
    approved(draft)
    with patch.object(SafetyNote, "approval_asked_for", lambda thing: {"basis": ApprovalBasis.LIBRARY}):
        assert draft.approval_refusal() == {NON_FIELD_ERRORS: [NOT_APPROVED]}
    assert draft.approval_asked_for() == {}


def test_older_words_come_back_only_when_approved_anew(db: None):
    live = note(live=True)
    older = factories.publish(live)
    changed = fresh(live)
    changed.text = "Rest."
    factories.publish(changed)
    back = older.as_object()
    told = ["It was approved before the version that is live now. Submit it for review again."]
    assert back.publish_errors() == {}
    assert back.change_refusal() == {NON_FIELD_ERRORS: told}
    with pytest.raises(PublishRefused, match="approved before"):
        older.publish()
    approved(back)
    older.publish()
    assert fresh(live).text == "Breathe."


def test_approval_of_the_very_moment_counts(db: None):
    live = note(live=True)
    factories.publish(live)
    changed = fresh(live)
    changed.text = "Rest."
    approved(changed, approved_at=fresh(live).last_published_at)
    assert changed.publish_errors() == {}
    assert changed.change_refusal() == {}
    before = AuditEntry.objects.count()
    changed.save()
    assert AuditEntry.objects.count() == before + 1


def test_when_another_thing_went_live_does_not_matter(db: None):
    live = note(live=True)
    approved(live, approved_at=timezone.now() - timedelta(days=1))
    factories.publish(note(text="Above all, rest."))
    assert approval_of(live, approved_at__lt=timezone.now() - timedelta(hours=1)).live_since is None


def test_nothing_is_put_on_record_for_a_draft_or_for_a_few_fields(db: None):
    draft = note()
    approved(draft)
    assert draft.publish_errors() == {}
    draft.save()
    told = AuditEntry.objects.filter(content_key=draft.content_key)
    assert not told.exists()
    draft.live = True
    draft.save()
    draft.save(update_fields=["what_to_do"])
    assert told.count() == 1


def test_older_words_come_back_when_none_are_live_once_somebody_reads_them_again(db: None):
    live = note(live=True)
    older = factories.publish(live)
    changed = fresh(live)
    changed.text = "Rest."
    factories.publish(changed)
    fresh(live).unpublish()
    with pytest.raises(PublishRefused, match="Other words were approved after these"):
        older.publish()
    factories.approve(older.as_object())
    older.publish()
    assert fresh(live).text == "Breathe."


def test_same_words_ask_for_nothing_new(db: None):
    live = note(live=True)
    factories.publish(live)
    again = fresh(live)
    assert again.publish_errors() == {}
    assert again.change_refusal() == {}
    before = AuditEntry.objects.count()
    again.save()
    assert AuditEntry.objects.count() == before


def test_going_live_is_put_on_record_with_who_agreed(db: None):
    draft = note()
    approval = approved(draft)
    draft.live = True
    draft.save()
    entry = AuditEntry.objects.get(content_key=draft.content_key)
    assert (entry.action, entry.second, entry.content_key) == (
        AuditAction.PUBLISHED,
        approval.approver,
        draft.content_key,
    )
    assert entry.details == {"approval": approval.pk, "words": fingerprint_of(draft)}


def test_change_of_something_live_is_put_on_record(db: None):
    live = note(live=True)
    factories.publish(live)
    told = AuditEntry.objects.filter(content_key=live.content_key)
    before = told.count()
    changed = fresh(live)
    changed.text = "Rest."
    factories.publish(changed)
    assert told.count() == before + 1


def test_writers_are_those_since_it_was_live_each_once(db: None):
    first, second, third = (factories.UserFactory.create() for _ in range(3))
    written = note()
    for user in (first, second, first, None):
        written.save_revision(user=user)
    assert writers_of(fresh(written)) == [second.pk, first.pk]
    factories.publish(fresh(written), user=third)
    assert writers_of(fresh(written)) == []
    fresh(written).save_revision(user=second)
    assert writers_of(fresh(written)) == [second.pk]


def test_whoever_began_a_page_wrote_it_until_it_is_live(exercise_index: ExerciseIndexPage):
    owner, editor = factories.UserFactory.create(), factories.UserFactory.create()
    draft = exercise_index.add_child(instance=factories.draft_exercise(title="Calf", live=False, owner=owner))
    draft.save_revision(user=editor)
    assert writers_of(fresh(draft)) == [owner.pk, editor.pk]
    factories.publish(fresh(draft))
    assert writers_of(fresh(draft)) == []


# What counts as the same words


def test_fingerprint_is_of_everything_an_author_writes(db: None):
    first = note()
    same = fingerprint_of(first)
    assert len(same) == len("2$") + 64
    for field, value in {
        **{"text": "Rest.", "tier": Tier.CHECK_FIRST, "kind": NoteKind.DONT, "urgency": Urgency.SAME_DAY},
        **{"what_to_do": "Rest.", "source": "Another", "expire_at": timezone.now(), "needs_warm_up": True},
    }.items():
        changed = fresh(first)
        setattr(changed, field, value)
        assert fingerprint_of(changed) != same, field


def test_fingerprint_is_not_of_who_stands_behind_it_and_when(db: None):
    first = page()
    same = fingerprint_of(first)
    elsewhere = {"slug": "elsewhere", "owner": None, "path": "00010001", "depth": 2, "numchild": 3, "live": False}
    signed = {"author": None, "reviewer": None, "reviewed_on": None, "review_due": None, "review_state": "unreviewed"}
    for field, value in {**elsewhere, **signed, "go_live_at": timezone.now(), "title": "Calf"}.items():
        before = getattr(first, field)
        setattr(first, field, value)
        assert (fingerprint_of(first) == same) == (field != "title"), field
        setattr(first, field, before)


def test_fingerprint_is_the_same_however_it_is_kept(db: None):
    first = note(text=" Breathe.\r\nSlowly. ")
    same = fingerprint_of(first)
    assert fingerprint_of(fresh(first)) == same
    assert fingerprint_of(first.save_revision(clean=False).as_object()) == same
    first.text = "Breathe.\nSlowly."
    assert fingerprint_of(first) == same
    first.what_to_do = None
    assert fingerprint_of(first) == same


def test_places_count_in_any_order_and_rows_with_an_order_in_theirs(db: None):
    first = note()
    first.targets = [NoteTarget(region="hip"), NoteTarget(region="knee")]
    same = fingerprint_of(first)
    first.targets = [NoteTarget(region="knee"), NoteTarget(region="hip")]
    assert fingerprint_of(first) == same
    first.targets = [NoteTarget(region="knee")]
    assert fingerprint_of(first) != same
    exercise = page()
    rows = [Variation(kind="alternative", text=text, sort_order=place) for place, text in enumerate("ab")]
    exercise.variations = rows
    same = fingerprint_of(exercise)
    exercise.variations = rows[::-1]
    assert fingerprint_of(exercise) == same
    rows[0].sort_order, rows[1].sort_order = 1, 0
    assert fingerprint_of(exercise) != same


def test_numbers_the_platform_gives_to_blocks_are_no_words(db: None):
    first = page(steps=[("move", {"text": "Lean.", "picture": None})])
    same = fingerprint_of(first)
    first.steps = [{"type": "move", "id": "another", "value": {"text": " Lean. "}}]
    assert fingerprint_of(first) == same
    first.steps = [("move", {"text": "Lean far.", "picture": None})]
    assert fingerprint_of(first) != same
    first.steps = [("hold", {"text": "Lean.", "picture": None})]
    assert fingerprint_of(first) != same


def test_numbers_the_platform_gives_to_paragraphs_are_no_words(db: None):
    hub = factories.ConditionPageFactory.build(
        condition=factories.ConditionFactory.create(), author=None, reviewer=None
    )
    told = set()
    for html in ('<p data-block-key="ab1">Go.</p>', '<p data-block-key="zz9">Go.</p>', "<p>Go.</p>"):
        hub.what_it_is = [("paragraph", html)]
        told.add(fingerprint_of(hub))
    assert len(told) == 1
    hub.what_it_is = [("points", ["Go."])]
    assert fingerprint_of(hub) not in told
    same = fingerprint_of(hub)
    hub.what_it_is = [("points", ["Go.", "Stop."])]
    assert fingerprint_of(hub) != same


def test_words_are_written_down_in_one_way_only():
    words = {"rows": {"places": ["hip"]}, "text": "é", "due": date(2026, 6, 1)}
    assert _as_text(words) == '{"due": "2026-06-01", "rows": {"places": ["hip"]}, "text": "é"}'
    assert _as_text(dict(reversed(words.items()))) == _as_text(words)


# What the editor's form says before


class Short(GatedForm):
    """A note's form without its rows."""

    class Meta:
        model = SafetyNote
        fields = ("kind", "tier", "text", "source")
        formsets = ()


class ShortOfPage(GatedForm):
    """An exercise's form without most of it."""

    class Meta:
        model = ExercisePage
        fields = ("title",)
        formsets = ()


def form_of(thing: SafetyNote, **sent: str) -> Short:
    """The form of a mild note as it was sent."""
    return Short({"kind": "do", "tier": "4", "text": "Breathe.", "source": "A textbook", **sent}, instance=thing)


def test_form_asks_for_approval_only_of_whoever_publishes(db: None):
    assert form_of(note()).is_valid()
    publishing = form_of(note(), **{"action-publish": "1"})
    assert not publishing.is_valid()
    assert publishing.errors == {NON_FIELD_ERRORS: [NOT_APPROVED]}
    agreed = note()
    approved(agreed)
    assert form_of(agreed, **{"action-publish": "1"}).is_valid()


def test_form_that_is_asked_whether_it_is_valid_writes_nothing(db: None):
    draft = note()
    assert form_of(draft, text="Rest.").is_valid()
    assert fresh(draft).text == "Breathe."


def test_form_says_what_is_missing_at_its_field_or_by_name(db: None):
    unsaid = note()
    unsaid.targets = []
    sent = form_of(unsaid, text="\u2800")
    assert not sent.is_valid()
    assert sent.errors == {
        "text": [WRITE],
        NON_FIELD_ERRORS: ["Targets: Say where this note applies: add at least one place."],
    }


def test_form_says_first_what_cannot_be_read(db: None):
    sent = form_of(note(), kind="hint", text="\u2800")
    assert not sent.is_valid()
    assert list(sent.errors) == ["kind"]


def test_draft_is_left_free_by_its_form(db: None):
    sent = form_of(note(), text="\u2800")
    sent.defer_required_fields()
    assert sent.is_valid()


@pytest.mark.parametrize("is_draft", [True, False])
def test_form_of_a_stream_with_a_block_nobody_knows_is_refused(db: None, is_draft: bool):
    odd = ExercisePage(title="Calf", steps='[{"type": "warning", "value": {"text": "Stop."}}]')
    sent = ShortOfPage({"title": "Calf"}, instance=odd)
    if is_draft:
        sent.defer_required_fields()
    assert not sent.is_valid()
    assert list(sent.errors) == [NON_FIELD_ERRORS]
    assert sent.errors[NON_FIELD_ERRORS][0].startswith("Steps: It holds blocks of a sort this version")


# Which words they are


def test_field_added_by_an_upgrade_does_not_void_what_was_approved_before(db: None):
    exercise = page(leads=Lead.FIGURE, hold_seconds_most=None)
    now, added = fingerprint_of(exercise), ("leads", "hold_seconds_most")
    before: Any = ImmutableList([field for field in ExercisePage._meta.fields if field.name not in added])
    with patch.dict(vars(ExercisePage._meta), {"fields": before}):
        assert fingerprint_of(exercise) == now


@pytest.mark.parametrize("fields", [{"leads": Lead.PHOTO}, {"leads": ""}, {"hold_seconds_most": 90}])
def test_what_is_written_in_such_a_field_counts(db: None, fields: dict[str, Any]):
    exercise = page()
    now = fingerprint_of(exercise)
    for name, value in fields.items():
        setattr(exercise, name, value)
    assert fingerprint_of(exercise) != now


# What a save does besides


def test_some_columns_are_saved_without_making_anything_ready_or_following_up_on_the_whole(db: None):
    thing = note()
    with patch.object(SafetyNote, "prepare_for_readers") as ready, patch.object(SafetyNote, "follow_up") as followed:
        thing.save(update_fields=["text"])
        assert not ready.called
        followed.assert_called_once_with(whole=False)
        thing.save()
        ready.assert_called_once_with()
        followed.assert_called_with(whole=True)


def test_only_what_the_gate_has_just_asked_counts_as_judged_and_only_while_it_is_saved(db: None):
    drafted, live = note(), note(live=True)
    judged: list[bool] = []

    def see(instance: Any, **_kwargs: Any) -> None:
        judged.append(instance.is_judged)

    pre_save.connect(see, sender=SafetyNote)
    try:
        drafted.save()
        live.save(update_fields=["last_published_at"])
        live.save()
    finally:
        pre_save.disconnect(see, sender=SafetyNote)
    assert (judged, live.is_judged) == ([False, False, True], False)


def test_what_the_platform_refuses_of_something_live_is_on_record_under_its_name(db: None):
    live = note(live=True)
    with (
        patch.object(DraftStateMixin, "save", side_effect=ValidationError({"text": ["Taken."]}), create=True),
        pytest.raises(PublishRefused) as refused,
    ):
        live.save()
    assert (refused.value.content_key, refused.value.refusal) == (live.content_key, {"text": ["Taken."]})


@pytest.mark.parametrize("second", [True, False])
def test_refusal_says_whether_nothing_but_a_second_person_is_wanting(db: None, second: bool):
    live = note(live=True)
    live.takes_a_second_person = second
    with (
        patch.object(SafetyNote, "publish_errors", return_value={"text": ["Odd."]}),
        pytest.raises(PublishRefused) as refused,
    ):
        live.save()
    assert refused.value.takes_a_second_person is second


def test_usage_is_indexed_once_for_the_whole(db: None):
    thing = note()
    with patch.object(ReferenceIndex, "create_or_update_for_object") as indexed:
        thing.save()
    assert indexed.call_count == 1
