"""A review on the form that is reviewed: Approve as a button of its own, and what a reviewer remarked above it all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import WorkflowState


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def approve_first(items: list[Any], request: HttpRequest, context: Any) -> None:
    """Whoever may approve has it as the button they see; saving a draft is in the menu beside it."""
    items.sort(key=lambda item: item.name != "approve")


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def remark_on_form(request: HttpRequest, thing: Any) -> None:
    """What has to be changed, in the words of whoever asked for it, until it is submitted again."""
    state = getattr(thing, "current_workflow_state", None)
    if request.method != "GET" or state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    step = state.current_task_state
    person = step.finished_by
    who = (person.get_full_name() or person.get_username()) if person else _("A colleague")
    asked = _("%(who)s asks for changes: %(remark)s") if step.comment else _("%(who)s asks for changes.")
    messages.warning(request, asked % {"who": who, "remark": step.comment})
