"""Safety notes and provenance as data: the parts that every published sheet has, with their JSON Schema.

Pure. The field names are a contract with whoever reads a ``sheet.json``; units stand in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from datetime import date as Day  # noqa: N812  (for a field that is called ``date`` itself)
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from clinical.outputs.callouts import labels
from clinical.outputs.signs import GroupStyle, SignCard, leads, sign_card
from clinical.safety.parts import never_lost
from clinical.safety.rules import EffectiveNote, Reason
from clinical.safety.sheet import AskFirst, ConditionLink, Labelled, Provenance, SafetyBoard
from clinical.words.choices import EvidenceLevel, NoteKind, PlaceKind, ReviewState, Tier, Urgency
from clinical.words.concerns import Concern

#: The two default notes stand on every sheet.
LEAST_NOTES = 2


class SheetData(BaseModel):
    """Base of everything in a sheet's data: what is not named is refused, and nothing changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class TermData(SheetData):
    """A member of a closed vocabulary: its value, which never changes, and its words."""

    value: str
    label: str

    @classmethod
    def of(cls, term: Labelled) -> TermData:
        """The term of a sheet."""
        return cls(value=term.value, label=term.label)


class ReasonData(SheetData):
    """Why a note is on the sheet: the sort of place it hangs on, and what brought it along."""

    place: PlaceKind
    value: Annotated[
        str,
        Field(description="A term's value, a page's id, or a condition's name; on a share link no condition is named."),
    ]
    brought_by: str


class AskFirstData(SheetData):
    """Who should ask a clinician first: ``words`` complete "Ask first if"."""

    words: Annotated[str, Field(min_length=1)]
    concerns: tuple[Concern, ...]

    @classmethod
    def of(cls, ask: AskFirst) -> AskFirstData:
        """A line of a page, or whom it concerns."""
        return cls(words=ask.words, concerns=_on_the_list(ask.concerns))


class SignData(SheetData):
    """One line of the card: its words, and the notes it speaks for. Without any, it is the page's own."""

    words: Annotated[str, Field(min_length=1)]
    heading: Annotated[str, Field(description="The part of the body it stands under; empty for none.")]
    note_ids: tuple[UUID, ...]


class SignGroupData(SheetData):
    """Signs that each complete ``label``. Show the groups in this order, before the first step."""

    style: GroupStyle
    label: Annotated[str, Field(min_length=1)]
    signs: Annotated[tuple[SignData, ...], Field(min_length=1)]


class NoteData(SheetData):
    """A safety note in force. Read ``label``, then ``words``: "Stop if" – "your calf swells"."""

    id: UUID
    tier: Annotated[Tier, Field(description="1 is the most serious.")]
    label: Annotated[str, Field(min_length=1)]
    words: Annotated[str, Field(min_length=1)]
    what_to_do: str
    in_short: Annotated[str, Field(description="Its sign on the card; empty where its words stand there themselves.")]
    family: Annotated[
        UUID | None, Field(description="The note whose joint sign speaks for this one too, where one stands.")
    ]
    concerns: Annotated[tuple[Concern, ...], Field(description="Whom it is about.")]
    kind: NoteKind
    urgency: Annotated[Urgency | None, Field(description="How fast help is needed: only for tier 1, and always there.")]
    language: str
    step: Annotated[str, Field(description="The kind of step the note is repeated beside; empty for none.")]
    moment: str
    source: str
    reasons: tuple[ReasonData, ...]


class CodeData(SheetData):
    """What a condition is called in one edition of a coding system."""

    system: Annotated[str, Field(description="Such as ICD-10-CM.")]
    edition: str
    code: str


class UseData(SheetData):
    """A condition something is used for: how well that is supported, and the same in a sentence."""

    name: str
    slug: Annotated[str, Field(description="What the condition is called in addresses and filters.")]
    codes: Annotated[tuple[CodeData, ...], Field(description="Empty where nobody has coded it.")]
    address: Annotated[str, Field(description="Of the condition's page; empty where there is none.")]
    evidence: EvidenceLevel | None
    statement: str


class SourceData(SheetData):
    """Where a statement comes from."""

    title: str
    url: str


class ProvenanceData(SheetData):
    """Who stands behind the sheet. ``banner`` and ``overdue_banner`` must be shown where they are not empty."""

    review_state: ReviewState
    review_words: str
    is_example: bool
    banner: Annotated[str, Field(description="That no clinician, or only its writer, has confirmed it; or empty.")]
    overdue_banner: Annotated[
        str, Field(description="That its review was missed by more than 90 days when it was asked for; or empty.")
    ]
    reviewed_on: date | None
    review_due: date | None
    author: str
    author_role: str
    reviewer: str
    reviewer_role: str
    who_it_is_for: str
    evidence_summary: str
    sources: tuple[SourceData, ...]


