"""The records of the ground floor."""

from clinical.audit.audit_entries import AuditEntry, record, record_all
from clinical.background.heartbeats import Heartbeat
from clinical.clinic.clinic_known import clinic
from clinical.clinic.clinic_settings import ClinicSettings
from clinical.conflicts.overrides import Override
from clinical.notes.board import board_for, board_of_help, boards_for, emergency_number
from clinical.notes.conditions import Condition, ConditionCode, ConditionUse
from clinical.notes.note import SafetyNote
from clinical.notes.short_sign import FamilyMember
from clinical.notes.targets import NoteTarget
from clinical.pages.clinical_pages import ClinicalPage
from clinical.pages.favourites import Favourite
from clinical.pages.source_rows import SourceReference
from clinical.pages.visible import ShownClinicalPages
from clinical.people.accounts import Practitioner, User
from clinical.people.lost_devices import LostDevice
from clinical.people.sign_ins import FailedSignIn
from clinical.pictures.consents import WrittenConsent
from clinical.pictures.pictures import Picture, PictureRendition
from clinical.publishing.approvals import Approval, release
from clinical.publishing.from_library import once
from clinical.publishing.gated_pages import READ_ONLY, GatedPage, is_restricted
from clinical.publishing.refusals import PublishRefused
from clinical.publishing.withdrawals import Withdrawal, is_withdrawn
from clinical.review.proposals import Proposal
from clinical.review.reviewing import ClinicalReviewStep, ClinicalReviewTask
from clinical.serving.rate_counts import RateCount
from clinical.words.legible import LegibleMixin, legible, legible_line

__all__ = [
    "READ_ONLY",
    "Approval",
    "AuditEntry",
    "ClinicSettings",
    "ClinicalPage",
    "ClinicalReviewStep",
    "ClinicalReviewTask",
    "Condition",
    "ConditionCode",
    "ConditionUse",
    "FailedSignIn",
    "FamilyMember",
    "Favourite",
    "GatedPage",
    "Heartbeat",
    "LegibleMixin",
    "LostDevice",
    "NoteTarget",
    "Override",
    "Picture",
    "PictureRendition",
    "Practitioner",
    "Proposal",
    "PublishRefused",
    "RateCount",
    "SafetyNote",
    "ShownClinicalPages",
    "SourceReference",
    "User",
    "Withdrawal",
    "WrittenConsent",
    "board_for",
    "board_of_help",
    "boards_for",
    "clinic",
    "emergency_number",
    "is_restricted",
    "is_withdrawn",
    "legible",
    "legible_line",
    "once",
    "record",
    "record_all",
    "release",
]
