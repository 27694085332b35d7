"""Bad libraries, made by hand: each is the small valid library with one thing broken, and what its author is told.

Data only; ``test_bad_libraries.py`` reads it. A row names the file and the field the fault must name, some words it
must say, and how the valid library is broken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from figures.engine import library
from tests.library.library_breaking import (
    Breaking,
    Literal,
    content,
    copied,
    emptied,
    encoded,
    lines,
    linked,
    moved,
    put,
    together,
    without,
)

STRETCH = "exercises/calf-stretch.yaml"
DROP = "exercises/heel-drop.yaml"
WALK = "exercises/easy-walking.yaml"
ROUTINE = "routines/before-bed.yaml"
NOTE = "notes/calf-clot.yaml"
HUB = "conditions/calf-cramp.yaml"
PRIVACY = "information/privacy.yaml"
#: The fault is the folder's: its file is the folder's own name.
FOLDER = ""

WHOLE = "write a whole number, without a unit"
WORDS = "write text"
EMPTY = "is empty"
MISSING = "is missing"
UNKNOWN = "is not a field of this record"
PLAIN = "is plain text; take out the markup"
NOWHERE = "mend the spelling"
CHOOSE = "write '"
UNREADABLE = "is not readable YAML"
ANCHOR = "uses an anchor"
TAG = "uses a tag"
MISPLACED = "lies in the wrong place"


@dataclass(frozen=True)
class BadLibrary:
    """One way to get a library wrong."""

    name: str
    file: str
    field: str
    words: str
    breaking: Breaking


def _harder(file: str, exercise: str) -> Breaking:
    return put(file, "variations", [{"kind": "progression", "exercise": exercise}])


def _laughs() -> str:
    """Ten lines that would be a thousand million words when built."""
    bomb = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    bomb += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 9)]
    return "\n".join(bomb) + "\n"


def _hold(name: str, written: Any, words: str = WHOLE) -> BadLibrary:
    return BadLibrary(
        f"hold of {name}", STRETCH, "dosage.hold_seconds", words, put(STRETCH, "dosage.hold_seconds", written)
    )


def _paragraph(name: str, html: str, words: str) -> BadLibrary:
    field = "advice[1].paragraph"
    return BadLibrary(f"paragraph with {name}", ROUTINE, field, words, put(ROUTINE, field, html))


def _bad(name: str, file: str, field: str, words: str, value: Any) -> BadLibrary:
    """The commonest case: the field at fault is the one that was written."""
    return BadLibrary(name, file, field, words, put(file, field, value))


def _dose(name: str, field: str, words: str, **written: Any) -> BadLibrary:
    return BadLibrary(f"limit of a dose {name}", NOTE, f"dose.{field}", words, put(NOTE, "dose", written))


FIGURES = (
    _hold("30s", Literal("30s"), "write 30, without a unit"),
    _hold("a number in quotes", Literal('"30"')),
    _hold("0:30", Literal("0:30")),
    _hold("2 min", Literal("2 min"), "write 120, without a unit"),
    _hold("true", Literal("true")),
    _hold("30.0", Literal("30.0")),
    _hold("a decimal comma", Literal("30,5")),
    _hold("1e309", Literal("1e309"), "is not a number anybody can count to"),
    _hold(".nan", Literal(".nan")),
    _hold(".inf", Literal(".inf")),
    _hold("0x1e", Literal("0x1e")),
    _hold("1_000", Literal("1_000")),
    _hold("Arabic digits", Literal("٣٠")),
    _hold("a number of a hundred thousand digits", Literal("9" * 100_000), "is not a number anybody can count to"),
    _hold("a list", [30]),
    _hold("0", 0, "not below 1"),
    _hold("-30", -30, "not below 1"),
    _hold("601", 601, "not above 600"),
    _hold("1000000000", 1_000_000_000, "not above 600"),
    _bad("no sets", STRETCH, "dosage.sets", "not below 1", 0),
    _bad("two measures", STRETCH, "dosage.moving_seconds", "choose one measure", 60),
    BadLibrary("no measure", STRETCH, "dosage.hold_seconds", "give one measure", put(STRETCH, "dosage", {})),
    BadLibrary(
        "hold without a count",
        STRETCH,
        "dosage.repetitions",
        "say how many times",
        without(STRETCH, "dosage.repetitions"),
    ),
    _bad("rest with one set", STRETCH, "dosage.rest_seconds", "leave at 0", 30),
    _bad("range upside down", STRETCH, "dosage.hold_seconds_most", "write a number above hold_seconds", 20),
    _bad("override that cannot be followed", ROUTINE, "items[2].dosage.hold_seconds_most", "above hold_seconds", 15),
    _bad("eight days a week", ROUTINE, "days_per_week", "not above 7", 8),
    _bad("weeks without the lower end", ROUTINE, "weeks_most", "give weeks too", 6),
)

NOTES = (
    BadLibrary("note without a tier", NOTE, "tier", MISSING, without(NOTE, "tier")),
    _bad("tier in quotes", NOTE, "tier", WHOLE, "1"),
    _bad("tier 5", NOTE, "tier", "not above 4", 5),
    BadLibrary(
        "tier milder than its kind",
        NOTE,
        "tier",
        "is tier 1 or more serious",
        together(put(NOTE, "tier", 2), without(NOTE, "urgency")),
    ),
    BadLibrary("tier 1 without an urgency", NOTE, "urgency", "write emergency or same_day", without(NOTE, "urgency")),
    _bad("unknown urgency", NOTE, "urgency", CHOOSE, "tomorrow"),
    _bad("unknown kind of note", NOTE, "kind", CHOOSE, "warning"),
    _bad("kind by its label", NOTE, "kind", CHOOSE, "Red flag"),
    _bad("red flag without words", NOTE, "text", EMPTY, ""),
    _bad("red flag of blanks", NOTE, "text", EMPTY, " \t "),
    _bad("red flag of no-break spaces", NOTE, "text", EMPTY, "\u00a0\u00a0"),
    _bad(
        "red flag of characters without width",
        NOTE,
        "text",
        "U+200B (zero width space) at the beginning",
        "\u200b\u2060",
    ),
    BadLibrary("red flag left out", NOTE, "text", MISSING, without(NOTE, "text")),
    _bad("red flag that is null", NOTE, "text", WORDS, None),
    _bad("note without a place", NOTE, "applies_to", "add at least one", []),
    BadLibrary("note that says no place", NOTE, "applies_to", MISSING, without(NOTE, "applies_to")),
    _bad("two places in one row", NOTE, "applies_to[1]", "exactly one place", {"region": "hip", "position": "supine"}),
    _bad("place that is none", NOTE, "applies_to[2]", "exactly one place", {}),
    _bad("place that is null", NOTE, "applies_to[1]", "exactly one place", {"region": None}),
    _bad("everything by another word", NOTE, "applies_to[1].everything", "write true", Literal("yes")),
    _bad("unknown region", NOTE, "applies_to[1].region", CHOOSE, "calf"),
    _dose("without an end", "most", MISSING, figure="repetitions", least=1),
    _dose("upside down", "most", "not below least", figure="repetitions", least=9, most=1),
    _dose("that nobody can do", "most", "goes from 1 to 7", figure="days_per_week", least=1, most=8),
    _dose("of something else", "figure", "write 'hold_seconds', 'repetitions'", figure="speed", least=1, most=2),
    _bad("warm-up by another word", NOTE, "needs_warm_up", "write true", Literal("yes")),
    _bad("note that rules out nobody knows what", NOTE, "rules_out", "no condition “calf-strain”", "calf-strain"),
    BadLibrary(
        "note at a page nobody has",
        NOTE,
        "applies_to[3].routine",
        "no routine “before-bedtime”",
        put(NOTE, "applies_to[3]", {"routine": "before-bedtime"}),
    ),
    BadLibrary(
        "note at a hub nobody has",
        NOTE,
        "applies_to[3].hub",
        "no condition page “gout”",
        put(NOTE, "applies_to[3]", {"hub": "gout"}),
    ),
    BadLibrary("note without a source", NOTE, "source", MISSING, without(NOTE, "source")),
    BadLibrary("polarity without an action", NOTE, "polarity", "needs", put(NOTE, "polarity", "do")),
)

REFERENCES = (
    _bad("unknown condition", STRETCH, "conditions[1].condition", NOWHERE, "calf-cramps"),
    _bad("unknown condition of a routine", ROUTINE, "conditions[1].condition", NOWHERE, "gout"),
    _bad("unknown exercise", ROUTINE, "items[2].exercise", NOWHERE, "calf-strech"),
    _bad("variation nobody has", STRETCH, "variations[1].exercise", NOWHERE, "heel-raise"),
    _bad("variation that says nothing", STRETCH, "variations[1]", "name an exercise", {"kind": "progression"}),
    BadLibrary(
        "variation of itself", DROP, "variations[1].exercise", "is this exercise itself", _harder(DROP, "heel-drop")
    ),
    BadLibrary("circle of two", STRETCH, "variations", "in a circle", _harder(DROP, "calf-stretch")),
    BadLibrary(
        "circle of three",
        WALK,
        "variations",
        "in a circle",
        together(_harder(DROP, "easy-walking"), _harder(WALK, "calf-stretch")),
    ),
    BadLibrary(
        "circle of harder and easier",
        DROP,
        "variations",
        "in a circle",
        put(
            DROP,
            "variations",
            [{"kind": "regression", "exercise": "easy-walking"}, {"kind": "progression", "exercise": "easy-walking"}],
        ),
    ),
    _bad(
        "condition named twice",
        STRETCH,
        "conditions[2]",
        "is in the list already",
        {"condition": "calf-cramp", "evidence": "untested", "statement": "Nobody has tested it."},
    ),
    _bad("unknown evidence", STRETCH, "conditions[1].evidence", CHOOSE, "proven"),
    _bad("one side of a two-sided exercise", ROUTINE, "items[1].side", "does not work that side; write both", "left"),
    _bad("both sides of a one-sided exercise", ROUTINE, "items[2].side", "write each, left or right", "both"),
    _bad("side left out", ROUTINE, "items[2].side", CHOOSE, None),
    _bad("routine without exercises", ROUTINE, "items", "add at least one", []),
    _bad("unknown equipment", STRETCH, "equipment[1]", CHOOSE, "kettlebell"),
    _bad("exercise without steps", STRETCH, "steps", "add at least one", []),
    BadLibrary(
        "condition written twice",
        "conditions/cramp.yaml",
        "name",
        "is the same as in",
        copied(HUB, "conditions/cramp", id="cramp"),
    ),
    BadLibrary("title used twice", DROP, "title", "is the same as in", put(DROP, "title", "Calf STRETCH")),
)


def _bent_neck() -> dict[str, Any]:
    """A pose of the site's library with its neck bent further than any neck bends."""
    figure = library.illustration("wall-calf-stretch").model_dump(mode="json", by_alias=True, exclude_none=True)
    figure["figures"][0]["neck"] = [95, 0, 0]
    return figure


