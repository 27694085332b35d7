"""A review on the form that is reviewed: Approve as a button of its own, and what a reviewer remarked above it all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages as platform_messages
from wagtail.models import WorkflowState

from clinical.models import ClinicalPage, ClinicalReviewStep, SafetyNote, Withdrawal
from clinical.publishing.review_policy import one_person_may_approve
from clinical.review.corrections import own_changes
from clinical.review.own_work import name_of
from clinical.withdrawal.withdrawal_screens import MAY_LOOK

#: What is the button itself, where somebody may.
_FIRST = ("approve", "correct")


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu")
def approve_first(items: list[Any], request: HttpRequest, context: Any) -> None:
    """Whoever may approve, or send back what they changed, has that as the button they see; the rest is in the menu."""
    items.sort(key=lambda item: _FIRST.index(item.name) if item.name in _FIRST else len(_FIRST))


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def withdrawn_on_form(request: HttpRequest, thing: Any) -> None:
    """That it is withdrawn, why, and where that is decided: otherwise it looks like a draft that may be published."""
    if request.method != "GET" or not isinstance(thing, (ClinicalPage, SafetyNote)) or thing.live:
        return
    withdrawal = Withdrawal.objects.open().filter(content_key=thing.content_key).first()
    if withdrawal is None:
        return
    told = _("Withdrawn on %(day)s: %(reason)s") % {
        "day": date_format(timezone.localtime(withdrawal.in_force_at), "j F Y"),
        "reason": withdrawal.reason,
    }
    address = reverse("clinical_withdrawal", args=[withdrawal.pk])
    buttons = [platform_messages.button(address, _("The withdrawal"))] if request.user.has_perm(MAY_LOOK) else None
    platform_messages.warning(request, told, buttons=buttons)


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def remark_on_form(request: HttpRequest, thing: Any) -> None:
    """What has to be changed, in the words of whoever asked for it, until it is submitted again."""
    state = getattr(thing, "current_workflow_state", None)
    if request.method != "GET" or state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    step = state.current_task_state
    person = step.finished_by
    who = name_of(person) or _("A colleague")
    asked = _("%(who)s asks for changes: %(remark)s") if step.comment else _("%(who)s asks for changes.")
    messages.warning(request, asked % {"who": who, "remark": step.comment})


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def correction_on_form(request: HttpRequest, thing: Any) -> None:
    """That a reviewer changed some of it, and where whoever wrote it accepts that."""
    step = getattr(thing, "current_workflow_task_state", None)
    if request.method != "GET" or not isinstance(step, ClinicalReviewStep):
        return
    if not step.corrected_by_id or step.why_it_does_not_stand():
        _say_what_to_do_with_own_changes(request, thing)
        return
    told = _("%s changed some of it, and whoever wrote it may accept that.") % name_of(step.corrected_by)
    address = reverse("clinical_correction", args=[step.pk])
    platform_messages.info(request, told, buttons=[platform_messages.button(address, _("Read the changes"))])


def _say_what_to_do_with_own_changes(request: HttpRequest, thing: Any) -> None:
    """To a reviewer who has changed some of it: they approve it no more, and need not."""
    newest = thing.get_latest_revision()
    is_own = newest is not None and newest.user_id == request.user.pk
    if is_own and not one_person_may_approve() and own_changes(newest):
        told = _("You changed some of it, so you approve it no more: press “Send my changes to the author”.")
        messages.info(request, told)
