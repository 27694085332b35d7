"""What whoever approves is asked, and what they send."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.forms import TaskStateCommentForm

#: For how long an approval holds unless whoever approves says otherwise.
USUAL_YEARS = 2


def usual_review_due() -> date:
    """The day a review that is done today is due again."""
    today = timezone.localdate()
    return today.replace(year=today.year + USUAL_YEARS, day=min(today.day, 28))


class ApprovalForm(TaskStateCommentForm):
    """What whoever approves sends: which words they have read, until when that holds, a remark, and their answer.

    The dialog asks its question only where there is one. What is sent says whether it did; the approval itself asks
    again, whatever was sent.
    """

    seen = forms.CharField(widget=forms.HiddenInput, max_length=80)
    review_due = forms.DateField(
        label=gettext_lazy("Next review due"),
        initial=usual_review_due,
        # Browsers take the value of a date in this format only, whatever the language.
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("At most three years from today."),
    )
    is_asked = forms.BooleanField(widget=forms.HiddenInput, required=False)
    answer = forms.BooleanField(label=gettext_lazy("Yes"), required=False)
    is_own = forms.BooleanField(widget=forms.HiddenInput, required=False)
    read_again = forms.BooleanField(label=gettext_lazy("I have read it again"), required=False)

    def clean(self) -> dict[str, Any]:
        """Hold the approval up where the question it was shown is not answered; the remark stays."""
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        if sent.pop("is_asked", False) and not sent.get("answer"):
            self.add_error("answer", unanswered())
        if sent.pop("is_own", False) and not sent.get("read_again"):
            self.add_error("read_again", not_read_again())
        return sent


def unanswered() -> str:
    """What to do about a question that has no yes."""
    return _("Compare each short sign with its text, and tick that it catches everybody; or request changes.")


def not_read_again() -> str:
    """What to do where somebody approves their own."""
    return _("Read all of it again as readers will see it, then tick that you did.")
