"""Which concerns a page names by itself, on its own row, so that a list leaves them out without reading every line.

To read the lines of 20,000 pages for the words of one concern took half a second. So each is read when it is saved. A
row says by which words it was read: one that was read by others, or never, is read by the database as before, so that
no release and no language leaves anything unnamed.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import translation

from clinical.publishing.approvals import language_of
from clinical.words.concern_words import names, pattern
from clinical.words.concerns import Concern
from clinical.words.remembered import in_each_language

#: How many pages are held in memory while all are read.
AT_ONCE = 500


class ConcernsNamedField(models.TextField[str, str]):
    """By which words a page was read, and each concern it names: ``1f0c93|thin_bones|falls|``. Written on each save."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"blank": True, "default": "", "editable": False, **kwargs})

    def pre_save(self, model_instance: Any, add: bool) -> str:
        """Read the page."""
        named = concerns_of(model_instance)
        setattr(model_instance, self.attname, named)
        return named


@in_each_language
def _mark() -> str:
    """By which words a page is read: another mark for other words, of a later release or another language."""
    return sha256("\n".join(map(pattern, Concern)).encode()).hexdigest()[:6]


def concerns_of(page: Any) -> str:
    """What the column of a page holds: what its list says, and what its lines say in their own words."""
    with translation.override(language_of(page.locale_id)):
        said = set(page.check_first_concerns)
        named = (each.value for each in Concern if each in said or names(page.check_first_if, each))
        return "|".join((_mark(), *named, ""))


def names_concern(concern: str) -> Q:
    """That a page names a concern itself, in its list or in a line of "Ask first if"."""
    is_read = Q(concerns_ready__startswith=f"{_mark()}|")
    in_its_list = Q(check_first_concerns__contains=f"|{concern}|")
    in_a_line = ~Q(check_first_if="") & Q(check_first_if__iregex=pattern(concern))
    return Q(concerns_ready__contains=f"|{concern}|") & is_read | ~is_read & (in_its_list | in_a_line)


def read_anew(models_of_pages: Any) -> int:
    """Read all pages of these kinds that were read by other words, or never; how many there were."""
    return sum(_read(model) for model in models_of_pages)


def _read(model: Any) -> int:
    columns = ("locale", "check_first_concerns", "check_first_if", "concerns_ready")
    changed = 0
    for page in model._base_manager.only(*columns).iterator(chunk_size=AT_ONCE):
        read = concerns_of(page)
        if read != page.concerns_ready:
            model._base_manager.filter(pk=page.pk).update(concerns_ready=read)
            changed += 1
    return changed
