"""Finding a person: what the page does after a name is typed, against bare SQL on the same rows.

So many invented people, each with one record: half of them share a tenth of the names, and one in
a hundred is hidden by another agency. Ours seals what was typed into the log, finds the people and
reads their names through the door, as a captain; the floor is one bare statement of the tables'
owner that looks the exact name's number up and reads the same names. `search_hidden` asks whether
somebody with a watch could tell a hidden person from nobody. Seven ways of typing a name,
each for many people, turn about; a figure is the median, and `slowest_s` the 95th in a hundred.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice

from tests.benchmarks import hidden_bench, in_its_own_process, result, throw_away_home

SIZES = (10_000, 100_000, 1_000_000)
PEOPLE_ASKED, HIDDEN_EACH = 40, 100
OF_EACH = 50
AT_ONCE = 20_000
SYLLABLES = (
    *("an", "bel", "cor", "da", "el", "fa", "gor", "han", "is", "jo", "ka", "lor", "mi", "na"),
    *("or", "pe", "qua", "ros", "sa", "ter", "ul", "van", "wil", "xi", "yo", "zan"),
)
CLOCK = ("incident", date(2026, 3, 1), date(2040, 1, 1))


def search(*, full: bool) -> list[dict]:
    sizes = SIZES if full else SIZES[:2]
    return [line for n in sizes for line in in_its_own_process(__name__, n)]


def _one_size(n: int) -> list[dict]:
    with throw_away_home():
        people = _city(n)
        return [_line(how, took, n) for how, took in _measured(people).items()]


def _city(n: int) -> list[tuple[str, str]]:
    """The people (given, family), in the order of their records; the register holds them all."""
    keys_made()
    draw = random.Random(1)
    given, family = ([_name(draw) for _each in range(many)] for many in (2_000, 20_000))
    people = [(_drawn(draw, given), _drawn(draw, family)) for _each in range(n)]
    # Who is hidden has a name of nobody else's.
    people[HIDDEN_EACH - 1 :: HIDDEN_EACH] = [_rare(draw) for _each in range(n // HIDDEN_EACH)]
    agency, other = agency_of_police("Rivermouth Police"), agency_of_police("Rivermouth Sheriff")
    _fill(people, agency, other)
    return people


def keys_made() -> None:
    from ceasefire.access.partitions import Room
    from ceasefire.access.sealing import keyring

    for room in (Room.INVESTIGATIVE, Room.AGGREGATE):
        keyring.make(room)


def _name(draw: random.Random) -> str:
    return "".join(draw.choice(SYLLABLES) for _part in range(draw.randint(2, 3))).capitalize()


def _rare(draw: random.Random) -> tuple[str, str]:
    return "".join(draw.choices(SYLLABLES, k=5)).capitalize(), "".join(draw.choices(SYLLABLES, k=5))


def _drawn(draw: random.Random, names: list[str]) -> str:
    """Half of all people have one of a tenth of the names."""
    return draw.choice(names[: len(names) // 10] if draw.random() < 0.5 else names)


def agency_of_police(name: str):
    from ceasefire.access import identity
    from ceasefire.access.partitions import Room
    from ceasefire.access.services import agency_record, agreement_record

    today = date.today()
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        agency = agency_record(name=name, kind="police")
        agreement_record(
            agency=agency, document="Bench", starts=today, ends=today + timedelta(days=9)
        )
    return agency


def _fill(people: list[tuple[str, str]], agency, other) -> None:
    """By COPY."""
    with owner_connection() as owner:
        _fill_by(owner, people, agency, other)


@contextmanager
def owner_connection() -> Iterator:
    """The tables' owner, for whom no trigger runs as it would for each row of a load."""
    from django.db import connections

    connections["owner"].ensure_connection()
    owner = connections["owner"].connection
    owner.autocommit = True
    owner.execute("SET session_replication_role = replica")
    yield owner
    owner.execute("SET session_replication_role = origin")