DRAWN = (
    _bad("unknown pose", STRETCH, "figure", "there is no pose “calf”; write the figure itself, or one of", "calf"),
    _bad("number for a figure", STRETCH, "figure", "write the name of a pose", 7),
    _bad("figure without poses", STRETCH, "figure", "figures is", {"v": 1, "id": "calf", "figures": []}),
    _bad("neck bent too far", STRETCH, "figure", "start, neck:", _bent_neck()),
    _bad("pose of no figure", STRETCH, "steps[1].pose", "give the exercise a figure first", "end"),
    BadLibrary(
        "pose the figure has not",
        STRETCH,
        "steps[1].pose",
        "write one of start, end",
        together(put(STRETCH, "figure", "wall-calf-stretch"), put(STRETCH, "steps[1].pose", "middle")),
    ),
    BadLibrary(
        "script in a figure",
        STRETCH,
        "figure.figures[1].label",
        PLAIN,
        put(STRETCH, "figure", {**_bent_neck(), "figures": [{"label": "<script>alert(1)</script>"}]}),
    ),
)

NAMES = (
    BadLibrary(
        "duplicate id",
        "exercises/calf-stretch-2.yaml",
        "id",
        "must be the file's name",
        copied(STRETCH, "exercises/calf-stretch-2", title="Another"),
    ),
    _bad(
        "id that is not the file's name", STRETCH, "id", "write “calf-stretch”, or rename the file", "wall-calf-stretch"
    ),
    _bad("id with a path in it", STRETCH, "id", "write small letters", "../calf-stretch"),
    BadLibrary("unknown field", STRETCH, "difficulty", UNKNOWN, put(STRETCH, "difficulty", "hard")),
    BadLibrary("misspelt field", STRETCH, "dosage.hold_second", UNKNOWN, put(STRETCH, "dosage.hold_second", 30)),
    BadLibrary("missing field", STRETCH, "who_it_is_for", MISSING, without(STRETCH, "who_it_is_for")),
    _bad("empty text", STRETCH, "purpose", EMPTY, ""),
    _bad("list for a text", STRETCH, "purpose", WORDS, ["Stretches the calf."]),
    _bad("text for a list", STRETCH, "regions", "write a list", "lower_leg"),
    _bad("number for a text", STRETCH, "title", WORDS, 30),
    _bad("yes for true", PRIVACY, "in_footer", "write true or false", Literal("yes")),
    _bad("title too long", STRETCH, "title", "shorten it to 255", "a" * 256),
    _bad("condition's name too long", HUB, "name", "at most 100 characters", "a" * 101),
    _bad("DOI too long", STRETCH, "sources[1].doi", "at most 120 characters", "1" * 121),
    _bad("link that is none", STRETCH, "sources[1].link", "write an address", "javascript:alert(1)"),
    _bad("link to a host that cannot be", STRETCH, "sources[1].link", "valid URL", "https://a_b..example/"),
    BadLibrary(
        "address of another page",
        "information/exercises.yaml",
        "id",
        "is taken by a page",
        copied(PRIVACY, "information/exercises", id="exercises"),
    ),
)

