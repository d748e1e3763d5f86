"""What clerks, heads, auditors and administrators type about holds, orders and rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.models import Frozen, Hold, Order


def _day(label, **more) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **more)


def _words(label, **more) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, **more)


class RecordForm(forms.Form):
    """Which record, as the log names it."""

    key = forms.RegexField(
        r"^[a-z_]+\.[a-z_]+:[0-9]{1,18}$",
        label=_("Record"),
        max_length=120,
        help_text=_(
            "Its kind and number as its own page shows them, for example registry.person:12"
        ),
        error_messages={"invalid": _("Write the kind and the number: registry.person:12.")},
    )

    def record(self) -> tuple[str, int]:
        label, _colon, number = self.cleaned_data["key"].partition(":")
        return label, int(number)


class OrderRecordForm(RecordForm):
    way = forms.ChoiceField(
        label=_("What the order asks for"), choices=Frozen.Way.choices,
        help_text=_("Redact only what tells of others too."),
    )  # fmt: skip


class OrderForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of order"), choices=Order.Kind.choices)
    court = _words(_("Court"))
    reference = _words(
        _("The court's number, and whom it names"),
        help_text=_("Sealed, and destroyed when the order is returned."),
    )
    received_on = _day(_("Received on"), help_text=_("The clock of 60 days runs from this day."))


class HoldForm(forms.Form):
    cause = forms.ChoiceField(label=_("What it is for"), choices=Hold.Cause.choices)
    matter = _words(
        _("Which case, request or inquiry"), help_text=_("Sealed, and destroyed when it ends.")
    )


class ApproveForm(forms.Form):
    review_on = _day(
        _("Look at it again by"), help_text=_("Within 180 days; it lapses after that day.")
    )


class RuleForm(forms.Form):
    record_class = forms.ChoiceField(label=_("Class of records"), choices=RecordClass.choices)
    effective_from = _day(_("From"))
    least_months = forms.IntegerField(
        label=_("Kept at least (months)"), min_value=0, max_value=1200
    )
    most_months = forms.IntegerField(label=_("Kept at most (months)"), min_value=1, max_value=1200)
    basis = _words(_("The law or policy, and where it is published"))


class LogForm(forms.Form):
    older_than = _day(_("Rows before"), help_text=_("At least a year ago."))
