"""Every text there is in the tables, and what guards it on its way to readers. A new one has no place until given one.

A text is guarded when it is part of what an approval names (the fields of a gated page or note, and of its rows), or is
one of the words of a shared record. Everything else stands here, by model and field, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Locale, Site

from clinical.publishing.fingerprints import fingerprint_of
from clinical.publishing.gate import GatedMixin
from clinical.publishing.shared_words import SharedWordsMixin

#: The apps whose tables are ours, and what readers see of the platform's.
OURS = ("clinical", "exercises", "routines", "sharing", "stretchsite")
OF_THE_PLATFORM = (Site, Locale)

FINGERPRINT = "two people: it is part of what an approval names"
AGREEMENT = "two people: proposed by one, confirmed by another"

CLOSED = "one person, and every change is on record: only the person named knows it"
AT_ONCE = "one person, at once, on record: why something was withdrawn cannot wait"
TWO = "two people: the database refuses it from one"
FROM_APPROVED = "made from words that were approved, by code"
CHOICE = "chosen from a list that is code, or an address or key made by code"
OWN = "a practitioner's own word to one patient; checked that it names nobody"
SETTING = "set by whoever runs the site; on record in the platform's own log, and shown nowhere"
CLINIC = "one person, at once: clinic settings (audited), which say whose site it is and nothing of exercises"
FOUND_BY = "one person who reviews, on record: what questions are read by; shown only as how a typing error was read"
FROZEN = "two people: nothing of a video changes while a page names it, and naming another is part of what is approved"
NEVER = "never shown to readers"

#: What no approval and no agreement guards, and why that is right.
ELSEWHERE: dict[str, str] = {
    **dict.fromkeys(("clinical.Withdrawal.reason", "clinical.Withdrawal.title"), AT_ONCE),
    **dict.fromkeys(("clinical.Override.reason", "clinical.Override.conflict", "clinical.Override.title"), TWO),
    **dict.fromkeys(
        ("sharing.ShareLink.note", "sharing.ProgrammeItem.cue", "sharing.ProgrammeItem.intensity_cue"), OWN
    ),
    **dict.fromkeys(
        [
            f"exercises.Video.{name}"
            for name in ("title", "file", "captions", "transcript", "author", "source", "licence")
        ],
        FROZEN,
    ),
    "exercises.Video.kind": CHOICE,
    **dict.fromkeys(("stretchsite.Saying.saying", "stretchsite.Saying.meaning"), FOUND_BY),
    "sharing.ShareLink.mark": CHOICE,
    "sharing.Programme.kept_as": NEVER,
    **dict.fromkeys(
        (
            "clinical.SafetyNote.family_ready",
            "stretchsite.IndexedWord.stem",
            "stretchsite.KnownWord.stem",
            "stretchsite.KnownWord.word",
            "exercises.ExercisePage.figure_ready",
            "exercises.ExercisePage.pictures_ready",
            "exercises.ExercisePage.videos_ready",
            "exercises.ExercisePage.condition_ids",
            "routines.RoutinePage.chosen_despite",
            "sharing.ShareLinkItem.cue",
            "sharing.ShareLinkItem.intensity_cue",
        ),
        FROM_APPROVED,
    ),
    **dict.fromkeys(
        (
            "wagtailcore.Page.path",
            "wagtailcore.Page.slug",
            "wagtailcore.Page.url_path",
            "wagtailcore.Locale.language_code",
            "sharing.ShareLink.language",
            "stretchsite.KnownWord.language",
            "stretchsite.Saying.language",
            "clinical.Picture.file",  # a picture in use keeps its file
            "clinical.ClinicSettings.logo_digest",
            "clinical.Heartbeat.command",
            "stretchsite.ReaderReport.what",
            "stretchsite.ReaderReport.told_on",
            "clinical.PictureRendition.file",
            "clinical.PictureRendition.filter_spec",
            "clinical.PictureRendition.focal_point_key",
        ),
        CHOICE,
    ),
    **dict.fromkeys(
        [
            f"clinical.ClinicSettings.{name}"
            for name in ("name", "footer", "email", "phone", "licence", "accent_light", "accent_dark")
        ],
        CLINIC,
    ),
    "wagtailcore.Site.hostname": SETTING,
    "wagtailcore.Site.site_name": SETTING,
    **dict.fromkeys(
        (
            "wagtailcore.Page.draft_title",
            "wagtailcore.Task.name",
            "wagtailcore.TaskState.comment",
            "clinical.Approval.comment",
            "clinical.Approval.content_hash",
            "clinical.Approval.language",
            "clinical.Approval.title",
            "clinical.Approval.writers",
            "clinical.AuditEntry.details",
            "clinical.AuditEntry.reason",
            "clinical.AuditEntry.title",
            "clinical.ClinicalReviewStep.corrected_to",
            "clinical.ClinicalReviewStep.corrected_words",
            "clinical.ClinicalReviewStep.correction_comment",
            "clinical.ConditionCode.code",
            "clinical.ConditionCode.edition",
            "clinical.ConditionCode.system",
            "clinical.Override.fingerprint",
            "clinical.Picture.description",
            "clinical.Picture.file_hash",
            "clinical.Proposal.after",  # shown when a colleague has confirmed it, from the record it is about
            "clinical.Proposal.before",
            "clinical.Proposal.reason",
            "clinical.Proposal.remark",
            "clinical.Proposal.title",
            "clinical.ReviewReminder.month",
            "clinical.User.email",
            "clinical.User.first_name",
            "clinical.User.last_name",
            "clinical.User.password",
            "clinical.User.username",
            "clinical.Withdrawal.lifting_reason",
            "clinical.RateCount.key",
            "stretchsite.Generation.value",
            "sharing.ShareLink.digest",
            "sharing.ShareLink.code_digest",
            "sharing.ShareLink.code_key_id",
            "sharing.ShareLink.key_id",
            "clinical.LostDevice.reason",
            "stretchsite.ReaderReport.step_words",
            "stretchsite.ToldChange.name",
        ),
        NEVER,
    ),
}

#: Fields of several models that hold no words: which library file a record came from.
LIBRARY = ("from_library", "library_id", "library_digest")
#: What a copy goes back to, and whose words a page was made from: written by the site and the loader.
ORIGIN = ("origins", "copied_from", "origin")
#: What lists ask instead of the words themselves: written by the site.
READ_BY_LISTS = ("concerns_ready",)


def texts() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every field that can hold a text, of every table of ours, and of those of the platform's that readers see."""
    for model in (*(model for model in apps.get_models() if model._meta.app_label in OURS), *OF_THE_PLATFORM):
        for field in model._meta.get_fields():
            if isinstance(field, (models.CharField, models.TextField, models.JSONField, models.FileField, StreamField)):
                yield model, field


