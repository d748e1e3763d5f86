"""What an auditor chooses and says."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ceasefire.access.audit.selectors import Chosen
from ceasefire.access.models import User


class AccessForm(forms.Form):
    """Which rows of the log; a GET form."""

    account = forms.CharField(label=_("Account (user name)"), required=False, max_length=150)
    key = forms.RegexField(
        r"^[a-z_.]+:\S+$",
        label=_("Record"),
        required=False,
        max_length=120,
        help_text=_("For example registry.incident:12"),
        error_messages={
            "invalid": _("Write the kind and the number, for example registry.incident:12.")
        },
    )
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    use_required_attribute = False

    def clean_account(self) -> int | None:
        name = self.cleaned_data["account"]
        if not name:
            return None
        user = User.objects.filter(username=name).only("pk").first()
        if user is None:
            raise ValidationError(_("There is no account of that name; look at how it is written."))
        return user.pk

    def chosen(self) -> Chosen:
        """The rows asked for. Only for a form that is valid."""
        return Chosen(**self.cleaned_data)


class ReviewForm(forms.Form):
    words = forms.CharField(
        label=_("What you looked at and what you found"),
        max_length=4000,
        widget=forms.Textarea,
    )
