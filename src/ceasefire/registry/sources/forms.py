"""Recording a source, and citing one by its number."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.registry.models import Incident
from ceasefire.registry.sources import selectors
from ceasefire.registry.sources.models import Source


class Day(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class SourceField(forms.CharField):
    """The number of a source that is recorded already. Gives the source."""

    def __init__(self, **more):
        more.setdefault("label", gettext_lazy("Number of the source"))
        more.setdefault("help_text", gettext_lazy("As it was recorded: record it first."))
        super().__init__(max_length=60, **more)

    def clean(self, value):
        number = super().clean(value)
        if not number:
            return None
        found = selectors.numbered(number)
        if found is None:
            raise ValidationError(
                _("No source of this number is recorded. Record it first, then cite it here.")
            )
        return found


class ShootingField(forms.CharField):
    """The number of a shooting of the register. Gives the shooting."""

    def __init__(self, **more):
        more.setdefault("label", gettext_lazy("Number of the shooting"))
        super().__init__(max_length=60, **more)

    def clean(self, value):
        number = super().clean(value)
        if not number:
            return None
        found = Incident.objects.filter(incident_number=number).order_by("pk").first()
        if found is None:
            raise ValidationError(_("There is no such shooting. Look at the number again."))
        return found


class SourceForm(forms.Form):
    form = forms.ChoiceField(label=gettext_lazy("What it is"), choices=Source.Form.choices)
    number = forms.CharField(
        label=gettext_lazy("Its number"), max_length=60,
        help_text=gettext_lazy("By which anybody finds it again: a report or case number."),
    )  # fmt: skip
    on = Day(label=gettext_lazy("Its date"))
    words = forms.CharField(
        label=gettext_lazy("What it says"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Facts alone: no beliefs, opinions, origin or status."),
    )  # fmt: skip
    reliability = forms.ChoiceField(
        label=gettext_lazy("Who says it is"), choices=Source.Reliability.choices
    )
    content = forms.ChoiceField(
        label=gettext_lazy("What is said is"), choices=Source.Content.choices
    )
    first_told = forms.CharField(
        label=gettext_lazy("Number of the tip or call that it goes back to"),
        required=False, max_length=60,
        help_text=gettext_lazy(
            "All that go back to the same one count once. The number itself is not kept."
        ),
    )  # fmt: skip
    repeats = SourceField(
        label=gettext_lazy("Number of the source that it repeats"), required=False, help_text=""
    )
    incident = ShootingField(label=gettext_lazy("Shooting that it is about"), required=False)
    lawful = forms.BooleanField(
        label=gettext_lazy("It was obtained lawfully"),
        error_messages={"required": gettext_lazy("What was not obtained lawfully is not kept.")},
    )
    use_required_attribute = False


class JoinForm(forms.Form):
    other = SourceField(label=gettext_lazy("Number of the other source"))
    use_required_attribute = False
