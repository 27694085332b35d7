"""The ground floor's part of the admin, and what is asked before any page is served."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from clinical.admin import complaint_screen, desk, guide, review_on_form  # noqa: F401  (their hooks register themselves)
from clinical.admin.editing import GuardedPages, guarded_pages
from clinical.admin.live_audit_screen import MAY_ASK
from clinical.admin.permitted_menu import PermittedMenuItem
from clinical.admin.task_screen import MAY_LOOK_AFTER, tasks_warning
from clinical.admin.viewsets import ClinicalGroup
from clinical.models import ClinicalPage
from clinical.pages.visible import is_within_dates
from clinical.people.lost_devices import MAY_CONFIRM
from clinical.people.managing import SetActiveStateOfMany
from clinical.people.own_account import not_past_the_password
from clinical.people.own_profile import own_profile_panel
from clinical.people.second_factor_screens import second_factor_panel
from clinical.urls import admin_urlpatterns
from clinical.withdrawal.deleting import DeletePages, DeleteSnippets
from clinical.withdrawal.taking_off import TakeOffMany
from clinical.withdrawal.withdrawn_page import withdrawn_page
from clinical.words.characters import words_of_two_scripts

register_snippet(ClinicalGroup)


@hooks.register("register_admin_urls")
def screens() -> list[object]:
    """Withdrawing, and the list of withdrawals."""
    return admin_urlpatterns


class _LiveAuditItem(PermittedMenuItem):
    permission = MAY_ASK


class _AuditItem(PermittedMenuItem):
    permission = "clinical.view_auditentry"


class _FailedSignInsItem(PermittedMenuItem):
    permission = "clinical.view_failedsignin"


class _LostDevicesItem(PermittedMenuItem):
    permission = MAY_CONFIRM


class _TasksItem(PermittedMenuItem):
    permission = MAY_LOOK_AFTER


class _PeopleItem(PermittedMenuItem):
    permission = "clinical.invite_user"


hooks.register("before_edit_user", not_past_the_password)
hooks.register("register_account_settings_panel", own_profile_panel)
hooks.register("register_account_settings_panel", second_factor_panel)
# After the platform's own, whose place they take.
for action in (TakeOffMany, DeletePages, DeleteSnippets, SetActiveStateOfMany):
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("register_reports_menu_item")
def report_of_everything_live() -> MenuItem:
    """Among the reports: what should not be live as it is."""
    return _LiveAuditItem(_("Audit of everything live"), reverse("clinical_live_audit"), icon_name="tasks", order=100)


@hooks.register("register_reports_menu_item")
def audit_of_decisions() -> MenuItem:
    """Among the reports: who decided what, when and why."""
    return _AuditItem(_("Audit of decisions"), reverse("clinical_audit"), icon_name="history", order=110)


@hooks.register("register_reports_menu_item")
def failed_sign_ins() -> MenuItem:
    """Among the reports: whether somebody guesses passwords."""
    address = reverse("clinical_failed_sign_ins")
    return _FailedSignInsItem(_("Failed sign-ins"), address, icon_name="lock", order=120)


@hooks.register("register_reports_menu_item")
def lost_devices() -> MenuItem:
    """Among the reports: second factors that are to be removed, by two."""
    return _LostDevicesItem(_("Lost devices"), reverse("clinical_lost_devices"), icon_name="lock", order=125)


@hooks.register("register_reports_menu_item")
def background_tasks() -> MenuItem:
    """Among the reports: which e-mails and other tasks wait or were given up."""
    return _TasksItem(_("Background tasks"), reverse("clinical_tasks"), icon_name="mail", order=130)


@hooks.register("construct_homepage_panels")
def warn_of_tasks_nobody_does(request: HttpRequest, panels: list[Any]) -> None:
    """On the front of the admin, above all else."""
    if panel := tasks_warning(request):
        panels.insert(0, panel)


@hooks.register("register_admin_menu_item")
def people() -> MenuItem:
    """Who works here, for those who invite."""
    return _PeopleItem(_("People"), reverse("clinical_people"), icon_name="group", order=900)


@hooks.register("before_serve_page", order=-100)
def not_outside_its_dates(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """A page whose time has not come or is over is not there, whether or not the clock's job has run."""
    if not is_within_dates(page):
        raise Http404(_("This page is not shown at present."))


@hooks.register("before_serve_page", order=10)
def withdrawn_is_gone(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """Whatever is withdrawn answers 410 with the reason, on its own address and on every one below it."""
    if isinstance(page, ClinicalPage) and page.is_withdrawn():
        return withdrawn_page(request, page)
    return None


@hooks.register("before_serve_document", order=10)
def lost_document(document: Any, _request: HttpRequest) -> None:
    """404 where its file is lost, from whatever storage; the platform says so of folders alone."""
    try:
        document.file.open()
    except FileNotFoundError as lost:
        raise Http404 from lost


@hooks.register("register_admin_viewset", order=100)
def editors_of_pages() -> GuardedPages:
    """The editors that refuse to save over a version nobody has seen; registered after the platform's own."""
    return guarded_pages


@hooks.register("insert_global_admin_css")
def narrow_lists() -> SafeString:
    """Lists can be read on a phone."""
    return format_html('<link rel="stylesheet" href="{}">', static("clinical/admin.css"))


@hooks.register("insert_global_admin_js")
def start_widgets_script() -> SafeString:
    """Starts choosers, dates and rows by data, so that the policy can refuse every script in a page."""
    return format_html('<script type="module" src="{}"></script>', static("clinical/start_widgets.js"))


@hooks.register("insert_global_admin_js")
def keep_typed_script() -> SafeString:
    """Keeps what is typed until it is saved, and says so when it cannot be, because nobody is signed in any more."""
    return format_html('<script type="module" src="{}"></script>', static("clinical/keep_typed.js"))


@hooks.register("insert_editor_js")
def save_in_turn_script() -> SafeString:
    """Keeps a person's save and the editor's own from overtaking each other."""
    return format_html('<script type="module" src="{}"></script>', static("clinical/save_in_turn.js"))


@hooks.register("insert_editor_js")
def count_words_script() -> SafeString:
    """Says how long a short sign is while it is written."""
    return format_html('<script type="module" src="{}"></script>', static("clinical/count_words.js"))


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def point_out_two_alphabets(request: HttpRequest, thing: object) -> None:
    """A title with a letter of another alphabet that looks like one of its own: pointed out, since it may be meant.

    The editor's own saving, every few seconds, has no place to say it.
    """
    if not request.accepts("text/html"):
        return
    for word in words_of_two_scripts(str(thing)):
        told = _("“%s” mixes letters of two alphabets that look alike. If that was not meant, type the word again.")
        messages.warning(request, told % word)


@hooks.register("insert_global_admin_js")
def dialogs_script() -> SafeString:
    """Has dialogs keep what was ticked and which file was chosen, and names them."""
    return format_html('<script type="module" src="{}"></script>', static("clinical/dialogs.js"))


@hooks.register("insert_global_admin_js")
def not_now_script() -> SafeString:
    """Has dialogs say when something could not be saved now."""
    return format_html('<script type="module" src="{}"></script>', static("clinical/not_now.js"))
