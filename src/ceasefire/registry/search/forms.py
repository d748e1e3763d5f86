"""The one box."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    terms = forms.CharField(
        label=_("Name, date of birth, case number or number plate"),
        max_length=200,
        help_text=_(
            "For example: Dana Reyes 1990-05-01, or plate ABC 123. Spelling need not be right."
        ),
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "size": 40}),
        error_messages={"required": _("Write a name, a date of birth, a case number or a plate.")},
    )
    use_required_attribute = False
