"""What a worker types when somebody says yes or no to being spoken of."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ceasefire.access.consent import scopes
from ceasefire.access.consent.models import PERSON_KEY, Consent
from ceasefire.access.consent.services import longest
from ceasefire.access.models import Agency

KEY_FAULT = _("Write the file's key as its page shows it, for example outreach.client:12.")
NONE = ("", _("Not signed"))
# Nobody there has anything to do with a client.
NEVER = (Agency.Kind.FEDERAL, Agency.Kind.VENDOR, Agency.Kind.OVERSIGHT)


class PersonForm(forms.Form):
    """Whose consents; a GET form."""

    person = forms.RegexField(
        PERSON_KEY,
        label=_("Person's file"),
        max_length=120,
        help_text=_("For example outreach.client:12"),
        error_messages={"invalid": KEY_FAULT},
    )
    use_required_attribute = False


class Day(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ConsentForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("What was said"), choices=Consent.Answer.choices, widget=forms.RadioSelect
    )
    voice = forms.ChoiceField(
        label=_("Who said it"), choices=Consent.Voice.choices, widget=forms.RadioSelect
    )
    guardian_needed = forms.BooleanField(
        label=_("The person is under 18: a parent or guardian must agree too"), required=False
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may be told"), widget=forms.CheckboxSelectMultiple
    )
    recipient = forms.ModelChoiceField(
        label=_("To which agency"), queryset=Agency._base_manager.none(), required=False
    )
    recipient_outside = forms.CharField(
        label=_("Or to somebody outside"),
        required=False,
        max_length=200,
        help_text=_("The person's or the organisation's name."),
    )
    purpose = forms.CharField(label=_("What for"), max_length=300)
    given_on = Day(label=_("Said on"))
    expires_on = Day(
        label=_("Last day"), required=False, help_text=_("At most twelve months. A no has none.")
    )
    method = forms.ChoiceField(
        label=_("How it was signed"), choices=[NONE, *Consent.Method.choices], required=False
    )
    signature = forms.CharField(label=_("Name that was signed"), required=False, max_length=120)
    witness = forms.CharField(label=_("Witness"), required=False, max_length=120)
    again = forms.BooleanField(
        label=_("I have looked at what stands: record this too"),
        required=False,
        widget=forms.HiddenInput,
    )
    use_required_attribute = False

    def __init__(self, *args, own_agency: int | None, **kwargs):
        today = timezone.localdate()
        first = {
            "answer": Consent.Answer.AGREED,
            "voice": Consent.Voice.PERSON,
            "given_on": today,
            "expires_on": longest(today),
        }
        kwargs["initial"] = first | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = scopes.choices()
        others = Agency.objects.exclude(pk=own_agency).exclude(kind__in=NEVER).order_by("name")
        self.fields["recipient"].queryset = others

    def ask_whether_again(self) -> None:
        """Show the tick that lets a likely duplicate through."""
        self.fields["again"].widget = forms.CheckboxInput()

    def said(self, person: str) -> dict:
        """What `consent_record` takes."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "again"}
        return typed | {"person": person}
