"""Drafting a tie with its sources, and each step of its life."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ceasefire.registry.affiliations.models import Affiliation, Citation, TieStep
from ceasefire.registry.conflicts.models import Side
from ceasefire.registry.groups import selectors as groups
from ceasefire.registry.sources.forms import Day, SourceField

CITED = 4
Kind = TieStep.Kind


def _words(label, **more):
    return forms.CharField(
        label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **more
    )


class DraftForm(forms.Form):
    """To which group or side, as what, why, and on which sources."""

    to = forms.ChoiceField(label=_("Tied to"))
    role = forms.ChoiceField(
        label=_("As"),
        choices=[one for one in Affiliation.Role.choices if one[0] != Affiliation.Role.PARTY],
        help_text=_("To a side of a conflict everybody is tied as a party to it."),
    )
    confidence = forms.ChoiceField(label=_("Confidence"), choices=Affiliation.Confidence.choices)
    suspicion = _words(
        _("Reasonable suspicion"),
        help_text=_("Which crime, and why this tie bears on it. No opinion, belief or origin."),
    )
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nth in range(1, CITED + 1):
            self.fields[f"source_{nth}"] = SourceField(
                label=_("Source %(nth)d: its number") % {"nth": nth}, required=False, help_text=""
            )
            self.fields[f"criterion_{nth}"] = forms.ChoiceField(
                label=_("It shows"), choices=Citation.Criterion.choices, required=False
            )
        self._groups = {f"group:{one.group.pk}": one for one in groups.pictures()}
        sides = Side.objects.select_related("conflict")
        self._sides = {f"side:{one.pk}": one for one in sides}
        self.fields["to"].choices = [
            *((key, one.name) for key, one in self._groups.items()),
            *((key, f"{one} ({one.conflict})") for key, one in self._sides.items()),
        ]

    def clean(self):
        told = super().clean()
        told["citations"] = [
            (told[f"source_{nth}"], told[f"criterion_{nth}"])
            for nth in range(1, CITED + 1)
            if told.get(f"source_{nth}")
        ]
        numbers = [source.pk for source, _criterion in told["citations"]]
        if len(numbers) != len(set(numbers)):
            raise ValidationError(_("Each source is cited once: a report counts once."))
        return told

    def said(self) -> dict:
        """What the verb is given."""
        told = self.cleaned_data
        to = {"group": None, "side": self._sides.get(told["to"])}
        if told["to"] in self._groups:
            to["group"] = self._groups[told["to"]].group
        role = Affiliation.Role.PARTY if to["side"] else told["role"]
        return to | {
            "role": role, "confidence": told["confidence"], "suspicion": told["suspicion"],
            "citations": told["citations"],
        }  # fmt: skip


class WordsForm(forms.Form):
    words = _words(_("Why"))
    use_required_attribute = False


class AttestForm(WordsForm):
    words = _words(
        _("What you have read, and why you stand for it"),
        help_text=_("You attest that the sources say so, and that the suspicion is reasonable."),
    )


class UntilForm(WordsForm):
    until = Day(label=_("Until"), help_text=_("30 days from today at most."))
    field_order = ["until", "words"]


class NoticeForm(forms.Form):
    on = Day(label=_("Told on"))
    way = forms.ChoiceField(label=_("How"), choices=TieStep.Way.choices)
    to_guardian = forms.BooleanField(label=_("A parent or guardian was told"), required=False)
    words = _words(_("Note"), required=False)
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class CiteForm(forms.Form):
    source = SourceField()
    criterion = forms.ChoiceField(label=_("It shows"), choices=Citation.Criterion.choices)
    use_required_attribute = False
