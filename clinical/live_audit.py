"""Everything that is live, asked again: what the publish gate would say of it today.

The gate stands where things are saved. What was live before a rule was made, or was changed behind the gate's back, is
found here: by ``manage.py audit_live`` every night, and by the report of the same name in the admin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder

from clinical.choices import ApprovalBasis
from clinical.models import PublishRefused
from clinical.models.publishing import Gated, Refusal


@dataclass(frozen=True)
class Finding:
    """One live thing that should not be live as it is: what it is, where it is mended, and why, a line for each."""

    sort: str
    title: str
    edit_url: str
    sentences: tuple[str, ...]


def findings() -> Iterator[Finding]:
    """Every live page and note the gate would refuse today, or whose time is over, in the order of their kinds."""
    finder = AdminURLFinder()
    for model in gated_models():
        for thing in model.objects.filter(live=True).order_by("pk").iterator(chunk_size=100):
            sentences = tuple(_against(thing))
            if sentences:
                url = finder.get_edit_url(thing) or ""
                yield Finding(str(model._meta.verbose_name), str(thing), url, sentences)


def how_many_are_live() -> int:
    """How many things are asked."""
    return sum(model.objects.filter(live=True).count() for model in gated_models())


def never_read_by_two() -> list[str]:
    """Pages about the site and lists that still say what they said before two people were asked for; no fault."""
    kinds = [model for model in gated_models() if ApprovalBasis.BEFORE in model.stands_on]
    live = (page for model in kinds for page in model.objects.filter(live=True).order_by("pk"))
    found = ((str(page), page.approval()) for page in live)
    return [title for title, approval in found if approval and approval.basis == ApprovalBasis.BEFORE]


def gated_models() -> list[Any]:
    """Every kind of thing the gate stands before."""
    return [model for model in apps.get_models() if issubclass(model, Gated)]


def _against(thing: Any) -> Iterator[str]:
    try:
        refusal: Refusal = thing.publish_errors()
    except Exception as error:  # whatever it is, the others are asked too
        refusal = {NON_FIELD_ERRORS: [_("It cannot be read: %s") % f"{type(error).__name__}: {error}"]}
    if refusal:
        yield from PublishRefused(str(thing), refusal).reasons()
    if thing.expire_at and thing.expire_at <= timezone.now():
        day = date_format(timezone.localtime(thing.expire_at), "DATETIME_FORMAT")
        yield _("Its time was over on %s; has publish_scheduled stopped running?") % day
