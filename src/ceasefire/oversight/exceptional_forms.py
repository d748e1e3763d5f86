"""The auditor's word on an opening."""

from django import forms
from django.utils.translation import gettext_lazy as _


class JudgeForm(forms.Form):
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
