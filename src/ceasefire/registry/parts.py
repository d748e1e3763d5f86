"""What is told of a shooting, part by part: the same parts are shown, followed and corrected."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ceasefire.registry import words
from ceasefire.registry.facts import IncidentFacts, VictimFacts

# The publisher's own identification: a hand corrects what was said of a shooting, not which it is.
STATED_ONLY = ("incident_number", "verification_stated")


@dataclass(frozen=True)
class Part:
    """Columns that only make sense together, and the words for what they say."""

    key: str
    label: Promise
    columns: tuple[str, ...]
    say: Callable[[IncidentFacts | VictimFacts], str]

    def known(self, row) -> bool:
        """Whether anything at all is known of it."""
        return any(getattr(row, column) not in (None, "") for column in self.columns)


def _text(column: str, label: Promise) -> Part:
    return Part(column, label, (column,), lambda row: words.text(getattr(row, column)))


INCIDENT = (
    _text("incident_number", _("Incident number")),
    Part(
        "occurred",
        _("Occurred"),
        ("occurred_on", "occurred_from", "occurred_to", "occurred_precision"),
        words.occurred,
    ),
    Part(
        "reported",
        _("Reported"),
        ("reported_on",),
        lambda row: words.day(row.reported_on) if row.reported_on else words.not_known(),
    ),
    _text("address", _("Address")),
    Part("place", _("Coordinates"), ("latitude", "longitude"), words.coordinates),
    _text("district_stated", _("District as stated")),
    _text("neighbourhood_stated", _("Neighbourhood as stated")),
    _text("jurisdiction", _("Jurisdiction")),
    Part("hurt", _("People hit"), ("victims", "killed", "wounded", "injured"), words.hurt),
    _text("offence", _("Offence")),
    _text("weapon", _("Weapon")),
    _text("premises", _("Premises")),
    _text("setting", _("Inside or outside")),
    Part(
        "officer_involved",
        _("Officer involved"),
        ("officer_involved",),
        lambda row: words.yes_no(row.officer_involved),
    ),
    _text("verification_stated", _("Verification as stated")),
)
STANDING = Part(
    "verification", _("Standing"), ("verification", "verification_reason"), words.standing
)
WITHHOLDING = Part(
    "withheld",
    _("Withholding"),
    ("withheld_at", "review_due"),
    lambda row: words.day(row.review_due) if row.review_due else words.not_known(),
)
VICTIM = (
    Part("fatal", _("Outcome"), ("fatal",), words.outcome),
    Part("age", _("Age"), ("age", "age_low", "age_high"), words.age),
    _text("sex", _("Sex")),
    _text("race", _("Race")),
    _text("ethnicity", _("Ethnicity")),
    _text("wound", _("Wound")),
)
CORRECTABLE = {part.key: part for part in INCIDENT if part.key not in STATED_ONLY}
_OF_COLUMN = {
    column: part for part in (*INCIDENT, STANDING, WITHHOLDING) for column in part.columns
}


def part_of(column: str) -> Part:
    return _OF_COLUMN[column]


def differences(before, after, parts: tuple[Part, ...]) -> Iterator[tuple[Part, str, str]]:
    """The parts in which two rows differ in words, each with what it said before and after.

    Coordinates that moved by less than a metre read the same and are no difference.
    """
    for part in parts:
        said, says = part.say(before), part.say(after)
        if said != says:
            yield part, said, says
