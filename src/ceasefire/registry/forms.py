"""The filter of the list, and what an analyst types by hand."""

from dataclasses import asdict, fields

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ceasefire.access.models import Agency
from ceasefire.registry.corrections import (
    MARK,
    CannotSet,
    hurt_values,
    occurred_values,
)
from ceasefire.registry.facts import OccurredPrecision
from ceasefire.registry.models import Incident
from ceasefire.registry.parts import CORRECTABLE
from ceasefire.registry.selectors.filtering import (
    Filter,
    Placed,
    Standing,
    last_months,
    places_of,
    sources,
)

OPEN = ("", _("Any"))


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs):
        super().__init__(format="%Y-%m-%d", attrs=attrs)


class FilterForm(forms.Form):
    """One GET form for list, map and time strip."""

    since = forms.DateField(label=_("From"), required=False, widget=DayInput())
    until = forms.DateField(label=_("To"), required=False, widget=DayInput())
    district = forms.CharField(label=_("District"), required=False, widget=forms.Select)
    neighbourhood = forms.CharField(label=_("Neighbourhood"), required=False, widget=forms.Select)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[OPEN, *Incident.Kind.choices]
    )
    standing = forms.ChoiceField(
        label=_("Standing"),
        required=False,
        choices=[("", _("All but withheld")), *Standing.choices],
    )
    source = forms.ChoiceField(label=_("Source"), required=False)
    placed = forms.ChoiceField(label=_("Place"), required=False, choices=[OPEN, *Placed.choices])
    text = forms.CharField(
        label=_("In number or address"), required=False, max_length=80, widget=forms.SearchInput
    )
    use_required_attribute = False

    def __init__(self, asked):
        super().__init__(asked)
        self.fields["source"].choices = [OPEN, *sources()]

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day is before the first; change one of them."))

    def chosen(self) -> Filter:
        """The filter of the fields that make sense; those that do not say so in the form."""
        self.full_clean()
        names = [field.name for field in fields(Filter)]
        return Filter(**{n: self.cleaned_data[n] for n in names if n in self.cleaned_data})

    def offer_places(self, chosen: Filter) -> None:
        """Fill the choices of district and neighbourhood with what the period has."""
        for name, known in zip(("district", "neighbourhood"), places_of(chosen), strict=True):
            self.fields[name].widget.choices = [OPEN, *((place, place) for place in known)]


def filter_form(asked) -> FilterForm:
    """The form of what was asked; with no day named at all, the last twelve months of data."""
    if "since" in asked or "until" in asked:
        return FilterForm(asked)
    period = {name: value for name, value in asdict(last_months()).items() if value}
    return FilterForm({**asked.dict(), **period})


ANSWERS = [("", _("Not known")), ("true", _("Yes")), ("false", _("No"))]
_ANSWERED = {"true": True, "false": False, "": None}
SPEAKING = (Agency.Kind.POLICE, Agency.Kind.NEIGHBOUR_POLICE, Agency.Kind.FEDERAL)


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


def _reason(label, help_text="") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2000, help_text=help_text, widget=forms.Textarea({"rows": 3})
    )


def _degrees(label, limit: int) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        required=False,
        min_value=-limit,
        max_value=limit,
        help_text=_("Decimal degrees."),
        widget=forms.NumberInput({"step": "any"}),
    )


def _people(label) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=999)


class PlaceFields(forms.Form):
    latitude = _degrees(_("Latitude"), 90)
    longitude = _degrees(_("Longitude"), 180)

    def clean(self):
        both = [self.cleaned_data.get(name) for name in ("latitude", "longitude")]
        if (both[0] is None) != (both[1] is None) and not self.errors:
            raise forms.ValidationError(_("Give both latitude and longitude, or neither."))
        return super().clean()


class HurtFields(forms.Form):
    victims = _people(_("People hit"))
    killed = _people(_("Of these, killed"))
    injured = forms.ChoiceField(
        label=_("Was anybody hit, where the number is not known?"), required=False, choices=ANSWERS
    )

    def clean(self):
        super().clean()
        try:
            self.hurt = self._hurt()
        except CannotSet as refusal:
            self.add_error("killed", refusal)

    def _hurt(self) -> dict[str, object]:
        said = self.cleaned_data
        return hurt_values(
            said.get("victims"), said.get("killed"), _ANSWERED[said.get("injured", "")]
        )


class OccurredFields(forms.Form):
    occurred_day = forms.DateField(label=_("Day it occurred"), widget=DayInput())
    occurred_time = forms.TimeField(
        label=_("Time it occurred"),
        required=False,
        widget=TimeInput(),
        help_text=_("Leave empty where only the day is known."),
    )

    def occurred(self, zone: str) -> dict[str, object]:
        said = self.cleaned_data
        if said["occurred_day"] is None:
            return {}
        return occurred_values(said["occurred_day"], said["occurred_time"], zone)


class ReasonFields(forms.Form):
    reason = _reason(
        _("Why, and how it is known"), _("The next reader sees this beside the value.")
    )


