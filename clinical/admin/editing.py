"""No lost update: whoever saves over a version they have not seen is refused, keeps what they typed, and is told.

The platform asks only its own autosave which version was opened. Here every save is asked (R-C1): pages, notes, and
what keeps no versions; a request that does not say counts as stale. The question and the writing are under one lock,
since a request to the admin that writes is one transaction (``clinical.middleware.WritesAreWhole``) and the row is held
in it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView as PageEditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView as PageRevertView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import ModelLogEntry, Page, Revision
from wagtail.snippets.views.snippets import EditView as SnippetEditView

from clinical.admin.bringing_back import BRING_BACK, AddPage, BringsBackMixin
from clinical.admin.page_search import SearchPages
from clinical.admin.sent_on import LandsAtTheDeskMixin, SaysWhatWasDecidedMixin
from clinical.outputs.answers import row_number
from clinical.publishing.fingerprints import state_of
from clinical.publishing.stale_saves import OPENED
from clinical.review.places import compared_in_places
from clinical.withdrawal.deleting import DeletePage
from clinical.withdrawal.taking_off import TakeOffPage

#: The box to tick, by name: it holds the version the person has been shown and means to replace.
REPLACES = "replaces_version"


def hold(model: type[Any], pk: Any) -> None:
    """Keep everybody else from this row until the transaction ends. SQLite holds the whole database then anyway."""
    list(model._base_manager.select_for_update().filter(pk=pk).values_list("pk"))


def version_of(revision: Revision) -> str:
    """What tells one state of a version from another: autosave writes over a version without changing its number."""
    return f"{revision.pk} {revision.created_at.isoformat()}"


@dataclass(frozen=True)
class Overtaken:
    """What the person who came second is shown: who was first, when, and what they changed, field by field."""

    who: str
    when: datetime
    is_live: bool
    changes: list[Any]
    is_against_yours: bool
    comparison_url: str
    version: str


def _carrying_its_version(response: HttpResponse) -> HttpResponse:
    """An answer to autosave that tells the open form which version it now holds.

    The platform's script keeps that to itself; the form would be refused later for what it had saved on its own.
    """
    data = json.loads(response.content)
    if data.get("success") and "revision_id" in data:
        seen = {"loaded_revision_id": data["revision_id"], "loaded_revision_created_at": data["revision_created_at"]}
        data["field_updates"] = {**data.get("field_updates", {}), **seen}
        response.content = json.dumps(data).encode()
    return response


class RefuseStaleSaveMixin(BringsBackMixin):
    """For the platform's edit views of pages and of snippets: a save over an unseen version answers 409."""

    is_refused = False

    @cached_property
    def is_out_of_date(self) -> bool:
        """Whether the form was filled in looking at another version than the newest."""
        newest, posted = self.latest_revision, self.request.POST
        if not newest or posted.get(REPLACES) == version_of(newest):
            return False
        if not posted.get("loaded_revision_id") and not posted.get("overwrite_revision_id"):
            return True
        return bool(super().is_out_of_date)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, unless somebody else has since; autosave is answered by the platform in its own words."""
        if self.expects_json_response and "workflow-action-name" in request.POST:
            return self._too_late()
        if self.is_out_of_date and not self.expects_json_response and not self._brings_back_its_own():
            return self.refuse()
        response = super().post(request, *args, **kwargs)
        return _carrying_its_version(response) if self.expects_json_response else response

    def _brings_back_its_own(self) -> bool:
        """What is brought back was typed before a save of this person's own: one whose answer never came.

        Nothing is written by it, and the form it is answered with has seen that save.
        """
        asked = row_number(self.request.POST.get("loaded_revision_id", ""))
        if BRING_BACK not in self.request.POST or asked is None:
            return False
        since = self._versions(self.latest_revision).filter(pk__gt=asked).values_list("user", flat=True)
        return {*since, self.latest_revision.user_id} == {self.request.user.pk}

    def _too_late(self) -> HttpResponse:
        """The form has been sent to approve, or to send back: what the editor saves by itself after that is not kept.

        It would be a draft in the name of whoever approved, who could then approve nothing of it any more.
        """
        return self.json_error_response("not_saved", _("The form has been sent already."))

    def refuse(self) -> HttpResponse:
        """The form again as it was typed, with what was changed meanwhile above it. Nothing is written."""
        self.is_refused = True
        self.autosave_enabled = False
        # Found out first: looking at the form puts what was typed on the object.
        newest = self.latest_revision
        self.form = self.typed_form()
        self.form.defer_required_fields()
        is_readable = self.form.is_valid()
        self.form.restore_required_fields()
        typed = self.form.save(commit=False) if is_readable else None
        self.has_unsaved_changes = True
        self.overtaken = self._overtaken(newest, typed)
        messages.error(self.request, _("Not saved. %s saved another version meanwhile.") % self.overtaken.who)
        context = self.get_context_data()
        # The form must not pass for one that has seen the newest version; only the ticked box says so.
        context.update(loaded_revision_created_at="", autosave_enabled=False, overtaken=self.overtaken, box=REPLACES)
        return self.render_to_response(context, status=409)

    def _overtaken(self, newest: Revision, typed: Any) -> Overtaken:
        opened = self._opened(newest)
        theirs = newest.as_object()
        pair = (opened.as_object(), theirs) if opened else (theirs, typed) if typed else None
        return Overtaken(
            who=self._people_since(opened, newest),
            when=newest.created_at,
            is_live=getattr(newest.content_object, "live_revision_id", None) == newest.pk,
            changes=self._changes(*pair) if pair else [],
            is_against_yours=opened is None,
            comparison_url=self.comparison_url(opened, newest) if opened else "",
            version=version_of(newest),
        )

    def _opened(self, newest: Revision) -> Revision | None:
        """The version the person had before them; unknown when they did not say, or autosave has written over it."""
        posted = self.request.POST
        asked = row_number(posted.get("overwrite_revision_id") or posted.get("loaded_revision_id", ""))
        if asked is None or asked == newest.pk:
            return None
        return self._versions(newest).filter(pk=asked).first()

    def _versions(self, newest: Revision) -> Any:
        return Revision.objects.filter(
            base_content_type_id=newest.base_content_type_id, object_id=newest.object_id
        ).select_related("user")

    def _people_since(self, opened: Revision | None, newest: Revision) -> str:
        versions = self._versions(newest).filter(pk__gt=opened.pk) if opened else [newest]
        names = {(version.user.get_full_name() or version.user.get_username()) for version in versions if version.user}
        return get_text_list(sorted(names), _("and")) or str(_("Somebody"))

    def _changes(self, before: Any, after: Any) -> list[Any]:
        panel = self.comparing_panel().get_bound_panel(instance=after, request=self.request, form=None)
        compared = compared_in_places(compare(before, after) for compare in panel.get_comparison())
        return [comparison for comparison in compared if comparison.has_changed()]

    def get_template_names(self) -> list[str]:
        """The refusal's template; else the platform's."""
        if self.is_refused:
            return [self.refusal_template_name]
        return super().get_template_names()


class _PageSaveMixin(RefuseStaleSaveMixin):
    refusal_template_name = "clinical/stale_page.html"

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        """Answer; one that writes holds the page first."""
        if request.method == "POST":
            hold(Page, page_id)
        return super().dispatch(request, page_id, **kwargs)

    def typed_form(self: Any) -> Any:
        """The form with what was typed."""
        return self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )

    def comparing_panel(self: Any) -> Any:
        """The panels of the editor, which know how to compare."""
        return self.edit_handler

    def comparison_url(self: Any, opened: Revision, newest: Revision) -> str:
        """Where the two versions stand side by side."""
        return reverse("wagtailadmin_pages:revisions_compare", args=[self.page.pk, opened.pk, newest.pk])


class EditPage(LandsAtTheDeskMixin, SaysWhatWasDecidedMixin, _PageSaveMixin, PageEditView):
    """The editor of any page."""


class RevertPage(_PageSaveMixin, PageRevertView):
    """The editor of any page, filled in from an older version."""


class EditSnippet(SaysWhatWasDecidedMixin, RefuseStaleSaveMixin, SnippetEditView):
    """The editor of a snippet with versions; going back to an older one is made from it by the platform."""

    refusal_template_name = "clinical/stale_snippet.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Get ready; one that writes holds the row first."""
        if request.method == "POST":
            hold(self.model, kwargs.get("pk", args[0] if args else None))
        super().setup(request, *args, **kwargs)

    def save_instance(self) -> Any:
        """Save; a decision about a review by somebody who has changed nothing makes no version.

        The platform holds to that for pages only: whoever approved a note had written it, by the version it made.
        """
        if self.action == "workflow-action" and not self.form.has_changed():
            self.new_revision = None
            return self.form.instance
        return super().save_instance()

    def typed_form(self) -> Any:
        """The form with what was typed."""
        return self.get_form()

    def comparing_panel(self) -> Any:
        """The panels of the editor, which know how to compare."""
        return self.panel

    def comparison_url(self, opened: Revision, newest: Revision) -> str:
        """Where the two versions stand side by side."""
        return reverse(self.revisions_compare_url_name, args=[self.object.pk, opened.pk, newest.pk])


