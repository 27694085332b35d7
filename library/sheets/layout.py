"""The sheets of a library and their columns, in the order people fill them in."""

from __future__ import annotations

from dataclasses import dataclass

from clinical.words.choices import (
    BodyRegion,
    DoseFigure,
    EvidenceLevel,
    Moment,
    NoteKind,
    Polarity,
    SettlesBy,
    StartingPosition,
    StepKind,
    Urgency,
)
from clinical.words.concerns import Concern
from clinical.words.exercising import Equipment, ExerciseKind
from exercises.choices import Laterality, Side, VariationKind
from library.about import KIND, LibraryRecord
from library.fields import Record
from library.records import RECORD_OF_FOLDER
from library.sheets.columns import Column, Part, Sort, dosage_columns, frequency_columns
from routines.choices import Phase


@dataclass(frozen=True)
class SheetLayout:
    """One sheet: a row is a record of ``folder``, or an item of the record that its first column names."""

    name: str
    folder: str
    columns: tuple[Column, ...]
    items_of: str = ""


ID = Column("id", "Id", "Small letters, digits and hyphens; it never changes and is part of the address")
_TITLE = Column("title", "Title", "What readers see; in patients' words")
_SOURCES = Column(
    "sources",
    "Sources",
    "At least one",
    Sort.PARTS,
    parts=(Part("title"), Part("link"), Part("doi"), Part("pmid")),
)
_CONDITIONS = Column(
    "conditions",
    "Used for",
    "The id of the condition, how well that is supported, and one sentence that says it aloud",
    Sort.PARTS,
    parts=(Part("condition"), Part("evidence", EvidenceLevel), Part("statement")),
)
_COMMON = (
    Column("purpose", "Purpose", "What it is for, in one line"),
    Column("who_it_is_for", "Who it is for"),
    Column("check_first", "Ask first if", "Each completes “Ask first if …”, in ten words at most", Sort.LINES),
    Column(
        "concerns",
        "Whom it concerns",
        "The same, in the words of a list; one of the two is enough",
        Sort.WORDS,
        Concern,
    ),
    Column("evidence_summary", "Evidence", "What is known of it, and how well"),
    _SOURCES,
    Column("dos", "Do", "May be empty", Sort.LINES),
    Column("donts", "Do not", "Each completes “Do not …”; may be empty", Sort.LINES),
    Column("origin.source", "Words from", "Whose words these were made from; may be empty"),
    Column("origin.address", "Address of the words", "May be empty"),
    Column("origin.author", "Author of the words", "May be empty"),
    Column("origin.licence", "Licence of the words", "May be empty"),
    Column("origin.licence_address", "Address of that licence", "May be empty"),
)
_OTHER_NAMES = Column("aliases", "Other names", "Other words people search for; may be empty", Sort.LINES)

