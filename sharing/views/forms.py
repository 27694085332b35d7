"""What a practitioner fills in to hand a routine to one patient: how much of each exercise, how often, until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.outputs.typesetting import without_a_letter
from clinical.words.legible import legible
from exercises.dosage import FIELDS, Dosage
from exercises.dosage_checks import TOLD_BY
from exercises.dosage_fields import Choice, DosageError, Figure, Line, is_said
from exercises.dosage_words import fault_in_words, name_in_words
from exercises.frequency import FREQUENCY, Frequency
from routines.item_weeks import ALL_WEEKS
from routines.models.weeks_fields import MOST_WEEKS
from sharing.models import Programme, ShareLink, ShareLinkItem
from sharing.models.links import MOST_DAYS, MOST_NOTE, USUAL_DAYS, end_of, names_nobody
from sharing.models.sharing_refusals import Given

#: The field that says a letter may be missing on paper; it is there only where one would be.
BOXES_ON_PAPER = "boxes_on_paper"
#: The field that ends the link which is followed up; it is there only while that opens.
ENDS_EARLIER = "ends_earlier"
#: What a dosage is nothing without: it may be changed, not emptied.
_NEVER_EMPTY = {name for names in TOLD_BY.values() for name in names} | {"sets", "rest_seconds"}


def label_of(name: str) -> str:
    """What a field of a dosage is called on this screen, where nothing stands round it that tells its measure."""
    about = FIELDS[name]
    if not isinstance(about, Line) and about.label_when_sharing:
        return str(about.label_when_sharing)
    if isinstance(about, Figure) and about.upper_end_of:
        return _("%s, at most") % label_of(about.upper_end_of)
    return capfirst(name_in_words(name))


def field_of(name: str, value: Any, *, is_required: bool = False) -> forms.Field:
    """The field in which a figure, choice or switch of a dosage is typed."""
    about = FIELDS[name]
    said: dict[str, Any] = {"label": label_of(name), "initial": value, "required": is_required}
    if isinstance(about, Figure):
        return forms.IntegerField(min_value=about.least, max_value=about.most, **said)
    if isinstance(about, Choice):
        return forms.ChoiceField(choices=[("", _("None")), *about.vocabulary.choices], **said)
    return forms.BooleanField(**{**said, "required": False})


def changeable(dosage: Dosage) -> list[str]:
    """What of an exercise's dosage can be changed while sharing it: all that it says, but for words.

    How often is among them where this exercise is done more often or more rarely than the whole.
    """
    asked = [name for name, about in FIELDS.items() if not isinstance(about, Line) and is_said(getattr(dosage, name))]
    has_sets = dosage.sets > 1 or dosage.sets_most is not None
    return [name for name in asked if has_sets or name != "rest_seconds"]


def _week(label: str, value: int | None) -> forms.IntegerField:
    return forms.IntegerField(label=label, initial=value, min_value=1, max_value=MOST_WEEKS, required=False)


def _refuse(form: forms.Form, error: DosageError) -> None:
    """Say a dosage's fault at its field, or above all where the form has no such field."""
    told = fault_in_words(error, label_of)
    if error.field in form.fields:
        form.add_error(error.field, told)
    else:
        form.add_error(None, f"{label_of(error.field)}: {told}")


