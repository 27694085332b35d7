"""Which concerns a page names by itself, on its own row, so that a list leaves them out without reading every line.

To read the lines of 20,000 pages for the words of one concern took half a second. So each is read when it is saved. A
row says by which words it was read: one that was read by others, or never, is read with the list, so that no release
and no language leaves anything unnamed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.db import models
from django.utils import translation

from clinical.pages.bit_sets import Sets, flags_of
from clinical.pages.entries import Entries
from clinical.pages.many_keys import Keys
from clinical.publishing.approvals import language_of
from clinical.words.concern_words import names, pattern
from clinical.words.concerns import Concern
from clinical.words.remembered import in_each_language

#: How many pages are held in memory while all are read.
AT_ONCE = 500
#: How many that were read by other words are read for a list at a time.
ASKED_AT_ONCE = 1000


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
        return "|".join((_mark(), *_named(page.check_first_concerns, page.check_first_if), ""))


def _named(said: Iterable[str], words: str) -> list[str]:
    """The concerns in a list, and those that lines name in their own words."""
    of_list = set(said)
    return [each.value for each in Concern if each in of_list or (words and names(words, each))]


def named_in(entries: Entries, model: Any) -> Sets:
    """For each concern the entries that name it themselves, in their list or in a line of "Ask first if".

    ``entries`` have the column as their source ``concerns``. Those that were not read by these very words are read now:
    one query for each thousand of them, and none where there are none.
    """
    mark = f"{_mark()}|"
    found = entries.by_option("concerns", lambda text: text.split("|")[1:-1] if text.startswith(mark) else ())
    unread = entries.where("concerns", lambda text: not text.startswith(mark))
    for concern, keys in _read_now(model, entries.keys[flags_of(unread, len(entries.keys))].tolist()).items():
        found[concern] = found.get(concern, 0) | entries.with_keys(keys)
    return found


def _read_now(model: Any, keys: list[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for start in range(0, len(keys), ASKED_AT_ONCE):
        rows = model._base_manager.filter(pk__in=Keys(keys[start : start + ASKED_AT_ONCE]))
        for key, said, words in rows.values_list("pk", "check_first_concerns", "check_first_if"):
            for concern in _named(said, words):
                found[concern].append(key)
    return found


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
