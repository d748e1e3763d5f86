"""How long an agency still takes part, found from its agreements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ceasefire.access.models import Agreement

State = Agreement.State
FIRST_WARNING = max(Agreement.WARN_DAYS)


@dataclass(frozen=True)
class Term:
    """The agreement that decides for an agency on a day; None where it has signed none.

    goes_on: the next agreement is signed and follows without a gap.
    """

    today: date
    agreement: Agreement | None = None
    goes_on: bool = False

    @property
    def state(self) -> State | None:
        return self.agreement and self.agreement.state(self.today)

    @property
    def opens(self) -> bool:
        """Whether its people read at all."""
        return self.state in (State.LIVE, State.CLOSING)

    @property
    def days_left(self) -> int:
        """Until its last day, which counts; negative once it is over."""
        return (self.agreement.ends - self.today).days

    @property
    def warns(self) -> bool:
        """Whether its people are to be told: it is closing, or it ends soon and nothing follows."""
        if self.state == State.CLOSING:
            return True
        return self.state == State.LIVE and self.days_left <= FIRST_WARNING and not self.goes_on

    @property
    def stage(self) -> int:
        """The nearest of the three warnings that has been reached: 90, 30 or 7 days."""
        return min(days for days in Agreement.WARN_DAYS if self.days_left <= days)


def term_of(agreements: Iterable[Agreement], today: date) -> Term:
    """The agreements are those of one agency."""
    signed = list(agreements)
    by_state = {state: [one for one in signed if one.state(today) == state] for state in State}
    standing = by_state[State.LIVE] + by_state[State.CLOSING]
    if standing:
        last = max(standing, key=lambda one: one.ends)
        return Term(today, last, any(_follows(one, last) for one in by_state[State.COMING]))
    if by_state[State.COMING]:
        return Term(today, min(by_state[State.COMING], key=lambda one: one.starts))
    return Term(today, max(signed, key=lambda one: (one.recorded_at, one.pk), default=None))


def _follows(one: Agreement, last: Agreement) -> bool:
    return one.starts <= last.ends + timedelta(days=1) and one.ends > last.ends