class ExerciseForm(forms.Form):
    """One exercise of the routine: whether it is given, how much of it, and in which weeks."""

    is_given = forms.BooleanField(label=gettext_lazy("Give this exercise"), required=False, initial=True)

    def __init__(self, row: ShareLinkItem, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.row = row
        self.initial.setdefault("is_given", not getattr(row, "is_left_out", False))
        dosage = row.dosage()
        for name in changeable(dosage):
            self.fields[name] = field_of(name, getattr(dosage, name), is_required=name in _NEVER_EMPTY)
        if row.item_weeks != ALL_WEEKS:
            self.fields["from_week"] = _week(_("From week"), row.from_week)
            self.fields["to_week"] = _week(_("Until the end of week"), row.to_week)

    @property
    def figure_fields(self) -> list[forms.BoundField]:
        """The fields beside the tick."""
        return [self[name] for name in self.fields if name != "is_given"]

    def clean(self) -> dict[str, Any]:
        """The figures must go together as a dosage, or the field at fault says what to write."""
        cleaned = super().clean() or {}
        if "is_given" in self.fields:
            self.row.is_left_out = not cleaned.get("is_given")
        for name in self.fields:
            if name != "is_given" and name in cleaned:
                setattr(self.row, name, cleaned[name])
        self._without_idle_rests()
        if not self.errors:
            self._check_dosage()
        return cleaned

    def _without_idle_rests(self) -> None:
        """One set or one repetition has nothing to rest between, and what no longer steps up has no step."""
        if not self.row.steps_up:
            self.row.steps_up_by = self.row.steps_up_every_days = self.row.steps_up_to = None
        if self.row.sets == 1 and self.row.sets_most is None and self.row.steps_up != "sets":
            self.row.rest_seconds, self.row.rest_seconds_most = 0, None
        if self.row.repetitions == 1 and self.row.repetitions_most is None and self.row.steps_up != "repetitions":
            self.row.rest_between_seconds = self.row.rest_between_seconds_most = None

    def _check_dosage(self) -> None:
        try:
            self.row.dosage()
        except DosageError as error:
            _refuse(self, error)
        weeks = self.row.item_weeks
        if weeks.first is not None and weeks.last is not None and weeks.last < weeks.first:
            self.add_error("to_week", _("The last week comes before the first one."))


class GivingForm(forms.Form):
    """How often, until when, and a note."""

    days = forms.IntegerField(
        label=gettext_lazy("The link ends after this many days"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
        help_text=gettext_lazy("90 unless you write something else; at most 365. You can end it sooner at any time."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note to the patient"),
        required=False,
        max_length=MOST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[legible, names_nobody],
        help_text=gettext_lazy(
            "At most 280 characters. Do not type names, dates of birth, telephone numbers or anything else that tells "
            "who it is for."
        ),
    )

    def __init__(self, routine: Given, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name, value in routine.often().frequency_values().items():
            self.fields[name] = field_of(name, value)
        self.without_a_letter = without_a_letter(self.data.get(self.add_prefix("note"), "")[:MOST_NOTE])
        if self.without_a_letter:
            self.fields[BOXES_ON_PAPER] = forms.BooleanField(
                label=_("Make the link all the same: on paper each of these letters is an empty box"), required=False
            )
        self.earlier = routine.earlier_link() if isinstance(routine, Programme) else None
        if self.earlier is not None:
            self.fields[ENDS_EARLIER] = forms.BooleanField(
                label=_("End the earlier link %s") % self.earlier.label,
                initial=routine.ends_when_given() is not None,
                required=False,
                help_text=_(
                    "It ends at the moment this one is given, and whoever opens it is told that there is a newer one. "
                    "Left empty, both open."
                ),
            )
        self.order_fields([*FREQUENCY, "days", "note"])

    @property
    def often_fields(self) -> list[forms.BoundField]:
        """The fields that say how often, which stand beside each other."""
        return [self[name] for name in FREQUENCY]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """All others."""
        return [self[name] for name in self.fields if name not in FREQUENCY]

    def clean_note(self) -> str:
        """Lines end alike wherever it was typed."""
        return self.cleaned_data["note"].replace("\r\n", "\n").strip()

    def clean(self) -> dict[str, Any]:
        """A letter that paper cannot show is named before anybody prints it; who knows better says so."""
        cleaned = super().clean() or {}
        is_given = "preview" not in self.data
        if is_given and self.without_a_letter and not cleaned.get(BOXES_ON_PAPER):
            told = _("Our typefaces do not have these letters: %s. On paper each would be an empty box.")
            advice = _("Write the note without them, or tick below if it is read on a screen only.")
            self.add_error("note", [told % " ".join(self.without_a_letter), advice])
        if not self.errors.keys() & set(FREQUENCY):
            self._check_how_often()
        return cleaned

    def _check_how_often(self) -> None:
        """It must be said in one way, and whole."""
        try:
            often = Frequency(**self._frequency())
        except DosageError as error:
            _refuse(self, error)
            return
        if not often.is_whole:
            named = "sessions_per_day" if often.sessions_per_day is None else "days_per_week"
            self.add_error(named, _("Say how often: times a day and on which days, or as needed."))

    def _frequency(self) -> dict[str, Any]:
        """How often it is given, in all its fields."""
        return {name: self.cleaned_data.get(name) for name in FREQUENCY}

    @staticmethod
    def usual_values(routine: Given) -> dict[str, Any]:
        """What the link would be made with if nothing were changed."""
        return {"expires_at": end_of(USUAL_DAYS), "note": "", **routine.often().frequency_values()}

    def values(self) -> dict[str, Any]:
        """What the link is made with."""
        cleaned = self.cleaned_data
        return {"expires_at": end_of(cleaned["days"]), "note": cleaned["note"], **self._frequency()}

    def ended(self) -> ShareLink | None:
        """The link that ends when this one is given."""
        return self.earlier if self.cleaned_data.get(ENDS_EARLIER) else None
