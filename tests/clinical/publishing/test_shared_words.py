"""Words read in many places: once readers may see them, two people change them; what one may change is on record."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from clinical.models import Approval, AuditEntry, Condition, Picture, Practitioner, Proposal, User
from clinical.review.proposals import confirm_proposal, propose, refuse_proposal, take_back
from clinical.words.choices import ApprovalBasis, AuditAction, ProposalState
from exercises.models import ExerciseIndexPage, ExercisePage
from testing import factories
from testing.editor import filled_in
from tests.clinical.publishing.roads import chief

OTHER = "Other words"
IN_USE = "is in use, so readers see this"


def a_file(name: str) -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (32, 20), "teal").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def a_picture() -> Picture:
    cache.clear()  # the platform remembers what it made of a picture by its number, which comes again in every test
    said = {"alternative_text": "Hands on a wall.", "source": "Own work", "licence": "CC BY 4.0", "consent": "given"}
    return Picture.objects.create(title="Calf", file=a_file("calf.png"), **said)


def exercise_with(**fields: Any) -> ExercisePage:
    return ExerciseIndexPage.objects.get().add_child(instance=factories.draft_exercise(**fields))


def tagged() -> Condition:
    condition = factories.ConditionFactory.create(name="Sore calves", slug="sore-calves", aliases="Shin pain")
    exercise_with(conditions=[condition])
    return condition


def named_by_a_note() -> Condition:
    return factories.ConditionFactory.create(name="Noted", slug="noted")


def shown() -> Picture:
    picture = a_picture()
    exercise_with(photo=picture)
    return picture


def shown_beside_a_step() -> Picture:
    picture = a_picture()
    steps = [("move", {"text": "Lean.", "picture": picture})]
    exercise_with(steps=steps)
    return picture


def in_a_scheduled_version() -> Picture:
    picture = a_picture()
    page = ExercisePage.objects.live().first()
    page.photo = picture
    revision = page.save_revision()
    revision.approved_go_live_at = "2099-01-01T00:00Z"
    revision.save()
    return picture


IN_USES: dict[str, Callable[[], Any]] = {
    "condition of an exercise": tagged,
    "condition of a note": named_by_a_note,
    "photo": shown,
    "picture beside a step": shown_beside_a_step,
    "picture in a scheduled version": in_a_scheduled_version,
}


def other(thing: Any, name: str) -> Any:
    """Another value for a word of it."""
    return not getattr(thing, name) if isinstance(getattr(thing, name), bool) else "other-words"


@pytest.fixture
def people(db: None) -> tuple[User, User]:
    return factories.UserFactory.create(username="first"), factories.UserFactory.create(username="second")


@pytest.mark.parametrize("make", IN_USES.values(), ids=IN_USES)
def test_no_word_of_what_is_in_use_changes_alone(house: None, db: None, make: Callable[[], Any]):
    thing = make()
    for name in thing.WORDS:
        fresh = type(thing).objects.get(pk=thing.pk)
        setattr(fresh, name, other(fresh, name))
        with pytest.raises(ValidationError, match=IN_USE):
            fresh.save()
        with pytest.raises(ValidationError, match=IN_USE):
            type(thing).objects.filter(pk=thing.pk).update(**{name: other(fresh, name)})
        with pytest.raises(ValidationError, match=IN_USE), transaction.atomic():
            type(thing).objects.bulk_update([fresh], [name])
        assert type(thing).objects.get(pk=thing.pk).words() == thing.words()
    type(thing).objects.get(pk=thing.pk).save()


@pytest.mark.parametrize("make", [tagged, shown])
def test_crafted_form_changes_nothing(house: None, db: None, client: Client, make: Callable[[], Any]):
    thing, user = make(), chief()
    client.force_login(user)
    kind = "wagtailimages:edit" if isinstance(thing, Picture) else "wagtailsnippets_clinical_condition:edit"
    opened = client.get(reverse(kind, args=[thing.pk]))
    assert reverse("clinical_propose", args=[thing._meta.model_name, thing.pk]) in opened.content.decode()
    form = opened.context["form"]
    posted = filled_in(form) if hasattr(form, "formsets") else {f.html_name: f.value() or "" for f in form}
    posted.pop("file", None)
    words = dict.fromkeys(thing.WORDS, OTHER)
    client.post(reverse(kind, args=[thing.pk]), {**posted, **words})
    assert type(thing).objects.get(pk=thing.pk).words() == thing.words()


def test_picture_in_use_keeps_its_file(house: None, db: None):
    picture = shown()
    picture.file = a_file("another.png")
    with pytest.raises(ValidationError, match="upload this as a new picture"):
        picture.save()


def test_unused_condition_is_changed_by_one_and_it_is_on_record(db: None):
    condition = factories.ConditionFactory.create(name="Unused", red_flag=False)
    condition.name = OTHER
    condition.save()
    entry = AuditEntry.objects.get(action=AuditAction.CHANGED)
    assert entry.details == {"before": {"name": "Unused"}, "after": {"name": OTHER}}


def test_name_of_a_practitioner_is_one_persons_and_every_change_on_record(db: None):
    someone = Practitioner.objects.create(name="A person", role="Physiotherapist")
    someone.name = "Another name"
    someone.save()
    Practitioner.objects.update(role="Doctor")
    by_update, changed, first = AuditEntry.objects.filter(action=AuditAction.CHANGED)
    assert first.details["after"] == {"name": "A person", "role": "Physiotherapist"}
    assert by_update.details == {"before": {"role": "Physiotherapist"}, "after": {"role": "Doctor"}}
    assert changed.details == {"before": {"name": "A person"}, "after": {"name": "Another name"}}


@pytest.mark.parametrize(("make", "name"), [(tagged, "name"), (tagged, "aliases"), (shown, "alternative_text")])
def test_two_people_change_it_and_no_page_loses_its_approval(
    house: None, people: tuple[User, User], make: Callable[[], Any], name: str
):
    thing, (first, second) = make(), people
    proposal = propose(thing, {name: OTHER}, by=first, reason="Plainer.")
    assert getattr(type(thing).objects.get(pk=thing.pk), name) != OTHER
    with pytest.raises(ValidationError, match="cannot confirm it"):
        confirm_proposal(proposal, by=first)
    confirm_proposal(proposal, by=second)
    assert getattr(type(thing).objects.get(pk=thing.pk), name) == OTHER
    assert not [page for page in ExercisePage.objects.live() if page.publish_errors()]
    approval = Approval.objects.first()
    assert (approval.basis, approval.writers, approval.approver) == (ApprovalBasis.REVIEWED, [first.pk], second)
    changed, proposed = AuditEntry.objects.filter(action__in=[AuditAction.CHANGED, AuditAction.PROPOSED])
    assert (changed.by, changed.second, proposed.by) == (first, second, first)
    with pytest.raises(ValidationError, match="decided already"):
        confirm_proposal(proposal, by=second)


def test_agreement_is_of_those_words_only(house: None, people: tuple[User, User]):
    condition, (first, second) = tagged(), people
    condition.name = OTHER
    approval = condition.agree(basis=ApprovalBasis.REVIEWED, writers=[first.pk], approver=second)
    condition.name = "Something else"
    with pytest.raises(ValidationError, match=IN_USE):
        condition.save_agreed(approval)
    condition.name = OTHER
    own = condition.agree(basis=ApprovalBasis.REVIEWED, writers=[second.pk], approver=second)
    with pytest.raises(ValidationError, match=IN_USE):
        condition.save_agreed(own)


def test_refused_or_taken_back_nothing_changes_and_it_is_on_record(house: None, people: tuple[User, User]):
    condition, (first, second) = tagged(), people
    proposal = propose(condition, {"name": OTHER}, by=first, reason="Plainer.")
    with pytest.raises(ValidationError, match="Somebody has proposed other words already"):
        propose(condition, {"aliases": ""}, by=second, reason="Not used.")
    with pytest.raises(ValidationError, match="take it back instead"):
        refuse_proposal(proposal, by=first, remark="No.")
    with pytest.raises(ValidationError, match="Say why not"):
        refuse_proposal(proposal, by=second, remark=" ")
    refuse_proposal(proposal, by=second, remark="Patients say calf.")
    again = propose(condition, {"name": OTHER}, by=first, reason="Plainer.")
    with pytest.raises(ValidationError, match="Somebody else proposed it"):
        take_back(again, by=second)
    take_back(again, by=first)
    assert Condition.objects.get(pk=condition.pk).name == "Sore calves"
    assert [entry.by for entry in AuditEntry.objects.filter(action=AuditAction.DECLINED)] == [first, second]


@pytest.mark.parametrize(
    ("words", "reason", "told"),
    [
        ({"name": "Sore calves"}, "Plainer.", "it says all of this already"),
        ({"name": "Tight calves"}, "Plainer.", "already exists"),
        ({"name": ""}, "Plainer.", "cannot be blank"),
        ({"name": OTHER}, "\u00a0", "Say why"),
    ],
)
def test_proposal_of_what_cannot_stand_there_is_refused(
    house: None, people: tuple[User, User], words: dict[str, str], reason: str, told: str
):
    with pytest.raises(ValidationError, match=told):
        propose(tagged(), words, by=people[0], reason=reason)


def test_proposal_over_words_changed_meanwhile_is_not_confirmed(house: None, people: tuple[User, User]):
    condition, (first, second) = tagged(), people
    proposal = propose(condition, {"name": OTHER}, by=first, reason="Plainer.")
    Condition._base_manager.filter(pk=condition.pk).update(name="Meanwhile")
    with pytest.raises(ValidationError, match="changed since this was proposed"):
        confirm_proposal(proposal, by=second)


def test_proposals_are_never_rewritten(house: None, people: tuple[User, User]):
    first, second = people
    proposal = propose(tagged(), {"name": OTHER}, by=first, reason="Plainer.")
    proposal.after = {"name": "Mine"}
    with pytest.raises(ValidationError, match="never rewritten"):
        proposal.save()
    for forbidden in (proposal.delete, Proposal.objects.all().delete, lambda: Proposal.objects.update(reason="x")):
        with pytest.raises(models.ProtectedError):
            forbidden()
    alone = {"state": ProposalState.CONFIRMED, "decided_by": first, "decided_at": "2026-01-01T00:00Z"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal._base_manager.update(**alone)
    Proposal._base_manager.update(**{**alone, "decided_by": second})
