"""The pages about people in the access matrix."""

from datetime import UTC, date, datetime
from hashlib import sha1
from uuid import uuid4

from ceasefire.access.purposes.services import stating
from ceasefire.registry.matching.models import LinkagePair
from ceasefire.registry.merging.models import Merge
from ceasefire.registry.merging.services import people_merge
from ceasefire.registry.people.models import Involvement, Person, PersonRecord
from tests.access_matrix.declaring import Page
from tests.registry.matrix import shooting
from tests.registry.people.conftest import ask
from tests.walls import as_owner

ABSENT = [10**9]
AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
LETTERS = str.maketrans("0123456789", "ghijkmnpqr")
CLOCK = {"record_class": "incident", "basis_on": date(2026, 3, 1)}


def surname(reader) -> str:
    """A name that nobody has declared, nor anything like it."""
    return "Q" + sha1(reader.planted.encode()).hexdigest().translate(LETTERS)[:14]


def person(reader) -> Person:
    made = Person.objects.create(agency=reader.agency, entered_by="shooting", **CLOCK)
    PersonRecord.objects.create(
        agency=reader.agency, person=made, family=surname(reader), content_key=uuid4(),
        first_said=AS_OF, last_said=AS_OF, **CLOCK,
    )  # fmt: skip
    return made


def for_a_shooting(maker):
    """The operator too says what for."""

    def made(reader):
        with stating(f"registry.incident:{shooting(reader).pk}"):
            return maker(reader)

    return made


@for_a_shooting
def a_person(reader):
    return [person(reader).pk]


@for_a_shooting
def a_hidden_person(reader):
    made = person(reader)
    with as_owner() as owner:
        for table, column in (("person", "id"), ("personrecord", "person_id")):
            owner.execute(
                f"UPDATE investigative.registry_{table} SET hidden = true WHERE {column} = %s",
                [made.pk],
            )
    return [made.pk]


def a_part(reader):
    incident = shooting(reader)
    with stating(f"registry.incident:{incident.pk}"):
        one = person(reader)
        Involvement.objects.create(
            agency=reader.agency, person=one, record=one.records.get(), incident=incident,
            role="victim", row_key=uuid4(), content_key=uuid4(), known_from=AS_OF, **CLOCK,
        )  # fmt: skip
    return [incident.pk]


@for_a_shooting
def a_pair(reader):
    return [ask(*(person(reader).records.get() for _nth in range(2))).pk]


@for_a_shooting
def a_merge(reader):
    return [people_merge(kept=person(reader), gone=person(reader), reason="One person.").pk]


REASON = {"reason": "Seen on the report."}
PAGES = {
    **{
        f"people:{name}": Page(
            a_person, hidden=a_hidden_person, model=Person, absent=ABSENT, planted=surname
        )
        for name in ("person", "merge", "split")
    },
    "people:shooting": Page(a_part, model=Involvement, absent=ABSENT, planted=surname),
    "people:undo": Page(
        a_merge, model=Merge, absent=ABSENT, planted=surname, form=lambda _reader: REASON
    ),
    "people:queue": Page(
        beside=a_pair, model=LinkagePair, planted=lambda _reader: "Records to decide"
    ),
    "people:pair": Page(
        a_pair,
        model=LinkagePair,
        absent=ABSENT,
        planted=surname,
        form=lambda _reader: {"decision": "apart"},
    ),
}
