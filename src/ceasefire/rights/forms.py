"""What somebody asks about the own records, and what clerks, holders and deciders fill in."""

import uuid

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ceasefire.rights.models import Answer, Contest, Request

LONGEST = 2000


class OnceField(forms.UUIDField):
    """Marks a form, so that sent twice it is one request. One without a mark is given one."""

    widget = forms.HiddenInput

    def clean(self, value):
        try:
            return super().clean(value)
        except forms.ValidationError:
            return uuid.uuid4()


class AskForm(forms.Form):
    """The public page's. `born` is typed freely: no way of writing a date turns anybody away."""

    token = OnceField()
    kind = forms.ChoiceField(
        label=_("What do you ask?"), choices=Request.Kind.choices, widget=forms.RadioSelect,
        initial=Request.Kind.HELD,
        error_messages={"required": _("Choose what you ask.")},
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your full name"),
        max_length=200,
        help_text=_("With other names that you are known by."),
        error_messages={"required": _("Write your name, so that we know of whom to look.")},
    )
    born = forms.CharField(
        label=_("Your date of birth"), max_length=40, required=False,
        help_text=_("It keeps you apart from somebody of the same name."),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("Where the letters go"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A postal address, or the office where you will collect them."),
        error_messages={"required": _("Write where the answer may reach you.")},
    )
    words = forms.CharField(
        label=_("What is wrong, in your own words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only where you ask for a correction or contest something."),
    )
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"token": uuid.uuid4()}, **kwargs)

    def clean(self):
        told = super().clean()
        asks = told.get("kind")
        if asks and asks != Request.Kind.HELD and not told.get("words"):
            self.add_error("words", _("Write what is wrong; a few words are enough."))
        return told


class ClerkForm(AskForm):
    means = forms.ChoiceField(
        label=_("How it came"),
        choices=[one for one in Request.Means.choices if one[0] != Request.Means.WEB],
    )
    language = forms.ChoiceField(
        label=_("Language of the letters"), choices=Request._meta.get_field("language").choices,
        initial=get_language,
    )  # fmt: skip
    field_order = ["token", "means", "language"]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        help_text=_("It was shown when you sent the request, for example K3QF-7WZA-M2XN-5RTB."),
        error_messages={"required": _("Write the code.")},
    )
    use_required_attribute = False


class IdentityForm(forms.Form):
    how = forms.ChoiceField(label=_("Shown by"), choices=Request.Shown.choices)


class BecauseForm(forms.Form):
    because = forms.CharField(label=_("Why"), max_length=500)
    use_required_attribute = False


class AnswerForm(forms.Form):
    """`entries`: what the room holds of the person found, ticked to be told."""

    outcome = forms.ChoiceField(
        label=_("The answer"), choices=Answer.Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose the answer.")},
    )  # fmt: skip
    because = forms.CharField(
        label=_("Why something is not told"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is sealed, and read only by whoever reviews this answer."),
    )
    use_required_attribute = False

    def __init__(self, *args, entries: list[tuple[str, str]], by_hand: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if entries:
            self.fields["entries"] = forms.MultipleChoiceField(
                label=_("What is told"), choices=entries, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        if by_hand:
            self.fields["told"] = forms.CharField(
                label=_("What is told"), required=False, max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_("One statement a line, as your own files have it."),
            )  # fmt: skip
        self.order_fields(["outcome", "entries", "told", "because"])


class ContestForm(forms.Form):
    words = forms.CharField(
        label=_("What the person says"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what the person says is wrong.")},
    )
    use_required_attribute = False

    def __init__(self, *args, entries: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entry"] = forms.ChoiceField(
            label=_("The entry"), choices=entries, widget=forms.RadioSelect,
            error_messages={"required": _("Choose the entry that is contested.")},
        )  # fmt: skip
        self.order_fields(["entry", "words"])


class ReviewForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What you found"), choices=Answer.Review.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you found, and write why.")},
    )  # fmt: skip
    reasons = forms.CharField(
        label=_("The reasons"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Choose what you found, and write why.")},
    )
    use_required_attribute = False


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("The decision"), choices=Contest.Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the entry stands or is taken out.")},
    )  # fmt: skip
    reasons = forms.CharField(
        label=_("The reasons"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The person is told them by letter."),
        error_messages={"required": _("Write the reasons; the person is told them.")},
    )
    use_required_attribute = False


class AppealForm(forms.Form):
    words = forms.CharField(
        label=_("What the person says to the decision"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what the person says to the decision.")},
    )
    use_required_attribute = False


class DoneForm(forms.Form):
    how = forms.CharField(
        label=_("What was done with the copies"),
        max_length=300,
        error_messages={"required": _("Say what was done with the copies.")},
    )
    use_required_attribute = False
