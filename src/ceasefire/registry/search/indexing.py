"""Keeping the numbers of records: when records are written, and all of them anew."""

from collections.abc import Iterable, Iterator
from itertools import islice
from types import SimpleNamespace

from django.db import connection, transaction

from ceasefire.access import audit, names
from ceasefire.access.names import closed
from ceasefire.registry.people.models import Contact, Involvement, PersonRecord
from ceasefire.registry.search.models import RecordToken
from ceasefire.registry.search.tokens import Who, cases, stored

AT_ONCE = 2_000
# Whose record it is, and whether it is shown, is the record's own word and nobody else's.
WRITE = """
    INSERT INTO registry_recordtoken (token, of_record, agency_id, hidden, quiet, contested_until)
    SELECT t.token # wall.token_mask(r.hidden, r.quiet, r.agency_id), r.id, r.agency_id, r.hidden,
        r.quiet, r.contested_until
    FROM unnest(%s::bigint[], %s::bigint[]) AS t (of_record, token)
    JOIN registry_personrecord AS r ON r.id = t.of_record
"""
UNLESS_THERE = """
    WHERE NOT EXISTS (SELECT FROM registry_recordtoken AS held WHERE held.of_record = r.id
        AND held.token = t.token # wall.token_mask(r.hidden, r.quiet, r.agency_id))
"""


def tokens_write(records: Iterable[tuple[int, Who]]) -> None:
    """The numbers of records that are new."""
    for chunk in _batched(records, AT_ONCE):
        _write((number, token) for number, who in chunk for token in stored(who))


def cases_write(numbers: Iterable[tuple[int, str]]) -> None:
    """Case numbers that facts have brought to records; what stands already is left."""
    wanted = {(number, token) for number, case in numbers for token in cases([case])}
    for chunk in _batched(sorted(wanted), AT_ONCE):
        _write(chunk, UNLESS_THERE)


def _batched(rows: Iterable, size: int) -> Iterator[list]:
    rows = iter(rows)
    while chunk := list(islice(rows, size)):
        yield chunk


def _write(pairs: Iterable[tuple[int, int]], but: str = "") -> None:
    pairs = list(pairs)
    if pairs:
        with connection.cursor() as cursor:
            cursor.execute(WRITE + but, [list(column) for column in zip(*pairs, strict=True)])


@transaction.atomic
def rebuild() -> int:
    """Make all numbers anew, as after a restored backup or another key. Returns how many records.

    Works on what its actor reads, in one transaction: until it is done the old ones serve. Raises
    NotPermitted for anybody but an analyst of the city's police.
    """
    count = 0
    fields = [one.name for one in closed(PersonRecord)]
    told = names.compared(PersonRecord)
    _forget()
    for chunk in _batched(told, AT_ONCE):
        rows = ((number, dict(zip(fields, said, strict=True))) for number, *said in chunk)
        tokens_write((number, who_of(SimpleNamespace(**said))) for number, said in rows)
        count += len(chunk)
    for numbers in _case_numbers():
        cases_write(numbers)
    audit.record("people.search_rebuilt", result="done", detail={"records": count})
    return count


def _forget() -> None:
    """Of what the actor reads: of a record that is hidden from them, they make none anew."""
    RecordToken.objects.all()._raw_delete(RecordToken.objects.db)


def who_of(told) -> Who:
    """What search needs of somebody as an agency has written them."""
    return Who(
        given=told.given, middle=told.middle, family=told.family, alias=told.alias,
        born=told.born, numbers=[told.number], plate=told.plate,
    )  # fmt: skip


def _case_numbers() -> Iterator[list[tuple[int, str]]]:
    parts = Involvement.objects.order_by().values_list("record_id", "incident__incident_number")
    for rows in (parts, Contact.objects.order_by().values_list("record_id", "number")):
        yield [(record, number) for record, number in rows.iterator() if number]
