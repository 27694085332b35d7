"""The list of failed sign-ins, for managers and safety officers. To be read, never changed here."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from clinical.admin.reports import InertExportMixin
from clinical.models import FailedSignIn, User
from clinical.people.sign_ins import DAYS_KEPT


class FailedSignInFilterSet(WagtailFilterSet):
    """By account, by how many there were, and when."""

    account = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Account"),
        queryset=lambda request: User.objects.filter(pk__in=FailedSignIn.objects.values("account")),
        null_label=gettext_lazy("Names nobody has"),
    )
    count = django_filters.NumberFilter(label=gettext_lazy("At least"), lookup_expr="gte", min_value=1)
    began_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("When"))

    class Meta:
        model = FailedSignIn
        fields: list[str] = []


def whose(row: FailedSignIn) -> str:
    """The account; or that nobody has such a name, since what was typed is not kept."""
    return row.account.get_username() if row.account else _("Names nobody has")


def quarter(row: FailedSignIn) -> str:
    """When the quarter of an hour began."""
    return date_format(timezone.localtime(row.began_at), "j F Y, H:i")


class FailedSignInReport(InertExportMixin, ReportView):
    """How often signing in failed, by account and quarter of an hour, the latest first."""

    page_title = gettext_lazy("Failed sign-ins")
    header_icon = "lock"
    index_url_name = "clinical_failed_sign_ins"
    index_results_url_name = "clinical_failed_sign_ins_results"
    model = FailedSignIn
    filterset_class = FailedSignInFilterSet
    permission_policy = ModelPermissionPolicy(FailedSignIn)
    any_permission_required = ("view",)
    no_results_message = gettext_lazy("Nobody has failed to sign in within the last %d days.") % DAYS_KEPT
    export_filename = "failed-sign-ins"
    list_export = ("began_at", "account", "count")
    columns = (
        Column("began_at", label=gettext_lazy("Quarter of an hour from"), accessor=quarter),
        Column("account", label=gettext_lazy("Account"), accessor=whose),
        Column("count", label=gettext_lazy("Failed")),
    )

    def get_queryset(self) -> QuerySet[Any]:
        """With the accounts, in one query."""
        return FailedSignIn.objects.select_related("account")
