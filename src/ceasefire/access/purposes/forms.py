"""The picker: what the reader has now, and words where they say more."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ceasefire.access.purposes import kinds
from ceasefire.access.purposes.services import LONGEST_WORDS

# A form that carries this answers the question; the page that it stands on never sees it.
MARK = "state_purpose"


class FirstInFocus(forms.RadioSelect):
    """A key chooses at once: the space bar the first, an arrow another."""

    def create_option(self, name, value, label, selected, index, **more):
        option = super().create_option(name, value, label, selected, index, **more)
        if index == 0:
            option["attrs"]["autofocus"] = True
        return option


class PurposeForm(forms.Form):
    use_required_attribute = False

    key = forms.ChoiceField(
        label=_("Meeting, case or referral"),
        widget=FirstInFocus,
        error_messages={
            "required": _("Choose the meeting, case or referral that you work on."),
            "invalid_choice": _(
                "There is no such meeting, case or referral of yours. Choose one that is listed."
            ),
        },
    )
    words = forms.CharField(
        label=_("What you look for, in a few words"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("Needed where what you chose does not say enough. No names."),
    )

    def __init__(self, *args, page: str = "", **options):
        """page: the name of the page that asks; what is of its own part is the likeliest."""
        super().__init__(*args, **options)
        self.fields["key"].choices = _likeliest_first(page.partition(":")[0])

    def tried(self, state) -> bool:
        """State what was chosen; what is refused is said at its field. Only for a valid form."""
        try:
            state(**self.cleaned_data)
        except kinds.NoSuchReference as refusal:
            self.add_error("key", str(refusal))
        except ValidationError as refusal:
            self.add_error(None, refusal)
        return not self.errors


def _likeliest_first(part: str) -> list[tuple[str, str]]:
    """All of the page's own part, then the newest of each kind, then the others."""
    told = []
    for kind in kinds.here():
        own = kind.name.partition(".")[0] == part
        for nth, reference in enumerate(kind.offered()):
            said = f"{kind.name}:{reference.number}", f"{kind.label}: {reference.label}"
            told.append((0 if own else 1 if nth == 0 else 2, said))
    return [said for _rank, said in sorted(told, key=lambda one: one[0])]
