"""The background tasks that wait or were given up, for those who look after the service, and a warning on the front."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinical.background import queue
from clinical.background.heartbeats import heartbeats, to_look_at

MAY_LOOK_AFTER = "django_tasks_database.change_dbtaskresult"
#: So many are named, the oldest first; all are counted.
MOST_NAMED = 100


class Tasks(WagtailAdminTemplateMixin, TemplateView):
    """What waits and what was given up, why, and another attempt at it."""

    template_name = "clinical/admin/tasks.html"
    page_title = gettext_lazy("Background tasks")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn everybody else away: who was written to is nobody else's business."""
        if not request.user.has_perm(MAY_LOOK_AFTER):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Itself, below the front."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In three queries, however many there are."""
        tasks = [(task, queue.about(task), len(task.worker_ids)) for task in queue.unfinished()[:MOST_NAMED]]
        now = timezone.now()
        commands = [(each, each.is_late(now)) for each in heartbeats()]
        told = {"tasks": tasks, "state": queue.state(), "commands": commands}
        return {**super().get_context_data(**kwargs), **told}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try one again, or all there are; or remove one."""
        if key := request.POST.get("try"):
            changed = queue.try_again() if key == "all" else queue.try_again(key)
            said = ngettext("%d task is tried again now.", "%d tasks are tried again now.", changed)
        elif key := request.POST.get("remove"):
            changed = queue.remove(key)
            said = ngettext("%d task was removed.", "%d tasks were removed.", changed)
        else:
            raise ValidationError(_("Say what to do with the task: try it again or remove it."))
        messages.success(request, said % changed)
        return HttpResponseRedirect(reverse("clinical_tasks"))


class TasksWarning(Component):
    """On the front of the admin, when no worker is running, something was given up, or a regular command is late."""

    template_name = "clinical/admin/tasks_warning.html"
    order = 1

    def __init__(self, state: queue.QueueState, commands: list[str]) -> None:
        self.state, self.commands = state, commands

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """What stands in it."""
        return {"state": self.state, "to_look_at": ", ".join(self.commands)}


def tasks_warning(request: HttpRequest) -> TasksWarning | None:
    """The warning, for those who can do something about it, when there is one."""
    if not request.user.has_perm(MAY_LOOK_AFTER):
        return None
    state, commands = queue.state(), to_look_at()
    return None if state.is_well and not commands else TasksWarning(state, commands)
