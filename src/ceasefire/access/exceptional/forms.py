"""What somebody names to open one hidden record."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ceasefire.access.exceptional.services import MOST_MINUTES, SHORTEST_REASON

LARGEST_NUMBER = 2**63 - 1


class OpenForm(forms.Form):
    model = forms.ChoiceField(label=_("Kind of record"))
    record = forms.IntegerField(
        label=_("Its number"),
        min_value=1,
        max_value=LARGEST_NUMBER,
        help_text=_("As whoever told you of it gave it to you."),
    )
    reason = forms.CharField(
        label=_("Why it cannot wait"),
        min_length=SHORTEST_REASON,
        max_length=2000,
        widget=forms.Textarea,
        help_text=_(
            "What happens to whom if you do not look now. The agency that owns the record and an "
            "auditor read this."
        ),
    )
    minutes = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[(n, _("%(n)s minutes") % {"n": n}) for n in (15, 30, MOST_MINUTES)],
        initial=15,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, openable, **options):
        super().__init__(*args, **options)
        self.fields["model"].choices = [
            (model._meta.label_lower, capfirst(model._meta.verbose_name)) for model in openable
        ]
