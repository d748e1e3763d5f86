"""Pairs that wait for a decision, one pair side by side, and how well the weights have judged."""

from dataclasses import dataclass
from types import SimpleNamespace

from django.db.models import QuerySet

from ceasefire.access import names
from ceasefire.registry.matching.models import LinkagePair, WaitingRecord
from ceasefire.registry.matching.waiting import said_by
from ceasefire.registry.people.models import PersonRecord

Outcome = LinkagePair.Outcome


@dataclass(frozen=True)
class Side:
    """One of two records, with its names. waits: not in the register until it is decided."""

    record: PersonRecord | WaitingRecord
    told: SimpleNamespace
    waits: bool = False

    @property
    def name(self) -> str:
        given = " ".join(part for part in (self.told.given, self.told.middle) if part)
        return ", ".join(part for part in (self.told.family, given) if part) or self.told.alias


def to_decide() -> QuerySet[LinkagePair]:
    """Pairs that both stand for this reader; what waited too long is gone from them."""
    visible = PersonRecord.objects.all().values("pk")
    pairs = LinkagePair.objects.filter(outcome=Outcome.ASKED, record__in=visible)
    held = pairs.filter(other__in=visible)
    waiting = WaitingRecord.objects.filter(decided_at=None).values("pk")
    return (held | pairs.filter(waiting__in=waiting)).order_by("pk")


def sides(pair: LinkagePair) -> tuple[Side, Side] | None:
    """Both records with their names, the register's first; None where the reader lacks one.

    Reads names through the door.
    """
    wanted = [pk for pk in (pair.record_id, pair.other_id) if pk]
    records = PersonRecord.objects.select_related("agency", "person").in_bulk(wanted)
    if len(records) < len(wanted):
        return None
    told = names.read(records.values())
    found = [Side(records[pk], _whole(records[pk], told[pk])) for pk in wanted]
    if pair.waiting_id:
        waiting = WaitingRecord.objects.select_related("agency").filter(pk=pair.waiting_id).first()
        if waiting is None or waiting.decided_at:
            return None
        rows = said_by(waiting)
        found.append(Side(waiting, rows[0].who, waits=True))
    return tuple(found)


def _whole(record: PersonRecord, told: SimpleNamespace) -> SimpleNamespace:
    return SimpleNamespace(**vars(told), sex=record.sex, race=record.race, died_on=record.died_on)


def judged() -> list[tuple[str, int, int]]:
    """(weights, decided one person, decided two), in steps of two: how the weights have judged."""
    decided = LinkagePair.objects.filter(outcome__in=(Outcome.SAME, Outcome.APART))
    steps: dict[int, list[int]] = {}
    for weight, outcome in decided.values_list("match_weight", "outcome"):
        step = steps.setdefault(int(weight // 2), [0, 0])
        step[outcome == Outcome.APART] += 1
    return [(f"{2 * n} – {2 * n + 2}", *counts) for n, counts in sorted(steps.items())]