MARKUP = (
    _bad("script in a title", STRETCH, "title", PLAIN, "<script>alert(1)</script>"),
    _bad("script in a step", STRETCH, "steps[2].text", PLAIN, "Hold. <ScRiPt src=//a.example></ScRiPt>"),
    _bad("picture with a script in a red flag", NOTE, "text", PLAIN, "<img src=x onerror=alert(1)>"),
    _bad("half a tag", STRETCH, "feel", PLAIN, "A pull <svg/onload=alert(1)"),
    _bad("entity that hides a tag", STRETCH, "feel", PLAIN, "&#60;script>"),
    _bad("script in a list", HUB, "what_helps[1].points[2]", PLAIN, "<b>Stretching</b>"),
    _paragraph("a script", "<p>Rest.</p><script>alert(1)</script>", "may not hold <script>"),
    _paragraph("an event", "<p onmouseover='alert(1)'>Rest.</p>", "attribute onmouseover"),
    _paragraph("a picture", "<p><img src=x onerror=alert(1)></p>", "may not hold <img>"),
    _paragraph("a javascript link", '<p><a href="JaVaScRiPt:alert(1)">Rest</a></p>', "attribute href"),
    _paragraph(
        "a javascript link in entities", '<p><a href="java&#10;script&#58;alert(1)">Rest</a></p>', "attribute href"
    ),
    _paragraph("a data link", '<p><a href="data:text/html,alert(1)">Rest</a></p>', "attribute href"),
    _paragraph("a frame", '<p>Rest.</p><iframe src="https://a.example"></iframe>', "may not hold <iframe>"),
    _paragraph("a style", '<p style="position:fixed">Rest.</p>', "attribute style"),
)

