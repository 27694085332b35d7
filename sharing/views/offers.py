"""What a practitioner chooses from while a programme is put together: exercises, whole routines, templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, Max, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clinical.admin.listings import found_by
from clinical.pages.cards import Card, Catalogue
from clinical.pages.catalogues import catalogue
from clinical.pages.favourites import favourites_of
from clinical.pages.listed import listed_cards
from clinical.people.accounts import User
from clinical.words.characters import readable
from exercises import assembly
from exercises.models import ExercisePage
from exercises.models.facets import main_rules
from exercises.models.ingredients import CARD_COLUMNS
from routines.models import RoutinePage
from sharing.models import Programme

#: Few enough to be looked over, and to come at once.
OFFERS_PER_PAGE = 12
#: A longer question is a mistake or an attack.
LONGEST_QUERY = 200
#: Where to choose from, by the word in the address.
SOURCES = {
    "": _("All exercises"),
    "favourites": _("My favourites"),
    "recent": _("Recently used"),
    "routines": _("Routines"),
    "favourite-routines": _("My favourite routines"),
    "templates": _("Templates"),
}


@dataclass(frozen=True)
class Offer:
    """One thing that may be added: which button sends it, its key, its card, and how much of it is usual."""

    button: str
    pk: int
    card: Card
    dosage: str
    is_own: bool = False


def offers(asked: QueryDict, locale_id: int, person: User) -> Catalogue:
    """What fits what was asked, a page of it. The queries do not grow with it."""
    words = readable(asked.get("q", "")[:LONGEST_QUERY])
    source = asked.get("from", "")
    if source == "templates":
        return _templates(asked, locale_id, person, words)
    starred = Q(pk__in=favourites_of(person).values("page")) if source.startswith("favourite") else Q()
    if source in {"routines", "favourite-routines"}:
        shown: Any = RoutinePage.listed().filter(starred, locale_id=locale_id).order_by("title")
        return _catalogue(shown, asked, words, _routine_offer)
    exercises: Any = ExercisePage.objects.shown().filter(starred, locale_id=locale_id).order_by("title")
    if source == "recent":
        own = Q(share_link_items__link__created_by=person)
        used = Max("share_link_items__link__created_at", filter=own)
        exercises = exercises.filter(own).annotate(used=used).order_by("-used", "title")
        exercises = ExercisePage.objects.filter(pk__in=exercises.values("pk")) if words else exercises
    return _catalogue(exercises.only(*CARD_COLUMNS), asked, words, _exercise_offer)


def _catalogue(shown: Any, asked: QueryDict, words: str, offer: Callable[[Any], Offer]) -> Catalogue:
    make = cast("Any", offer)
    return catalogue(
        shown,
        asked,
        main_rules() if offer is _exercise_offer else [],
        lambda found: listed_cards(found, make),
        OFFERS_PER_PAGE,
        find=lambda narrowed: _found(narrowed, words) if words else narrowed,
    )


def _found(narrowed: Any, words: str) -> Any:
    """What the public search finds, the best first; where it finds nothing, titles by the letters typed."""
    found = narrowed.search(words)
    return found if found.count() else narrowed.filter(pk__in=found_by(words, narrowed.model))


def _exercise_offer(exercise: ExercisePage) -> Offer:
    return Offer("add", exercise.pk, assembly.card(exercise), assembly.dosage_line(exercise))


def _routine_offer(routine: RoutinePage) -> Offer:
    count = len(routine.items.all())
    words = ngettext("%d exercise", "%d exercises", count) % count
    return Offer("add_routine", routine.pk, routine.card(), words)


def _templates(asked: QueryDict, locale_id: int, person: User, words: str) -> Catalogue:
    kept = Programme.objects.kept_for(person).filter(locale_id=locale_id, kept_as__icontains=words)
    kept = kept.annotate(count=Count("items"))
    own = set(Programme.objects.forgettable_by(person).values_list("pk", flat=True))

    def make(found: list[Any]) -> Any:
        return tuple(_template_offer(template, is_own=template.pk in own) for template in found)

    return catalogue(kept, asked, [], make, OFFERS_PER_PAGE)


def _template_offer(template: Any, *, is_own: bool) -> Offer:
    words = ngettext("%d exercise", "%d exercises", template.count) % template.count
    card = Card(title=template.kept_as, url="", purpose="", kind="routine")
    return Offer("add_template", template.pk, card, words, is_own=is_own)
