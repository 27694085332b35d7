"""Where the admin offers to withdraw something, and to read the list of withdrawals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from clinical.admin.conflict_screens import MAY_ASK
from clinical.admin.proposal_screens import MAY_PROPOSE
from clinical.models import ClinicalPage, SafetyNote
from clinical.withdrawal.withdrawal_screens import MAY_LOOK, MAY_WITHDRAW

#: Whoever writes exercises and routines writes notes.
MAY_WRITE_NOTES = "clinical.add_safetynote"


class WithdrawalsMenuItem(MenuItem):
    """The list of withdrawals, for whoever may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Only to them."""
        return bool(request.user.has_perm(MAY_LOOK))


@hooks.register("register_reports_menu_item")
def withdrawals_menu_item() -> MenuItem:
    """Among the reports."""
    return WithdrawalsMenuItem(
        _("Withdrawals"), reverse("clinical_withdrawals"), name="withdrawals", icon_name="warning", order=100
    )


class ReviewsMenuItem(MenuItem):
    """What is due for review, for everybody who writes."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Only to them."""
        return bool(request.user.has_perm(MAY_WRITE_NOTES))


@hooks.register("register_reports_menu_item")
def reviews_menu_item() -> MenuItem:
    """Among the reports."""
    return ReviewsMenuItem(
        _("Reviews due"), reverse("clinical_reviews"), name="reviews-due", icon_name="time", order=110
    )


@hooks.register("register_reports_menu_item")
def note_reviews_menu_item() -> MenuItem:
    """Beside them, the same for safety notes."""
    return ReviewsMenuItem(
        _("Safety notes to review"), reverse("clinical_note_reviews"), name="note-reviews", icon_name="time", order=115
    )


class ProposalsMenuItem(MenuItem):
    """The list of proposed changes, for whoever may propose one."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Only to them."""
        return bool(request.user.has_perm(MAY_PROPOSE))


@hooks.register("register_reports_menu_item")
def proposals_menu_item() -> MenuItem:
    """Among the reports: what somebody wants to be called or described otherwise."""
    return ProposalsMenuItem(
        _("Proposed changes"), reverse("clinical_proposals"), name="proposed-changes", icon_name="edit", order=105
    )


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def withdraw_page(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """In a page's menu, in its listing and above its form."""
    if page.pk and issubclass(page.specific_class or Page, ClinicalPage) and user.has_perm(MAY_WITHDRAW):
        address = reverse("clinical_withdraw_page", args=[page.pk])
        # Before Delete and Unpublish, which tell nobody why.
        yield Button(_("Withdraw"), url=address, icon_name="warning", priority=9)


@hooks.register("register_page_header_buttons")
def conflicts_of_page(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """Above a page's form: what on it contradicts itself, and how two people may decide."""
    if page.pk and issubclass(page.specific_class or Page, ClinicalPage) and user.has_perm(MAY_ASK):
        yield Button(
            _("Conflicts"), url=reverse("clinical_conflicts", args=[page.pk]), icon_name="warning", priority=68
        )


@hooks.register("register_snippet_listing_buttons")
def withdraw_note(note: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """In a note's menu in its listing."""
    if isinstance(note, SafetyNote) and user.has_perm(MAY_WITHDRAW):
        yield withdraw_note_button(note)


def withdraw_note_button(note: SafetyNote) -> Button:
    """The same above a note's form."""
    address = reverse("clinical_withdraw_note", args=[note.pk])
    return Button(_("Withdraw"), url=address, icon_name="warning", priority=70)
