"""What a practitioner fills in to hand a routine to one patient: how much of each exercise, how often, until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.outputs.typesetting import without_a_letter
from clinical.words.legible import legible
from exercises.dosage import FIELDS, RANGES, Dosage
from exercises.dosage_fields import Choice, DosageError, Figure, is_said
from exercises.frequency import FREQUENCY, Frequency
from routines.models import RoutinePage
from sharing.models import ShareLinkItem
from sharing.models.links import MOST_DAYS, MOST_NOTE, USUAL_DAYS, end_of, names_nobody

#: The field that says a letter may be missing on paper; it is there only where one would be.
BOXES_ON_PAPER = "boxes_on_paper"
#: What is asked of how often.
HOW_OFTEN = tuple(name for name in FREQUENCY if FIELDS[name].label_when_sharing)


def _field(name: str, value: Any, *, is_required: bool = True) -> forms.Field:
    about = FIELDS[name]
    said: dict[str, Any] = {"label": about.label_when_sharing, "initial": value, "required": is_required}
    if isinstance(about, Figure):
        return forms.IntegerField(min_value=about.least, max_value=about.most, **said)
    if isinstance(about, Choice):
        return forms.ChoiceField(choices=about.vocabulary.choices, **said)
    return forms.BooleanField(**{**said, "required": False})


def changeable(dosage: Dosage) -> list[str]:
    """What of an exercise's dosage can be changed while sharing it: no more than it says."""
    asked = [name for name, about in FIELDS.items() if about.label_when_sharing and name not in FREQUENCY]
    return [name for name in asked if is_said(getattr(dosage, name))]


class ExerciseForm(forms.Form):
    """One exercise of the routine: whether it is given, and how much of it."""

    is_given = forms.BooleanField(label=gettext_lazy("Give this exercise"), required=False, initial=True)

    def __init__(self, row: ShareLinkItem, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.row = row
        dosage = row.dosage()
        for name in changeable(dosage):
            self.fields[name] = _field(name, getattr(dosage, name))

    @property
    def figure_fields(self) -> list[forms.BoundField]:
        """The fields beside the tick."""
        return [self[name] for name in self.fields if name != "is_given"]

    def clean(self) -> dict[str, Any]:
        """The figures must go together as a dosage, or the field at fault says what to write."""
        cleaned = super().clean() or {}
        self.row.is_left_out = not cleaned.get("is_given")
        for name in self.changed_figures():
            setattr(self.row, name, cleaned[name])
            if name in RANGES:
                setattr(self.row, RANGES[name], None)
        self._without_idle_rests()
        if not self.errors:
            self._check_dosage()
        return cleaned

    def _without_idle_rests(self) -> None:
        """One set or one repetition has nothing to rest between."""
        if self.row.sets == 1 and self.row.sets_most is None:
            self.row.rest_seconds, self.row.rest_seconds_most = 0, None
        if self.row.repetitions == 1 and self.row.repetitions_most is None:
            self.row.rest_between_seconds = self.row.rest_between_seconds_most = None

    def changed_figures(self) -> list[str]:
        """The figures that are no longer the routine's own; one that is changed takes the place of its range."""
        figures = [name for name in self.fields if name != "is_given" and name in self.cleaned_data]
        return [name for name in figures if self.cleaned_data[name] != getattr(self.row, name)]

    def _check_dosage(self) -> None:
        try:
            self.row.dosage()
        except DosageError as error:
            self.add_error(error.field if error.field in self.fields else None, error.message)


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

    def __init__(self, routine: RoutinePage, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.routine = routine
        for name in HOW_OFTEN:
            self.fields[name] = _field(name, getattr(routine, name), is_required=False)
        self.without_a_letter = without_a_letter(self.data.get(self.add_prefix("note"), "")[:MOST_NOTE])
        if self.without_a_letter:
            self.fields[BOXES_ON_PAPER] = forms.BooleanField(
                label=_("Make the link all the same: on paper each of these letters is an empty box"), required=False
            )
        self.order_fields([*HOW_OFTEN, "days", "note"])

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
        if not self.errors.keys() & set(HOW_OFTEN):
            self._check_how_often()
        return cleaned

    def _check_how_often(self) -> None:
        """It must be said in one way, and whole."""
        try:
            often = Frequency(**self._frequency())
        except DosageError as error:
            self.add_error(error.field if error.field in self.fields else None, error.message)
            return
        if not often.is_whole:
            named = "sessions_per_day" if often.sessions_per_day is None else "days_per_week"
            self.add_error(named, _("Say how often: times a day and on which days, or as needed."))

    def _frequency(self) -> dict[str, Any]:
        """How often it is given. What is changed takes the place of its range."""
        values = {name: getattr(self.routine, name) for name in FREQUENCY}
        for name in HOW_OFTEN:
            if self.cleaned_data.get(name) != values[name]:
                values[name] = self.cleaned_data.get(name)
                values.update({RANGES[name]: None} if name in RANGES else {})
        return values

    @staticmethod
    def usual_values(routine: RoutinePage) -> dict[str, Any]:
        """What the link would be made with if nothing were changed."""
        frequency = {name: getattr(routine, name) for name in FREQUENCY}
        return {"expires_at": end_of(USUAL_DAYS), "note": "", **frequency}

    def values(self) -> dict[str, Any]:
        """What the link is made with."""
        cleaned = self.cleaned_data
        return {"expires_at": end_of(cleaned["days"]), "note": cleaned["note"], **self._frequency()}
