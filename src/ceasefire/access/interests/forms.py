"""What somebody on the staff declares."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ceasefire.access.interests.models import DeclaredInterest


class DeclareForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As records would write it. Declare another spelling or surname by itself."),
    )
    relation = forms.ChoiceField(
        label=_("Who it is"), choices=DeclaredInterest.Relation.choices, widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=_("Address"), required=False, max_length=200, help_text=_("House number and street.")
    )
    use_required_attribute = False
