"""The link chart: from a thing in the register to the finished picture and its table.

A register of n ties: feuds of 250 shootings, eight people to a shooting, 240 to a feud, and one
part in fifty is played by somebody from anywhere. Around a feud by two steps lies as much as a
chart holds (500 things, 2,000 ties); around a person, what hangs on their shootings. Ours reads
everything through the walls as a captain, names it, lays it out and writes the page's picture and
table; the floor is one bare statement of the tables' owner that reads the same parts and names.
`slowest_s` is the slowest of all that were asked.
"""

import json
import statistics
import sys
import time

from tests.benchmarks import in_its_own_process, result, throw_away_home
from tests.benchmarks.search_bench import agency_of_police, captain, keys_made, owner_connection

SIZES = (10_000, 100_000, 1_000_000)
SHOOTINGS, PARTS, PEOPLE = 250, 8, 240
ASKED = 20
KEPT = "false, '2026-03-01'::date, '2031-01-01'::date, gen_random_uuid(), {agency}, false"
KEPT_COLUMNS = "quiet, basis_on, purge_on, trace, agency_id, hidden"


def links(*, full: bool) -> list[dict]:
    sizes = SIZES if full else SIZES[:2]
    return [line for n in sizes for line in in_its_own_process(__name__, n)]


def _one_size(n: int) -> list[dict]:
    with throw_away_home():
        keys_made()
        feuds = max(3, n // (SHOOTINGS * (PARTS + 1)))
        _fill(feuds, agency_of_police("Rivermouth Police"))
        with captain():
            around = {
                "a feud": ("conflict", range(1, feuds + 1)),
                "a person": ("person", range(1, feuds * PEOPLE + 1)),
            }
            return [_line(what, n, *told) for what, told in around.items()]


def _line(what: str, n: int, kind: str, numbers: range) -> dict:
    asked = numbers[:: max(1, len(numbers) // ASKED)][:ASKED]
    _ours(kind, asked[0])
    ours, sizes = zip(*(_ours(kind, number) for number in asked), strict=True)
    floor = [_floor(kind, number) for number in asked]
    nodes, ties = (max(one) for one in zip(*sizes, strict=True))
    return result(
        name=f"link chart of {what}", ours_s=statistics.median(ours), other="bare SQL",
        other_s=statistics.median(floor), n=n,
    ) | {"slowest_s": round(max(ours), 6), "nodes": nodes, "ties": ties}  # fmt: skip


def _fill(feuds: int, agency) -> None:
    """As the tables' owner, without the triggers that a load would run for each row."""
    shootings, people = feuds * SHOOTINGS, feuds * PEOPLE
    kept = KEPT.format(agency=agency.pk)
    with owner_connection() as owner:
        owner.execute("SELECT setseed(0.5)")
        for table, columns, values, count in (
            ("registry_person", "entered_by, entered_at, record_class", "'shooting', now(),"
             " 'incident'", people),
            ("registry_personrecord",
             "person_id, content_key, number, given, middle, family, alias, born, address, phone,"
             " sex, race, first_said, last_said, record_class",
             "n, gen_random_uuid(), 'P' || n, 'Ann' || n % 997, '', 'Bel' || n % 9973, '',"
             " '1990-01-01', '', '', '', '', now(), now(), 'incident'", people),
            ("registry_conflict", "name, kind, state, began_on, cause, made_at, record_class",
             "'Feud ' || n, 'feud', 'active', '2020-01-01', '', now(), 'intelligence'", feuds),
        ):  # fmt: skip
            owner.execute(
                f"INSERT INTO {table} ({columns}, {KEPT_COLUMNS})"
                f" SELECT {values}, {kept} FROM generate_series(1, {count}) n"
            )
        owner.execute(
            "INSERT INTO registry_incident (agency_id, incident_key, incident_number,"
            " occurred_on, occurred_precision, first_known, last_changed, verification, offence,"
            " premises, neighbourhood_stated, address, verification_stated, district_stated,"
            " setting, district_found, neighbourhood_found, verification_reason, jurisdiction,"
            f" weapon) SELECT {agency.pk}, gen_random_uuid(), 'RM-' || n,"
            " '2020-01-01'::date + n % 2000, 'day', now(), now(), 'verified', '', '', '', '', '',"
            f" '', '', '', '', '', '', '' FROM generate_series(1, {shootings}) n"
        )
        owner.execute(
            "INSERT INTO registry_involvement (incident_id, person_id, record_id, role,"
            f" content_key, row_key, known_from, record_class, {KEPT_COLUMNS})"
            " SELECT incident, who, who, 'suspect', gen_random_uuid(), gen_random_uuid(),"
            f" now(), 'incident', {kept} FROM (SELECT 1 + (n - 1) / {PARTS} AS incident,"
            f" CASE WHEN random() < 0.02 THEN 1 + floor(random() * {people})::int"
            f" ELSE 1 + (n - 1) / {PARTS * SHOOTINGS} * {PEOPLE} + floor(random() * {PEOPLE})::int"
            f" END AS who FROM generate_series(1, {shootings * PARTS}) n) one"
        )
        owner.execute(
            "INSERT INTO registry_conflictshooting (incident_id, conflict_id, reason, began_it,"
            f" made_at) SELECT n, 1 + (n - 1) / {SHOOTINGS}, 'Told in the review.', false, now()"
            f" FROM generate_series(1, {shootings}) n"
        )
        for table in ("person", "personrecord", "incident", "involvement", "conflict",
                      "conflictshooting"):  # fmt: skip
            owner.execute(f"VACUUM ANALYZE registry_{table}")


def _ours(kind: str, number: int) -> tuple[float, tuple[int, int]]:
    """Seconds, and how many things and ties were drawn."""
    from django.db import transaction
    from django.template import Context, Template

    from ceasefire.registry.links import pictures, words
    from ceasefire.registry.links.surroundings import Asked, Node, kept, surroundings

    template = Template(
        "{% load ui %}{{ chart.markup }}{% data_table '' chart.columns chart.rows %}"
    )
    begun = time.perf_counter()
    with transaction.atomic():
        found = surroundings(Node(kind, number), Asked())
        names = words.named(found)
        found = kept(found, names)
        template.render(Context({"chart": pictures.chart(found, names)}))
    return time.perf_counter() - begun, (len(found.step), len(found.ties))


OF_FEUD = "SELECT incident_id FROM registry_conflictshooting WHERE conflict_id = %s"
OF_PERSON = "SELECT incident_id FROM registry_involvement WHERE person_id = %s"
FLOOR = """
    SELECT i.*, s.*, r.given, r.family FROM registry_involvement i
    JOIN registry_incident s ON s.id = i.incident_id
    JOIN registry_personrecord r ON r.id = i.record_id
    WHERE i.incident_id IN ({}) LIMIT 2000
"""


def _floor(kind: str, number: int) -> float:
    from django.db import connections

    statement = FLOOR.format(OF_FEUD if kind == "conflict" else OF_PERSON)
    begun = time.perf_counter()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET search_path = investigative, public")
        cursor.execute(statement, [number])
        cursor.fetchall()
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(json.dumps(_one_size(int(sys.argv[1]))))
