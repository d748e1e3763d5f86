"""What keepers of accounts choose and type."""

from datetime import date

from django import forms
from django.conf import settings
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from ceasefire.access.models import Agency, Agreement, Membership, User
from ceasefire.access.roles import HELD_AT, Role
from ceasefire.administration import labels
from ceasefire.administration.alike import folded
from ceasefire.administration.selectors import Person, agencies_alike, people_alike

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
ANY = ("", _("Any"))


def _day(label, **words) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        **words,
    )


def _another(label) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, widget=forms.HiddenInput)


class _SearchingForm(forms.Form):
    """Search before create: what is alike is shown, and saving goes on only past it."""

    alike: list = []

    def find_alike(self) -> list:
        raise NotImplementedError

    def clean(self):
        said = super().clean()
        if not self.errors:
            self.alike = self.find_alike()
            if self.alike and not self.cleaned_data["another"]:
                self.fields["another"].widget = forms.CheckboxInput()
                raise ValidationError(_("Look at what is here already, then tick the box below."))
        return said


class AgencyForm(_SearchingForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[ANY[:1] + (_("Choose"),), *Agency.Kind.choices],
        help_text=_("It decides which roles exist there, and does not change afterwards."),
    )
    another = _another(_("I have looked: this is another agency"))

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if any(folded(name) == folded(known.name) for known in Agency.objects.all()):
            self.alike = agencies_alike(name)
            raise ValidationError(_("There is an agency of this name already."))
        return name

    def find_alike(self) -> list[Agency]:
        return agencies_alike(self.cleaned_data["name"])


class AgreementForm(forms.Form):
    document = forms.CharField(
        label=_("Signed document"),
        max_length=200,
        help_text=_("Its title or number, as it can be found in the files."),
    )
    starts = _day(_("First day"))
    ends = _day(_("Last day"), help_text=_("Within five years. A renewal is a new agreement."))


class AgreementEndForm(forms.Form):
    because = forms.ChoiceField(
        label=_("Reason"), choices=Agreement.Because.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What happened"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("No names of people: whoever keeps accounts reads this."),
    )


class RoleForm(forms.Form):
    """Where and from when somebody has a role."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=None)
    starts = _day(_("First day"))

    def __init__(self, *args, role: Role, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = HELD_AT[role]
        self.fields["agency"].queryset = Agency.objects.filter(kind__in=kinds).order_by("name")


class AccountForm(RoleForm, _SearchingForm):
    display_name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("As pages show it beside what the person did.")
    )
    username = forms.CharField(
        label=_("Name to sign in with"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Letters, figures and @ . + - _ without spaces."),
    )
    another = _another(_("I have looked: this is another person"))
    field_order = ("display_name", "username", "agency", "starts", "another")

    def clean_username(self) -> str:
        username = self.cleaned_data["username"]
        known = User.objects.filter(username__iexact=username).only("username", "display_name")
        if known:
            self.alike = list(known)
            raise ValidationError(_("This name is taken. Choose another, or open that account."))
        return username

    def find_alike(self) -> list[User]:
        said = self.cleaned_data
        return people_alike(display_name=said["display_name"], username=said["username"])


class RoleEndForm(forms.Form):
    because = forms.ChoiceField(
        label=_("Reason"), choices=Membership.Because.choices, widget=forms.RadioSelect
    )


class HistoryForm(forms.Form):
    """The certificate that an agency gave one of its people for criminal-history data."""

    screened_on = _day(_("Day of the fingerprint screening"))
    certified_on = _day(_("First day of the certificate"))
    certified_until = _day(_("Last day"), help_text=_("Two years later at most."))
    source = forms.CharField(
        label=_("Where it is written"),
        max_length=200,
        help_text=_("For example the number of the certificate."),
    )


class PeopleForm(forms.Form):
    """Which people; a GET form."""

    text = forms.CharField(label=_("Name"), required=False, max_length=80, widget=forms.SearchInput)
    agency = forms.ModelChoiceField(
        label=_("Agency"), required=False, queryset=None, empty_label=ANY[1]
    )
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[ANY, *Role.choices])
    state = forms.ChoiceField(label=_("State"), required=False)
    use_required_attribute = False

    def __init__(self, asked):
        super().__init__(asked)
        self.fields["agency"].queryset = Agency.objects.order_by("name")
        self.fields["state"].choices = [ANY, *labels.state_choices()]

    def chosen(self, everybody: list[Person]) -> list[Person]:
        """The people asked for; a field that makes no sense says so and narrows nothing."""
        self.full_clean()
        return [person for person in everybody if self._fits(person)]

    def _fits(self, person: Person) -> bool:
        said, held = self.cleaned_data, person.held
        names = folded(f"{person.user} {person.user.username}")
        own = person.reason.value if person.reason else "access"
        return (
            folded(said.get("text", "")) in names
            and said.get("agency") in (None, held and held.agency)
            and said.get("role", "") in ("", held and held.role)
            and said.get("state", "") in ("", own)
        )


def providers() -> list[tuple[str, str]]:
    """The sign-on providers of this home: id and name."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [(app["provider_id"], app["name"]) for app in apps]


class InviteForm(forms.Form):
    provider = forms.ChoiceField(label=_("Sign-on of"), choices=providers)
