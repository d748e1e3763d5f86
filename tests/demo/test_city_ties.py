"""The planted ties and incident reviews: what is told is true, and some of it does not suffice."""

from datetime import date

from ceasefire.registry.affiliations.criteria import Cited, judge


def cited(row) -> list[Cited]:
    return [
        Cited(
            row[f"SHOWS_{n}"], row[f"FORM_{n}"], "reliable", "probable",
            date.fromisoformat(row[f"DATE_{n}"]), row[f"SOURCE_{n}"],
        )
        for n in (1, 2)
    ]  # fmt: skip


def test_c32_the_ties_that_are_planted_as_sufficient_suffice_and_no_other(city, rows):
    today = date.fromisoformat(city.facts["end"])
    suffices = {record: told for record, _person, _group, told in city.facts["ties"]["rows"]}
    told = {
        row["RM_PERSON_ID"]: judge(cited(row), today=today, born=None) for row in rows("ties.csv")
    }
    assert {record: one.suffices for record, one in told.items()} == suffices
    assert sorted(suffices.values()) == [False] * 6 + [True] * 30


def test_whoever_is_tied_is_of_that_group_and_grown_and_alive(city, rows):
    persons = city.facts["people"]["persons"]
    true = {row[0]: dict(zip(persons["columns"], row, strict=True)) for row in persons["rows"]}
    end = date.fromisoformat(city.facts["end"])
    for _record, person, group, _suffices in city.facts["ties"]["rows"]:
        known = true[person]
        assert known["group"] == group
        assert known["died"] is None
        assert (end - date.fromisoformat(known["born"])).days >= 18 * 365


def test_incident_reviews_name_the_true_groups_of_true_shootings(city, rows):
    table = city.facts["incidents"]
    at = {name: i for i, name in enumerate(table["columns"])}
    true = {
        row[at["number"]]: (row[at["target_group"]], row[at["source_group"]])
        for row in table["rows"]
    }
    told = rows("incident_reviews.csv")
    assert len(told) > 100
    for row in told:
        assert true[row["INCIDENT_NO"]] == (row["VICTIM_GROUP"], row["SUSPECT_GROUP"])
