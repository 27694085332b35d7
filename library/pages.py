"""From records to pages: exercises, routines, condition pages and information pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.models import Page

from clinical.models import Condition
from clinical.publishing.refusals import sentences_of
from clinical.words.choices import ReviewState, SettlesBy
from exercises.dosage import FIELDS
from exercises.frequency import OF_FREQUENCY
from exercises.models import ExerciseCondition, ExerciseIndexPage, ExercisePage, ExerciseSource, Variation
from library.completing import note_what_it_lacks
from library.faults import Fault, LibraryFaults
from library.figures import figure_data
from library.free_addresses import free_address
from library.loaded_pictures import picture_of
from library.loading import CHANGED, CREATED, UNCHANGED, WAITING, Loading
from library.matching import (
    existing,
    is_settled,
    is_taken_over,
    key_if_withdrawn,
    referred,
    refuse_if_another,
    refuse_if_edited,
    remember,
)
from library.one_form import as_paragraph
from library.publishing import publish, still_waits
from library.records import (
    ClinicalRecord,
    ConditionRecord,
    ExerciseRecord,
    InformationRecord,
    ProseBlockRecord,
    RightNowRecord,
    RoutineRecord,
    SourceRecord,
    StepRecord,
)
from library.rows import refuse_unfit_rows
from library.saving import save_loaded
from routines.models import RoutineCondition, RoutineIndexPage, RoutineItem, RoutinePage, RoutineSource
from stretchsite.models import ConditionIndexPage, ConditionPage, HomePage, HubSource, InformationPage


def write_exercise(record: ExerciseRecord, loading: Loading) -> str:
    """An exercise. Its variations follow when all exercises are there."""
    page, outcome = _page(ExercisePage, record, loading)
    if page is None:
        return outcome
    _fill(page, record, ExerciseSource)
    page.clinical_name, page.other_names = record.clinical_name, "\n".join(record.aliases)
    page.kind, page.laterality = record.kind, record.laterality
    page.starting_position, *page.other_positions = record.positions
    page.body_regions, page.equipment = record.regions, record.equipment
    page.substitutes = {thing.value: words for thing, words in record.instead.items()}
    page.target_muscles, page.common_mistakes = "\n".join(record.muscles), "\n".join(record.mistakes)
    page.feel, page.not_feel = record.feel, record.not_feel
    page.pain_most = record.pain.most if record.pain else 0
    page.settles_by = record.pain.settles_by if record.pain else SettlesBy.AT_ONCE
    page.figure, page.photo, page.leads = figure_data(record), picture_of(record.photo, loading), record.leads
    page.steps = [(step.kind.value, _step(step, loading)) for step in record.steps]
    _set_figures(page, record.dosage.figures())
    page.condition_uses = [_use(ExerciseCondition, use, loading) for use in record.conditions]
    return _keep(page, ExerciseIndexPage, record, outcome, loading)


def _step(step: StepRecord, loading: Loading) -> dict[str, Any]:
    return {"text": step.text, "picture": picture_of(step.picture, loading), "pose": step.pose or ""}


def write_variations(record: ExerciseRecord, loading: Loading) -> str:
    """An exercise's easier and harder ways, once every exercise exists. Counted with the exercise."""
    page = existing(ExercisePage, record.id, loading.library).get_latest_revision_as_object()
    wanted = [(item.kind.value, item.exercise or "", item.text or "") for item in record.variations]
    others = {name: referred(ExercisePage, name, loading.library) for _kind, name, _text in wanted if name}
    have = [(row.kind, row.exercise_id, row.text) for row in page.variations.all()]
    if is_taken_over(page) or have == [(kind, others[name].pk if name else None, text) for kind, name, text in wanted]:
        return ""
    page.variations = [
        Variation(kind=kind, exercise=others.get(name), text=text, sort_order=number)
        for number, (kind, name, text) in enumerate(wanted)
    ]
    refuse_unfit_rows(page)
    revision = save_loaded(page, loading, clean=not loading.is_draft)
    if loading.is_draft:
        note_what_it_lacks(page, revision)
    publish(page, revision, loading, "")
    return ""


def write_routine(record: RoutineRecord, loading: Loading) -> str:
    """A routine with its items in order."""
    page, outcome = _page(RoutinePage, record, loading)
    if page is None:
        return outcome
    _fill(page, record, RoutineSource)
    for name in ("weeks", "weeks_most", "expect_change", "see_someone", "moments"):
        setattr(page, name, getattr(record, name))
    for name, about in OF_FREQUENCY.items():
        said = getattr(record, name)
        setattr(page, name, about.empty if said is None else said)
    page.advice = _prose(record.advice)
    page.items = [_item(number, item, loading) for number, item in enumerate(record.items)]
    page.condition_uses = [_use(RoutineCondition, use, loading) for use in record.conditions]
    return _keep(page, RoutineIndexPage, record, outcome, loading)


def write_hub(record: ConditionRecord, loading: Loading) -> str:
    """A condition's page."""
    page, outcome = _page(ConditionPage, record, loading)
    if page is None:
        return outcome
    _fill(page, record, HubSource)
    page.condition = existing(Condition, record.id, loading.library)
    page.what_it_is, page.what_helps = _prose(record.what_it_is), _prose(record.what_helps)
    _write_right_now(page, record.right_now, loading)
    page.usual_sensation = record.usual_sensation or ""
    page.pictured = record.pictured or ""
    return _keep(page, ConditionIndexPage, record, outcome, loading)


