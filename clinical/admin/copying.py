"""Copying what is live: a draft of one's own, in one press, for whoever may write. And reading its form before.

The copy has a content key of its own (``clinical.publishing.origins``), no word of anybody's about it, and its origin.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from clinical.models import ClinicalPage
from clinical.people.accounts import SignedInRequest, User
from clinical.publishing.addressed import free_slug
from clinical.publishing.approvals import language_of
from clinical.words.choices import ReviewState

#: The longest title, and what a copy's ends with.
MOST_LETTERS = 255


def may_read_form(page: Any, person: Any) -> bool:
    """Whether it is live and this person may write beside it: asked of what it stands under. No query in a list."""
    if not (person.is_active and page.live and getattr(page.specific_class, "may_be_copied", False)):
        return False
    above = Page(path=page.path[: -page.steplen], depth=page.depth - 1)
    return bool(person.is_superuser or "add" in above.permissions_for_user(person).permissions)


def may_copy(page: Any, person: Any) -> bool:
    """Whether they may also make a draft of their own of it: not of a translation, whose copy has no original."""
    return language_of(page.locale_id) == settings.LANGUAGE_CODE and may_read_form(page, person)


def whose(page: ClinicalPage) -> str:
    """What a copy goes back to, in words: its title, and who wrote it."""
    author: Any = page.author
    if author is None:
        return f"“{page.title}”"
    name = author.get_full_name() or author.get_username()
    return _("“%(title)s” by %(name)s") % {"title": page.title, "name": name}


def copy_of(page: ClinicalPage, by: User) -> Any:
    """A draft that says what the live page says, and is the copier's own. No word of review comes along."""
    ending = _(" (copy)")
    nobody = {"reviewer_id": None, "reviewed_on": None, "review_due": None, "review_state": ReviewState.REVIEWED}
    unlocked = {"locked": False, "locked_by": None, "locked_at": None, "go_live_at": None, "expire_at": None}
    title = page.title[: MOST_LETTERS - len(ending)] + ending
    own = {
        "title": title,
        "slug": free_slug(title, page),
        "author_id": by.pk,
        "content_key": uuid4(),
        "origins": " ".join([str(page.content_key), *page.origins.split()]),
        "copied_from": whose(page)[:MOST_LETTERS],
    }
    return page.copy(update_attrs={**nobody, **unlocked, **own}, copy_revisions=False, keep_live=False, user=by)


class LiveOriginal(WagtailAdminTemplateMixin, TemplateView):
    """A screen about something live, for whoever may copy it."""

    request: SignedInRequest
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away whoever may not write; a draft is not there, whoever asks."""
        page: Any = get_object_or_404(Page, pk=kwargs["pk"])
        if not (page.live and getattr(page.specific_class, "may_be_copied", False)):
            raise Http404
        if not self.is_for(page, request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def is_for(self, page: Any, person: Any) -> bool:
        """Whether this person may do here what the screen does."""
        return may_read_form(page, person)

    @cached_property
    def original(self) -> Any:
        """As readers see it: the row, never a version somebody is writing."""
        return Page.objects.get(pk=self.kwargs["pk"]).specific

    def get_page_subtitle(self) -> str:
        """Which it is."""
        return str(self.original.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Itself, below the front."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What it is of."""
        return {**super().get_context_data(**kwargs), "original": self.original, "whose": whose(self.original)}


class CopyPage(LiveOriginal):
    """Asks once, then makes the copy and opens it."""

    page_title = gettext_lazy("Copy")
    template_name = "clinical/admin/copy.html"

    def is_for(self, page: Any, person: Any) -> bool:
        """Only in the site's own language."""
        return may_copy(page, person)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make it, and open it for writing."""
        copy = copy_of(self.original, self.request.user)
        messages.success(request, _("A draft of your own. Change what should be otherwise, and submit it for review."))
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[copy.pk]))


class ReadForm(LiveOriginal):
    """The editor's form of what is live, to be read: everything its readers see and do not see, and nothing to save."""

    page_title = gettext_lazy("What its form says")
    template_name = "clinical/admin/read_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every field of the live version, by its name; what is empty is left out. No comments, no draft."""
        page = self.original
        panel = page.get_edit_handler().get_bound_panel(instance=page, request=self.request, form=None)
        compared = (compare(type(page)(), page) for compare in panel.get_comparison())
        said = [each for each in compared if each.has_changed() and not (each.is_field and not str(each.htmldiff()))]
        return {**super().get_context_data(**kwargs), "changes": said, "may_copy": may_copy(page, self.request.user)}


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def copy_and_read(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """In a page's menu, in its listing and above its form."""
    if page.pk and issubclass(page.specific_class or Page, ClinicalPage) and may_read_form(page, user):
        if may_copy(page, user):
            address = reverse("clinical_copy", args=[page.pk])
            yield Button(_("Copy as my draft"), url=address, icon_name="copy", priority=15)
        if not page.permissions_for_user(user).can_edit():
            yield Button(
                _("Read its form"), url=reverse("clinical_read_form", args=[page.pk]), icon_name="view", priority=16
            )
