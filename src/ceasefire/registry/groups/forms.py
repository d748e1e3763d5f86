"""Recording the policy, entering a group, and each thing that can be said of one."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ceasefire.registry.groups import selectors, territory
from ceasefire.registry.groups.models import MOST_MEMBERS, GroupStatement
from ceasefire.registry.sources.forms import Day, SourceField

About = GroupStatement.About


class PolicyForm(forms.Form):
    document = forms.CharField(
        label=_("Title and number"), max_length=200,
        help_text=_("For example: Directive 640.05, groups and affiliations"),
    )  # fmt: skip
    published_at = forms.CharField(
        label=_("Where anybody can read it"), max_length=300,
        help_text=_("The address of the page"),
    )  # fmt: skip
    published_on = Day(label=_("Published on"))
    approved_by = forms.CharField(label=_("Who approved it: name and office"), max_length=200)
    effective_from = Day(label=_("In force from"))
    use_required_attribute = False


class BecauseForm(forms.Form):
    because = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    use_required_attribute = False


class GroupForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("The group's own, or how reports call it.")
    )
    source = SourceField()
    use_required_attribute = False


class StatementForm(forms.Form):
    source = SourceField()
    use_required_attribute = False


class NameForm(StatementForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    field_order = ["name"]


class KindForm(StatementForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=GroupStatement.Kind.choices)
    field_order = ["kind"]


class SizeForm(StatementForm):
    low = forms.IntegerField(label=_("Members, at least"), min_value=0, max_value=MOST_MEMBERS)
    high = forms.IntegerField(
        label=_("Members, at most"), min_value=1, max_value=MOST_MEMBERS,
        help_text=_("A range: a group is estimated, its people are not listed."),
    )  # fmt: skip
    field_order = ["low", "high"]


class ActivityForm(StatementForm):
    activity = forms.ChoiceField(
        label=_("Violence in the last year"), choices=GroupStatement.Activity.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip
    field_order = ["activity"]


class TerritoryForm(StatementForm):
    area = forms.CharField(
        label=_("Corners of the territory"), max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6, "data-corners": "", "spellcheck": "false"}),
        help_text=_(
            "Latitude and longitude, one corner on a line, in the order in which you would draw "
            "them. On the map, each click adds one."
        ),
    )  # fmt: skip
    field_order = ["area"]

    def clean_area(self):
        try:
            return territory.checked(territory.from_corners(self.cleaned_data["area"]))
        except ValidationError as refusal:
            raise ValidationError(refusal.message_dict["area"]) from None


class OtherForm(StatementForm):
    """Of an alliance or a rivalry: which other group."""

    other = forms.ChoiceField(label=_("The other group"))
    field_order = ["other"]

    def __init__(self, *args, but: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.groups = {
            str(one.group.pk): one for one in selectors.pictures() if one.group.pk != but
        }
        self.fields["other"].choices = [(pk, one.name) for pk, one in self.groups.items()]

    def clean_other(self):
        return self.groups[self.cleaned_data["other"]].group


FORMS = {
    About.NAME: NameForm, About.ALIAS: NameForm, About.KIND: KindForm, About.SIZE: SizeForm,
    About.ACTIVITY: ActivityForm, About.TERRITORY: TerritoryForm,
}  # fmt: skip


def form_for(about: str, group, data) -> forms.Form:
    if about in (About.ALLIANCE, About.RIVALRY):
        return OtherForm(data, but=group.pk)
    return FORMS[about](data)
