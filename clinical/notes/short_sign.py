"""What a note says in short: its sign on the card before the first step, and the notes it speaks for besides itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from clinical.publishing.approvals import BY_A_PERSON, approval_of
from clinical.publishing.refusals import Refusal
from clinical.safety.short_signs import (
    COMPLETES_IF,
    LETTERS_OF_A_SIGN,
    MOST_WORDS,
    Family,
    is_too_wordy,
    repeats_a_label,
    words_digest,
    words_in,
)
from clinical.words.choices import Tier
from clinical.words.concerns import Concern
from clinical.words.fields import ChoiceSetField


class FamilyMember(models.Model):
    """Another note that a note's joint sign speaks for, and the text it had when that was written.

    A child of the note, so that joining and leaving is a change of the note, which two people decide.
    """

    #: A digest of the other note's text.
    pain_not_read = frozenset({"words"})

    note = ParentalKey("clinical.SafetyNote", on_delete=models.CASCADE, related_name="family_members")
    member = models.ForeignKey(
        "clinical.SafetyNote", on_delete=models.PROTECT, related_name="+", verbose_name=_("safety note")
    )
    words = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        return str(self.member)

    def clean(self) -> None:
        """Take down what the other note says now: the sign is approved beside these words and no others."""
        super().clean()
        if self.member_id:
            self.words = words_digest(self.member.text)


class ShortSignMixin(models.Model):
    """Abstract: the part of a note that stands on the card."""

    in_short = models.CharField(
        max_length=LETTERS_OF_A_SIGN,
        blank=True,
        help_text=_(
            "The sign alone, completing the same label in at most 10 words: “a leg is suddenly cold and pale”. It "
            "stands on the card before the first step, and may say more than the text, never less. Without it the "
            "whole text stands there."
        ),
    )
    concerns = ChoiceSetField(
        vocabulary=Concern,
        blank=True,
        default="",  # as on pages: a fingerprint reads it as nothing said
        max_length=400,
        help_text=_("Whom it is about, for tiers 2 and 3. On the card several notes about the same are read as one."),
    )
    only_with_condition = models.BooleanField(
        _("only with its condition"),
        default=False,
        help_text=_("Keeps a note of tier 1 out of routines for other conditions than those it hangs on."),
    )
    family_sign = models.CharField(
        _("joint sign"),
        max_length=LETTERS_OF_A_SIGN,
        blank=True,
        help_text=_("One sign for this note and those below, read as one. It stands only while all are in force."),
    )
    family_ready = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def family(self) -> Family | None:
        """The notes it speaks for besides itself, as they are kept ready for readers; none for most notes."""
        return family_of(self.family_sign, self.family_ready)

    def prepare_for_readers(self: Any) -> None:
        """Keep whom it speaks for where a page finds it without asking once more."""
        super().prepare_for_readers()  # type: ignore[misc]  # mixed in before the gate
        self.family_ready = {str(row.member.translation_key): row.words for row in self.family_members.all()}

    def short_sign_refusal(self: Any) -> Refusal:
        """What keeps it from being said in short like this."""
        refusal: Refusal = {}
        for name in ("in_short", "family_sign"):
            if is_too_wordy(getattr(self, name)):
                limits = {"most": MOST_WORDS, "words": words_in(getattr(self, name))}
                refusal[name] = [_("Say it in at most %(most)d words; these are %(words)d.") % limits]
            elif getattr(self, name) and not any(letter.isalpha() for letter in getattr(self, name)):
                refusal[name] = [_("Say it in words, or leave it empty: then the whole text stands there.")]
            elif self.kind in COMPLETES_IF and repeats_a_label(getattr(self, name)):
                refusal[name] = [
                    _("Leave out the label and the full stop: it completes “Call 999 now if”, “Stop if” …")
                ]
        members = [row.member for row in self.family_members.all() if row.member_id]
        if bool(self.family_sign) != bool(members):
            refusal["family_sign"] = [_("Give both or neither: the joint sign, and the notes it speaks for.")]
        elif faults := list(self._family_faults(members)):
            refusal["family_members"] = faults
        return refusal

    def _family_faults(self: Any, members: list[Any]) -> Iterator[str]:
        for member in members:
            if member.translation_key == self.translation_key:
                yield gettext("A note cannot be its own companion.")
            elif (member.kind, member.tier, member.urgency) != (self.kind, self.tier, self.urgency):
                yield gettext(
                    "“%s” stands under another label; only notes of one kind, tier and urgency are read as one."
                ) % (member.text)
            elif not member.live:
                yield gettext("“%s” is not in force; publish it first.") % member.text

    def speaks_anew_for_others(self: Any, live: Any) -> bool:
        """Whether its joint sign takes the place of another's: of any, where a person says so; of a person's always.

        A library brings its own notes with their joint signs. ``live`` is the note in force, if it is: where that spoke
        for others already, any change of it is a loss anyway.
        """
        if not self.family_sign or self.tier > Tier.DO_NOT:
            return False
        if live is not None and live.tier <= Tier.DO_NOT and live.family_sign:
            return False
        members = [row.member for row in self.family_members.all() if row.member_id]
        if self.found_approval is not None and self.found_approval.basis in BY_A_PERSON:
            return bool(members)
        return any(approval_of(member, basis__in=BY_A_PERSON) for member in members)

    def _companions(self: Any) -> set[tuple[Any, str]]:
        return {(row.member_id, row.words) for row in self.family_members.all()}


def family_of(sign: str, ready: dict[str, str] | None) -> Family | None:
    """A family from what is kept of it; none where a note speaks for itself alone."""
    if not sign or not ready:
        return None
    return Family(sign, tuple((UUID(key), words) for key, words in sorted(ready.items())))
