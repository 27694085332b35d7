"""The admin's start page: what is done most often, then what concerns whoever sits down at it.

It is made of the platform's panels for its front page. Each app adds its own by the platform's hook; the platform's
panels, whose queries grow with what waits, give way to these. A panel with nothing in it says what it is for.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.ui.components import Component

from clinical.admin.proposal_screens import MAY_DECIDE, ProposalsPanel
from clinical.people.inviting import MAY_INVITE
from clinical.review import own_work
from clinical.review.waiting_reviews import waiting_for
from clinical.withdrawal.withdrawal_screens import MAY_LIFT, MAY_LOOK

#: The platform's own panels that ours stand in for.
REPLACED = {"workflow_objects_to_moderate", "user_objects_in_workflow_moderation", "recent_edits", "locked_pages"}
#: What only those may who decide about what colleagues write.
MAY_APPROVE = "clinical.set_tier"


class DraftsPanel(Component):
    """My drafts, and what was said about them."""

    name = "own_drafts"
    order = 30
    template_name = "clinical/admin/desk/drafts.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What came back changed, and the newest few of the others."""
        person, most = parent_context["request"].user, own_work.MOST_NAMED
        corrected = own_work.corrected_for(person)
        named = {each.form for each in corrected}
        drafts = [draft for draft in own_work.own_drafts(person) if draft.address not in named]
        return {
            "drafts": drafts[:most],
            "are_more": len(drafts) > most,
            "corrected": corrected[:most],
            "more_corrected": len(corrected[most:]),
        }


class WaitingPanel(Component):
    """What waits for this person's decision: reviews, and withdrawals by two."""

    name = "waiting"
    order = 40
    template_name = "clinical/admin/desk/waiting.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The few that have waited longest."""
        person = parent_context["request"].user
        (steps, are_more), most = waiting_for(person), own_work.MOST_NAMED
        withdrawals = own_work.withdrawals_waiting_for(person)[:most] if person.has_perm(MAY_LIFT) else []
        return {"steps": steps[:most], "are_more": are_more or len(steps) > most, "withdrawals": withdrawals}


class ReviewDuePanel(Component):
    """What of mine should be read again soon."""

    name = "review_due"
    order = 60
    template_name = "clinical/admin/desk/review_due.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Those that are longest overdue, and how many there are."""
        due = own_work.own_reviews_due(parent_context["request"].user)
        return {"due": due[: own_work.MOST_NAMED], "number": len(due)}


class WithdrawnPanel(Component):
    """What is withdrawn, and what of mine it touches."""

    name = "withdrawn"
    order = 70
    template_name = "clinical/admin/desk/withdrawn.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The newest few."""
        person = parent_context["request"].user
        found, most = own_work.withdrawn_from(person), own_work.MOST_NAMED
        return {"withdrawn": found[:most], "number": len(found), "may_look": person.has_perm(MAY_LOOK)}


class ManagingPanel(Component):
    """Where to go for whoever keeps the accounts, and writes nothing."""

    name = "managing"
    order = 20
    template_name = "clinical/admin/desk/managing.html"


@hooks.register("construct_homepage_panels", order=-10)
def set_the_desk(request: HttpRequest, panels: list[Any]) -> None:
    """The platform's panels give way to ours; nobody has one about what they may not do."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in REPLACED]
    person: Any = request.user
    if user_has_any_page_permission(person):
        panels += [DraftsPanel(), ReviewDuePanel(), WithdrawnPanel()]
    if person.has_perm(MAY_APPROVE):
        panels.append(WaitingPanel())
    if person.has_perm(MAY_DECIDE):
        panels.append(ProposalsPanel())
    if person.has_perm(MAY_INVITE) and not person.is_superuser:
        panels.append(ManagingPanel())


@hooks.register("construct_homepage_summary_items", order=100)
def no_counts_of_the_platform(request: HttpRequest, items: list[Any]) -> None:
    """How many pages, pictures and files there are helps nobody at work."""
    items.clear()