EXERCISES = SheetLayout(
    "Exercises",
    "exercises",
    (
        ID,
        _TITLE,
        Column("clinical_name", "Clinical name"),
        _OTHER_NAMES,
        *_COMMON[:6],
        Column("kind", "Kind", "", Sort.WORD, ExerciseKind),
        Column(
            "regions", "Body regions", "What is worked, not what hurts; safety notes follow it", Sort.WORDS, BodyRegion
        ),
        Column("muscles", "Muscles", "May be empty", Sort.LINES),
        Column("position", "Positions", "The one it is shown in first", Sort.WORDS, StartingPosition),
        Column("equipment", "Things needed", "May be empty", Sort.WORDS, Equipment),
        Column("instead", "Taken instead", "May be empty", Sort.PAIRS, Equipment),
        Column("laterality", "Sides", "", Sort.WORD, Laterality),
        *dosage_columns("dosage."),
        Column("figure", "Figure", "May be empty", Sort.FIGURE),
        Column(
            "steps",
            "Steps",
            "In their order",
            Sort.PARTS,
            parts=(Part("kind", StepKind), Part("text"), Part("pose")),
        ),
        Column("feel", "Should feel"),
        Column("not_feel", "Should not feel"),
        Column("pain.most", "Pain, at most", "From 1 to 10; empty where there may be none", Sort.NUMBER),
        Column("pain.settles_by", "Pain settles by", "Empty: at once", Sort.WORD, SettlesBy),
        Column("mistakes", "Common mistakes", "May be empty", Sort.LINES),
        *_COMMON[6:],
        Column(
            "variations",
            "Easier and harder",
            "The id of another exercise, or what changes; may be empty",
            Sort.PARTS,
            parts=(Part("kind", VariationKind), Part("exercise"), Part("text")),
        ),
        _CONDITIONS,
    ),
)
ROUTINES = SheetLayout(
    "Routines",
    "routines",
    (
        ID,
        _TITLE,
        *_COMMON,
        Column("moments", "Times of day", "", Sort.WORDS, Moment),
        *frequency_columns(),
        Column("weeks", "Weeks", "May be empty: for as long as it helps", Sort.NUMBER),
        Column("weeks_most", "Weeks, at most", "Only for a range", Sort.NUMBER),
        Column("expect_change", "When to expect a change"),
        Column("see_someone", "When to see someone"),
        Column("advice", "Advice", "May be empty", Sort.PROSE),
        _CONDITIONS,
    ),
)
ROUTINE_ITEMS = SheetLayout(
    "Routine items",
    "routines",
    (
        Column("routine", "Routine", "The id of the routine this exercise is in"),
        Column("exercise", "Exercise", "Its id; a routine's exercises in the order in which they are done"),
        Column("phase", "Phase", "", Sort.WORD, Phase),
        Column("side", "Side", "", Sort.WORD, Side),
        Column("cue", "Cue", "May be empty"),
        Column("from_week", "From week", "May be empty", Sort.NUMBER),
        Column("to_week", "To week", "May be empty", Sort.NUMBER),
        *dosage_columns("dosage."),
    ),
    items_of="items",
)
CONDITIONS = SheetLayout(
    "Conditions",
    "conditions",
    (
        ID,
        Column("name", "Name", "What the condition is called"),
        _TITLE,
        _OTHER_NAMES,
        Column(
            "codes",
            "Codes",
            "May be empty",
            Sort.PARTS,
            parts=(Part("system"), Part("edition"), Part("code")),
        ),
        *_COMMON,
        Column("pictured", "Pictured", "The body region on its card; may be empty", Sort.WORD, BodyRegion),
        Column("what_it_is", "What it is", "", Sort.PROSE),
        Column("what_helps", "What helps", "", Sort.PROSE),
        Column("right_now.title", "Right now: title", "In at most 40 letters; may be empty"),
        Column("right_now.steps", "Right now: steps", "At most four", Sort.LINES),
        Column("right_now.exercise", "Right now: exercise", "Its id; may be empty"),
        Column("right_now.afterwards", "Right now: afterwards", "May be empty"),
        Column("right_now.sources_differ", "Right now: where sources differ", "May be empty"),
        Column("usual_sensation", "No reason to stop", "May be empty"),
    ),
)
NOTES = SheetLayout(
    "Safety notes",
    "notes",
    (
        ID,
        Column("kind", "Kind of note", "", Sort.WORD, NoteKind),
        Column("tier", "Tier", "From 1, the most serious, to 4", Sort.NUMBER),
        Column("urgency", "Urgency", "For tier 1, and only for it", Sort.WORD, Urgency),
        Column("text", "Text", "Phrased to follow the label of its kind"),
        Column("in_short", "In short", "The sign alone, in ten words at most; may be empty"),
        Column("what_to_do", "What to do", "May be empty"),
        Column("applies_to", "Applies to", "", Sort.PLACES),
        Column("source", "Source"),
        Column("family.sign", "Joint sign", "One sign for several notes; may be empty"),
        Column("family.notes", "Notes it speaks for", "Their ids", Sort.LINES),
        Column("concerns", "Whom it concerns", "For tiers 2 and 3; may be empty", Sort.WORDS, Concern),
        Column("only_with_condition", "Only with its condition", "", Sort.YES_NO),
        Column("action", "Action", "What it is about; with the next, or neither"),
        Column("polarity", "Do it or not", "", Sort.WORD, Polarity),
        Column("moment", "Time of day", "May be empty", Sort.WORD, Moment),
        Column("concerns_step", "Beside the step", "May be empty", Sort.WORD, StepKind),
        Column("rules_out", "Rules out", "The id of a condition; may be empty"),
        Column("dose.figure", "Limited figure", "May be empty", Sort.WORD, DoseFigure),
        Column("dose.least", "Least", "", Sort.NUMBER),
        Column("dose.most", "Most", "", Sort.NUMBER),
        Column("needs_warm_up", "Needs a warm-up", "", Sort.YES_NO),
    ),
)
INFORMATION = SheetLayout(
    "Information",
    "information",
    (
        ID,
        _TITLE,
        Column("introduction", "Introduction"),
        Column("body", "Body", "", Sort.PROSE),
        Column("in_footer", "In the footer", "Empty: yes", Sort.YES_NO),
    ),
)

LIBRARY = SheetLayout(
    "Library",
    KIND,
    (
        Column("id", "Id", "Of the library, for good: its records belong to it. Leave the sheet empty for none"),
        _TITLE,
        Column("publisher", "Publisher", "Who stands behind it"),
        Column("licence", "Licence", "By its name"),
        Column("licence_address", "Address of the licence", "May be empty"),
        Column("version", "Version"),
        Column("language", "Language", "Such as en"),
        Column("address", "Address", "Where it is published; may be empty"),
    ),
)

#: In the order they stand in a workbook; a routine's items follow it.
SHEETS = (EXERCISES, ROUTINES, ROUTINE_ITEMS, CONDITIONS, NOTES, INFORMATION, LIBRARY)
#: What a row of each sheet is.
RECORD_OF_SHEET: dict[str, type[Record]] = {**RECORD_OF_FOLDER, KIND: LibraryRecord}
#: What a place that a note applies to may be called, with the words it is one of.
PLACES = {
    "everything": None,
    "region": BodyRegion,
    "position": StartingPosition,
    "equipment": Equipment,
    "kind": ExerciseKind,
    "condition": None,
    "exercise": None,
    "routine": None,
    "hub": None,
}
