"""What of somebody's surroundings is drawn."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ceasefire.registry.links.surroundings import KINDS, Asked
from ceasefire.registry.links.words import TIES


class ChartForm(forms.Form):
    steps = forms.TypedChoiceField(
        label=_("How far"), coerce=int, required=False, empty_value=1,
        choices=[(1, _("What it is tied to")), (2, _("And what those are tied to"))],
    )  # fmt: skip
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    kinds = forms.MultipleChoiceField(
        label=_("Ties"), required=False, choices=[(kind, TIES[kind]) for kind in KINDS],
        widget=forms.CheckboxSelectMultiple, help_text=_("None chosen: all of them."),
    )  # fmt: skip

    def clean(self):
        told = super().clean()
        since, until = told.get("since"), told.get("until")
        if since and until and until < since:
            self.add_error("until", _("Choose a day that is not before the first."))
        return told

    def asked(self) -> Asked:
        """What was chosen; the plain chart where the form does not hold."""
        if not self.is_valid():
            return Asked(steps=1)
        told = self.cleaned_data
        return Asked(told["steps"] or 1, frozenset(told["kinds"]), told["since"], told["until"])
