"""A file's rows about people on their way into the register.

Rows are grouped by how they have written somebody (a *record*). New records get a number below
zero until they stand, so that they and the register's own can be compared as one.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from time import monotonic
from uuid import UUID

from django.db import transaction

from ceasefire.access.policies import require_change
from ceasefire.registry.linkage import engines
from ceasefire.registry.linkage.evidence import before
from ceasefire.registry.linkage.linking import JOINED, REVIEWED
from ceasefire.registry.matching import comparing, waiting
from ceasefire.registry.matching.assigning import Alike, Assigned, assign
from ceasefire.registry.matching.comparing import Found, Known
from ceasefire.registry.matching.models import LinkagePair, LinkageRun
from ceasefire.registry.people import recording
from ceasefire.registry.people.models import PersonRecord
from ceasefire.registry.people.recording import Outcome, Source, Told
from ceasefire.registry.people.told import Row

Pair = LinkagePair.Outcome
Fresh = dict[int, list[Told]]


@dataclass
class Taken:
    """What a file's rows came to. outcome: by row; run: the comparing, where any row was new.

    row_key: of a row that was taken in by itself.
    """

    outcome: Outcome
    run: LinkageRun | None = None
    row_key: UUID | None = None


@transaction.atomic
def rows_take_in(*, rows: list[Row], source: Source, covered: date | None = None) -> Taken:
    """Bring a file's rows into the register: who is known, who enters, what is told of them.

    covered: the day from which the file holds everything that there is; None: all of it.
    """
    require_change(PersonRecord)
    taken = Taken(Outcome())
    told = recording.told(rows, source, taken.outcome)
    new = recording.sorted_out(told, source, taken.outcome, covered=covered)
    records = recording.records_of(told, source)
    recording.records_seen((pk for pk, _person in records.values()), source.as_of)
    if fresh := _fresh([row for row in new if row.record_key not in records]):
        taken.run, more = _matched(fresh, source)
        records |= more
    standing = [row for row in new if row.record_key in records]
    written = recording.facts_write(standing, records, source)
    taken.outcome.added = written - taken.outcome.changed
    return taken


@transaction.atomic
def row_take_in(*, row: Row, source: Source) -> Taken:
    """Bring one row into the register by itself: nothing else of its feed is said to be gone."""
    require_change(PersonRecord)
    taken = Taken(Outcome())
    told = recording.told([row], source, taken.outcome)
    records = recording.records_of(told, source)
    if told and not records:
        taken.run, records = _matched(_fresh(told), source)
    taken.outcome.added = recording.facts_write(told, records, source)
    taken.row_key = told[0].row_key if told else None
    return taken


def _fresh(rows: list[Told]) -> Fresh:
    by_key: dict = {}
    for row in rows:
        by_key.setdefault(row.record_key, []).append(row)
    return {-number: same for number, same in enumerate(by_key.values(), 1)}


def _matched(fresh: Fresh, source: Source) -> tuple[LinkageRun, dict]:
    """The run, and the fresh records that stand as record key -> (record, person)."""
    began, register = monotonic(), comparing.known()
    found = comparing.alike({one: rows[0].row.who for one, rows in fresh.items()}, register)
    assigned = assign(
        fresh,
        people=register.person,
        alike=found.pairs,
        certain=[*_by_number(fresh, register, source), *comparing.decided(Pair.SAME)],
        apart=comparing.decided(Pair.APART),
    )
    people = _people(fresh, assigned, source)
    stand = [
        (fresh[one][0], people[group]) for one, group in assigned.group.items() if group in people
    ]
    records = recording.records_write(stand, source)
    run = LinkageRun.objects.create(
        model=found.model, batch_id=source.batch_id, engine=engines.chosen(), joined_from=JOINED,
        reviewed_from=REVIEWED, compared=len(register.person), fresh=len(fresh),
        new_people=len(people) - len(assigned.person), seconds=monotonic() - began,
    )  # fmt: skip
    _Noting(run, fresh, register, found, assigned, records).write(source)
    return run, records


def _by_number(fresh: Fresh, register: Known, source: Source) -> list[tuple[int, int]]:
    """Pairs that the agency itself knows by one number."""
    numbers = {one: (source.agency_id, rows[0].number_key) for one, rows in fresh.items()}
    known = {one: number for one, number in numbers.items() if number[1]}
    return comparing.same_number(known, register)


def _people(fresh: Fresh, assigned: Assigned, source: Source) -> dict[int, int]:
    """Group -> person: one of the register, or one who enters by this file."""
    people = dict(assigned.person)
    if source.of.enters:
        firsts: dict[int, Told] = {}
        for one, group in assigned.group.items():
            if group not in people:
                firsts.setdefault(group, fresh[one][0])
        entered = recording.people_enter(list(firsts.values()), source)
        people |= dict(zip(firsts, entered, strict=True))
    return people


class _Noting:
    """Keeps why records were joined, asks about those that may be, and lets the rest go."""

    def __init__(self, run: LinkageRun, fresh: Fresh, register: Known, found: Found,
                 assigned: Assigned, records: dict) -> None:  # fmt: skip
        self.run, self.fresh, self.register = run, fresh, register
        self.found, self.assigned, self.records = found, assigned, records

    def write(self, source: Source) -> None:
        joined = [self._pair(one, Pair.JOINED) for one in self.found.pairs if self._joined(one)]
        asked = [self._pair(one, Pair.ASKED) for one in self.assigned.ask if self._stand(one)]
        held = [self._held(one, pair, source) for one, pair in self._may_be_known()]
        LinkagePair.objects.bulk_create(
            [*joined, *asked, *held], recording.AT_ONCE, ignore_conflicts=True
        )
        self.run.joined, self.run.asked = len(joined), len(asked) + len(held)
        self.run.dropped = len(self.fresh) - len(self.records) - len(held)
        self.run.save(update_fields=["joined", "asked", "dropped"])

    def _number(self, one: int) -> int | None:
        """The record under which it stands now; None where it does not."""
        if one > 0:
            return one
        return self.records.get(self.fresh[one][0].record_key, (None,))[0]

    def _stand(self, pair: Alike) -> bool:
        return self._number(pair.one) is not None and self._number(pair.other) is not None

    def _joined(self, pair: Alike) -> bool:
        return pair.joins and self._stand(pair) and self._of(pair.one) == self._of(pair.other)

    def _of(self, one: int) -> int:
        """The person of a record that stands."""
        if one > 0:
            return self.register.person[one]
        return self.records[self.fresh[one][0].record_key][1]

    def _pair(self, pair: Alike, outcome: str) -> LinkagePair:
        record, other = sorted((self._number(pair.one), self._number(pair.other)))
        return LinkagePair(
            run=self.run, record_id=record, other_id=other, match_weight=pair.weight,
            outcome=outcome, why=self._why(pair),
        )  # fmt: skip

    def _why(self, pair: Alike) -> dict:
        fields = self.found.why.get((pair.one, pair.other))
        if fields is None:
            return {"fields": [], "number": True}  # the agency's own number, and nothing weighed
        return {
            "before": before(self.found.model.settings), "fields": [asdict(one) for one in fields]
        }  # fmt: skip

    def _may_be_known(self) -> Iterator[tuple[int, Alike]]:
        """(record that does not stand, the strongest question that may say whose it is)."""
        questions = {}
        for pair in self.assigned.ask:
            for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
                if self._number(one) is None and self._number(other) is not None:
                    questions.setdefault(self.assigned.group[one], pair)
        for one, group in self.assigned.group.items():
            if self._number(one) is None and group in questions:
                yield one, questions[group]

    def _held(self, one: int, pair: Alike, source: Source) -> LinkagePair:
        known = self._number(pair.one) or self._number(pair.other)
        return LinkagePair(
            run=self.run, record_id=known, waiting=waiting.hold(self.fresh[one], source),
            match_weight=pair.weight, outcome=Pair.ASKED, why=self._why(pair),
        )  # fmt: skip
