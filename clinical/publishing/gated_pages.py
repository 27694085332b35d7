"""GatedPage: a page whose every word goes through two people before a reader sees it, whatever the page is about.

A translation is such a page too; it is never shown where its original, the page of the same key in the site's own
language, is not (H08).
"""

from __future__ import annotations

import uuid
from functools import partial
from http import HTTPMethod
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page, PagePermissionTester, PageViewRestriction
from wagtail.search import index
from wagtail.search.index import insert_or_update_object

from clinical.platform import settle_core_fields
from clinical.publishing.addressed import AddressedForm, give_slug, is_placed, refuse_slug, slug_refusal
from clinical.publishing.approvals import language_of
from clinical.publishing.from_library import keep_whose, let_go_if_alias
from clinical.publishing.gate import GatedMixin
from clinical.publishing.gated_forms import GatedForm
from clinical.publishing.refusals import Refusal
from clinical.publishing.withdrawals import Withdrawal
from clinical.safety.parts import alone
from clinical.words.choices import ApprovalBasis


def missing_original(page: Any) -> list[str]:
    """Why this translation may not be live; nothing for an original, or a page that was never a translation."""
    if page.language == settings.LANGUAGE_CODE:
        return []
    originals = page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE, live=False)
    return [_("The page it is a translation of is not published; publish that first.")] if originals else []


def take_translations_off(page: Any) -> None:
    """What is not shown in the site's own language is not shown in another."""
    if page.live or page.language != settings.LANGUAGE_CODE:
        return
    for translated in page.get_translations().filter(live=True, alias_of__isnull=True):
        translated.unpublish()


def is_restricted(path: str = "path") -> Exists:
    """For annotations: whether a page, by the name of its path, may be seen by some only.

    Asked of the few pages that carry a restriction, so that no database looks through all there are.
    """
    here = ExpressionWrapper(OuterRef(path), output_field=CharField())
    closed = Page.objects.filter(pk__in=PageViewRestriction.objects.values("page")).order_by()
    return Exists(closed.annotate(here=here).filter(here__startswith=F("path")))


#: What a public page answers to. There is nothing on it to send.
READ_ONLY = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

#: So that a search, too, can leave out pages whose time has not come or is over.
DATE_FILTERS = [index.FilterField("go_live_at"), index.FilterField("expire_at")]


class GatedPageForm(GatedForm, AddressedForm):
    """The editor's form of any page readers see."""


class GatedPermissions(PagePermissionTester):
    """Nobody's task is to publish a page: an approval does. Superusers may try, and meet the gate."""

    def can_publish(self) -> bool:
        """Only for superusers."""
        return self.user.is_superuser and super().can_publish()

    def can_publish_subpage(self) -> bool:
        """The same of a new page or a copy: it begins as a draft, whoever makes it."""
        return self.user.is_superuser and super().can_publish_subpage()

    def can_unpublish(self) -> bool:
        """Whoever may take something off, at once and alone; but not what the site cannot stand without."""
        return (self.user.is_superuser or not self._is_needed()) and super().can_unpublish()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """The same of deleting it. A page of its own, for somebody who only writes, is asked without a query."""
        only_writes = self.user.is_active and not self.user.is_superuser and self.permissions == {"add"}
        if only_writes and self.page.is_leaf():
            return bool(not self.page.live and self.page.owner_id == self.user.pk)
        return (self.user.is_superuser or not self._is_needed()) and super().can_delete(ignore_bulk)

    def _is_needed(self) -> bool:
        kind = self.page.specific_class
        is_needed = getattr(kind, "site_needs_it", False) or self.page.slug in getattr(kind, "needed_slugs", ())
        return bool(self.page.live and is_needed)

    def can_unschedule(self) -> bool:
        """Whoever may take it off may also keep it from going live."""
        return super().can_publish()