def guard_of(model: type[models.Model], field: models.Field) -> str:
    """What keeps one person's text in this field from readers; empty where nothing is known to."""
    if issubclass(model, SharedWordsMixin) and field.name in model.WORDS:
        return CLOSED if model.IS_ONE_PERSONS else AGREEMENT
    if _is_in_a_fingerprint(model, field):
        return FINGERPRINT
    if field.choices:
        return CHOICE
    return NEVER if field.name in (*LIBRARY, *ORIGIN, *READ_BY_LISTS) else ELSEWHERE.get(place_of(field), "")


def place_of(field: models.Field) -> str:
    """How a field is named in the list above: by the model it was declared on."""
    return f"{field.model._meta.label}.{field.name}"


def _is_in_a_fingerprint(model: type[models.Model], field: models.Field) -> bool:
    """Asked of the fingerprint itself: whether it names another when this field says something else."""
    if issubclass(model, GatedMixin):
        return fingerprint_of(_saying(model, field)) != fingerprint_of(model())
    for key in model._meta.get_fields():
        if (
            isinstance(key, ParentalKey)
            and issubclass(key.related_model, GatedMixin)
            and not key.related_model._meta.abstract
        ):
            return _names_its_row(key, _saying(model, field))
    return False


def _names_its_row(key: ParentalKey, row: models.Model) -> bool:
    with_it, without = key.related_model(), key.related_model()
    setattr(with_it, key.remote_field.get_accessor_name(), [row])
    setattr(without, key.remote_field.get_accessor_name(), [type(row)()])
    return fingerprint_of(with_it) != fingerprint_of(without)


def _saying(model: type[models.Model], field: models.Field) -> Any:
    """A new record of this sort with something in the field that is not there by itself."""
    thing = model()
    is_data = isinstance(field, models.JSONField)
    value = _prose(field) if isinstance(field, StreamField) else {"said": "x"} if is_data else "x"
    setattr(thing, field.attname, value)
    return thing


def _prose(field: Any) -> list[tuple[str, Any]]:
    name, block = next(iter(field.stream_block.child_blocks.items()))
    return [(name, block.get_default() if hasattr(block, "child_blocks") else "x")]
