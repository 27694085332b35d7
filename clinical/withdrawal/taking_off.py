"""Taking a page off the site for another reason than safety: why is asked, goes on record, and is told to its users.

Where the reason is safety, the screen leads to the withdrawal instead: that keeps the page off, and tells readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page

from clinical.pages.clinical_pages import ClinicalPage
from clinical.people.accounts import SignedInRequest
from clinical.withdrawal.impact import affected_by, concerned_by
from clinical.withdrawal.telling import because, tell_taken_off
from clinical.withdrawal.withdrawal_screens import MAY_WITHDRAW
from clinical.words.legible import legible


class ReasonForm(forms.Form):
    """Why a page is taken off."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        validators=[legible],
        help_text=gettext_lazy(
            "For colleagues: it goes on record, and to everybody who uses it. “We rewrite the steps; back on Friday.”"
        ),
    )


@contextmanager
def telling_of(pages: Iterable[Page], request: SignedInRequest) -> Iterator[None]:
    """Whoever uses what is taken off within the block is told of each page, also of those below that are taken along.

    Whom it concerns is asked before: afterwards nothing that is live has it any more. A fixed number of queries a page.
    """
    asked = {page.pk: page for page in pages}
    if request.POST.get("include_descendants"):
        below = (each for page in list(asked.values()) for each in page.get_descendants().live())
        asked.update((each.pk, each) for each in below)
    clinical = [page for page in (each.specific for each in asked.values()) if isinstance(page, ClinicalPage)]
    concerned = [(page, concerned_by([page], harm=False)) for page in clinical if page.live]
    yield
    stayed = set(Page.objects.live().filter(pk__in=asked).values_list("pk", flat=True))
    for page, people in concerned:
        if page.pk not in stayed:
            tell_taken_off(page, people, request.user)


class TakeOffPage(UnpublishView):
    """The platform's screen for unpublishing, which asks why and says what it reaches."""

    request: SignedInRequest

    template_name = "clinical/admin/take_off.html"
    page_title = gettext_lazy("Unpublish")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """With a form that is empty until it is sent."""
        super().setup(request, *args, **kwargs)
        self.form = ReasonForm(request.POST if request.method == "POST" else None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it off with a reason; without one, ask again."""
        if not self.form.is_valid():
            response: HttpResponse = self.render_to_response(self.get_context_data(**kwargs))
            return response
        with because(self.form.cleaned_data["reason"]):
            taken: HttpResponse = super().post(request, *args, **kwargs)
        return taken

    def unpublish(self) -> Any:
        """Take it off, with what is below it where that is asked for, and tell whom each concerns."""
        with telling_of(self.objects_to_unpublish, self.request):
            return super().unpublish()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What it reaches, and whether this person may withdraw it instead."""
        is_clinical = isinstance(self.object, ClinicalPage)
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "affected": affected_by(self.object) if is_clinical else [],
            "is_clinical": is_clinical,
            "may_withdraw": is_clinical and self.request.user.has_perm(MAY_WITHDRAW),
        }


class ManyForm(ReasonForm):
    """Why several pages are taken off at once."""

    include_descendants = forms.BooleanField(label=gettext_lazy("With everything below them"), required=False)


class TakeOffMany(UnpublishBulkAction):
    """The platform's way to unpublish what is ticked in a list, which asks why and tells whoever uses each."""

    template_name = "clinical/admin/take_off_many.html"
    form_class = ManyForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Take them off with one reason; whom each concerns is asked before."""
        found, _refused = self.get_actionable_objects()
        with because(form.cleaned_data["reason"]), telling_of(found, self.request):
            taken: HttpResponse = super().form_valid(form)
        return taken