def _write_right_now(page: ConditionPage, now: RightNowRecord | None, loading: Loading) -> None:
    page.now_title = now.title if now else ""
    page.now_steps = "\n".join(now.steps) if now else ""
    named = now.exercise if now else None
    page.now_exercise = referred(ExercisePage, named, loading.library) if named else None
    page.now_afterwards = (now.afterwards if now else "") or ""
    page.now_sources = (now.sources_differ if now else "") or ""


def write_information(record: InformationRecord, loading: Loading) -> str:
    """A page about the site."""
    page, outcome = _page(InformationPage, record, loading)
    if page is None:
        return outcome
    page.title, page.introduction, page.in_footer = record.title, record.introduction, record.in_footer
    page.body = _prose(record.body)
    return _keep(page, HomePage, record, outcome, loading)


def _page(model: type[Page], record: Any, loading: Loading) -> tuple[Any, str]:
    """The page to write into, and what comes of that; no page when there is nothing to do."""
    page = existing(model, record.id, loading.library)
    if page is None:
        known = key_if_withdrawn(model, record.id, loading.library)
        page = model(
            library_id=record.id, from_library=loading.library, slug=record.slug or record.id, live=False, **known
        )
        return page, CREATED
    digests = loading.digests(record)
    if is_settled(page, digests, publish=loading.publishes):
        return None, UNCHANGED
    if still_waits(page, digests, loading):
        return None, WAITING
    refuse_if_edited(page)
    refuse_if_another(page, record)
    return page, CHANGED


def _fill(page: Any, record: ClinicalRecord, source_model: type[Any]) -> None:
    """What every clinical page has. Loaded content names no person and no day of review."""
    page.title, page.purpose = record.title, record.purpose
    page.who_it_is_for, page.check_first_if = record.who_it_is_for, "\n".join(record.check_first)
    page.check_first_concerns = tuple(record.concerns)
    page.evidence_summary = record.evidence_summary
    page.origin = record.origin.model_dump(exclude_none=True) if record.origin else None
    page.dos, page.donts = "\n".join(record.dos), "\n".join(record.donts)
    page.sources = [_source(source_model, number, source) for number, source in enumerate(record.sources)]
    page.review_state = ReviewState.UNREVIEWED
    page.author = page.reviewer = page.reviewed_on = page.review_due = None


def _keep(page: Any, parent_model: type[Page], record: Any, outcome: str, loading: Loading) -> str:
    """Save the page as a draft, and publish it if asked; the gate has the last word."""
    page.library_digest = loading.digest(record)
    if loading.publishes and hasattr(page, "came_published"):
        page.came_published = True
    for name in page.get_streamfield_names():
        if getattr(page, name) or not loading.is_draft:
            _clean_blocks(page, name)
    refuse_unfit_rows(page)
    if outcome == CREATED:
        _add(page, parent_model, loading)
    revision = save_loaded(page, loading, clean=not loading.is_draft)
    remember(page)
    if loading.is_draft:
        note_what_it_lacks(page, revision)
    return publish(page, revision, loading, outcome)


def _clean_blocks(page: Any, name: str) -> None:
    """Ask the blocks' own rules, which nothing asks of what is written by code; say which field is at fault."""
    try:
        page._meta.get_field(name).stream_block.clean(getattr(page, name))
    except ValidationError as error:
        raise ValidationError({name: sentences_of(error)}) from error


def _add(page: Any, parent_model: type[Page], loading: Loading) -> None:
    parent = parent_model.objects.order_by("depth").first()
    if parent is None:
        raise LibraryFaults([Fault("", "", "the site has no page to put this under; run setup_site first")])
    page.slug = free_address(page.slug, parent, loading)
    page.locale = parent.locale
    parent.add_child(instance=page)


def _set_figures(target: Any, figures: dict[str, Any]) -> None:
    for name in FIELDS:
        setattr(target, name, figures.get(name, target._meta.get_field(name).get_default()))


def _source(model: type[Any], number: int, source: SourceRecord) -> Any:
    words = {name: value or "" for name, value in source.model_dump().items()}
    return model(sort_order=number, **words)


def _use(model: type[Any], use: Any, loading: Loading) -> Any:
    return model(
        tag=referred(Condition, use.condition, loading.library), evidence=use.evidence, statement=use.statement
    )


def _item(number: int, record: Any, loading: Loading) -> RoutineItem:
    item = RoutineItem(
        sort_order=number,
        exercise=referred(ExercisePage, record.exercise, loading.library),
        phase=record.phase,
        side=record.side,
        cue=record.cue or "",
        from_week=record.from_week,
        to_week=record.to_week,
    )
    _set_figures(item, record.dosage.figures())
    return item


def _prose(blocks: list[ProseBlockRecord]) -> list[tuple[str, Any]]:
    made: list[tuple[str, Any]] = []
    for block in blocks:
        if block.heading:
            made.append(("heading", block.heading))
        elif block.paragraph:
            made.append(("paragraph", as_paragraph(block.paragraph)))
        else:
            made.append(("points", list(block.points or ())))
    return made
