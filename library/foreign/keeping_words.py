"""What is kept of other projects' files: their words with what was chosen for them, and what is only suggested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exercises.choices import Laterality
from exercises.models import ExercisePage
from library.completing import called
from library.foreign.meanings import Meanings
from library.foreign.suggesting import Suggestion
from library.models import ForeignWord, ToComplete
from library.report import CHANGES, NEW, Report

#: So many words of a file are kept: those that most records use.
MOST_WORDS = 500


def known_meanings() -> Meanings:
    """What somebody has chosen. One query."""
    rows = ForeignWord.objects.filter(is_chosen=True).values_list("sort", "word", "meaning")
    return Meanings({(sort, word): meaning for sort, word, meaning in rows})


def remember_words(words: Mapping[tuple[str, str], int]) -> None:
    """Keep the words of a file, and in how many of its records each stands; what was chosen stays. One query."""
    most = sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_WORDS]
    rows = [ForeignWord(sort=sort, word=word, records=number) for (sort, word), number in most]
    ForeignWord.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["sort", "word"], update_fields=["records"]
    )


def keep_suggestions(report: Report, suggestions: Mapping[str, Sequence[Suggestion]]) -> None:
    """Keep what is suggested beside what each page still lacks, in the transaction that wrote the pages."""
    written = {
        row.identifier: row.file for row in report.rows if row.outcome in {NEW, CHANGES} and row.folder == _FOLDER
    }
    if not suggestions or not written:
        return
    pages = ExercisePage.objects.filter(from_library=report.library, library_id__in=written)
    ids = dict(pages.values_list("pk", "library_id"))
    rows = list(ToComplete.objects.filter(page__in=ids))
    for row in rows:
        row.suggested = [in_words(each) for each in suggestions.get(written[ids[row.page_id]], ())]
    ToComplete.objects.bulk_update(rows, ["suggested"], batch_size=100)


_FOLDER = "exercises"


def in_words(suggestion: Suggestion) -> tuple[str, str, str]:
    """A suggestion as it is shown: what the field is called, the value if there is one, and the words."""
    value = suggestion.value
    if suggestion.field == "laterality":
        value = str(Laterality(value).label)
    return called(ExercisePage, suggestion.field), value, suggestion.words
