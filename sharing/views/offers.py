"""What a practitioner chooses from while a programme is put together: the catalogue, searched and narrowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.http import QueryDict

from clinical.pages.cards import Card, Catalogue
from clinical.pages.catalogues import catalogue
from clinical.pages.listed import listed_cards
from clinical.words.characters import readable
from exercises import assembly
from exercises.models import ExercisePage
from exercises.models.indexes import facet_rules
from exercises.models.ingredients import CARD_COLUMNS

#: Few enough to be looked over, and to come at once.
OFFERS_PER_PAGE = 12
#: A longer question is a mistake or an attack.
LONGEST_QUERY = 200


@dataclass(frozen=True)
class Offer:
    """One exercise that may be added: its key, its card, and how much of it is usual."""

    pk: int
    card: Card
    dosage: str


def offers(asked: QueryDict, locale_id: int) -> Catalogue:
    """The exercises that fit what was asked, a page of them. The queries do not grow with them."""
    shown = ExercisePage.objects.shown().filter(locale_id=locale_id).order_by("title").only(*CARD_COLUMNS)
    words = readable(asked.get("q", "")[:LONGEST_QUERY])
    return catalogue(
        shown,
        asked,
        facet_rules(),
        lambda found: cast("Any", listed_cards(found, cast("Any", _offer))),
        OFFERS_PER_PAGE,
        find=lambda narrowed: cast("Any", narrowed).search(words) if words else narrowed,
    )


def _offer(exercise: ExercisePage) -> Offer:
    return Offer(exercise.pk, assembly.card(exercise), assembly.dosage_line(exercise))