class PublicationData(SheetData):
    """Whose content it is, under which licence it may be used, and which version of it this is."""

    publisher: str
    licence: Annotated[str, Field(description="Of the content, such as “CC BY 4.0”; empty where none was given.")]
    licence_address: Annotated[str, Field(description="The whole address of the licence; empty where none was given.")]
    made_from: Annotated[str, Field(description="Whose words it was made from, such as a library's; or empty.")]
    made_from_address: Annotated[str, Field(description="The whole address of that; empty where none was given.")]
    version: Annotated[str, Field(description="Another one whenever anything the sheet says is another.")]
    date: Annotated[Day | None, Field(description="The day its words were published last; its notes may be newer.")]


Signs = Annotated[
    tuple[SignGroupData, ...],
    Field(min_length=1, description="Every serious note in short, in groups: before the first step."),
]

Safety = Annotated[
    tuple[NoteData, ...],
    Field(min_length=LEAST_NOTES, description="Every note in force, in reading order, in full."),
]


@never_lost("A safety note")
def notes_data(board: SafetyBoard, *, names_conditions: bool = False) -> tuple[NoteData, ...]:
    """Every note of a board, in reading order. Its conditions are named only where everybody may know them (SL11)."""
    label_of, lead_of = labels(board), leads(sign_card(board))
    return tuple(
        _note_data(item, label_of[str(item.key)], lead_of.get(item.key), board.language, names_conditions)
        for item in board
    )


@never_lost("The card of safety signs")
def signs_data(card: SignCard) -> tuple[SignGroupData, ...]:
    """The card "Before you start", group by group."""
    return tuple(
        SignGroupData(
            style=group.style,
            label=group.label,
            signs=tuple(
                SignData(words=sign.words, heading=each.heading, note_ids=sign.keys)
                for each in group.lists
                for sign in each.signs
            ),
        )
        for group in card.groups
    )


def asks_data(asks: Iterable[AskFirst]) -> tuple[AskFirstData, ...]:
    """Who should ask first, line by line."""
    return tuple(AskFirstData.of(ask) for ask in asks if ask.words)


def uses_data(conditions: Iterable[ConditionLink]) -> tuple[UseData, ...]:
    """What a page is used for, condition by condition."""
    return tuple(
        UseData(
            name=each.name,
            slug=each.slug,
            codes=tuple(CodeData(system=code.system, edition=code.edition, code=code.code) for code in each.codes),
            address=each.url,
            evidence=each.evidence,
            statement=each.statement,
        )
        for each in conditions
    )


def provenance_data(provenance: Provenance, today: date) -> ProvenanceData:
    """Who stands behind a sheet, and what is to be said of its review today."""
    return ProvenanceData(
        review_state=provenance.review_state,
        review_words=provenance.review_words,
        is_example=provenance.is_example,
        banner=provenance.banner,
        overdue_banner=provenance.freshness(today).banner,
        reviewed_on=provenance.reviewed_on,
        review_due=provenance.review_due,
        author=provenance.author,
        author_role=provenance.author_role,
        reviewer=provenance.reviewer,
        reviewer_role=provenance.reviewer_role,
        who_it_is_for=provenance.who_it_is_for,
        evidence_summary=provenance.evidence_summary,
        sources=tuple(SourceData(title=source.title, url=source.url) for source in provenance.sources),
    )


def _on_the_list(concerns: Iterable[str]) -> tuple[Concern, ...]:
    """Concerns the list has. One it does not have is no reason to give no data: the card passes over it too."""
    return tuple(Concern(concern) for concern in concerns if concern in Concern.values)


def _note_data(item: EffectiveNote, label: str, family: UUID | None, language: str, names_conditions: bool) -> NoteData:
    note = item.note
    return NoteData(
        id=item.key,
        tier=item.tier,
        label=label,
        words=item.words,
        what_to_do=note.what_to_do,
        in_short=note.in_short,
        family=family,
        concerns=_on_the_list(note.concerns),
        kind=note.kind,
        urgency=Urgency(item.urgency) if item.urgency else None,
        language=note.language or language,
        step=note.concerns_step,
        moment=note.moment,
        source=note.source,
        reasons=tuple(
            ReasonData(place=reason.place, value=_named(reason, names_conditions), brought_by=reason.brought_by)
            for reason in item.sorted_reasons
        ),
    )


def _named(reason: Reason, names_conditions: bool) -> str:
    """What it hangs on: never the number of a row, which means something to this database alone."""
    if reason.place is not PlaceKind.CONDITION:
        return reason.value
    return reason.name if names_conditions else ""
