"""What the gate asks of a short sign and of a family, and that two people decide what they say of a serious note."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from clinical.models import FamilyMember, NoteTarget, PublishRefused, SafetyNote, board_for, release
from clinical.outputs.signs import sign_card
from clinical.publishing.fingerprints import fingerprint_of
from clinical.safety.reach import Part
from clinical.safety.short_signs import words_digest
from clinical.withdrawal.withdrawing import confirm, withdraw
from clinical.words.choices import NoteKind, Tier, Urgency
from clinical.words.concerns import Concern
from testing import factories
from testing.editor import as_opened, errors_of, filled_in
from tests.clinical.publishing.roads import chief
from tests.pure_examples import subject

ELEVEN = "a b c d e f g h i j k"
STOP = {"kind": NoteKind.STOP, "tier": Tier.DO_NOT}
RED_FLAG = {"kind": NoteKind.RED_FLAG, "tier": Tier.GET_HELP, "urgency": Urgency.SAME_DAY}


def note(text: str, *, live: bool = True, **fields: Any) -> SafetyNote:
    """A stop sign at the hip."""
    return factories.note_at(NoteTarget(region="hip"), live=live, **{**STOP, "text": text, **fields})


def row(member: SafetyNote) -> FamilyMember:
    """The row that names a companion, with what it says now."""
    return FamilyMember(member=member, words=words_digest(member.text))


def family(lead: SafetyNote, *members: SafetyNote, sign: str = "your hip hurts") -> SafetyNote:
    """The lead with these companions, in memory."""
    lead.family_sign, lead.family_members = sign, [row(member) for member in members]
    return lead


def fresh(thing: SafetyNote) -> Any:
    return SafetyNote.objects.get(pk=thing.pk)


def signs() -> list[tuple[str, set[Any]]]:
    """What the card of an exercise for the hip says, and for which notes."""
    card = sign_card(board_for([subject(part=Part.EXERCISE, regions=["hip"])], settings.LANGUAGE_CODE))
    return [(sign.words, set(sign.keys)) for group in card.groups for sign in group.signs]


def said() -> set[str]:
    return {words for words, _keys in signs()}


# The wording


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u2800", ".", "–"])
def test_sign_that_says_nothing_does_not_take_the_place_of_the_text(db: None, blank: str):
    assert "in_short" in note("your hip locks", live=False, in_short=blank).completeness_errors()


def test_joint_sign_takes_the_place_of_one_a_person_approved_only_on_the_word_of_another(db: None):
    member = note("a leg is suddenly cold", in_short="a leg is cold")
    lead = family(note("you feel odd", live=False), member)
    release(lead)
    with pytest.raises(PublishRefused, match="second person"):
        lead.save_revision().publish()


@pytest.mark.parametrize("sign", ["Call 999 if your leg swells", "stop if your hip locks", "your hip locks."])
@pytest.mark.parametrize("field", ["in_short", "family_sign"])
def test_sign_that_repeats_its_label_or_ends_like_a_sentence_is_refused(db: None, field: str, sign: str):
    draft = family(note("your hip locks", live=False), note("your hip clicks"))
    setattr(draft, field, sign)
    (told,) = draft.completeness_errors()[field]
    assert told.startswith("Leave out the label and the full stop")


def test_sign_that_completes_no_if_may_be_a_sentence(db: None):
    said = {"kind": NoteKind.CAVEAT, "tier": Tier.CHECK_FIRST, "in_short": "Stretching alone is no cure."}
    assert note("Stretching is not enough.", live=False, **said).completeness_errors() == {}


@pytest.mark.parametrize("field", ["in_short", "family_sign"])
def test_sign_of_more_than_ten_words_is_refused_with_the_limit_and_the_length(db: None, field: str):
    draft = family(note("your hip locks", live=False), note("your hip clicks"))
    setattr(draft, field, ELEVEN)
    assert draft.completeness_errors() == {field: ["Say it in at most 10 words; these are 11."]}


@pytest.mark.parametrize("field", ["in_short", "family_sign"])
def test_sign_of_more_than_sixty_letters_is_refused_with_the_limit_and_the_length(db: None, field: str):
    draft = family(note("your hip locks", live=False), note("your hip clicks"))
    setattr(draft, field, "x" * 61)
    (told,) = draft.completeness_errors()[field]
    assert "60" in told
    assert "61" in told


def test_sign_of_ten_words_and_a_note_without_one_are_let_through(db: None):
    assert note("your hip locks", live=False, in_short=ELEVEN[:-2]).completeness_errors() == {}
    assert note("your hip clicks", live=False).completeness_errors() == {}


def posted(client: Client, draft: SafetyNote, **typed: Any) -> Any:
    """Publish the draft in its editor, with these fields typed over."""
    client.force_login(chief())
    address = reverse("wagtailsnippets_clinical_safetynote:edit", args=[draft.pk])
    form = filled_in(client.get(address).context["form"])
    return client.post(address, {**form, **as_opened(draft), **typed, "action-publish": "true"})


def test_editor_says_at_the_field_that_a_sign_is_too_long_and_keeps_it(db: None, client: Client):
    draft = note("your hip locks", live=False)
    draft.save_revision(user=chief())
    answer = posted(client, draft, in_short=ELEVEN)
    assert answer.context["form"].errors["in_short"] == ["Say it in at most 10 words; these are 11."]
    assert answer.context["form"]["in_short"].value() == ELEVEN
    answer = posted(client, draft, in_short="x" * 61)
    assert "at most 60 characters (it has 61)" in errors_of(answer)


def test_editor_says_how_much_room_there_is_and_has_the_script_that_counts(db: None, client: Client):
    draft = note("your hip locks", live=False)
    client.force_login(chief())
    html = client.get(reverse("wagtailsnippets_clinical_safetynote:edit", args=[draft.pk])).content.decode()
    for name in ("in_short", "family_sign"):
        field = html[html.index(f'name="{name}"') :].split(">")[0]
        assert 'data-count-says="{letters} of 60 letters, {words} of 10 words"' in field
        assert 'data-count-letters="60"' in field
        assert 'data-count-words="10"' in field
    assert "clinical/count_words.js" in html


# Families


@pytest.mark.parametrize(
    "other",
    [
        {"kind": NoteKind.CONTRAINDICATION},
        {"tier": Tier.GET_HELP, "urgency": Urgency.SAME_DAY},
        RED_FLAG,
    ],
)
def test_family_holds_notes_of_one_kind_tier_and_urgency(db: None, other: dict[str, Any]):
    lead = family(note("your hip locks", live=False), note("your hip clicks", **other))
    (told,) = lead.completeness_errors()["family_members"]
    assert "your hip clicks" in told
    assert "only notes of one kind, tier and urgency are read as one" in told


def test_family_of_two_urgencies_is_refused(db: None):
    lead = note("your leg is cold", live=False, **RED_FLAG)
    family(lead, note("your leg is pale", **{**RED_FLAG, "urgency": Urgency.EMERGENCY}))
    assert "family_members" in lead.completeness_errors()


def test_companion_that_is_not_in_force_is_refused(db: None):
    lead = family(note("your hip locks", live=False), note("your hip clicks", live=False))
    assert lead.completeness_errors() == {
        "family_members": ["“your hip clicks” is not in force; publish it first."],
    }


def test_note_is_not_its_own_companion(db: None):
    lead = note("your hip locks")
    family(lead, lead)
    assert lead.completeness_errors()["family_members"] == ["A note cannot be its own companion."]


def test_joint_sign_without_notes_and_notes_without_a_joint_sign_are_refused(db: None):
    alone = note("your hip locks", live=False, family_sign="your hip hurts")
    silent = family(note("your hip grinds", live=False), note("your hip clicks"), sign="")
    for draft in (alone, silent):
        assert draft.completeness_errors() == {
            "family_sign": ["Give both or neither: the joint sign, and the notes it speaks for."]
        }


def test_saving_takes_down_what_a_companion_says_now(db: None):
    companion = FamilyMember(member=note("your hip clicks"), words="0" * 16)
    companion.clean()
    assert companion.words == words_digest("your hip clicks")


def test_editor_takes_down_anew_what_a_companion_says_each_time_it_is_saved(db: None, client: Client):
    member = note("your hip clicks")
    lead = family(note("your hip locks", live=False), member)
    lead.save()
    lead.save_revision(user=chief())
    member.text = "your hip clicks loudly"
    factories.save_live(member)
    client.force_login(chief())
    address = reverse("wagtailsnippets_clinical_safetynote:edit", args=[lead.pk])
    form = filled_in(client.get(address).context["form"])
    client.post(address, {**form, **as_opened(lead), "source": "Read again"})
    (kept,) = fresh(lead).get_latest_revision_as_object().family_members.all()
    assert kept.words == words_digest("your hip clicks loudly")


@pytest.fixture
def together(db: None) -> tuple[SafetyNote, SafetyNote]:
    """Two notes in force that are read as one, the lead first."""
    member = note("your hip clicks", in_short="it clicks")
    lead = family(note("your hip locks", live=False, in_short="it locks"), member)
    factories.publish(lead)
    return fresh(lead), member


def test_joint_sign_stands_on_the_card_with_the_keys_of_all_it_speaks_for(together: tuple[SafetyNote, SafetyNote]):
    lead, member = together
    assert ("your hip hurts", {lead.content_key, member.content_key}) in signs()
    assert not {"it locks", "it clicks"} & said()


def test_member_that_is_withdrawn_leaves_the_joint_sign_at_once(together: tuple[SafetyNote, SafetyNote]):
    _lead, member = together
    withdraw_by_two(member)
    assert "it locks" in said()
    assert not {"your hip hurts", "it clicks"} & said()
    assert all(member.content_key not in keys for _words, keys in signs())


def test_member_that_says_something_new_stands_with_its_own_sign(together: tuple[SafetyNote, SafetyNote]):
    _lead, member = together
    member.text = "your hip clicks and gives way"
    factories.save_live(member)
    assert {"it locks", "it clicks"} <= said()
    assert "your hip hurts" not in said()


def test_lead_that_is_gone_leaves_each_member_its_own_sign(together: tuple[SafetyNote, SafetyNote]):
    lead, _member = together
    withdraw_by_two(lead)
    assert "it clicks" in said()
    assert not {"your hip hurts", "it locks"} & said()


def withdraw_by_two(thing: SafetyNote) -> None:
    """Withdrawn by one, agreed to by another."""
    confirm(withdraw(thing, by=factories.UserFactory.create(), reason="Wrong."), by=factories.UserFactory.create())


# Two people


def said_in_short(draft: SafetyNote) -> None:
    draft.in_short = "it is stuck"


def said_no_more_in_short(draft: SafetyNote) -> None:
    draft.in_short = ""


def joined(draft: SafetyNote) -> None:
    family(draft, note("your hip grinds"))


def joined_by_another(draft: SafetyNote) -> None:
    draft.family_members = [*draft.family_members.all(), row(note("your hip grinds"))]


def left(draft: SafetyNote) -> None:
    draft.family_sign, draft.family_members = "", []


def renamed(draft: SafetyNote) -> None:
    draft.family_sign = "your hip is odd"


def kept_with_its_condition(draft: SafetyNote) -> None:
    draft.only_with_condition = True


def about_somebody_else(draft: SafetyNote) -> None:
    draft.concerns = (Concern.FALLS,)


CHANGES = [
    *(said_in_short, said_no_more_in_short, joined_by_another, left, renamed),
    *(kept_with_its_condition, about_somebody_else),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_a_serious_note_says_in_short_is_changed_by_two_even_where_a_library_stands_behind_it(
    together: tuple[SafetyNote, SafetyNote], change: Callable[[SafetyNote], None]
):
    before, draft = fingerprint_of(together[0]), fresh(together[0])
    change(draft)
    release(draft)
    with pytest.raises(PublishRefused, match="takes a second person"):
        draft.save_revision().publish()
    assert fingerprint_of(fresh(together[0])) == before
    factories.publish(draft)
    assert fingerprint_of(fresh(together[0])) != before


def test_joining_a_note_that_stood_alone_takes_two(db: None):
    lead = note("your hip locks")
    lead.save_revision()
    draft = fresh(lead).get_latest_revision_as_object()
    joined(draft)
    release(draft)
    with pytest.raises(PublishRefused, match="takes a second person"):
        draft.save_revision().publish()


def test_milder_note_may_be_said_in_short_on_the_word_of_its_library(db: None):
    mild = note("your hip is stiff", kind=NoteKind.CHECK_FIRST, tier=Tier.CHECK_FIRST)
    mild.in_short = "it is stiff"
    release(mild)
    mild.save_revision().publish()
    assert fresh(mild).in_short == "it is stiff"
