"""What people attest, and what they write down when immigration authorities ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ceasefire.access.federal.models import FederalAttestation, ImmigrationRequest
from ceasefire.access.models import Agency


class AttestForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Your answer for this quarter"),
        choices=FederalAttestation.Answer.choices,
        widget=forms.RadioSelect,
    )
    use_required_attribute = False


class Day(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class RequestForm(forms.Form):
    received_at = forms.DateTimeField(
        label=_("When it came"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    body = forms.CharField(
        label=_("Which authority"), max_length=120, help_text=_("For example ICE, ERO field office")
    )
    official = forms.CharField(label=_("Who asked"), required=False, max_length=120)
    means = forms.ChoiceField(label=_("By which means"), choices=ImmigrationRequest.Means.choices)
    about = forms.ChoiceField(label=_("Asked for"), choices=ImmigrationRequest.About.choices)
    words = forms.CharField(
        label=_("What was said"),
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("It is sealed. Do not write where the person is."),
    )
    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=ImmigrationRequest.Answer.choices,
        widget=forms.RadioSelect,
        initial=ImmigrationRequest.Answer.REFUSED,
    )
    warrant = forms.CharField(
        label=_("Court and number of the warrant"),
        required=False,
        max_length=200,
        help_text=_("Signed by a judge. An administrative warrant or a detainer is no such thing."),
    )
    attorney_on = Day(label=_("The city attorney got it on"), required=False)
    use_required_attribute = False


class MarkForm(forms.Form):
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency._base_manager.none())
    since = Day(label=_("Since"))
    source = forms.CharField(
        label=_("Where it is written"),
        max_length=200,
        help_text=_("For example the agreement's date and number"),
    )
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = Agency.objects.exclude(kind=Agency.Kind.FEDERAL).order_by("name")
        self.fields["agency"].queryset = others
