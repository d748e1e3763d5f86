"""What is said of one row when it is attested."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ceasefire.registry.sources.forms import Day


def _line(label, **more):
    return forms.CharField(label=label, max_length=200, **more)


def _words(label, **more):
    return forms.CharField(
        label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **more
    )


class AttestForm(forms.Form):
    document = _line(_("Document"), help_text=_("For example: Order of the chief of police."))
    number = _line(_("Its number"))
    on = Day(label=_("Date of the list"))
    basis = _words(
        _("On what basis"),
        help_text=_("Why this person was rightly named: which events, by which reports."),
    )
    purpose = _words(_("What it is for"))
    review_by = Day(
        label=_("Review by"),
        help_text=_("Within a year. Unless the row is attested anew, it is gone by then."),
    )
    use_required_attribute = False
