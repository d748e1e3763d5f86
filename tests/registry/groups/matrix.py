"""The pages about groups and sources in the access matrix."""

from datetime import date

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.access.retention.classes import RecordClass
from ceasefire.registry.groups.models import Group, GroupPolicy, GroupStatement
from ceasefire.registry.groups.services import policy_record
from ceasefire.registry.sources.models import Source
from tests.access_matrix.declaring import Page
from tests.registry.affiliations.conftest import AGO, TODAY, numbers
from tests.registry.people.matrix import for_a_shooting, surname
from tests.walls import as_owner

ABSENT = [10**9]
CLOCK = {"record_class": RecordClass.INTELLIGENCE, "basis_on": TODAY - AGO}
PUBLISHED = {
    "document": "Directive 640.05", "published_at": "city.example/policies/640-05",
    "published_on": date(2025, 1, 1), "approved_by": "A. Reyes, chief of police",
    "effective_from": date(2025, 1, 1),
}  # fmt: skip


def by_policy(maker):
    """Without the city's policy there is no such page."""

    def made(reader):
        with identity.acting(identity.OPERATOR, Room.ACCOUNT):
            policy_record(**PUBLISHED)
        return for_a_shooting(maker)(reader)

    return made


def source(reader, **more) -> Source:
    told = {
        "agency": reader.agency, "form": "report",
        "number": f"{surname(reader).upper()}-{next(numbers)}",
        "on": TODAY - AGO, "reliability": "reliable", "content": "confirmed",
        "words": reader.planted, "lawful": True,
    }  # fmt: skip
    return Source.objects.create(**told | more, **CLOCK)


def group(reader) -> Group:
    made = Group.objects.create(agency=reader.agency, **CLOCK)
    state(reader, made)
    return made


def state(reader, of) -> GroupStatement:
    return GroupStatement.objects.create(
        group=of, agency=reader.agency, about="name", name=reader.planted,
        source=source(reader), **CLOCK,
    )  # fmt: skip


@by_policy
def a_group(reader):
    return [group(reader).pk]


@by_policy
def a_group_to_say_more_of(reader):
    return [group(reader).pk, "alias"]


@by_policy
def a_hidden_group(reader):
    made = group(reader)
    with as_owner() as owner:
        for table, column in (("group", "id"), ("groupstatement", "group_id")):
            owner.execute(
                f"UPDATE investigative.registry_{table} SET hidden = true WHERE {column} = %s",
                [made.pk],
            )
    return [made.pk]


def a_hidden_group_to_say_more_of(reader):
    return [*a_hidden_group(reader), "alias"]


@by_policy
def a_statement(reader):
    return [state(reader, group(reader)).pk]


@by_policy
def a_source(reader):
    return [source(reader).pk]


@by_policy
def a_policy(_reader):
    return []


def a_policy_to_end(reader):
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        made = policy_record(**PUBLISHED | {"document": f"{reader.planted} {next(numbers)}"})
    return [made.pk]


SOURCE = {
    "form": "report", "on": "2026-02-03", "reliability": "reliable", "content": "confirmed",
    "words": "They were there together.", "lawful": "on",
}  # fmt: skip
PAGES = {
    "groups:groups": Page(beside=a_group, model=Group),
    "groups:new": Page(beside=a_policy, model=Group, planted=lambda _reader: "Enter a group"),
    "groups:group": Page(a_group, hidden=a_hidden_group, model=Group, absent=ABSENT),
    "groups:say": Page(
        a_group_to_say_more_of, hidden=a_hidden_group_to_say_more_of, model=Group,
        absent=[10**9, "alias"],
    ),
    "groups:withdraw": Page(
        a_statement, model=GroupStatement, absent=ABSENT,
        form=lambda _reader: {"because": "It was another group."},
    ),
    "groups:policy": Page(planted=lambda _reader: "Policy on groups"),
    "groups:policy_record": Page(
        model=GroupPolicy, planted=lambda _reader: "Record a policy",
        form=lambda reader: PUBLISHED | {"document": f"{reader.planted} {next(numbers)}"},
    ),
    "groups:policy_end": Page(
        a_policy_to_end, model=GroupPolicy, absent=ABSENT,
        form=lambda _reader: {"because": "It was replaced."},
    ),
    "sources:new": Page(
        beside=a_policy, model=Source, planted=lambda _reader: "Record a source",
        form=lambda _reader: SOURCE | {"number": f"M-{next(numbers)}"},
    ),
    "sources:source": Page(a_source, model=Source, absent=ABSENT),
}  # fmt: skip