def _fill_by(owner, people: list[tuple[str, str]], agency, other) -> None:
    from ceasefire.registry.search.tokens import stored

    owner.execute("DROP INDEX IF EXISTS " + ", ".join(_token_indexes(owner)))
    columns = "id, quiet, record_class, basis_on, purge_on, trace, agency_id, hidden"
    for begin in range(0, len(people), AT_ONCE):
        chunk = list(enumerate(people[begin : begin + AT_ONCE], start=begin + 1))
        whose = {
            number: other.pk if number % HIDDEN_EACH == 0 else agency.pk for number, _who in chunk
        }
        _copy(
            owner, f"registry_person ({columns}, entered_by, entered_at)",
            ((n, *_kept(whose[n], n), "shooting", "now") for n, _who in chunk),
        )  # fmt: skip
        _copy(
            owner,
            f"registry_personrecord ({columns}, person_id, content_key, number, given, middle,"
            " family, alias, born, address, phone, plate, sex, race, first_said, last_said)",
            (
                (n, *_kept(whose[n], n), n, _uuid(n), f"P{n}", given, "", family, "", _born(n),
                 "", "", "", "", "", "now", "now")
                for n, (given, family) in chunk
            ),
        )  # fmt: skip
        _copy(
            owner, "registry_recordtoken (token, of_record, agency_id, hidden, quiet)",
            (
                (token, n, whose[n], n % HIDDEN_EACH == 0, False)
                for n, (given, family) in chunk
                for token in _kept_as(stored(_who(n, given, family)), n, whose[n])
            ),
        )  # fmt: skip
        print(f"{begin + len(chunk):,} people", file=sys.stderr)
    owner.execute("CREATE INDEX ON registry_recordtoken (token)")
    owner.execute("CREATE INDEX ON registry_recordtoken (of_record)")
    for table in ("registry_person", "registry_personrecord", "registry_recordtoken"):
        owner.execute(f"VACUUM ANALYZE {table}")


def _token_indexes(owner) -> list[str]:
    return [
        name
        for (name,) in owner.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'registry_recordtoken'"
            " AND indexname NOT LIKE '%%pkey'"
        ).fetchall()
    ]


def _kept(agency: int, number: int) -> tuple:
    record_class, basis_on, purge_on = CLOCK
    return False, record_class, basis_on, purge_on, _uuid(number), agency, number % HIDDEN_EACH == 0


def _who(number: int, given: str, family: str):
    from ceasefire.registry.search.tokens import Who

    return Who(given=given, family=family, born=_born(number))


def _kept_as(numbers: frozenset[int], number: int, agency: int) -> frozenset[int]:
    """Of a hidden record, the numbers that its own agency alone asks for."""
    from ceasefire.registry.search.tokens import masked

    return masked(numbers, agency) - numbers if number % HIDDEN_EACH == 0 else numbers


def _uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def _born(number: int) -> date:
    return date(1950, 1, 1) + timedelta(days=number % 20_000)


def _copy(owner, table: str, rows) -> None:
    with owner.cursor().copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _ways(draw: random.Random, given: str, family: str, number: int) -> dict[str, str]:
    at = draw.randint(1, len(family) - 2)
    return {
        "whole name": f"{given} {family}",
        "one letter wrong": f"{given} {family[:at]}{family[at + 1 :]}",
        "swapped": f"{family} {given}",
        "missing space": f"{given}{family}",
        "surname alone": family,
        "name and birth date": f"{given} {family} {_born(number).isoformat()}",
        "nobody": f"Zz{given}qq Xx{family}ww",
    }


@contextmanager
def captain() -> Iterator[None]:
    """A captain of the police, who looks for what a shooting wants known."""
    from ceasefire.access import identity
    from ceasefire.access.models import Agency
    from ceasefire.access.purposes.services import stating
    from ceasefire.registry.models import Incident
    from tests.benchmarks.walls_bench import _account

    police = Agency.objects.get(name="Rivermouth Police")
    reader = _account("captain", "captain", police)
    incident = Incident.objects.create(
        agency=police, incident_key=_uuid(1), first_known="2026-01-01T00:00Z",
        last_changed="2026-01-01T00:00Z", occurred_on=date(2026, 1, 1),
    )  # fmt: skip
    _budgets_off()
    with identity.acting(reader), stating(f"registry.incident:{incident.pk}"):
        yield


