"""What the starter library says to patients is read by a child of eleven: a Flesch-Kincaid grade of six at most.

Each text of twenty words or more is measured alone; a formula says nothing of shorter ones, so those of one page are
measured together. Words an author cannot choose, such as labels and names, are not measured.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import textstat

from clinical.words.concerns import PHRASES
from tests.conftest import STARTER_LIBRARY
from tests.library.patient_texts import patient_texts

HARDEST_GRADE = 6
LONG_ENOUGH = 20


def measured() -> Iterator[tuple[str, str]]:
    """The texts to measure, each with the page or note it is from."""
    for page in patient_texts(STARTER_LIBRARY):
        short = [text for text in page.texts if len(text.split()) < LONG_ENOUGH]
        for text in (*(text for text in page.texts if text not in short), " ".join(short)):
            if text:
                yield page.name, text


MEASURED = list(measured())


@pytest.mark.parametrize("text", [text for _page, text in MEASURED], ids=[page for page, _text in MEASURED])
def test_patients_of_eleven_can_read_it(text: str):
    assert textstat.flesch_kincaid_grade(text) <= HARDEST_GRADE


def test_every_page_and_note_is_measured():
    assert {page for page, _text in MEASURED} == {
        f"{path.parent.name}/{path.stem}" for path in STARTER_LIBRARY.glob("*/*.yaml")
    }


def test_list_of_concerns_is_read_by_patients_of_eleven():
    assert textstat.flesch_kincaid_grade(". ".join(map(str, PHRASES.values())) + ".") <= HARDEST_GRADE


def test_a_hard_text_would_be_seen():
    hard = "Individuals demonstrating contraindications necessitate consultation with appropriate practitioners."
    assert textstat.flesch_kincaid_grade(hard) > HARDEST_GRADE