class GatedPage(GatedMixin, Page):
    """Abstract: what every page of the site has in common. Front pages, lists and prose need no more than this.

    ``content_key`` is what the page says, whatever its address: its copies, aliases and translations share it, so that
    an approval, a note or a withdrawal reaches them all. It belongs to the row, and no older version brings another.
    """

    base_form_class = GatedPageForm
    #: The platform indexes a page before its rows are written, so a condition added in the same save was not found.
    search_auto_update = False
    allowed_http_methods = READ_ONLY
    #: Whose word may stand behind it: the site's own code makes the first front page and the lists.
    stands_on = GatedMixin.stands_on | {ApprovalBasis.CODE}

    #: Whether the site cannot stand without it: the front page and the lists, which hold nothing clinical.
    site_needs_it = False
    #: Addresses of pages of this kind that the site's own links lead to: such a page stays, and under its address.
    needed_slugs: ClassVar[frozenset[str]] = frozenset()

    content_key = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Trim what was typed before anything is judged, so that a blank is a blank."""
        for field in self._meta.fields:
            value = getattr(self, field.attname)
            if field.editable and isinstance(value, str) and isinstance(field, (models.CharField, models.TextField)):
                setattr(self, field.attname, value.strip())
        super().full_clean(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> GatedPermissions:
        """Who may do what with it: the platform's answer, but for publishing."""
        return GatedPermissions(user, self)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """The restrictions on it and its ancestors in one query; the platform asks twice, for every reader.

        None at all where the page was fetched together with the answer that there are none.
        """
        if self.alias_of_id:
            return super().get_view_restrictions()
        if not getattr(self, "is_restricted", True):
            return PageViewRestriction.objects.none()
        ancestors = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=ancestors)

    def is_of_the_site(self) -> bool:
        """Whether the site itself answers at the address its slug would give; the concrete class says."""
        return False

    def _set_core_field_defaults(self) -> None:
        """What the platform fills in before it saves a page; the slug is made here, in plain letters."""
        give_slug(self)
        let_go_if_alias(self)
        super()._set_core_field_defaults()

    def clean(self) -> None:
        """Refuse a slug no address can hold, on whichever road it came."""
        super().clean()
        refuse_slug(self)

    def minimal_clean(self) -> None:
        """The same of a draft."""
        super().minimal_clean()
        refuse_slug(self)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The platform's entries of the site map; a page whose entry cannot be made is left out of it."""
        make = partial(super().get_sitemap_urls, request)
        return alone(f"entry in the site map “{self.title}”", make, [])

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A version of it as an object; versions from before it had its key, or of what it was copied from, get it."""
        version = super().with_content_json(content)
        version.content_key = self.content_key
        return keep_whose(version, self)

    def _unchecked_fields(self) -> set[str]:
        """A slug that will be made from the title, when the page has its place, is not missing."""
        made_later = {"slug"} if not self.slug and self.title and not is_placed(self) else set()
        return super()._unchecked_fields() | made_later

    def clinical_refusal(self) -> Refusal:
        """A translation needs its original, and an address what can be written in one."""
        missing = missing_original(self)
        lonely: Refusal = {NON_FIELD_ERRORS: missing} if missing else {}
        return {**super().clinical_refusal(), **lonely, **slug_refusal(self), **self._moved_refusal()}

    def _moved_refusal(self) -> Refusal:
        """What the site's own links lead to keeps its address. No query where there is no such page of this kind."""
        if not self.needed_slugs or self.slug in self.needed_slugs or not self.pk:
            return {}
        if not type(self)._base_manager.filter(pk=self.pk, live=True, slug__in=self.needed_slugs).exists():
            return {}
        return {"slug": [_("Leave its address as it is: the menu and the search of the site lead there.")]}

    @property
    def language(self) -> str:
        """The page's language, from its locale."""
        return language_of(self.locale_id)

    def is_withdrawn(self) -> bool:
        """Whether nobody should do this any more. No query where the page was fetched together with the answer."""
        known: bool | None = self.__dict__.get("is_withdrawn_now")
        return bool(Withdrawal.objects.open_keys({self.content_key})) if known is None else known

    @property
    def status_string(self) -> Any:
        """Where it stands, in the platform's words; what is withdrawn looks like no draft, which one might publish."""
        return _("withdrawn") if not self.live and self.is_withdrawn() else super().status_string

    def prepare_for_readers(self) -> None:
        """The language and address of a new page are settled first, because the gate asks about them."""
        super().prepare_for_readers()
        if self.live:
            settle_core_fields(self)

    def follow_up(self, *, whole: bool) -> None:
        """Translations follow their original; the page is found by its new words as soon as its rows are written."""
        super().follow_up(whole=whole)
        if whole:
            take_translations_off(self)
        insert_or_update_object(self)
