"""A condition's hub as a value: what its page shows, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from clinical.addresses import hub_address
from clinical.outputs.signs import SignCard, sign_card
from clinical.pages.cards import Card
from clinical.pages.listed import listed_cards
from clinical.publishing.blocks import prose
from clinical.safety.sheet import ProseBlock, Provenance, SafetyBoard
from clinical.words.choices import ReviewState
from exercises import assembly as exercise_assembly
from exercises.models import ExercisePage
from routines import assembly as routine_assembly
from routines.models import RoutinePage
from routines.models.indexes import with_items

#: A condition's page, as a record. It knows this module, so its class is not named here.
HubPage: TypeAlias = Any

#: More than this belongs into the catalogue, filtered by the condition.
MOST_CARDS = 24


@dataclass(frozen=True, kw_only=True)
class RightNow:
    """What to do right now: a question, its steps, an exercise to follow, what to do after, where sources differ."""

    title: str
    steps: tuple[str, ...]
    exercise: str = ""
    url: str = ""
    afterwards: str = ""
    sources: str = ""


@dataclass(frozen=True, kw_only=True)
class Hub:
    """One condition's page as its readers see it. It cannot be made without its ``safety`` board."""

    title: str
    url: str
    language: str
    name: str
    slug: str
    purpose: str
    safety: SafetyBoard
    provenance: Provenance
    what_it_is: tuple[ProseBlock, ...]
    what_helps: tuple[ProseBlock, ...]
    aliases: tuple[str, ...]
    dos: tuple[str, ...]
    donts: tuple[str, ...]
    routines: tuple[Card, ...]
    exercises: tuple[Card, ...]
    right_now: RightNow | None = None

    @property
    def signs(self) -> SignCard:
        """The card at the head of the page: every serious note in short."""
        return sign_card(self.safety, self.provenance.check_first)


def hub_of(page: HubPage) -> Hub:
    """The hub of a page, saved or in preview."""
    condition = page.condition if page.condition_id else None
    slug = condition.slug if condition else ""
    routines = with_items(RoutinePage.objects.shown().filter(locale_id=page.locale_id).helping_with(slug))
    exercises = ExercisePage.objects.shown().filter(locale_id=page.locale_id).helping_with(slug)
    return Hub(
        title=page.title,
        url=hub_address(page.slug),
        language=page.language,
        name=condition.name if condition else page.title,
        slug=slug,
        purpose=page.purpose,
        safety=page.board(),
        provenance=page.provenance(),
        what_it_is=prose(page.what_it_is),
        what_helps=prose(page.what_helps),
        aliases=condition.alias_list if condition else (),
        dos=page.do_list,
        donts=page.dont_list,
        routines=listed_cards(routines.order_by("title")[:MOST_CARDS], routine_assembly.card),
        right_now=page.right_now(),
        exercises=listed_cards(exercises.order_by("title")[:MOST_CARDS], exercise_assembly.card),
    )


def card(page: HubPage) -> Card:
    """The hub in a list."""
    return Card(
        title=page.title,
        url=hub_address(page.slug),
        purpose=page.purpose,
        kind="condition",
        region=page.pictured,
        is_example=page.review_state == ReviewState.UNREVIEWED,
    )