def _measured(people: list[tuple[str, str]]) -> dict[str, tuple[list, list]]:
    draw = random.Random(2)
    asked = [number for number in draw.sample(range(1, len(people) + 1), 3 * PEOPLE_ASKED)
             if number % HIDDEN_EACH][:PEOPLE_ASKED]  # fmt: skip
    took: dict[str, tuple[list, list]] = {}
    with captain():
        for number in [*asked[:5], *asked]:
            given, family = people[number - 1]
            for how, text in _ways(draw, given, family, number).items():
                ours, floor = _ours(text), _floor(given, family)
                took.setdefault(how, ([], []))
                took[how][0].append(ours)
                took[how][1].append(floor)
    # The first five warm both.
    return {how: (ours[5:], floor[5:]) for how, (ours, floor) in took.items()}


def _told_apart(people: list[tuple[str, str]], seed: int) -> dict:
    """2,000 interleaved searches: of hidden people, of names of nobody's, and of such again."""
    draw, strange = random.Random(seed), random.Random(7)
    absent = [_rare(strange) for _each in range(2 * OF_EACH)]
    named = {
        "hidden": people[HIDDEN_EACH - 1 :: HIDDEN_EACH][:OF_EACH],
        "absent": absent[:OF_EACH],
        "absent too": absent[OF_EACH:],
    }
    order = [kind for kind in named for _each in range(hidden_bench.REQUESTS // 2)]
    draw.shuffle(order)
    took = {kind: [] for kind in named}
    for kind in order:
        took[kind].append(_ours(" ".join(draw.choice(named[kind]))))
    return result(
        name=f"search, hidden or absent, round {seed}", ours_s=statistics.median(took["hidden"]),
        other="absent", other_s=statistics.median(took["absent"]), n=hidden_bench.REQUESTS,
    ) | hidden_bench.told_apart(took)  # fmt: skip


def search_hidden(*, full: bool) -> list[dict]:
    return in_its_own_process(__name__, SIZES[0], 3 if full else 1)


def _rounds(n: int, rounds: int) -> list[dict]:
    with throw_away_home():
        people = _city(n)
        with captain():
            [_ours(" ".join(person)) for person in people[:HIDDEN_EACH]]
            return [_told_apart(people, seed + 1) for seed in range(rounds)]


def _budgets_off() -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE access_readingbudget SET an_hour = 1000000, a_day = 1000000")


def _ours(text: str) -> float:
    from django.db import transaction

    from ceasefire.access import names
    from ceasefire.registry.search.finding import search

    begun = time.perf_counter()
    with transaction.atomic():
        found = search(text)
        names.read([one.record for one in found.matches])
    return time.perf_counter() - begun


FLOOR = """
    SELECT given, family, born FROM investigative.registry_personrecord WHERE id IN (
        SELECT of_record FROM investigative.registry_recordtoken WHERE token = %s LIMIT 20)
"""


def _floor(given: str, family: str) -> float:
    from django.db import connections

    from ceasefire.registry.search.tokens import Near, asked

    begun = time.perf_counter()
    (number,) = islice(asked(f"{given} {family}")[Near.SAME], 1)
    with connections["owner"].cursor() as cursor:
        cursor.execute(FLOOR, [number])
        cursor.fetchall()
    return time.perf_counter() - begun


def _line(how: str, took: tuple[list, list], n: int) -> dict:
    ours, floor = took
    return result(
        name=f"search, {how}", ours_s=statistics.median(ours), other="bare SQL, exact name",
        other_s=statistics.median(floor), n=n,
    ) | {"slowest_s": round(statistics.quantiles(ours, n=20)[-1], 6)}  # fmt: skip


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]]
    print(json.dumps(_rounds(*words) if len(words) > 1 else _one_size(*words)))
