"""What a study is of: its days, which shootings, what is left out, and as known when."""

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ceasefire.registry.models import Incident

KINDS = tuple(Incident.Kind.values)
FIRST = date(1980, 1, 1)
SHORTEST = timedelta(days=89)


class NotAStudy(ValueError):
    """The plan cannot be built; the message names what is wrong and the remedy."""


@dataclass(frozen=True)
class Plan:
    """start, end: days, both included. kinds: `Incident.Kind`s that are studied. exclude: words of
    the stated offence that leave a shooting out. as_known: the register as it was known at the end
    of that day; None as it stands."""

    start: date
    end: date
    kinds: tuple[str, ...] = KINDS
    exclude: tuple[str, ...] = field(default=())
    as_known: date | None = None

    def __post_init__(self):
        if self.end - self.start < SHORTEST:
            raise NotAStudy(_("A study wants at least 90 days; choose a later end or an earlier "
                              "start."))  # fmt: skip
        if self.start < FIRST:
            raise NotAStudy(_("A study begins in %(year)s at the earliest.") % {"year": FIRST.year})
        if not self.kinds or not {*self.kinds} <= {*KINDS}:
            raise NotAStudy(_("Choose at least one kind of shooting."))

    def kept(self) -> dict:
        return {name: value.isoformat() if isinstance(value, date) else value
                for name, value in asdict(self).items()}  # fmt: skip

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1
