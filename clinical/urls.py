"""Addresses of the ground floor in the admin."""

from django.urls import path

from clinical.views.live_audit import LiveAudit
from clinical.views.overrides import ConflictsOfPage
from clinical.views.people import Invite, OnePerson, People
from clinical.views.reports import AuditReport, NoteReviewReport, ReviewReport, WithdrawalReport
from clinical.views.tasks import Tasks
from clinical.views.withdrawals import OneWithdrawal, WithdrawNote, WithdrawPage

admin_urlpatterns = [
    path("reports/live/", LiveAudit.as_view(), name="clinical_live_audit"),
    path("reports/audit/", AuditReport.as_view(), name="clinical_audit"),
    path("reports/audit/results/", AuditReport.as_view(results_only=True), name="clinical_audit_results"),
    path("tasks/", Tasks.as_view(), name="clinical_tasks"),
    path("people/", People.as_view(), name="clinical_people"),
    path("people/invite/", Invite.as_view(), name="clinical_invite"),
    path("people/<int:pk>/", OnePerson.as_view(), name="clinical_person"),
    path("withdrawals/", WithdrawalReport.as_view(), name="clinical_withdrawals"),
    path("withdrawals/results/", WithdrawalReport.as_view(results_only=True), name="clinical_withdrawals_results"),
    path("reviews/", ReviewReport.as_view(), name="clinical_reviews"),
    path("reviews/results/", ReviewReport.as_view(results_only=True), name="clinical_reviews_results"),
    path("reviews/notes/", NoteReviewReport.as_view(), name="clinical_note_reviews"),
    path("reviews/notes/results/", NoteReviewReport.as_view(results_only=True), name="clinical_note_reviews_results"),
    path("withdrawals/<int:pk>/", OneWithdrawal.as_view(), name="clinical_withdrawal"),
    path("conflicts/<int:pk>/", ConflictsOfPage.as_view(), name="clinical_conflicts"),
    path("withdraw/page/<int:pk>/", WithdrawPage.as_view(), name="clinical_withdraw_page"),
    path("withdraw/note/<int:pk>/", WithdrawNote.as_view(), name="clinical_withdraw_note"),
]
