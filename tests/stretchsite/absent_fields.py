"""Which text of an author is left out of which output, and why: the whole list, and the table of it in the documents.

Whatever is in neither the output nor this list is lost, and fails ``test_every_field_everywhere.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clinical.words.choices import StepKind

ROUTINE_FOLLOW, PAPER = ("routine_follow", "shared_follow"), ("routine_handout", "shared_handout")
CALENDAR, SHARED_DATA = ("routine_calendar", "shared_calendar"), ("shared_data", "shared_fhir")
EXERCISE = ("exercise", "exercise_follow", "exercise_data", "exercise_fhir")
ROUTINE = ("routine", "routine_follow", "routine_data", "routine_handout", "routine_calendar", "routine_fhir")
SHARED = ("shared", "shared_follow", "shared_data", "shared_handout", "shared_calendar", "shared_fhir")
WITHOUT_CALENDAR = tuple(name for name in (*ROUTINE, *SHARED) if name not in CALENDAR)
PAGES = ("exercise", "routine", "shared", "condition")

STEPS = tuple(f"ExercisePage.steps.{kind}.text" for kind in StepKind.values)
FORM = ("ExercisePage.dos", "ExercisePage.donts", "ExercisePage.feel", "ExercisePage.not_feel")
NAMES = ("ExercisePage.clinical_name", "ExercisePage.other_names", "ExercisePage.target_muscles")
GROUNDS = (
    *("ExercisePage.who_it_is_for", "ExercisePage.evidence_summary", "ExerciseCondition.statement"),
    *(f"ExerciseSource.{name}" for name in ("title", "link", "doi", "pmid")),
)
ADDRESSES = tuple(f"RoutineSource.{name}" for name in ("link", "doi", "pmid"))
ROUND_IT = (
    *("RoutinePage.dos", "RoutinePage.donts", "RoutinePage.expect_change", "RoutinePage.see_someone"),
    *(f"RoutinePage.advice.{kind}" for kind in ("heading", "paragraph", "points")),
)


@dataclass(frozen=True)
class Absence:
    """Texts, the outputs that leave them out, and why."""

    fields: tuple[str, ...]
    outputs: tuple[str, ...]
    reason: str


def _of_search_engines() -> Iterator[Absence]:
    """In the head of the page they belong to, and nowhere else."""
    why = "written for search engines: it stands in the head of its own page"
    for model, outputs in (("ExercisePage", (*EXERCISE, *ROUTINE, *SHARED)), ("RoutinePage", (*ROUTINE, *SHARED))):
        own = "exercise" if model == "ExercisePage" else "routine"
        others = tuple(name for name in outputs if name != own)
        yield Absence((f"{model}.seo_title", f"{model}.search_description"), others, why)


ABSENCES: tuple[Absence, ...] = (
    *_of_search_engines(),
    Absence(
        GROUNDS,
        WITHOUT_CALENDAR,
        "it is about one exercise by itself: on that exercise’s page and in its data. A routine says for whom it is, "
        "its evidence and its sources itself; who should ask first travels",
    ),
    Absence(
        ("Variation.text",),
        WITHOUT_CALENDAR,
        "another exercise than the one that was prescribed: on the exercise’s own page and in its data",
    ),
    Absence(
        ("ExercisePage.purpose", *NAMES, "ExercisePage.common_mistakes", "ExerciseCondition.statement"),
        ("exercise_follow",),
        "read before it is chosen: on the page from which following starts",
    ),
    Absence(("Variation.text",), ("exercise_follow",), "another exercise than the one that is being followed"),
    Absence(
        (*STEPS, *FORM, *NAMES, "ExercisePage.common_mistakes"),
        ("routine",),
        "a row leads to the exercise’s own page, and Start to its steps",
    ),
    Absence(
        (*NAMES, "ExercisePage.common_mistakes"),
        ("shared", *ROUTINE_FOLLOW),
        "each exercise says its steps, what to do and not to do and how it should feel; names, muscles and mistakes "
        "are on its own page",
    ),
    Absence(
        ("ExercisePage.purpose", "RoutinePage.purpose"),
        ROUTINE_FOLLOW,
        "read before it is chosen: on the page from which following starts",
    ),
    Absence(
        ("ExercisePage.purpose", *FORM),
        PAPER,
        "paper: six exercises fit on a page, each with its dose, cue, steps and signs; the code leads to the page with "
        "the rest",
    ),
    Absence(
        (*NAMES, "ExercisePage.common_mistakes"),
        PAPER,
        "paper: names, muscles and mistakes are on the exercise’s own page",
    ),
    Absence(
        ("RoutinePage.evidence_summary", *ADDRESSES),
        PAPER,
        "paper: the titles of the sources are printed, an address cannot be followed; the code leads to the evidence",
    ),
    Absence(
        ("RoutineCondition.statement",),
        (*ROUTINE_FOLLOW, "routine_handout"),
        "read before it is chosen: on the routine’s own page and in its data",
    ),
    Absence(
        ("RoutineCondition.statement",),
        ("shared", *SHARED_DATA, "shared_handout"),
        "whoever sees a patient’s link or paper is not told what complaint the routine was given for",
    ),
    Absence(
        (
            *("ExercisePage.purpose", *GROUNDS, *STEPS, *FORM, *NAMES, "ExercisePage.common_mistakes"),
            *("ExercisePage.substitutes", "Variation.text"),
            *("RoutinePage.purpose", "RoutinePage.who_it_is_for", "RoutinePage.evidence_summary", *ROUND_IT),
            *("RoutineCondition.statement", "RoutineSource.title", *ADDRESSES),
        ),
        CALENDAR,
        "a reminder: the signs, how much of what, who should ask first and every note. Calendars cut long text, and "
        "the page has the rest",
    ),
    Absence(
        ("SafetyNote.source",),
        (*PAGES, "exercise_follow", *ROUTINE_FOLLOW, *PAPER, *CALENDAR),
        "for whoever checks the note: in the editor and in the data",
    ),
    Absence(
        ("RoutinePage.title",),
        ("shared_calendar",),
        "what was given to one patient is titled neutrally in a calendar, which others see, unless they ask",
    ),
    Absence(
        ("ShareLink.note",),
        ("shared_follow", *SHARED_DATA, "shared_calendar"),
        "one person’s words to one patient: on the link’s page above Start, and on their paper; no file that other "
        "programs keep has them",
    ),
)


def reasons() -> dict[tuple[str, str], str]:
    """Why a field is absent from an output. Raises ``ValueError`` where two reasons are given for one absence."""
    found: dict[tuple[str, str], str] = {}
    for absence in ABSENCES:
        for place in ((field, output) for field in absence.fields for output in absence.outputs):
            if place in found:
                raise ValueError(f"{place} stands twice in the list of absences")
            found[place] = absence.reason
    return found


def table() -> str:
    """The list as it stands in the documents."""
    rows = (f"| {_code(absence.fields)} | {_code(absence.outputs)} | {absence.reason} |" for absence in ABSENCES)
    return "\n".join(("| text | not in | why |", "|---|---|---|", *rows)) + "\n"


def _code(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
