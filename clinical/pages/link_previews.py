"""The card of a page: made when the page is published, kept under its digest, served for ever under it."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from clinical.addresses import whole_address
from clinical.outputs.answers import made_answer
from clinical.outputs.file_cache import Made, kept
from clinical.outputs.share_card import LinkPreview, ShareCard, card_png, link_preview
from clinical.safety.sheet import Provenance

A_YEAR = 31_536_000


class Carded(Protocol):
    """A page that has a card. It says what is on it and how a drawing is found."""

    content_key: UUID
    purpose: str

    def sheet(self) -> Any:
        """What it shows."""

    def get_view_restrictions(self) -> Any:
        """Who may see it."""

    def share_card(self, sheet: Any) -> ShareCard:
        """What is on the card of this sheet."""

    def card_drawing(self, fingerprint: str) -> str:
        """A drawing for the card, or nothing where there is none."""


def preview_of(page: Carded, request: HttpRequest, sheet: Any) -> LinkPreview:
    """What a message program is told about the page."""
    card = page.share_card(sheet)
    address = whole_address(request, sheet.url)
    said = " ".join(part for part in (sheet.purpose, _checked(sheet.provenance)) if part)
    return link_preview(card, said, address, f"{address}card.png?v={card.digest}")


def _checked(provenance: Provenance) -> str:
    """That the same person wrote and checked it, as a sentence; an example's banner stands on the page."""
    return "" if provenance.is_example or not provenance.banner else f"{provenance.banner}."


def card_answer(page: Carded, request: HttpRequest) -> HttpResponse:
    """The picture. Under the digest of what is on it, it never changes, so whoever has it need not ask again."""
    card = page.share_card(page.sheet())
    is_restricted = page.get_view_restrictions().exists()
    made = card_png(card, page.card_drawing) if is_restricted else _kept_card(page, card)
    response = made_answer(made, "image/png")
    if request.GET.get("v") == card.digest and not is_restricted and not made.lacking:
        patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response


def make_card_later(page: Carded) -> None:
    """Make the card of a page that went live once everything is written; it never keeps it from being live."""

    def make_card() -> None:
        if not page.get_view_restrictions().exists():
            _kept_card(page, page.share_card(page.sheet()))

    transaction.on_commit(make_card, robust=True)


def _kept_card(page: Carded, card: ShareCard) -> Made:
    return kept(f"cards/{page.content_key}", card.digest, ".png", lambda: card_png(card, page.card_drawing))
