"""Everything that is live, asked again: what the publish gate would say of it today, and whether it can be shown.

The gate stands where things are saved. What was live before a rule was made, or was changed behind the gate's back, is
found here: by ``manage.py audit_live`` every night, and by the report of the same name in the admin. So is what readers
do not see since it is broken: a part that was left out of its page, or a page that is not shown for want of its notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.handlers.wsgi import WSGIRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, get_page_models

from clinical.audit.triggers import missing_triggers
from clinical.notes.board import board_for
from clinical.pages.clinical_pages import ClinicalPage
from clinical.platform import headers_of_a_reader
from clinical.publishing.gate import GatedMixin
from clinical.publishing.refusals import PublishRefused, Refusal
from clinical.publishing.review_policy import one_person_may_approve
from clinical.safety.parts import watching
from clinical.safety.sheet import MissingSafety
from clinical.words.choices import ApprovalBasis

#: So many pages or notes are fetched at a time.
AT_ONCE = 100
#: Parts of the frame round every page: said once, not of each.
FRAME = ("head", "navigation", "address", "link at the foot", "links at the foot", "scripts", "editors’ bar")


@dataclass(frozen=True)
class Finding:
    """One live thing that should not be live as it is: what it is, where it is mended, and why, a line for each."""

    sort: str
    title: str
    edit_url: str
    sentences: tuple[str, ...]


def findings(asked: Callable[[], None] = lambda: None) -> Iterator[Finding]:
    """Every live page and note the gate would refuse today, or whose time is over, in the order of their kinds.

    First whatever the database no longer keeps as it was written. ``asked`` is called after each page and note; no
    more than a hundred of them are in memory at once.
    """
    for name in missing_triggers():
        yield Finding(_("trigger"), name, "", (_("It is missing: what was decided can be changed. Run migrate."),))
    finder, everywhere = AdminURLFinder(), set[str]()
    for model in (*gated_models(), *_other_pages()):
        for thing in model.objects.filter(live=True).order_by("pk").iterator(chunk_size=AT_ONCE):
            against = _against(thing) if isinstance(thing, GatedMixin) else ()
            sentences = (*against, *_not_shown(thing, everywhere))
            if sentences:
                url = finder.get_edit_url(thing) or ""
                yield Finding(str(model._meta.verbose_name), str(thing), url, sentences)
            asked()
    if everywhere:
        yield Finding(_("site"), _("Every page"), "", tuple(sorted(everywhere)))


def how_many_are_live() -> int:
    """How many things are asked."""
    return sum(model.objects.filter(live=True).count() for model in gated_models())


def gated_models() -> list[Any]:
    """Every kind of thing the gate stands before."""
    return [model for model in apps.get_models() if issubclass(model, GatedMixin)]


def _other_pages() -> list[Any]:
    """The kinds of page the gate does not stand before: lists have nothing but other pages' cards on them."""
    return [model for model in get_page_models() if not issubclass(model, GatedMixin) and model is not Page]


def _not_shown(thing: Any, everywhere: set[str]) -> Iterator[str]:
    """What readers miss of a page: parts that were left out, or all of it. A note is shown on pages, and not itself.

    What belongs to the frame of every page is put among ``everywhere`` instead of being said of each.
    """
    if not isinstance(thing, Page):
        return
    for output in getattr(thing, "audited_outputs", ("",)):
        where = f"{thing} {output}".strip()
        with watching(where) as lost:
            try:
                yield from _notes_left_out(thing, output, _serve(thing, output))
            except MissingSafety as error:
                yield _("It is not shown to readers%(place)s: %(why)s") % {"place": _in(output), "why": error}
            except Exception as error:  # whatever it is, the others are asked too
                why = f"{type(error).__name__}: {error}"
                yield _("It cannot be shown to readers%(place)s: %(why)s") % {"place": _in(output), "why": why}
        for part in dict.fromkeys(lost):
            said = _("Readers miss a part of it%(place)s: %(part)s") % {"place": _in(output), "part": part}
            if part.part.startswith(FRAME):
                everywhere.add(_("Readers miss a part of it: %s") % part)
            else:
                yield said


def _in(output: str) -> str:
    return f" ({output})" if output else ""


def _notes_left_out(page: Any, output: str, content: str) -> Iterator[str]:
    """What a check of templates cannot see: a page that does not come to the notes in its template.

    Asked of what the rules find for its subjects, and not of the board it shows: that may have forgotten one.
    """
    if output or not isinstance(page, ClinicalPage):
        return
    due = board_for(page.subjects(), page.language)
    if number := sum(str(note.key) not in content for note in due.notes):
        said = ngettext("%d of its safety notes is not on it.", "%d of its safety notes are not on it.", number)
        yield said % number


def _serve(page: Any, output: str) -> str:
    """Make what readers are sent: the page or one of its outputs, and its entry in the site map."""
    request = WSGIRequest(headers_of_a_reader(page))
    request.user, request.LANGUAGE_CODE = AnonymousUser(), settings.LANGUAGE_CODE
    if not output:
        page.get_sitemap_urls(request)
        response = page.serve(request)
    else:
        _page, args, kwargs = page.route(request, [output])
        response = page.serve(request, *args, **kwargs)
    if getattr(response, "is_rendered", True) is False:
        response.render()
    return "" if output else str(response.text)


def _against(thing: Any) -> Iterator[str]:
    try:
        refusal: Refusal = thing.publish_errors()
    except Exception as error:  # whatever it is, the others are asked too
        refusal = {NON_FIELD_ERRORS: [_("It cannot be read: %s") % f"{type(error).__name__}: {error}"]}
    if refusal:
        yield from PublishRefused(str(thing), refusal).reasons()
    found = thing.found_approval
    if found is not None and found.basis == ApprovalBasis.SAME_PERSON and not one_person_may_approve():
        yield _("Whoever wrote it approved it, and this site asks for two people. Have a colleague review it.")
    if thing.expire_at and thing.expire_at <= timezone.now():
        day = date_format(timezone.localtime(thing.expire_at), "DATETIME_FORMAT")
        yield _("Its time was over on %s; has publish_scheduled stopped running?") % day
