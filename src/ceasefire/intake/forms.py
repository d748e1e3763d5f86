"""What an analyst fills in: a file, a new feed, its coverage, a mapping, a reason."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access.models import Agency
from ceasefire.intake import files
from ceasefire.intake.labels import (
    CHOICES,
    choice_label,
    field_label,
    field_names,
    question_label,
    reading,
)
from ceasefire.intake.looking import Look
from ceasefire.intake.models import Feed, FeedMapping
from ceasefire.intake.questions import Question

UNITS = ("incident", "victim", "event")
MOMENT = "%Y-%m-%dT%H:%M"


class FileForm(forms.Form):
    """A file and when its publisher knew what it says."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV, Excel, GeoJSON, JSON lines or Parquet, also packed with gzip."
        ),
        max_length=255,
        error_messages={"empty": gettext_lazy("This file is empty. Choose one with rows.")},
    )
    as_of = forms.DateTimeField(
        label=gettext_lazy("As of"),
        required=False,
        help_text=gettext_lazy(
            "When the publisher knew what the file says, in the city's time. Left empty: now."
        ),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > files.free_space():
            raise ValidationError(_("The server's disk has no room for this file."))
        return file

    def clean_as_of(self) -> datetime:
        as_of = self.cleaned_data["as_of"] or timezone.now()
        if as_of > timezone.now():
            raise ValidationError(_("A file cannot be as of a time that has not come."))
        return as_of


class KnownFeedForm(FileForm):
    field_order = ["feed", "file", "as_of"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["feed"] = forms.ModelChoiceField(
            Feed.objects.select_related("agency"),
            label=_("Feed"),
            to_field_name="name",
            empty_label=_("Choose the feed"),
            help_text=_("A feed is one publisher's layout. Its saved mapping is used again."),
        )
        self.order_fields(self.field_order)


class CoverageForm(forms.ModelForm):
    class Meta:
        model = Feed
        fields = ["coverage", "rolling_days"]
        labels = {
            "coverage": gettext_lazy("What each file covers"),
            "rolling_days": gettext_lazy("How many days, where it covers the last days only"),
        }
        widgets = {"coverage": forms.RadioSelect}

    def clean(self):
        held = super().clean()
        if held.get("coverage") == Feed.Coverage.ROLLING and not held.get("rolling_days"):
            self.add_error("rolling_days", _("Say how many days each file covers."))
        if held.get("coverage") != Feed.Coverage.ROLLING:
            held["rolling_days"] = None
        return held


class NewFeedForm(CoverageForm, FileForm):
    """A feed that is met for the first time, with its first file."""

    title = forms.CharField(
        label=gettext_lazy("Name of the feed"),
        max_length=160,
        help_text=gettext_lazy("For example: City police, shootings."),
    )
    agency = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Which agency the file is of"),
        required=False,
        empty_label=gettext_lazy("Another agency, named below"),
        help_text=gettext_lazy(
            "One of the two is needed: choose an agency here or name one below."
        ),
    )
    new_agency = forms.CharField(
        label=gettext_lazy("Name of the other agency"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Needed where no agency is chosen above."),
    )
    new_agency_kind = forms.ChoiceField(
        label=gettext_lazy("What the other agency is"),
        choices=Agency.Kind.choices,
        initial=Agency.Kind.NEIGHBOUR_POLICE,
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What a row of the file tells"),
        choices=Feed.Kind.choices,
        initial=Feed.Kind.SHOOTINGS,
        required=False,
    )
    field_order = [
        *("title", "kind", "agency", "new_agency", "new_agency_kind"),
        *("coverage", "rolling_days", "file", "as_of"),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.order_by("name")

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        name = slugify(title)[:60]
        if not name:
            raise ValidationError(_("A feed's name needs letters or figures."))
        self.cleaned_data["name"] = name
        return title

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Feed.Kind.SHOOTINGS

    def clean(self):
        held = super().clean()
        if not held.get("agency") and not held.get("new_agency"):
            self.add_error("agency", _("Choose the agency, or name another one below."))
            self.add_error("new_agency", _("Name the agency here, or choose one above."))
        if held.get("new_agency") and not held.get("new_agency_kind"):
            self.add_error("new_agency_kind", _("Say what the agency is."))
        if held.get("agency") and held.get("new_agency"):
            self.add_error("new_agency", _("Leave this empty, or choose no agency above."))
        return held


class MappingForm(forms.Form):
    """One box for each of our fields with the file's columns, and the open questions."""

    def __init__(self, *args, look: Look, saved: FeedMapping | None, asked: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.look, self.saved = look, saved
        self._answers = look.mapping.answers | asked.get("answers", {})
        held = look.mapping.columns()
        columns = [("", _("— not in this file —")), *((c, c) for c in look.samples)]
        self.names = field_names(look.mapping.unit)
        for name in self.names:
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=field_label(name),
                choices=columns,
                required=False,
                initial=held.get(name, ""),
            )
        if look.mapping.unit in UNITS:
            self._ask_unit()
        for question in look.questions:
            if question.about != "unit":
                self.fields[f"answer_{question.about}"] = self._asked(question)

    def _ask_unit(self) -> None:
        self.fields["answer_unit"] = forms.ChoiceField(
            label=question_label("unit"),
            help_text=capfirst(self.look.mapping.evidence[0]),
            choices=[(unit, CHOICES[unit]) for unit in UNITS],
            widget=forms.RadioSelect,
            initial=self._answers.get("unit", self.look.mapping.unit),
        )

    def _asked(self, question: Question) -> forms.Field:
        choices = [(choice, choice_label(choice)) for choice in question.choices]
        initial = self._answers.get(question.about, question.default)
        words = {"label": question_label(question.about), "help_text": _why(question)}
        if isinstance(question.default, list):
            known = [choice for choice in initial if choice in question.choices]
            return forms.MultipleChoiceField(
                choices=choices,
                initial=known,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Tick at least one.")},
                **words,
            )
        initial = initial if initial in question.choices else question.default
        return forms.ChoiceField(
            choices=choices, initial=initial, widget=forms.RadioSelect, **words
        )

    def mapped_rows(self) -> list[tuple]:
        """(box, samples, how it is read) of each field that a column is proposed for."""
        return [self._row(name) for name in self.names if name in self.look.mapping.fields]

    def other_rows(self) -> list[tuple]:
        return [self._row(name) for name in self.names if name not in self.look.mapping.fields]

    def question_fields(self) -> list:
        return [self[name] for name in self.fields if name.startswith("answer_")]

    def _row(self, name: str) -> tuple:
        entry = self.look.mapping.fields.get(name)
        if entry is None:
            return self[f"column_{name}"], [], ""
        samples = self.look.samples.get(entry["column"], [])
        return self[f"column_{name}"], samples, reading(name, entry, self.look.mapping.crs)

    @property
    def columns(self) -> dict[str, str]:
        held = {name: self.cleaned_data[f"column_{name}"] for name in self.names}
        return {name: column for name, column in held.items() if column}

    @property
    def changed_columns(self) -> bool:
        return self.columns != self.look.mapping.columns()

    @property
    def answers(self) -> dict[str, str | list[str]]:
        """What was answered. The row unit counts as answered only where it was asked or changed."""
        held = {
            name.removeprefix("answer_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("answer_")
        }
        asked = {question.about for question in self.look.questions}
        if "unit" not in asked | set(self._answers) and held.get("unit") == self.look.mapping.unit:
            held.pop("unit")
        return held

    @property
    def by_default(self) -> list[str]:
        """The questions that only a default has settled: saved so, and not asked on this page.

        What identical rows are is decided where the rows are shown, so a default stays open here.
        """
        asked = {question.about: question.default for question in self.look.questions}
        kept = set(self.saved.by_default) - set(asked) if self.saved else set()
        if self.cleaned_data.get("answer_identical_rows", "") == asked.get("identical_rows"):
            kept.add("identical_rows")
        return sorted(kept & set(self.look.mapping.answers))


def _why(question: Question) -> str:
    default = question.default
    words = default if isinstance(default, list) else [default]
    return _("%(why)s. Proposed: %(default)s.") % {
        "why": capfirst(question.why.rstrip(".")),
        "default": ", ".join(str(choice_label(word)) for word in words),
    }


class ApplyForm(forms.Form):
    """Applying a file that waits for a person needs that person's reason."""

    despite = forms.CharField(
        label=gettext_lazy("Why it is applied all the same"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=gettext_lazy("Kept with the batch, with your name."),
        error_messages={"required": gettext_lazy("Write the reason first.")},
    )


class IdenticalForm(forms.Form):
    """The question about rows that say the same, once per feed."""

    def __init__(self, *args, unit: str, initial_answer: str | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        choices = (f"separate {unit}s", "one row repeated")
        self.fields["identical_rows"] = forms.ChoiceField(
            label=question_label("identical_rows"),
            choices=[(choice, choice_label(choice)) for choice in choices],
            widget=forms.RadioSelect,
            initial=initial_answer or choices[0],
        )
