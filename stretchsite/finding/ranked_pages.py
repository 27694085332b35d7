"""The pages that answer a reader's question: of every sort, in one order, fetched as far as one page of the list shows.

Whoever asks for a sign of something serious gets the page about safety first; whoever has a cramp, what to do about it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from clinical.pages.asked_once import asked_once
from clinical.pages.visible import ShownPages
from clinical.withdrawal.withdrawing import names_withdrawn
from exercises.models import ExercisePage
from routines.models import RoutinePage
from stretchsite.finding.best import Best, best_few, best_of, best_of_one
from stretchsite.finding.help_first import has_a_cramp, needs_help
from stretchsite.finding.matches import among_these, asked, content_language, matching
from stretchsite.finding.red_flags import CRAMP_NOW
from stretchsite.finding.stems import stem_of
from stretchsite.models import ConditionPage, IndexedWord, InformationPage
from stretchsite.reserved import SAFETY_SLUG

#: What readers search, by the word in the address.
MODELS: dict[str, Any] = {
    "condition": ConditionPage,
    "routine": RoutinePage,
    "exercise": ExercisePage,
    "information": InformationPage,
}


#: What is read with the count, where nobody says which page of the list is asked for.
FIRST_READ = slice(0, 24)


class RankedPages:
    """The answer to a question, asked for piece by piece, as a paginator wants it.

    ``kind`` narrows it to one sort; ``counts`` says how many there are of each. ``is_typing``: the last word may be
    only the beginning of one, and nothing is counted: only the first few are asked for.
    """

    def __init__(self, text: str, kind: str = "", *, is_typing: bool = False, part: slice = FIRST_READ) -> None:
        """Ask what the words mean, which of them are on the site, and how many pages of each sort answer.

        The rows of ``part`` are read together with the count.
        """
        self.kind = kind if kind in MODELS else ""
        language = content_language()
        self._names = {ContentType.objects.get_for_model(model).pk: name for name, model in MODELS.items()}
        self._answers: dict[Any, Any] = {}  # which pages are restricted
        with asked_once(self._answers):
            may_be = self._may_be()
        self.meant, frequency = asked(text, language, may_be, is_typing=is_typing)
        self.needs_help = needs_help(self.meant, language, is_typing=is_typing)
        self._first = self._safety() if self.needs_help else self._cramp() if has_a_cramp(self.meant, language) else []
        self._others = may_be & ~Q(object_id__in=[key for _name, key in self._first])
        found = matching(self.meant, frequency, self._others)
        self._frequency, self._is_cut = frequency, not is_typing
        size = len(self._first)
        self._part = slice(max(0, part.start - size), part.stop - size)
        self._best = self._asked_for_all(found) if self._is_cut else Best(found, {})
        self.counts = {self._names[key]: count for key, count in self._best.counts.items()}
        for name, _key in self._first:
            self.counts[name] = self.counts.get(name, 0) + 1

    @property
    def read_as(self) -> str:
        """The question as it was read, where a typing error was mended."""
        return " ".join(self.meant.words) if self.meant.corrected else ""

    @property
    def is_partly(self) -> bool:
        """Whether what was found besides what comes first lacks something that was asked for."""
        return bool(sum(self._best.counts.values())) and self._best.fewest < self._asked_for

    @property
    def has_most(self) -> bool:
        """Whether each of these has more than half of what was asked for, at least."""
        return 2 * self._best.fewest > self._asked_for

    @property
    def _asked_for(self) -> int:
        return len(self.meant.wanted) + self.meant.unsaid

    def count(self) -> int:
        """How many pages answer, what comes first among them."""
        return self.counts.get(self.kind, 0) if self.kind else sum(self.counts.values())

    __len__ = count

    def __getitem__(self, part: slice) -> list[Any]:
        """One slice of the pages, in order. A query for the keys, and what each sort of page among them costs."""
        first = [each for each in self._first if self.kind in {"", each[0]}]
        start, stop = part.start or 0, part.stop
        keys = first[start:stop] + self._keys(max(0, start - len(first)), max(0, stop - len(first)))
        pages: dict[tuple[str, int], Any] = {}
        for name in dict.fromkeys(kind for kind, _key in keys):
            wanted = [key for kind, key in keys if kind == name]
            pages.update({(name, page.pk): page for page in self._shown(name).filter(pk__in=wanted)})
        return [pages[key] for key in keys if key in pages]

    def _shown(self, name: str) -> Any:
        """The pages of one sort that readers may see."""
        model = MODELS[name]
        with asked_once(self._answers):
            return model.listed() if hasattr(model, "listed") else model.objects.shown()

    def _may_be(self) -> Q:
        """What readers may see, as ``_shown`` has it of each sort: asked of the table all pages share, for speed.

        A page itself is shown by ``_shown`` alone.
        """
        return Q(content_type__in=self._names) & among_these(ShownPages(Page).shown()) & ~names_withdrawn("object_id")

    def _asked_for_all(self, found: Any) -> Best:
        return best_of(found, self.meant, self._frequency, self._names, self._part)

    def _keys(self, start: int, stop: int) -> list[tuple[str, int]]:
        found = self._best.found
        if self.kind:
            found = found.filter(content_type__in=[kind for kind, name in self._names.items() if name == self.kind])
        if start >= stop or not self.meant.wanted:
            return []
        read = self._best.rows
        if read is not None and not self.kind and start == self._part.start and stop <= self._part.stop:
            rows = read[: stop - start]
        elif not self._is_cut and len(self.meant.wanted) == 1:
            rows = best_of_one(self._others, self.meant.wanted[0], slice(start, stop))
        elif self._is_cut or len(self.meant.wanted) < 2:
            rows = list(found.values_list("content_type_id", "object_id")[start:stop])
        else:
            rows = best_few(found, self.meant, self._frequency, slice(start, stop))
        return [(self._names[kind], key) for kind, key in rows]

    def _safety(self) -> list[tuple[str, int]]:
        """The page about safety."""
        pages = self._shown("information").filter(slug=SAFETY_SLUG).values_list("pk", flat=True)
        return [("information", key) for key in pages[:1]]

    def _cramp(self) -> list[tuple[str, int]]:
        """The condition page that says what to do about a cramp right now."""
        helps = self._shown("condition").exclude(now_title="").order_by().values("pk")
        kind = ContentType.objects.get_for_model(ConditionPage)
        said = IndexedWord.objects.filter(
            stem=stem_of(CRAMP_NOW[0], content_language()), content_type=kind, object_id__in=helps
        )
        keys = said.order_by("-weight", "object_id").values_list("object_id", flat=True)
        return [("condition", key) for key in keys[:1]]