FILES = (
    BadLibrary("Latin-1", NOTE, "", "is not UTF-8 at byte", encoded(NOTE, "latin-1")),
    BadLibrary("UTF-16", NOTE, "", "is not UTF-8 at byte 0", encoded(NOTE, "utf-16")),
    BadLibrary("byte order mark", NOTE, "", "byte order mark", encoded(NOTE, "utf-8-sig")),
    BadLibrary("NUL", NOTE, "", UNREADABLE, lines(NOTE, "what_to_do: a\x00b\n")),
    _bad(
        "escaped NUL",
        NOTE,
        "text",
        "invisible character U+0000 (control character)",
        Literal('"one calf\\0 is swollen"'),
    ),
    _bad("lone surrogate", NOTE, "text", "U+D800 (half of a character)", Literal('"one calf \\ud800"')),
    _bad(
        "right-to-left override",
        NOTE,
        "text",
        "invisible character U+202E (right-to-left override) after “one calf”",
        "one calf \u202e swollen",
    ),
    _bad(
        "mark inside a text",
        NOTE,
        "text",
        "invisible character U+FEFF (zero width no-break space) after “one”",
        "one \ufeffcalf",
    ),
    _bad(
        "space of no width",
        HUB,
        "what_it_is[1].paragraph",
        "U+200B (zero width space) after “<p>Tight”",
        "<p>Tight\u200bcalves.</p>",
    ),
    _bad("tag nobody sees", STRETCH, "steps[2].text", "U+E0041 (tag latin capital letter a)", "Hold\U000e0041 on."),
    _bad(
        "line break in a title",
        STRETCH,
        "title",
        "U+000A (control character) after “Calf”",
        Literal('"Calf\\nstretch"'),
    ),
    _bad("nothing but a filler", STRETCH, "feel", "U+3164 (hangul filler)", "\u3164"),
    BadLibrary("ragged indentation", NOTE, "line 11", UNREADABLE, lines(NOTE, "what_to_do: a\n   moment: any_time\n")),
    BadLibrary("tab for indentation", NOTE, "line 11", UNREADABLE, lines(NOTE, "what_to_do:\n\t- a\n")),
    BadLibrary("quotation that never ends", NOTE, "line 11", UNREADABLE, lines(NOTE, 'what_to_do: "rest\n')),
    BadLibrary("field given twice", NOTE, "line 10", "the field “tier” is given twice", lines(NOTE, "tier: 1\n")),
    BadLibrary("number for a field's name", NOTE, "line 10", "must be a word", lines(NOTE, "30: seconds\n")),
    BadLibrary(
        "field's name that paints the terminal", NOTE, "\\x1b[31mtext", UNKNOWN, lines(NOTE, '"\\e[31mtext": a\n')
    ),
    BadLibrary("empty file", NOTE, "", "must hold fields", content(NOTE, "")),
    BadLibrary("only a comment", NOTE, "", "must hold fields", content(NOTE, "# to be written\n")),
    BadLibrary("list at the top", NOTE, "", "must hold fields", content(NOTE, "- id: calf-clot\n")),
    BadLibrary("word at the top", NOTE, "", "must hold fields", content(NOTE, "calf-clot\n")),
    BadLibrary("table of commas", NOTE, "line 1", UNREADABLE, content(NOTE, '"id","kind"\n"calf-clot","red_flag"\n')),
    BadLibrary("two records in a file", NOTE, "line 10", "more than one record", lines(NOTE, "---\nid: another\n")),
    BadLibrary("anchor", NOTE, "line 10", ANCHOR, lines(NOTE, "what_to_do: &rest Rest.\n")),
    BadLibrary("alias bomb", NOTE, "line 1", ANCHOR, content(NOTE, _laughs())),
    BadLibrary("alias to itself", NOTE, "line 1", ANCHOR, content(NOTE, "&a [*a]\n")),
    BadLibrary("merge key", NOTE, "<<", UNKNOWN, lines(NOTE, "<<: {what_to_do: Rest.}\n")),
    BadLibrary("object tag", NOTE, "line 10", TAG, lines(NOTE, "what_to_do: !!python/object/apply:os.system [id]\n")),
    BadLibrary("name tag", NOTE, "line 10", TAG, lines(NOTE, "what_to_do: !!python/name:os.system ''\n")),
    BadLibrary("number tag", NOTE, "line 10", TAG, lines(NOTE, 'what_to_do: !!int "30"\n')),
    BadLibrary(
        "nested a hundred deep",
        NOTE,
        "line 10",
        "is nested more than 20 deep",
        lines(NOTE, f"what_to_do: {'[' * 100}\n"),
    ),
    BadLibrary(
        "nested a hundred thousand deep", NOTE, "line 1", "is nested more than 20 deep", content(NOTE, "[" * 100_000)
    ),
    BadLibrary(
        "number of a million digits", NOTE, "", "is larger than 200 KB", content(NOTE, f"tier: {'1' * 1_000_000}\n")
    ),
    BadLibrary("file too large", NOTE, "", "is larger than 200 KB", lines(NOTE, "# padding\n" * 30_000)),
)

