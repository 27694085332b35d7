"""The editor's forms of what readers see: what the gate would refuse is said at the field, before anything is sent."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from clinical.publishing.blocks import unknown_blocks, unknown_words
from clinical.publishing.refusals import PublishRefused, named, remember_refusal


class LosesNoBlocks(WagtailAdminModelForm):
    """The editor's form of anything with prose: what the site does not know any more is not lost by saving the rest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("go_live_at", "expire_at"):
            if name in self.fields:
                zone = timezone.get_current_timezone_name().replace("_", " ")
                self.fields[name].help_text = _("In the time of %s.") % zone
        # Looked up before what was typed takes the place of what was there.
        self._unknown = unknown_blocks(self.instance)

    def is_valid(self) -> bool:
        """Valid, and nothing in it that saving would delete."""
        if not super().is_valid():
            return False
        for field, names in self._unknown.items():
            self._say(field, unknown_words(names))
        return not self._unknown

    def _say(self, field: str, text: str) -> None:
        if field in self.fields:
            self.add_error(field, text)
        else:
            self.add_error(None, f"{named(field)}{text}")


class GatedForm(LosesNoBlocks):
    """The form of something gated: what the gate would refuse is said at the field first.

    Drafts, autosave and preview stay free: they are saved with deferred validation. Submitting for review asks for
    everything an author can give; only publishing asks for the approval too.
    """

    def is_valid(self) -> bool:
        """Valid, with nothing left for the gate to refuse."""
        is_filled_in = super().is_valid()
        if self.is_deferred_validation:
            return is_filled_in
        if not is_filled_in:
            self._say_the_rest()
            return False
        subject = self.save(commit=False)
        publishes = "action-publish" in self.data
        refusal = subject.publish_errors() if publishes else subject.completeness_errors()
        if refusal and publishes:
            remember_refusal(PublishRefused(str(subject), refusal, subject.content_key))
        for field, texts in refusal.items():
            for text in texts:
                self._say(field, text)
        return not self.errors

    def _say_the_rest(self) -> None:
        """In the same round, what the gate has against fields that are filled in: a dose that cannot be followed."""
        for field, texts in self.instance.clinical_refusal().items():
            if field in self.fields and field not in self.errors:
                for text in texts:
                    self._say(field, text)


class SafetyNoteForm(GatedForm):
    """The editor's form of a note. For whoever may not set the tier, it follows from the kind."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if "tier" not in self.fields:
            self.instance.follow_the_kind()
