"""Planning a study, a finding, and figures from outside."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ceasefire.access.models import User
from ceasefire.problem_analysis.study.models import Finding, Reference
from ceasefire.registry.models import Incident
from ceasefire.registry.sources.forms import Day

Kind = Incident.Kind


class PlanForm(forms.Form):
    use_required_attribute = False
    title = forms.CharField(label=_("Title"), max_length=120)
    starts = Day(label=_("Shootings from"))
    ends = Day(label=_("Shootings to"), help_text=_("Both days included; 90 days at least."))
    kinds = forms.MultipleChoiceField(
        label=_("Which shootings"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple,
        initial=Kind.values,
    )  # fmt: skip
    exclude = forms.CharField(
        label=_("Leave out offences with these words"), required=False, max_length=300,
        help_text=_("Commas between, for example: suicide, self-defence."),
    )  # fmt: skip
    as_known = Day(
        label=_("As known at the end of"), required=False,
        help_text=_("Left empty, the register as it stands."),
    )  # fmt: skip

    def clean_exclude(self) -> list[str]:
        told = self.cleaned_data["exclude"].split(",")
        return [one.strip() for one in told if one.strip()]


class FindingForm(forms.Form):
    use_required_attribute = False
    kind = forms.ChoiceField(label=_("Kind"), choices=Finding.Kind.choices,
                             widget=forms.RadioSelect)  # fmt: skip
    words = forms.CharField(
        label=_("In words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Without names of people or groups."),
    )  # fmt: skip
    stands_on = forms.CharField(label=_("Stands on"), required=False, max_length=60,
                                help_text=_("For example: T1, F21."))  # fmt: skip
    owner = forms.ModelChoiceField(
        User.objects.none(), label=_("Whose it is"), required=False,
        help_text=_("A recommendation has an owner and a day."),
    )  # fmt: skip
    due = Day(label=_("Until"), required=False)
    public = forms.BooleanField(label=_("In the public edition too"), required=False)

    def __init__(self, *args, owners, **more):
        super().__init__(*args, **more)
        self.fields["owner"].queryset = owners
        self.fields["owner"].label_from_instance = lambda one: one.display_name or one.username


class ReferenceForm(forms.Form):
    use_required_attribute = False
    kind = forms.ChoiceField(label=_("What it holds"), choices=Reference.Kind.choices)
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or Excel. Residents: dimension (race, sex, age), category, people. Other cities: "
            "city, year, rate. Costs: kind (fatal, injury, no_injury), cost."
        ),
    )
    source = forms.CharField(
        label=_("Source"), max_length=500,
        help_text=_("Publisher, title, year, and page or address. It is printed at the table."),
    )  # fmt: skip
