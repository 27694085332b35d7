"""The library's file format takes what is written exactly as written, or refuses it and names the field."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from clinical.words.choices import BodyRegion, DoseFigure, NoteKind, StartingPosition, Urgency
from clinical.words.exercising import Equipment
from exercises.choices import Side
from exercises.dosage import BOUNDS
from exercises.frequency import FREQUENCY
from library.dosage_records import DosageRecord
from library.fields import Record
from library.note_records import NoteRecord, PlaceRecord
from library.provenance_records import PictureRecord, RedirectRecord
from library.records import (
    RECORD_OF_FOLDER,
    ConditionRecord,
    ConditionUseRecord,
    ExerciseRecord,
    InformationRecord,
    ProseBlockRecord,
    RoutineItemRecord,
    RoutineRecord,
    SourceRecord,
    StepRecord,
    VariationRecord,
)
from library.tag_records import CodeRecord, TagRecord

USE = {"condition": "calf-cramp", "evidence": "trial", "statement": "A small trial supports it."}
CLINICAL = {
    "id": "an-entry",
    "title": "An entry",
    "purpose": "What it is for.",
    "who_it_is_for": "Adults.",
    "check_first": ["you are unsure"],
    "evidence_summary": "Untested.",
    "sources": [{"title": "A guideline"}],
}
EXAMPLES: dict[type[Record], dict[str, Any]] = {
    SourceRecord: {"title": "A guideline"},
    ConditionUseRecord: USE,
    PlaceRecord: {"region": "lower_leg"},
    NoteRecord: {
        "id": "calf-clot",
        "kind": "red_flag",
        "tier": 1,
        "urgency": "same_day",
        "text": "one calf is swollen and warm",
        "applies_to": [{"region": "lower_leg"}],
        "source": "A guideline",
    },
    CodeRecord: {"system": "ICD-10", "edition": "2019", "code": "R25.2"},
    ProseBlockRecord: {"heading": "What it is"},
    ConditionRecord: {
        **CLINICAL,
        "name": "Calf cramp",
        "what_it_is": [{"paragraph": "A sudden tightening."}],
        "what_helps": [{"points": ["Stretching", "Walking"]}],
    },
    StepRecord: {"kind": "hold", "text": "Hold still."},
    VariationRecord: {"kind": "regression", "text": "Bend the knee."},
    ExerciseRecord: {
        **CLINICAL,
        "clinical_name": "Gastrocnemius stretch",
        "kind": "static_stretch",
        "regions": ["lower_leg"],
        "position": "standing",
        "laterality": "unilateral",
        "dosage": {"hold_seconds": 30, "repetitions": 2},
        "steps": [{"kind": "hold", "text": "Hold still."}],
        "feel": "A pull in the calf.",
        "not_feel": "Pain.",
    },
    RoutineItemRecord: {"exercise": "wall-calf-stretch", "phase": "main", "side": "each"},
    RoutineRecord: {
        **CLINICAL,
        "moments": ["before_bed"],
        "sessions_per_day": 1,
        "days_per_week": 7,
        "expect_change": "In two weeks.",
        "see_someone": "If nothing has changed by then.",
        "items": [{"exercise": "wall-calf-stretch", "phase": "main", "side": "each"}],
        "conditions": [USE],
    },
    InformationRecord: {
        "id": "privacy",
        "title": "Privacy",
        "introduction": "What we keep.",
        "body": [{"paragraph": "Nothing."}],
    },
}
NAME = {"ids": lambda value: value.__name__ if isinstance(value, type) else repr(value)}


def read(record: type[Record], **changes: Any) -> Any:
    """The smallest valid record with these changes."""
    return record.model_validate({**EXAMPLES[record], **changes})


def only(record: type[Record], **fields: Any) -> Any:
    """A record of these fields alone."""
    return record.model_validate(fields)


def faults(record: type[Record], given: dict[str, Any]) -> list[str]:
    """What an author is told, each fault with the field it is about before it."""
    with pytest.raises(ValidationError) as caught:
        record.model_validate(given)
    return [".".join(map(str, fault["loc"])) + ": " + fault["msg"] for fault in caught.value.errors()]


def fault(record: type[Record], **changes: Any) -> str:
    """The one thing an author is told about the smallest valid record with these changes."""
    (only_fault,) = faults(record, {**EXAMPLES[record], **changes})
    return only_fault


# Every record


def test_each_folder_holds_its_record():
    assert dict(RECORD_OF_FOLDER) == {
        "conditions": ConditionRecord,
        "notes": NoteRecord,
        "exercises": ExerciseRecord,
        "routines": RoutineRecord,
        "information": InformationRecord,
        "tags": TagRecord,
        "pictures": PictureRecord,
        "redirects": RedirectRecord,
    }


@pytest.mark.parametrize("record", EXAMPLES, **NAME)
def test_smallest_record_is_taken(record):
    assert read(record).model_dump(mode="json", exclude_unset=True) == EXAMPLES[record]


@pytest.mark.parametrize("record", EXAMPLES, **NAME)
def test_unknown_field_is_refused_by_name(record):
    assert fault(record, colour="red") == "colour: Extra inputs are not permitted"


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (record, field)
        for record, given in EXAMPLES.items()
        for field in given
        if record not in {PlaceRecord, ProseBlockRecord, VariationRecord}
        and field not in {"urgency", "check_first", "sessions_per_day", "days_per_week"}
        and (record, field) != (RoutineRecord, "conditions")
    ],
    **NAME,
)
def test_missing_field_is_refused_by_name(record, field):
    given = {name: value for name, value in EXAMPLES[record].items() if name != field}
    assert faults(record, given) == [f"{field}: Field required"]


@pytest.mark.parametrize(
    ("often", "told"),
    [
        ({}, "sessions_per_day: is missing; add it, or write as_needed: true"),
        ({"sessions_per_day": 2}, "days_per_week: is missing; add it, or write every_days: 2"),
        ({"days_per_week": 2}, "sessions_per_day: is missing; add it, or write as_needed: true"),
        ({"as_needed": True, "days_per_week": 2}, "days_per_week: leave empty: it is done as needed"),
        ({"sessions_per_day": 1, "days_per_week": 2, "every_days": 2}, "every_days: say either every_days or"),
    ],
)
def test_routine_says_how_often_in_one_way(often, told):
    given = {name: value for name, value in EXAMPLES[RoutineRecord].items() if name not in FREQUENCY}
    (found,) = faults(RoutineRecord, {**given, **often})
    assert told in found


@pytest.mark.parametrize(
    "often",
    [
        {"as_needed": True},
        {"as_needed": True, "as_needed_most": 3, "moments": ["during_symptoms"]},
        {"sessions_per_day": 2, "every_days": 2},
        {"sessions_per_day": 3, "sessions_per_day_most": 4, "days_per_week": 3, "days_per_week_most": 4},
    ],
)
def test_routine_may_be_done_as_needed_or_every_second_day(often):
    given = {name: value for name, value in EXAMPLES[RoutineRecord].items() if name not in FREQUENCY}
    assert RoutineRecord.model_validate({**given, **often}).often().is_whole


@pytest.mark.parametrize("record", EXAMPLES, **NAME)
@pytest.mark.parametrize("given", [None, [], "text", 3], ids=repr)
def test_record_that_is_no_mapping_is_refused(record, given):
    with pytest.raises(ValidationError):
        record.model_validate(given)


def test_record_never_changes():
    with pytest.raises(ValidationError, match="frozen"):
        read(StepRecord).text = "Something else"


# Words

WORDED = [
    (NoteRecord, "text", 2000),
    (NoteRecord, "what_to_do", 2000),
    (NoteRecord, "source", 255),
    (StepRecord, "text", 2000),
    (ExerciseRecord, "title", 255),
    (ExerciseRecord, "who_it_is_for", 2000),
    (ExerciseRecord, "evidence_summary", 2000),
    (ExerciseRecord, "feel", 2000),
    (ExerciseRecord, "not_feel", 2000),
    (RoutineRecord, "expect_change", 2000),
    (RoutineRecord, "see_someone", 2000),
    (ConditionUseRecord, "statement", 255),
    (SourceRecord, "doi", 255),
    (ProseBlockRecord, "heading", 255),
]


@pytest.mark.parametrize(("record", "field", "most"), WORDED, **NAME)
def test_words_are_taken_up_to_their_length_and_trimmed(record, field, most):
    assert getattr(read(record, **{field: f"  {'a' * most}\n"}), field) == "a" * most
    assert getattr(read(record, **{field: "a"}), field) == "a"
    assert fault(record, **{field: "a" * (most + 1)}).startswith(f"{field}: ")


@pytest.mark.parametrize(("record", "field", "most"), WORDED, **NAME)
@pytest.mark.parametrize("nothing", ["", " ", "\n\t", "\u00a0", "\u200b", "\ufeff", "\u2060\u200d"], ids=ascii)
def test_words_that_cannot_be_seen_are_refused_by_name(record, field, most, nothing):
    assert fault(record, **{field: nothing}).startswith(f"{field}: ")


@pytest.mark.parametrize(("record", "field", "most"), WORDED, **NAME)
@pytest.mark.parametrize("value", [30, 1.5, True, ["words"], {"en": "words"}, b"words"], ids=repr)
def test_anything_but_words_is_refused_by_name(record, field, most, value):
    assert fault(record, **{field: value}).startswith(f"{field}: ")


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f"], ids=ascii)
def test_control_character_in_words_is_refused(character):
    assert fault(NoteRecord, text=f"one calf{character} is swollen").startswith("text: ")


@pytest.mark.parametrize("record", [ConditionRecord, ExerciseRecord, RoutineRecord], **NAME)
def test_page_says_who_should_ask_first_in_lines_or_by_whom_it_concerns(record):
    asked = {name: value for name, value in EXAMPLES[record].items() if name != "check_first"}
    (missing,) = faults(record, asked)
    assert "check_first" in missing
    assert read(record, check_first=[], concerns=["pregnancy"]).concerns == ["pregnancy"]
    assert read(record, check_first="kneeling hurts").check_first == ["kneeling hurts"]
    long = "a" * 1000  # a text from before there were lines might have as many letters
    assert read(record, check_first=f"kneeling hurts\n\n{long}\n").check_first == ["kneeling hurts", long]
    assert fault(record, concerns=["bad_luck"]).startswith("concerns.0: ")
    assert fault(record, check_first=["a" * 2001]).startswith("check_first.0: ")


def test_note_is_said_in_short_in_ten_words_and_sixty_letters_at_most():
    ten = " ".join("abcde"[: 1 + number % 5] for number in range(10))
    assert read(NoteRecord, in_short=ten).in_short == ten
    assert fault(NoteRecord, in_short=f"{ten} more").startswith("in_short: ")
    assert fault(NoteRecord, in_short="a" * 61).startswith("in_short: ")
    family = {"sign": "one leg swells", "notes": ["another"]}
    assert read(NoteRecord, family=family).family.notes == ["another"]
    assert fault(NoteRecord, family={**family, "notes": []}).startswith("family.notes: ")
    assert fault(NoteRecord, family={**family, "sign": f"{ten} more"}).startswith("family.sign: ")


def test_words_may_have_several_lines_and_any_script():
    assert read(StepRecord, text="Halte still.\n\tوقف").text == "Halte still.\n\tوقف"


@pytest.mark.parametrize("value", ["a", "calf-cramp", "a1-2b", "x" * 60])
def test_identifier_is_taken(value):
    assert read(NoteRecord, id=value).id == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Calf",
        "calf cramp",
        "calf_cramp",
        "-calf",
        "calf-",
        "calf--cramp",
        "calf\n",
        "../calf",
        "wädli",
        "x" * 61,
        7,
        None,
        b"calf",
    ],
    ids=repr,
)
def test_identifier_of_another_shape_is_refused_by_name(value):
    assert fault(NoteRecord, id=value).startswith("id: ")
    assert fault(RoutineItemRecord, exercise=value).startswith("exercise: ")


@pytest.mark.parametrize("link", ["https://example.org/a?b=c#d", "http://example.org", "https://" + "a" * 492])
def test_link_is_taken(link):
    assert read(SourceRecord, link=link).link == link


@pytest.mark.parametrize(
    "link",
    [
        "",
        "example.org",
        "javascript:alert(1)",
        "ftp://example.org",
        " https://example.org",
        "https://example.org/a b",
        'https://example.org/"onclick',
        "https://example.org/<b>",
        "https://example.org\njavascript:alert(1)",
        "https://" + "a" * 493,
        b"https://example.org",
    ],
    ids=lambda link: repr(link)[:40],
)
def test_link_that_is_none_is_refused(link):
    assert fault(SourceRecord, link=link).startswith("link: ")


# Figures

FIGURES = [*BOUNDS, "hold_seconds_most", "repetitions_most", "moving_seconds_most"]
NOT_WHOLE = ["30", "30s", "", True, False, 30.0, 30.5, 1e309, float("nan"), [30], {"seconds": 30}]


@pytest.mark.parametrize("field", FIGURES)
@pytest.mark.parametrize("value", NOT_WHOLE, ids=repr)
def test_figure_that_is_no_whole_number_is_refused_by_name(field, value):
    (told,) = faults(DosageRecord, {field: value})
    assert told == f"{field}: Input should be a valid integer"


@pytest.mark.parametrize(
    ("field", "least", "most"),
    [
        ("hold_seconds", 1, 600),
        ("hold_seconds_most", 1, 600),
        ("repetitions", 1, 100),
        ("repetitions_most", 1, 100),
        ("seconds_per_repetition", 1, 60),
        ("rest_between_seconds", 1, 600),
        ("moving_seconds", 10, 3600),
        ("moving_seconds_most", 10, 3600),
        ("sets", 1, 10),
        ("rest_seconds", 0, 600),
        ("sessions_per_day", 1, 16),
        ("days_per_week", 1, 7),
    ],
)
def test_figure_is_taken_within_the_bounds_of_a_dosage_only(field, least, most):
    for value in (least, most):
        assert only(DosageRecord, **{field: value}).figures() == {field: value}
    for value in (least - 1, most + 1, 10**400):
        (told,) = faults(DosageRecord, {field: value})
        assert told.startswith(f"{field}: ")


def test_dosage_gives_only_the_figures_that_were_written():
    assert only(DosageRecord).figures() == {}
    written = {"rest_seconds": 0, "intensity_cue": "A mild pull", "sets": 2}
    assert only(DosageRecord, **written, hold_seconds=None).figures() == written


@pytest.mark.parametrize(
    ("dosage", "field"),
    [
        ({}, "hold_seconds"),
        ({"hold_seconds": 30}, "repetitions"),
        ({"hold_seconds": 30, "repetitions": 2, "moving_seconds": 60}, "moving_seconds"),
        ({"hold_seconds": 30, "hold_seconds_most": 20, "repetitions": 2}, "hold_seconds_most"),
        ({"repetitions": 2, "rest_seconds": 30}, "rest_seconds"),
        ({"moving_seconds": 60, "seconds_per_repetition": 4}, "seconds_per_repetition"),
    ],
    ids=str,
)
def test_dosage_that_cannot_be_followed_is_refused_by_name(dosage, field):
    assert f"dosage.{field}: " in fault(ExerciseRecord, dosage=dosage)


def test_figure_of_an_exercise_out_of_bounds_is_refused_by_its_path():
    assert fault(ExerciseRecord, dosage={"hold_seconds": "30s", "repetitions": 2}).startswith("dosage.hold_seconds: ")


def test_item_of_a_routine_says_only_what_differs():
    item = read(RoutineItemRecord, dosage={"hold_seconds": 20})
    assert item.dosage.figures() == {"hold_seconds": 20}
    assert read(RoutineItemRecord).dosage.figures() == {}
    assert item.side is Side.EACH


@pytest.mark.parametrize(
    ("field", "least", "most"), [("sessions_per_day", 1, 16), ("days_per_week", 1, 7), ("weeks", 1, 52)]
)
def test_frequency_of_a_routine_has_bounds(field, least, most):
    for value in (least, most):
        assert getattr(read(RoutineRecord, **{field: value}), field) == value
    for value in (least - 1, most + 1, str(least), True, float(least)):
        assert fault(RoutineRecord, **{field: value}).startswith(f"{field}: ")


def test_weeks_may_be_a_range_that_goes_upwards():
    assert read(RoutineRecord, weeks=4, weeks_most=52).weeks_most == 52
    assert read(RoutineRecord, weeks=1, weeks_most=2).weeks_most == 2
    for weeks_most in (1, 53, "6", 6.0, True):
        assert fault(RoutineRecord, weeks=1, weeks_most=weeks_most).startswith("weeks_most: ")


@pytest.mark.parametrize("weeks", [None, 6, 8])
def test_range_of_weeks_without_or_below_its_lower_end_is_refused_by_name(weeks):
    assert "weeks_most" in fault(RoutineRecord, weeks=weeks, weeks_most=6)


# Vocabularies


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (NoteRecord, "kind"),
        (NoteRecord, "urgency"),
        (NoteRecord, "polarity"),
        (NoteRecord, "moment"),
        (NoteRecord, "concerns_step"),
        (PlaceRecord, "region"),
        (PlaceRecord, "position"),
        (StepRecord, "kind"),
        (VariationRecord, "kind"),
        (ExerciseRecord, "kind"),
        (ExerciseRecord, "position"),
        (ExerciseRecord, "laterality"),
        (ConditionUseRecord, "evidence"),
        (RoutineItemRecord, "phase"),
        (RoutineItemRecord, "side"),
    ],
    **NAME,
)
@pytest.mark.parametrize("value", ["Red_Flag", "other", "", 1, True, ["left"]], ids=repr)
def test_value_outside_its_vocabulary_is_refused_by_name(record, field, value):
    given = {field: value} if record is PlaceRecord else {**EXAMPLES[record], field: value}
    (told,) = faults(record, given)
    # A position may be one or a list of them.
    shapes = {"position": ".(several).0" if value == ["left"] else ".(one)"} if record is ExerciseRecord else {}
    assert told.startswith(f"{field}{shapes.get(field, '')}: Input should be ")


@pytest.mark.parametrize(
    ("record", "field"),
    [(ExerciseRecord, "regions"), (ExerciseRecord, "equipment"), (RoutineRecord, "moments")],
    **NAME,
)
def test_fault_in_a_list_names_its_place_in_the_list(record, field):
    good = {"regions": "hip", "equipment": "mat", "moments": "before_bed"}[field]
    assert fault(record, **{field: [good, "other"]}).startswith(f"{field}.1: ")


def test_vocabularies_become_their_members():
    exercise = read(ExerciseRecord, equipment=["wall"])
    assert exercise.regions == [BodyRegion.LOWER_LEG]
    assert exercise.position is StartingPosition.STANDING
    assert exercise.equipment == [Equipment.WALL]


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (NoteRecord, "applies_to"),
        (ExerciseRecord, "sources"),
        (ExerciseRecord, "regions"),
        (ExerciseRecord, "steps"),
        (RoutineRecord, "sources"),
        (RoutineRecord, "moments"),
        (RoutineRecord, "items"),
        (ConditionRecord, "sources"),
        (ConditionRecord, "what_it_is"),
        (ConditionRecord, "what_helps"),
        (InformationRecord, "body"),
    ],
    **NAME,
)
@pytest.mark.parametrize("value", [[], None, "text", {"a": 1}], ids=repr)
def test_list_that_is_empty_or_none_is_refused_by_name(record, field, value):
    assert fault(record, **{field: value}).startswith(f"{field}: ")


def test_switch_is_yes_or_no_and_nothing_that_looks_like_it():
    assert read(InformationRecord).in_footer is True
    assert read(InformationRecord, in_footer=False).in_footer is False
    for value in ("no", "false", 0, 1, "off", None):
        assert fault(InformationRecord, in_footer=value).startswith("in_footer: ")


# Notes


@pytest.mark.parametrize(
    ("kind", "mildest"),
    [
        ("red_flag", 1),
        ("contraindication", 2),
        ("stop", 2),
        ("check_first", 3),
        ("population", 3),
        ("preparation", 4),
        ("do", 4),
        ("dont", 4),
        ("caveat", 4),
    ],
)
def test_tier_may_be_raised_above_its_kind_and_never_lowered_below(kind, mildest):
    for tier in (1, 2, 3, 4):
        given = {**EXAMPLES[NoteRecord], "kind": kind, "tier": tier, "urgency": "emergency" if tier == 1 else None}
        if tier <= mildest:
            assert NoteRecord.model_validate(given).tier == tier
        else:
            (told,) = faults(NoteRecord, given)
            assert f"tier: a {NoteKind(kind).label} is tier {mildest} or more serious" in told


@pytest.mark.parametrize("tier", [0, 5, -1, "1", 1.0, True, None, 1e309], ids=repr)
def test_tier_that_is_none_of_the_four_is_refused_by_name(tier):
    assert fault(NoteRecord, tier=tier).startswith("tier: ")


@pytest.mark.parametrize("urgency", Urgency)
def test_tier_1_says_how_fast_help_is_needed(urgency):
    assert read(NoteRecord, urgency=urgency.value).urgency is urgency


def test_tier_1_without_an_urgency_is_refused():
    assert "urgency: write emergency or same_day for tier 1" in fault(NoteRecord, urgency=None)


@pytest.mark.parametrize("tier", [2, 3, 4])
def test_urgency_below_tier_1_is_refused(tier):
    assert "urgency: " in fault(NoteRecord, kind="do", tier=tier, urgency="same_day")
    assert read(NoteRecord, kind="do", tier=tier, urgency=None).urgency is None


@pytest.mark.parametrize("given", [{"polarity": "do"}, {"action": "bounce"}], ids=str)
def test_action_and_polarity_need_each_other(given):
    assert "polarity: an action needs a polarity" in fault(NoteRecord, **given)


@pytest.mark.parametrize("polarity", ["do", "dont"])
def test_note_may_name_an_action_and_whether_it_is_asked_for(polarity):
    assert read(NoteRecord, action="bounce", polarity=polarity).polarity.value == polarity


LIMIT = {"figure": "hold_seconds", "least": 10, "most": 30}


def test_note_may_say_what_it_rules_out_limits_and_asks_for():
    note = read(NoteRecord, rules_out="calf-cramp", dose=LIMIT, needs_warm_up=True)
    assert (note.rules_out, note.needs_warm_up) == ("calf-cramp", True)
    assert (note.dose.figure, note.dose.least, note.dose.most) == (DoseFigure.HOLD_SECONDS, 10, 30)


def test_note_says_none_of_it_when_left_out():
    note = read(NoteRecord)
    assert (note.rules_out, note.dose, note.needs_warm_up) == (None, None, False)


@pytest.mark.parametrize("figure", DoseFigure)
def test_limit_of_a_dose_lies_within_what_a_dose_may_be(figure: DoseFigure):
    lowest, highest = BOUNDS[figure]
    whole = {"figure": figure.value, "least": lowest, "most": highest}
    assert read(NoteRecord, dose=whole).dose.model_dump(mode="json") == whole
    for name, value in (("least", lowest - 1), ("most", highest + 1)):
        told = fault(NoteRecord, dose={**whole, name: value})
        assert told == f"dose.{name}: Value error, {figure} goes from {lowest} to {highest}; write a number within that"


@pytest.mark.parametrize("field", LIMIT)
def test_limit_of_a_dose_says_all_three(field: str):
    given = {name: value for name, value in LIMIT.items() if name != field}
    assert fault(NoteRecord, dose=given) == f"dose.{field}: Field required"


def test_limit_of_a_dose_goes_upwards_and_may_be_one_number():
    told = fault(NoteRecord, dose={**LIMIT, "most": 9})
    assert told == "dose.most: Value error, write a number that is not below least"
    assert read(NoteRecord, dose={**LIMIT, "most": 10}).dose.most == 10


@pytest.mark.parametrize(
    "given",
    [{"dose": {**LIMIT, "figure": "sets"}}, {"dose": {**LIMIT, "least": "10"}}, {"dose": {**LIMIT, "most": 30.0}}],
    ids=str,
)
def test_limit_in_another_shape_is_refused_at_its_field(given: dict[str, Any]):
    assert fault(NoteRecord, **given).startswith("dose.")


@pytest.mark.parametrize("value", ["yes", 1, None], ids=repr)
def test_warm_up_is_asked_for_with_true_or_not_at_all(value: Any):
    assert fault(NoteRecord, needs_warm_up=value).startswith("needs_warm_up: ")


# Places

PLACES = {
    "everything": True,
    "region": "hip",
    "position": "supine",
    "equipment": "band",
    "kind": "strengthening",
    "condition": "calf-cramp",
    "exercise": "wall-calf-stretch",
    "routine": "before-bed",
    "hub": "calf-cramp",
}


def test_every_sort_of_place_is_tested():
    assert set(PLACES) == set(PlaceRecord.model_fields)


@pytest.mark.parametrize(("field", "value"), PLACES.items())
def test_place_is_one_of_its_sorts(field, value):
    assert only(PlaceRecord, **{field: value}).model_dump(exclude_none=True) == {field: value}


@pytest.mark.parametrize("second", [name for name in PLACES if name != "region"])
def test_place_with_two_targets_is_refused(second):
    (told,) = faults(PlaceRecord, {"region": "hip", second: PLACES[second]})
    assert "exactly one place" in told
    assert second in told


def test_place_without_a_target_is_refused():
    (told,) = faults(PlaceRecord, {})
    assert "exactly one place" in told


@pytest.mark.parametrize("field", PLACES)
def test_place_named_but_left_empty_is_refused(field):
    (told,) = faults(PlaceRecord, {field: None})
    assert "exactly one place" in told


@pytest.mark.parametrize("value", [False, "true", "yes", 0, 2], ids=repr)
def test_everything_is_true_or_left_out(value):
    (told,) = faults(PlaceRecord, {"everything": value})
    assert told.startswith("everything: ")


def test_fault_in_a_place_names_which_of_the_places():
    told = fault(NoteRecord, applies_to=[{"region": "hip"}, {"region": "hip", "hub": "calf-cramp"}])
    assert told.startswith("applies_to.1: ")


# Prose and variations


@pytest.mark.parametrize(
    "given", [{"heading": "A"}, {"paragraph": "A <b>little</b> HTML"}, {"points": ["A", "B"]}], ids=str
)
def test_block_of_prose_is_one_thing(given):
    assert only(ProseBlockRecord, **given).model_dump(exclude_none=True) == given


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"heading": "A", "paragraph": "B"},
        {"heading": "A", "points": ["B"]},
        {"paragraph": "A", "points": ["B"]},
        {"heading": None},
        {"paragraph": None},
        {"points": None},
    ],
    ids=str,
)
def test_block_of_prose_that_is_nothing_or_two_things_is_refused(given):
    (told,) = faults(ProseBlockRecord, given)
    assert "exactly one of heading, paragraph or points" in told


def test_points_of_prose_keep_their_order_and_hold_something():
    (told,) = faults(ProseBlockRecord, {"points": []})
    assert told.startswith("points: ")
    (told,) = faults(ProseBlockRecord, {"points": ["A", " "]})
    assert told.startswith("points.1: ")
    assert only(ProseBlockRecord, points=["B", "A", "B"]).points == ["B", "A", "B"]


def test_paragraph_may_be_long():
    assert only(ProseBlockRecord, paragraph=" " + "a" * 20_000).paragraph == "a" * 20_000
    assert only(ProseBlockRecord, paragraph="a").paragraph == "a"
    for paragraph in ("a" * 20_001, " ", b"a"):
        (told,) = faults(ProseBlockRecord, {"paragraph": paragraph})
        assert told.startswith("paragraph: ")


@pytest.mark.parametrize(
    "given",
    [{"exercise": "glute-bridge"}, {"text": "Bend the knee."}, {"exercise": "glute-bridge", "text": "Slower."}],
    ids=str,
)
def test_variation_is_another_exercise_or_a_sentence_or_both(given):
    variation = only(VariationRecord, kind="progression", **given)
    assert variation.model_dump(exclude_none=True, exclude={"kind"}) == given


@pytest.mark.parametrize("given", [{}, {"exercise": None}, {"text": None}], ids=str)
def test_variation_that_says_nothing_is_refused(given):
    (told,) = faults(VariationRecord, {"kind": "progression", **given})
    assert "name an exercise, or say in text what changes" in told


def test_what_may_be_taken_instead_is_read_for_what_is_needed():
    exercise = read(ExerciseRecord, equipment=["mat", "towel"], instead={"towel": " a belt "})
    assert exercise.instead == {Equipment.TOWEL: "a belt"}
    assert read(ExerciseRecord, equipment=["mat"]).instead == {}


@pytest.mark.parametrize(
    "instead",
    [{"towel": "a belt"}, {"mat": ""}, {"mat": "x" * 41}, {"mat": "a\u202erug"}, {"mat": 5}, {"sofa": "a bed"}],
)
def test_what_may_not_be_taken_instead_is_a_fault(instead: dict[str, object]):
    with pytest.raises(ValidationError):
        read(ExerciseRecord, equipment=["mat"], instead=instead)
