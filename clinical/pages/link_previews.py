"""The card of a page: made when the page is published, kept under its digest, served for ever under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from clinical.outputs.answers import made_answer
from clinical.outputs.file_cache import Made, kept
from clinical.outputs.share_card import LinkPreview, ShareCard, card_png, link_preview

if TYPE_CHECKING:
    from uuid import UUID

A_YEAR = 31_536_000


class LinkPreviewMixin:
    """Mixed into a page that has a card. The page says what is on it and how a drawing is found."""

    if TYPE_CHECKING:
        content_key: UUID
        live: bool
        purpose: str

        def sheet(self) -> Any:
            """What the page gives."""

        def get_view_restrictions(self) -> Any:
            """What the page gives."""

        def share_card(self, sheet: Any) -> ShareCard:
            """What is on the card of this sheet."""

        def card_drawing(self, fingerprint: str) -> str:
            """A drawing for the card, or nothing where there is none."""

    def link_preview(self, request: HttpRequest, sheet: Any) -> LinkPreview:
        """What a message program is told about the page."""
        card = self.share_card(sheet)
        address = request.build_absolute_uri(sheet.url)
        return link_preview(card, sheet.purpose, address, f"{address}card.png?v={card.digest}")

    def card_answer(self, request: HttpRequest) -> HttpResponse:
        """The picture. Under the digest of what is on it, it never changes, so whoever has it need not ask again."""
        card = self.share_card(self.sheet())
        is_restricted = self.get_view_restrictions().exists()
        made = card_png(card, self.card_drawing) if is_restricted else self._kept_card(card)
        response = made_answer(made, "image/png")
        if request.GET.get("v") == card.digest and not is_restricted and not made.lacking:
            patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
        return response

    def follow_up(self, *, whole: bool) -> None:
        """The card of a live page is made once everything is written, and never keeps it from being live."""
        super().follow_up(whole=whole)  # type: ignore[misc]  # mixed into a page
        if self.live and whole:
            transaction.on_commit(self._make_card, robust=True)

    def _make_card(self) -> None:
        if not self.get_view_restrictions().exists():
            self._kept_card(self.share_card(self.sheet()))

    def _kept_card(self, card: ShareCard) -> Made:
        return kept(f"cards/{self.content_key}", card.digest, ".png", lambda: card_png(card, self.card_drawing))
