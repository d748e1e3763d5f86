"""The register's records and new ones as one table, and how alike they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa

from ceasefire.access import names
from ceasefire.registry.linkage import engines
from ceasefire.registry.linkage.columns import RECORD
from ceasefire.registry.linkage.linking import JOINED, link
from ceasefire.registry.linkage.records import as_compared
from ceasefire.registry.linkage.training import Model, train
from ceasefire.registry.matching.assigning import Alike
from ceasefire.registry.matching.models import LinkageModel, LinkagePair
from ceasefire.registry.people.models import IDENTIFYING, PersonRecord
from ceasefire.registry.people.told import Who

# What is learnt is learnt anew once the register has grown by half.
GROWTH = 1.5
# Below so many records there is nothing to learn from; nothing is then compared but by numbers.
FEWEST = 20


@dataclass(frozen=True)
class Known:
    """The register's records: whose each is, and by which agency's number it goes."""

    who: Mapping[int, Who]
    person: Mapping[int, int]
    number: Mapping[int, tuple]


@dataclass(frozen=True)
class Found:
    """pairs: that touch a new record, with why each is alike. model: by what they were weighed."""

    pairs: list[Alike]
    why: dict[tuple[int, int], list]
    model: LinkageModel | None


def known() -> Known:
    """Every record that the asker reads. Nobody is shown what this gives."""
    rows = PersonRecord.objects.values_list("pk", "person_id", "agency_id", "number_key", "sex")
    held = {pk: (person, (agency, number) if number else None, sex)
            for pk, person, agency, number, sex in rows}  # fmt: skip
    told = (one for one in names.compared(PersonRecord) if one[0] in held)
    who = {pk: Who(**dict(zip(IDENTIFYING, values, strict=True)), sex=held[pk][2])
           for pk, *values in told}  # fmt: skip
    return Known(
        who,
        {pk: person for pk, (person, _number, _sex) in held.items()},
        {pk: number for pk, (_person, number, _sex) in held.items() if number},
    )


def alike(fresh: Mapping[int, Who], register: Known) -> Found:
    """How alike new records are to each other and to the register's.

    A record without a name is known by its agency's number, or not at all.
    """
    named = {one: who for one, who in (register.who | fresh).items() if who.given or who.family}
    if not named.keys() & fresh.keys() or len(named) < FEWEST:
        return Found([], {}, None)
    table = _table(named)
    model = _model(table)
    linked = link(
        table, Model(model.settings, model.records, model.home), engine_name=engines.chosen(),
        fresh=[one in fresh for one in named], why=True,
    )  # fmt: skip
    pairs = list(_pairs(linked.pairs))
    reasons = zip(((one.one, one.other) for one in pairs), linked.why, strict=True)
    return Found(pairs, dict(reasons), model)


def same_number(fresh: Mapping[int, tuple], register: Known) -> list[tuple[int, int]]:
    """Pairs that their agency knows by one number. fresh: record -> (agency, number)."""
    same: dict[tuple, list[int]] = {}
    for one, number in (*register.number.items(), *fresh.items()):
        same.setdefault(number, []).append(one)
    return [pair for ones in same.values() for pair in pairwise(ones)]


def decided(outcome: str) -> list[tuple[int, int]]:
    """Pairs of the register's records about which somebody decided so."""
    pairs = LinkagePair.objects.filter(outcome=outcome, other__isnull=False)
    return list(pairs.values_list("record_id", "other_id"))


# What linkage compares -> what a record says.
COMPARED = {
    "given": "given", "family": "family", "street": "address", "phone": "phone",
    "number": "state_number",
}  # fmt: skip


def _table(everybody: Mapping[int, Who]) -> pa.Table:
    people = everybody.values()
    told = {
        ours: [getattr(who, field) or None for who in people] for ours, field in COMPARED.items()
    }
    born = [who.born.isoformat() if who.born else None for who in people]
    return as_compared({RECORD: [str(one) for one in everybody], "born": born, **told}, "ymd")


def _model(table: pa.Table) -> LinkageModel:
    """The newest that was learnt, or a new one where the register has outgrown it."""
    newest = LinkageModel.objects.first()
    if newest and table.num_rows < GROWTH * newest.records:
        return newest
    learnt = train(table)
    return LinkageModel.objects.create(
        settings=learnt.settings, records=learnt.records, home=learnt.home
    )


def _pairs(table: pa.Table) -> Iterable[Alike]:
    sides = (table[f"{RECORD}_{side}"].to_pylist() for side in "lr")
    for one, other, weight in zip(*sides, table["match_weight"].to_pylist(), strict=True):
        yield Alike(int(one), int(other), weight, weight >= JOINED)