class EditPlainSnippet(EditSnippet):
    """The editor of a snippet without versions, whose form carries what it was opened with."""

    @cached_property
    def is_out_of_date(self) -> bool:
        """Whether the form was filled in looking at something else than what is stored."""
        return self._stored_state not in (self.request.POST.get(OPENED), self.request.POST.get(REPLACES))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, unless somebody else has since."""
        return self.refuse() if self.is_out_of_date else super().post(request, *args, **kwargs)

    @cached_property
    def _stored_state(self) -> str:
        return state_of(self._stored())

    def _stored(self) -> Any:
        """As it stands in the tables; what is typed is put on another object."""
        return self.model._base_manager.get(pk=self.object.pk)

    def _overtaken(self, newest: Any, typed: Any) -> Overtaken:
        last = ModelLogEntry.objects.for_instance(self.object).select_related("user").order_by("-timestamp").first()
        who = last.user if last else None
        return Overtaken(
            who=(who.get_full_name() or who.get_username()) if who else str(_("Somebody")),
            when=last.timestamp if last else timezone.now(),
            is_live=True,
            changes=self._changes(self._stored(), typed) if typed else [],
            is_against_yours=True,
            comparison_url="",
            version=self._stored_state,
        )


class GuardedPages(PageViewSet):
    """The platform's screens for every kind of page, with these editors."""

    add_view_class = AddPage
    edit_view_class = EditPage
    revisions_revert_view_class = RevertPage
    unpublish_view_class = TakeOffPage
    delete_view_class = DeletePage
    search_view_class = SearchPages


guarded_pages = GuardedPages()
