"""Entering a conflict, each part of it, and the intake form of a dispute."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ceasefire.registry.conflicts.models import Conflict, ConflictEvent, Dispute, State
from ceasefire.registry.groups import selectors as groups
from ceasefire.registry.sources.forms import Day, ShootingField, SourceField

NO_NAMES = _("No person's name: people are tied to a side, with sources.")
Kind = ConflictEvent.Kind


def _words(label, *, required=True, rows=3, help_text=""):
    return forms.CharField(
        label=label, required=required, max_length=2000, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class ConflictForm(forms.Form):
    name = forms.CharField(label=_("What it is called"), max_length=120, help_text=NO_NAMES)
    kind = forms.ChoiceField(label=_("Kind"), choices=Conflict.Kind.choices)
    state = forms.ChoiceField(label=_("State"), choices=State.choices)
    one_side = forms.CharField(label=_("One side"), max_length=120, help_text=NO_NAMES)
    other_side = forms.CharField(label=_("Other side"), max_length=120)
    began_on = Day(label=_("Began on"))
    newest_on = Day(
        label=_("Newest fact of"), help_text=_("The day from which its time in the register runs.")
    )
    cause = _words(_("What it is about"), required=False)
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["newest_on"].initial = timezone.localdate()


class PartForm(forms.Form):
    """A part of one conflict; `side` is one of its two."""

    use_required_attribute = False

    def __init__(self, *args, sides, **kwargs):
        super().__init__(*args, **kwargs)
        self.sides = {str(one.pk): one for one in sides}
        if "side" in self.fields:
            both = [] if self.fields["side"].required else [("", _("Both, or not known"))]
            self.fields["side"].choices = [*both, *((k, one.name) for k, one in self.sides.items())]

    def clean_side(self):
        return self.sides.get(self.cleaned_data["side"])


class ShootingForm(PartForm):
    incident = ShootingField()
    side = forms.ChoiceField(label=_("Which side is thought to have fired"), required=False)
    began_it = forms.BooleanField(label=_("It began the conflict"), required=False)
    reason = _words(_("Why it belongs here"), help_text=NO_NAMES)

    def said(self) -> dict:
        told = dict(self.cleaned_data)
        return told | {"by_side": told.pop("side")} if "side" in told else told


class EventForm(PartForm):
    on = Day(label=_("Date"))
    kind = forms.ChoiceField(
        label=_("What"), choices=[one for one in Kind.choices if one[0] != Kind.STATE],
        help_text=_("A release, an anniversary or a funeral may lie ahead: a day to watch."),
    )  # fmt: skip
    side = forms.ChoiceField(label=_("Which side"), required=False)
    words = _words(_("In words"), help_text=NO_NAMES)

    def said(self) -> dict:
        return self.cleaned_data


class StateForm(PartForm):
    state = forms.ChoiceField(label=_("State"), choices=State.choices)
    on = Day(label=_("Since"))
    words = _words(_("Why"), help_text=NO_NAMES)

    def said(self) -> dict:
        return self.cleaned_data


class PartyForm(PartForm):
    side = forms.ChoiceField(label=_("On the side of"))
    group = forms.ChoiceField(label=_("Group"))
    source = SourceField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._groups = {str(one.group.pk): one for one in groups.pictures()}
        self.fields["group"].choices = [(key, one.name) for key, one in self._groups.items()]

    def clean_group(self):
        return self._groups[self.cleaned_data["group"]].group


class DisputeForm(forms.Form):
    on = Day(label=_("When you heard of it"))
    place = forms.CharField(label=_("Where"), max_length=200)
    case_numbers = forms.CharField(
        label=_("Case numbers"), max_length=200, required=False,
        help_text=_("Reports that tell of it, with commas between."),
    )  # fmt: skip
    one_side = forms.CharField(label=_("One side"), max_length=200, help_text=NO_NAMES)
    other_side = forms.CharField(label=_("Other side"), max_length=200)
    risks = forms.MultipleChoiceField(
        label=_("When violence is to be feared"), choices=Dispute.Risk.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    why = _words(_("Why violence is expected"))
    learned = _words(_("How you learned of it"), rows=2)
    cause = _words(_("What it is about"), required=False, rows=2)
    done = _words(_("What has been done"), required=False, rows=2)
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class ReviewForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What comes of it"), choices=Dispute.Outcome.choices, widget=forms.RadioSelect
    )
    conflict = forms.ModelChoiceField(
        label=_("Which conflict"), queryset=Conflict._base_manager.none(), required=False,
        help_text=_("One that is new is entered by an analyst first."),
    )  # fmt: skip
    review_words = _words(_("Why"))
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["conflict"].queryset = Conflict.objects.order_by("name")
