"""The records of the ground floor."""

from clinical.models.accounts import Practitioner, User
from clinical.models.addressed import Addressed
from clinical.models.approvals import Approval, release
from clinical.models.audit import AuditEntry, record, record_all
from clinical.models.boards import board_for, boards_for, emergency_number
from clinical.models.conditions import Condition, ConditionCode, ConditionUse
from clinical.models.gated_pages import READ_ONLY, GatedPage
from clinical.models.legible import Legible, legible, legible_line
from clinical.models.notes import SafetyNote
from clinical.models.overrides import Override
from clinical.models.pages import ClinicalPage, SourceReference
from clinical.models.pictures import Picture, PictureRendition
from clinical.models.proposals import Proposal
from clinical.models.publishing import PublishRefused
from clinical.models.rate_counts import RateCount
from clinical.models.restrictions import AsksOnceWhoMaySee, is_restricted
from clinical.models.reviewing import ClinicalReviewStep, ClinicalReviewTask
from clinical.models.shown import ShownClinicalPages
from clinical.models.sign_ins import FailedSignIn
from clinical.models.targets import NoteTarget
from clinical.models.withdrawals import Withdrawal, is_withdrawn

__all__ = [
    "READ_ONLY",
    "Addressed",
    "Approval",
    "AsksOnceWhoMaySee",
    "AuditEntry",
    "ClinicalPage",
    "ClinicalReviewStep",
    "ClinicalReviewTask",
    "Condition",
    "ConditionCode",
    "ConditionUse",
    "FailedSignIn",
    "GatedPage",
    "Legible",
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
    "board_for",
    "boards_for",
    "emergency_number",
    "is_restricted",
    "is_withdrawn",
    "legible",
    "legible_line",
    "record",
    "record_all",
    "release",
]