class Editing(ReasonFields):
    """A form that remembers what it was opened on, so that nobody overwrites unseen."""

    seen = forms.CharField(required=False, max_length=MARK, widget=forms.HiddenInput)
    too_late = False

    def look_again(self, seen: str) -> None:
        """What was typed stays; the form is now about what stands."""
        self.data = self.data.copy()
        self.data["seen"] = seen


class CorrectOccurred(OccurredFields, Editing):
    def values(self, zone: str) -> dict[str, object]:
        return self.occurred(zone)

    @staticmethod
    def standing(incident: Incident) -> dict[str, object]:
        timed = incident.occurred_precision == OccurredPrecision.MINUTE
        at = timezone.localtime(incident.occurred_from).time() if timed else None
        return {"occurred_day": incident.occurred_on, "occurred_time": at}


class CorrectPlace(PlaceFields, Editing):
    def values(self, zone: str) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in ("latitude", "longitude")}

    @staticmethod
    def standing(incident: Incident) -> dict[str, object]:
        return {"latitude": incident.latitude, "longitude": incident.longitude}


class CorrectHurt(HurtFields, Editing):
    def values(self, zone: str) -> dict[str, object]:
        return self.hurt

    @staticmethod
    def standing(incident: Incident) -> dict[str, object]:
        answer = {True: "true", False: "false", None: ""}[incident.injured]
        return {"victims": incident.victims, "killed": incident.killed, "injured": answer}


class CorrectReported(Editing):
    reported_on = forms.DateField(label=_("Reported on"), required=False, widget=DayInput())

    def values(self, zone: str) -> dict[str, object]:
        return {"reported_on": self.cleaned_data["reported_on"]}

    @staticmethod
    def standing(incident: Incident) -> dict[str, object]:
        return {"reported_on": incident.reported_on}


class CorrectOfficerInvolved(Editing):
    officer_involved = forms.ChoiceField(
        label=_("Officer involved"), required=False, choices=ANSWERS
    )

    def values(self, zone: str) -> dict[str, object]:
        return {"officer_involved": _ANSWERED[self.cleaned_data["officer_involved"]]}

    @staticmethod
    def standing(incident: Incident) -> dict[str, object]:
        return {"officer_involved": {True: "true", False: "false"}.get(incident.officer_involved)}


def _correct_text(column: str) -> type[forms.Form]:
    said = forms.CharField(
        label=CORRECTABLE[column].label,
        required=False,
        max_length=300,
        help_text=_("Leave empty where it is not known."),
    )
    shown = {
        column: said,
        "values": lambda self, zone: {column: self.cleaned_data[column]},
        "standing": staticmethod(lambda incident: {column: getattr(incident, column)}),
    }
    return type("CorrectText", (Editing,), shown)


_CORRECT = {
    "occurred": CorrectOccurred,
    "place": CorrectPlace,
    "hurt": CorrectHurt,
    "reported": CorrectReported,
    "officer_involved": CorrectOfficerInvolved,
}


def correction_form(part: str) -> type[forms.Form]:
    """The form that sets one part; what is asked comes before the reason."""
    form = _CORRECT.get(part) or _correct_text(part)
    form.field_order = [name for name in form.base_fields if name != "reason"]
    return form


class EntryForm(OccurredFields, PlaceFields, HurtFields):
    """A shooting that no feed has printed yet."""

    agency = forms.ModelChoiceField(label=_("Agency that took the report"), queryset=None)
    incident_number = forms.CharField(
        label=_("Incident number"),
        required=False,
        max_length=60,
        help_text=_("When a feed later prints this number, the two become one."),
    )
    address = forms.CharField(label=_("Address or block"), required=False, max_length=300)
    reason = _reason(_("How is it known?"), _("For example a call from the duty officer."))
    another = forms.BooleanField(
        label=_("I have looked at these: this is another shooting"),
        required=False,
        widget=forms.HiddenInput,
    )
    field_order = (
        "incident_number", "agency", "occurred_day", "occurred_time", "address", "latitude",
        "longitude", "victims", "killed", "injured", "reason", "another",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(kind__in=SPEAKING).order_by("name")
        self.fields["occurred_day"].required = False

    def ask_whether_another(self) -> None:
        """Show the tick that lets a likely duplicate through."""
        self.fields["another"].widget = forms.CheckboxInput()

    def said(self, zone: str) -> dict[str, object]:
        """Column -> value of what was typed, as a feed would have it."""
        said = self.cleaned_data
        return {
            "incident_number": said["incident_number"],
            "address": said["address"],
            "latitude": said["latitude"],
            "longitude": said["longitude"],
            **self.occurred(zone),
            **self.hurt,
        }


class JudgeForm(Editing):
    verification = forms.ChoiceField(
        label=_("From now on this shooting is"),
        choices=Incident.Verification.choices,
        widget=forms.RadioSelect,
    )
    field_order = ("verification", "reason")


class ReviewForm(ReasonFields):
    """What becomes of a shooting that its publisher dropped."""

    KEEP, BRING_BACK = "keep", "bring_back"
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (KEEP, _("Keep it withheld, and look again later")),
            (BRING_BACK, _("Bring it back: it happened")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("decision", "reason")


class KnownForm(forms.Form):
    known = forms.DateField(label=_("As known on"), required=False, widget=DayInput())
