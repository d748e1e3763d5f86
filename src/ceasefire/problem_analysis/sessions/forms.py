"""Planning a session, who attends, one shooting's code, and one group's walk."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from ceasefire.access import identity
from ceasefire.access.models import Agency
from ceasefire.problem_analysis.sessions import selectors
from ceasefire.problem_analysis.sessions.auditing import Said
from ceasefire.problem_analysis.sessions.models import Code, Session
from ceasefire.problem_analysis.sessions.requiring import ATTENDING
from ceasefire.registry.groups import selectors as groups
from ceasefire.registry.groups import territory
from ceasefire.registry.groups.models import MOST_MEMBERS, GroupStatement
from ceasefire.registry.sources.forms import Day

About = GroupStatement.About


class Plain(forms.Form):
    use_required_attribute = False


def _words(label, rows=3, **more) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def _one_of(label, choices, **more) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


class PlanForm(Plain):
    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(label=_("Title"), max_length=120)
    on = Day(label=_("Day"))
    chair = forms.ModelChoiceField(
        label=_("Chair"), queryset=None, help_text=_("An analyst or a captain.")
    )
    window_start = Day(
        label=_("Shootings from"), required=False, help_text=_("Of an incident review.")
    )
    window_end = Day(label=_("Shootings to"), required=False)
    share = forms.IntegerField(
        label=_("Per cent that a second coder codes too"), min_value=0, max_value=100, initial=20,
        help_text=_("Drawn at random when the session opens."),
    )  # fmt: skip
    agenda = _words(_("Agenda"), rows=5, help_text=_("Point by point, without names."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = Session.Kind.choices if groups.are_on() else Session.Kind.choices[:1]
        self.fields["kind"].choices = kinds
        self.fields["chair"].queryset = selectors.may_chair()
        self.fields["chair"].empty_label = None
        self.fields["chair"].initial = identity.current().user_id


class CloseForm(Plain):
    words = _words(_("Why it closes, where something is left"), required=False)


class AttendForm(Plain):
    username = forms.CharField(label=_("Account name"), max_length=150)


class GuestForm(Plain):
    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("It is sealed; each reading is logged.")
    )
    agency = forms.ChoiceField(label=_("Agency"))
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"token": uuid.uuid4()}, **kwargs)
        self.agencies = {str(one.pk): one for one in Agency.objects.filter(kind__in=ATTENDING)}
        self.fields["agency"].choices = [(pk, one.name) for pk, one in self.agencies.items()]

    def clean_agency(self):
        return self.agencies[self.cleaned_data["agency"]]


class JudgedForm(Plain):
    involvement = _one_of(
        _("Was a group involved? (who)"), Code.Involvement.choices,
        help_text=_("By the victim or the suspect, whatever the reason was."),
    )  # fmt: skip
    basis = _one_of(_("Whose group?"), Code.Basis.choices, required=False)
    motivated = _one_of(
        _("Was it for a group's sake? (why)"), Code.Motivated.choices,
        help_text=_("Apart from who it was: two of one group may quarrel over money."),
    )  # fmt: skip
    circumstance = forms.ChoiceField(
        label=_("Circumstance"), choices=[("", "—"), *Code.Circumstance.choices]
    )
    circumstance_2 = forms.ChoiceField(
        label=_("Second circumstance"), choices=[("", "—"), *Code.Circumstance.choices],
        required=False,
    )  # fmt: skip


class CodeForm(JudgedForm):
    confidence = _one_of(_("How sure is this?"), Code.Confidence.choices)
    rests_on = forms.CharField(
        label=_("Number of the source or report"), max_length=60, required=False,
        help_text=_("“Confirmed” needs one."),
    )  # fmt: skip
    words = _words(_("In words, without names"), required=False)


class ContestForm(Plain):
    reason = _words(_("Why is the code wrong? Without names"))


class SettleForm(JudgedForm):
    words = _words(_("Why the session settles it so, without names"))


class WalkForm(Plain):
    low = forms.IntegerField(
        label=_("Members, at least"), min_value=0, max_value=MOST_MEMBERS, required=False
    )
    high = forms.IntegerField(
        label=_("Members, at most"), min_value=1, max_value=MOST_MEMBERS, required=False,
        help_text=_("A range: a group is estimated, its people are not listed."),
    )  # fmt: skip
    activity = _one_of(
        _("Violence in the last year"), GroupStatement.Activity.choices, required=False
    )
    last_violence_on = Day(label=_("Last violence, as far as known"), required=False)
    allies = forms.MultipleChoiceField(
        label=_("Allied with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    rivals = forms.MultipleChoiceField(
        label=_("At odds with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    area = forms.CharField(
        label=_("Corners of the territory, if it has changed"), max_length=10_000, required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-corners": "", "spellcheck": "false"}),
        help_text=_("Latitude and longitude, one corner on a line. Left empty, it stands."),
    )  # fmt: skip

    def __init__(self, *args, picture: groups.Picture, **kwargs):
        super().__init__(*args, initial=_standing(picture), **kwargs)
        found = [one for one in groups.pictures() if one.group.pk != picture.group.pk]
        self.groups = {str(one.group.pk): one.group for one in found}
        for name in ("allies", "rivals"):
            stands = self.initial[name]
            told = [(str(one.group.pk), one.name) for one in found]
            self.fields[name].choices = sorted(told, key=lambda one: one[0] not in stands)

    def clean_area(self):
        text = self.cleaned_data["area"]
        if not text.strip():
            return None
        try:
            return territory.checked(territory.from_corners(text))
        except forms.ValidationError as refusal:
            raise forms.ValidationError(refusal.message_dict["area"]) from None

    def clean(self):
        told = super().clean()
        low, high = told.get("low"), told.get("high")
        if (low is None) != (high is None) or (low is not None and low >= high):
            self.add_error(
                "high", _("Write a range, from fewer to more: nobody counts a list of people.")
            )
        return told

    def said(self) -> Said:
        told = self.cleaned_data
        size = (told["low"], told["high"]) if told["low"] is not None else None
        return Said(
            size=size, activity=told["activity"], area=told["area"],
            allies=[self.groups[pk] for pk in told["allies"]],
            rivals=[self.groups[pk] for pk in told["rivals"]],
        )  # fmt: skip


def _standing(picture: groups.Picture) -> dict:
    size, activity = (picture.newest.get(about) for about in (About.SIZE, About.ACTIVITY))
    return {
        "low": size and size.low, "high": size and size.high,
        "activity": activity and activity.activity,
        "allies": [str(one.pk) for one in picture.others(About.ALLIANCE)],
        "rivals": [str(one.pk) for one in picture.others(About.RIVALRY)],
    }  # fmt: skip
