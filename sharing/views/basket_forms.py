"""What a practitioner fills in while a programme is put together: at each exercise, and for all of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.models import Condition, User
from clinical.notes.offered_conditions import ConditionsField, offered_to
from clinical.words.legible import legible_line
from exercises.choices import Laterality, Side
from exercises.dosage import FIELDS
from exercises.dosage_fields import Figure
from routines.choices import Phase
from routines.models.weeks_fields import MOST_WEEKS
from sharing.identity import names_nobody
from sharing.models import Programme, ProgrammeItem
from sharing.models.programme_items import MOST_IN_A_LINE
from sharing.views.forms import ExerciseForm, field_of

#: What stands folded away under each exercise.
MORE = ("phase", "from_week", "to_week", "cue")
#: Of a field that does not say what it stood at.
_UNKNOWN: Any = object()
ONE_SIDED = (Side.EACH, Side.LEFT, Side.RIGHT)


class ItemForm(ExerciseForm):
    """One exercise: its side, how much of it, when, and a line beside it."""

    is_given = None  # type: ignore[assignment]  # so Django leaves out the tick: what is not given is removed

    def __init__(self, row: ProgrammeItem, **kwargs: Any) -> None:
        super().__init__(row, prefix=f"item-{row.pk}", **kwargs)  # type: ignore[arg-type]  # both are dosed rows
        if row.exercise.laterality == Laterality.UNILATERAL:
            sides = [(side.value, side.label) for side in ONE_SIDED]
            self.fields["side"] = forms.ChoiceField(label=_("Side"), choices=sides, initial=row.side)
        self.fields["phase"] = forms.ChoiceField(label=_("Part"), choices=Phase.choices, initial=row.phase)
        for name, label in (("from_week", _("From week")), ("to_week", _("Until the end of week"))):
            self.fields[name] = forms.IntegerField(
                label=label, initial=getattr(row, name), min_value=1, max_value=MOST_WEEKS, required=False
            )
        self.fields["cue"] = forms.CharField(
            label=_("A line beside it"),
            initial=row.cue,
            max_length=MOST_IN_A_LINE,
            required=False,
            validators=[legible_line, names_nobody],
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        self.upper_ends = [name for name in _upper_ends(self.fields) if name not in self.fields]
        self.fields.update({name: field_of(name, None) for name in self.upper_ends})
        for field in self.fields.values():
            field.show_hidden_initial = True  # what this window was shown, to tell it from what another has saved

    def clean(self) -> dict[str, Any]:
        """What this window left alone stays as another one saved it; what both changed is asked about."""
        for name in self.fields:
            shown, now = self._shown(name), getattr(self.row, name)
            if shown is _UNKNOWN or (shown or None) == (now or None):
                continue
            if name in self.changed_data and self.cleaned_data.get(name) != now:
                self._ask_about(name, now)
            elif name in self.cleaned_data:
                self.cleaned_data[name] = now
        return super().clean()

    def _shown(self, name: str) -> Any:
        """What stood in a field when this window was made, if it says so."""
        field, sent = self.fields[name], self[name].html_initial_name
        if sent not in self.data:
            return _UNKNOWN
        try:
            return field.to_python(self.data[sent])
        except forms.ValidationError:
            return _UNKNOWN

    def _ask_about(self, name: str, now: Any) -> None:
        """Say what another window saved. Sent once more, what is written here counts."""
        told = _("Another window saved “%s” here meanwhile. Save again to keep what you wrote.")
        self.add_error(name, told % ("" if now is None else now))
        data: Any = self.data
        self.data = data = data.copy()
        data[self[name].html_initial_name] = "" if now is None else str(now)

    @property
    def figure_fields(self) -> list[forms.BoundField]:
        """The side first, then how much."""
        names = [name for name in self.fields if name not in {*MORE, *self.upper_ends, "side"}]
        return [self[name] for name in (*(["side"] if "side" in self.fields else []), *names)]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """What is folded away until it is asked for."""
        return [self[name] for name in (*self.upper_ends, *MORE)]

    @property
    def more_is_said(self) -> bool:
        """Whether anything of that differs from the usual, or is at fault."""
        row = self.row
        differs = row.cue or row.from_week or row.to_week or row.phase != Phase.MAIN
        return bool(differs or {*MORE, *self.upper_ends} & set(self.errors))


def _upper_ends(names: Iterable[str]) -> list[str]:
    """The other ends of the figures among these: any of them may become a range."""
    known = set(names)
    return [name for name, about in FIELDS.items() if isinstance(about, Figure) and about.upper_end_of in known]


class WholeForm(forms.ModelForm[Programme]):
    """For how many weeks, and for what."""

    conditions: Any = ConditionsField(
        label=gettext_lazy("Put together for"),
        queryset=Condition.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Brings the safety notes of each along. The patient’s page does not name it."),
    )

    class Meta:
        model = Programme
        fields = ["weeks"]

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = list(self.instance.conditions) if self.instance.pk else []
        self.initial["conditions"] = chosen
        self.fields["conditions"].queryset = offered_to(person, besides=chosen)  # type: ignore[attr-defined]  # chooses rows
        for field in self.fields.values():
            field.show_hidden_initial = True  # what this window was shown, as for each exercise

    def clean(self) -> dict[str, Any]:
        """What this window left alone stays as another one saved it."""
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        if self._says_what_it_was_shown and "weeks" not in self.changed_data and "weeks" in sent:
            sent["weeks"] = self.instance.weeks
        return sent

    def keep(self) -> None:
        """Save both. A condition that another window added meanwhile brings its notes here too."""
        self.save()
        chosen = {condition.pk for condition in self.cleaned_data["conditions"]}
        known = set(self.instance.conditions)
        shown = self._conditions_shown() if self._says_what_it_was_shown else known
        self.instance.condition_uses.filter(tag__in=shown - chosen).delete()
        for number in sorted(chosen - shown - known):
            self.instance.condition_uses.create(tag_id=number)
        self.instance.__dict__.pop("conditions", None)  # what is judged next are these

    @property
    def as_shown(self) -> SafeString:
        """What this window is shown, to be sent along: the admin's own way of setting a field leaves it out."""
        return format_html_join("", "{}", ((field.as_hidden(only_initial=True),) for field in self))

    @property
    def _says_what_it_was_shown(self) -> bool:
        return self["weeks"].html_initial_name in self.data

    def _conditions_shown(self) -> set[int]:
        sent: Any = self.data
        return {int(number) for number in sent.getlist(self["conditions"].html_initial_name) if number.isdecimal()}
