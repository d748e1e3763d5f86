"""What an auditor chooses and says."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ceasefire.access.audit.selectors import Chosen
from ceasefire.access.models import User


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class PastDay(forms.DateField):
    """A day of this century that is not yet to come."""

    widget = DayInput
    EARLIEST = date(2000, 1, 1)

    def __init__(self, **options):
        between = [MinValueValidator(self.EARLIEST), MaxValueValidator(timezone.localdate)]
        super().__init__(validators=between, **options)


def _key(label, *, required: bool, help_text) -> forms.RegexField:
    return forms.RegexField(
        r"^[a-z_.]+:\S+$",
        label=label,
        required=required,
        max_length=120,
        help_text=help_text,
        error_messages={
            "invalid": _("Write the kind and the number, for example registry.incident:12.")
        },
    )


class UserNameField(forms.CharField):
    """A user name; gives the account's number, or None for no name."""

    def __init__(self, **options):
        super().__init__(label=_("Account (user name)"), max_length=150, **options)

    def clean(self, value) -> int | None:
        name = super().clean(value)
        if not name:
            return None
        user = User.objects.filter(username=name).only("pk").first()
        if user is None:
            raise ValidationError(_("There is no account of that name; look at how it is written."))
        return user.pk


class _Choosing(forms.Form):
    """A GET form that chooses rows of the log."""

    use_required_attribute = False

    def chosen(self) -> Chosen:
        """The rows asked for. Only for a form that is valid."""
        return Chosen(**self.cleaned_data)


class AccessForm(_Choosing):
    account = UserNameField(required=False)
    key = _key(_("Record"), required=False, help_text=_("For example registry.incident:12"))
    day = PastDay(label=_("Day"), required=False)


class PersonForm(_Choosing):
    key = _key(
        _("Record of the person"), required=True, help_text=_("For example registry.person:12")
    )


class AccountForm(_Choosing):
    account = UserNameField()
    day = PastDay(label=_("From"), required=False)
    last = PastDay(label=_("To"), required=False)

    def clean(self):
        day, last = self.cleaned_data.get("day"), self.cleaned_data.get("last")
        if day and last and day > last:
            self.add_error("last", _("The last day is before the first; change one of them."))


class ReviewForm(forms.Form):
    words = forms.CharField(
        label=_("What you looked at and what you found"),
        max_length=4000,
        widget=forms.Textarea,
    )


class AlertForm(forms.Form):
    words = forms.CharField(
        label=_("What it was, and what you did about it"), max_length=4000, widget=forms.Textarea
    )


MOST = 100_000


class BudgetForm(forms.Form):
    an_hour = forms.IntegerField(label=_("Persons in an hour"), min_value=0, max_value=MOST)
    a_day = forms.IntegerField(label=_("Persons in a day"), min_value=0, max_value=MOST)
    after_step_up = forms.IntegerField(
        label=_("How many more after a second step"), min_value=0, max_value=MOST
    )

    def clean(self):
        hour, day = self.cleaned_data.get("an_hour"), self.cleaned_data.get("a_day")
        more = self.cleaned_data.get("after_step_up")
        if hour is not None and day is not None and day < hour:
            self.add_error("a_day", _("A day's budget is at least that of an hour."))
        if more and hour is not None and more >= hour:
            self.add_error("after_step_up", _("The second allowance is smaller than the first."))


class JudgeForm(forms.Form):
    """The auditor's word on an opening."""

    justified = forms.TypedChoiceField(
        label=_("Was it right to open this record?"),
        choices=[("yes", _("Yes: it could not wait")), ("no", _("No: it should not have been"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What you looked at and what you found"),
        max_length=4000,
        widget=forms.Textarea,
    )
