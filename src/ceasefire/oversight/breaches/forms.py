"""What an auditor says about a breach."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ceasefire.access.breach.models import BreachStep, Duty
from ceasefire.access.models import Agency, Membership, User
from ceasefire.oversight.forms import PastDay, UserNameField


def _text(label, *, required: bool = True, help_text="") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=4000, help_text=help_text,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip


class BreachForm(forms.Form):
    """An account, or a whole agency where no account is named."""

    account = UserNameField(required=False, help_text=_("Leave empty to suspect a whole agency."))
    agency = forms.ModelChoiceField(
        None, label=_("Agency"), required=False, help_text=_("Only where no account is named.")
    )
    since = PastDay(label=_("First day that is suspected"))
    until = PastDay(label=_("Last day that is suspected"))
    found_on = PastDay(label=_("Found on"), help_text=_("The law's clocks run from this day."))
    found_by = forms.CharField(label=_("Found by"), max_length=200)
    reported_on = PastDay(label=_("Reported to oversight on"))
    suspicion = _text(_("What is suspected"))

    def __init__(self, *args, **words):
        super().__init__(*args, **words)
        self.fields["agency"].queryset = Agency.objects.order_by("name")

    def clean(self):
        """The moments as the log has them: from the first day's midnight to the last day's end."""
        said = self.cleaned_data
        if bool(said.get("account")) == bool(said.get("agency")) and "account" not in self.errors:
            self.add_error("account", _("Name one account, or choose one agency."))
        if "since" in said and "until" in said:
            said["since"] = _midnight(said["since"])
            said["until"] = _midnight(said["until"] + timedelta(days=1))
        if said.get("account") and not self.errors:
            said["account"] = User.objects.only("pk").get(pk=said["account"])
            said["agency"] = self._agency_of(said["account"])
        return said

    @staticmethod
    def _agency_of(account: User) -> Agency:
        held = Membership.objects.filter(user=account).select_related("agency")
        newest = held.order_by("-starts", "-pk").first()
        if newest is None:
            raise ValidationError(_("This account has never had a role at any agency."))
        return newest.agency


def _midnight(day) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())


class StepForm(forms.Form):
    kind = forms.ChoiceField(label=_("What was done"), choices=BreachStep.Kind.choices)
    words = _text(_("How, and by whom"))


class WordsForm(forms.Form):
    """Becomes part of every letter: it names no account, no person and no record."""

    for_letters = _text(
        _("What happened, in English"), required=False,
        help_text=_("Stands in every letter. Name nobody and no record."),
    )  # fmt: skip
    for_letters_es = _text(_("What happened, in Spanish"), required=False)
    contact = forms.CharField(
        label=_("Whom to call"), max_length=300, help_text=_("An office and its telephone number.")
    )


class LetterForm(forms.Form):
    to = forms.ChoiceField(label=_("Letter"), choices=Duty.choices)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("en", "English"), ("es", "Español")], initial="en"
    )
    key = forms.CharField(
        label=_("Record of the person"), required=False, max_length=120,
        help_text=_("For a letter to one person; leave it empty for a blank one."),
    )  # fmt: skip

    use_required_attribute = False
