"""Addresses of the ground floor in the admin."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from clinical.admin.complaint_screen import NewComplaint
from clinical.admin.conflict_screens import ConflictsOfPage
from clinical.admin.copying import CopyPage, ReadForm
from clinical.admin.correction_screen import OneCorrection
from clinical.admin.guide import Guide
from clinical.admin.live_audit_screen import LiveAudit
from clinical.admin.proposal_screens import OneProposal, ProposalReport, Propose
from clinical.admin.reports import AuditReport, NoteReviewReport, ReviewReport, WithdrawalReport
from clinical.admin.sign_in_report import FailedSignInReport
from clinical.admin.starring import Star
from clinical.admin.task_screen import Tasks
from clinical.people import single_sign_on
from clinical.people.code_at_sign_in import SignInCode
from clinical.people.lost_device_screen import LostDevices
from clinical.people.managing import Invite, OnePerson, People
from clinical.people.own_account import OwnAccount
from clinical.people.passkey_screen import AddPasskey
from clinical.people.second_factor_screens import OwnSecondFactor, SetUpSecondFactor
from clinical.people.signing_in import AskForNewPassword, ChooseNewPassword, SignIn
from clinical.people.still_signed_in import signed_in_again, who_is_signed_in
from clinical.pictures.original_file import original
from clinical.withdrawal.withdrawal_screens import OneWithdrawal, WithdrawNote, WithdrawPage

admin_urlpatterns = [
    path("signed-in-again/", signed_in_again, name="clinical_signed_in_again"),
    path("pictures/<int:pk>/original/", original, name="clinical_original"),
    path("reports/live/", LiveAudit.as_view(), name="clinical_live_audit"),
    path("reports/audit/", AuditReport.as_view(), name="clinical_audit"),
    path("reports/audit/results/", AuditReport.as_view(results_only=True), name="clinical_audit_results"),
    path("reports/sign-ins/", FailedSignInReport.as_view(), name="clinical_failed_sign_ins"),
    path(
        "reports/sign-ins/results/",
        FailedSignInReport.as_view(results_only=True),
        name="clinical_failed_sign_ins_results",
    ),
    path("guide/<slug:name>/", Guide.as_view(), name="clinical_guide"),
    path("tasks/", Tasks.as_view(), name="clinical_tasks"),
    path("account/second-factor/", OwnSecondFactor.as_view(), name="clinical_second_factor"),
    path("account/second-factor/set-up/", SetUpSecondFactor.as_view(), name="clinical_second_factor_set_up"),
    path("account/second-factor/passkey/", AddPasskey.as_view(), name="clinical_passkey"),
    path("people/", People.as_view(), name="clinical_people"),
    path("people/invite/", Invite.as_view(), name="clinical_invite"),
    path("people/lost-devices/", LostDevices.as_view(), name="clinical_lost_devices"),
    path("people/<int:pk>/", OnePerson.as_view(), name="clinical_person"),
    path("withdrawals/", WithdrawalReport.as_view(), name="clinical_withdrawals"),
    path("withdrawals/results/", WithdrawalReport.as_view(results_only=True), name="clinical_withdrawals_results"),
    path("reviews/", ReviewReport.as_view(), name="clinical_reviews"),
    path("reviews/results/", ReviewReport.as_view(results_only=True), name="clinical_reviews_results"),
    path("reviews/notes/", NoteReviewReport.as_view(), name="clinical_note_reviews"),
    path("reviews/notes/results/", NoteReviewReport.as_view(results_only=True), name="clinical_note_reviews_results"),
    path("complaints/<int:pk>/", NewComplaint.as_view(), name="clinical_new_complaint"),
    path("reviews/corrections/<int:pk>/", OneCorrection.as_view(), name="clinical_correction"),
    path("proposals/", ProposalReport.as_view(), name="clinical_proposals"),
    path("proposals/results/", ProposalReport.as_view(results_only=True), name="clinical_proposals_results"),
    path("proposals/<int:pk>/", OneProposal.as_view(), name="clinical_proposal"),
    path("proposals/new/<str:sort>/<int:pk>/", Propose.as_view(), name="clinical_propose"),
    path("withdrawals/<int:pk>/", OneWithdrawal.as_view(), name="clinical_withdrawal"),
    path("conflicts/<int:pk>/", ConflictsOfPage.as_view(), name="clinical_conflicts"),
    path("copy/<int:pk>/", CopyPage.as_view(), name="clinical_copy"),
    path("star/<int:pk>/", Star.as_view(), name="clinical_star"),
    path("read/<int:pk>/", ReadForm.as_view(), name="clinical_read_form"),
    path("withdraw/page/<int:pk>/", WithdrawPage.as_view(), name="clinical_withdraw_page"),
    path("withdraw/note/<int:pk>/", WithdrawNote.as_view(), name="clinical_withdraw_note"),
]

#: The platform's own addresses with our views behind them. They stand before the platform's, and keep their names.
account_urlpatterns = [
    path("login/", never_cache(SignIn.as_view()), name="wagtailadmin_login"),
    path("login/code/", never_cache(SignInCode.as_view()), name="clinical_sign_in_code"),
    path("login/single-sign-on/", never_cache(single_sign_on.begin), name="clinical_single_sign_on"),
    # The name allauth asks for.
    path("login/single-sign-on/<slug:provider_id>/", never_cache(single_sign_on.back), name="openid_connect_callback"),
    path("password_reset/", never_cache(AskForNewPassword.as_view()), name="wagtailadmin_password_reset"),
    path(
        "password_reset/confirm/<uidb64>/<token>/",
        never_cache(ChooseNewPassword.as_view()),
        name="wagtailadmin_password_reset_confirm",
    ),
    path("who-is-signed-in/", never_cache(who_is_signed_in), name="clinical_who_is_signed_in"),
    path("account/", never_cache(require_admin_access(OwnAccount.as_view())), name="wagtailadmin_account"),
]
