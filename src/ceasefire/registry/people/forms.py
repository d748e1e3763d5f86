"""What an analyst fills in about people: a decision, a merge, a split."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecideForm(forms.Form):
    decision = forms.ChoiceField(choices=[("same", _("One person")), ("apart", _("Two people"))])
    reason = forms.CharField(
        label=_("Why, where the records do not say it"),
        required=False,
        max_length=500,
        widget=forms.TextInput,
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason first.")},
    )


class MergeForm(ReasonForm):
    other = forms.IntegerField(
        label=_("Number of the other person"),
        min_value=1,
        max_value=2**62,
        help_text=_("It stands on their page. Their records come to this person."),
    )
    field_order = ["other", "reason"]


class SplitForm(ReasonForm):
    """The records that go to a new person, ticked."""

    def __init__(self, *args, choices: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["records"] = forms.TypedMultipleChoiceField(
            label=_("Records of the other person"),
            choices=choices,
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Tick at least one record.")},
        )
        self.order_fields(["records", "reason"])
