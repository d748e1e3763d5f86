"""The invented city's agencies wrote its people with errors; linkage finds who is who again."""

from ceasefire.registry.linkage.linking import link
from ceasefire.registry.linkage.records import records_of
from ceasefire.registry.linkage.training import train
from tests.registry.linkage.test_quality import pairs_of


def test_who_is_who_across_the_agencies_files(city):
    columns, rows = city.facts["people"]["records"].values()
    number, person = columns.index("agency_person_id"), columns.index("person")
    table = records_of([city.folder / "people.csv"])
    linked = link(table, train(table))
    people = linked.people.to_pydict()
    joined = pairs_of(dict(zip(people["record_id"], people["cluster_id"], strict=True)))
    true = pairs_of({row[number]: row[person] for row in rows})
    pairs = linked.pairs.to_pydict()
    sides = zip(pairs["record_id_l"], pairs["record_id_r"], strict=True)
    looked_at = joined | {tuple(sorted(pair)) for pair in sides}
    assert len(joined & true) / len(joined) >= 0.998
    assert len(joined & true) / len(true) >= 0.94
    assert len(looked_at & true) / len(true) >= 0.98