FOLDERS = (
    BadLibrary(
        "unknown folder", "stretches/calf-stretch.yaml", "", MISPLACED, moved(STRETCH, "stretches/calf-stretch.yaml")
    ),
    BadLibrary("record at the top", "calf-stretch.yaml", "", MISPLACED, moved(STRETCH, "calf-stretch.yaml")),
    BadLibrary(
        "record in two folders",
        "exercises/legs/calf-stretch.yaml",
        "id",
        "is the id of exercises/calf-stretch.yaml too",
        copied(STRETCH, "exercises/legs/calf-stretch"),
    ),
    BadLibrary(
        "record in another's folder",
        "routines/calf-stretch.yaml",
        "clinical_name",
        UNKNOWN,
        moved(STRETCH, "routines/calf-stretch.yaml"),
    ),
    BadLibrary("other format", "notes/note.json", "", "its name must end in .yaml", content("notes/note.json", "{}")),
    BadLibrary("link to a file", "notes/linked.yaml", "", "is a link", linked(NOTE, "notes/linked.yaml")),
    BadLibrary(
        "link to nothing", "notes/linked.yaml", "", "is a link", linked("notes/nothing.yaml", "notes/linked.yaml")
    ),
    BadLibrary("link to a folder", "routines/linked", "", "is a link", linked("exercises", "routines/linked")),
    BadLibrary("empty folder", FOLDER, "", "holds no records", emptied),
)

BAD_LIBRARIES: tuple[BadLibrary, ...] = FIGURES + NOTES + REFERENCES + DRAWN + NAMES + MARKUP + FILES + FOLDERS
