"""Records that wait for somebody's decision: written down, read again, and let go."""

import json
from dataclasses import asdict, fields
from datetime import date, timedelta

from django.utils import timezone

from ceasefire.access import names
from ceasefire.registry.matching.models import WaitingRecord
from ceasefire.registry.people.recording import Source, Told
from ceasefire.registry.people.told import Row, Who

# How long a record waits. Nobody's file is kept on the chance that it may be somebody's.
WAITING_DAYS = 30


def hold(rows: list[Told], source: Source) -> WaitingRecord:
    """Let one record wait, with all rows of the file that are about it."""
    today = timezone.localdate()
    newest = {"batch_id": source.batch_id, "as_of": source.as_of, "said": _written(rows)}
    record, _made = WaitingRecord.objects.update_or_create(
        feed_id=source.feed_id, record_key=rows[0].record_key, decided_at=None,
        defaults=newest,
        create_defaults=newest | {
            "agency_id": source.agency_id, "record_class": source.of.persons_class,
            "basis_on": today, "purge_on": today + timedelta(days=WAITING_DAYS),
        },
    )  # fmt: skip
    return record


def said_by(record: WaitingRecord) -> list[Row]:
    """The rows of a record that waits. Writes the log's row of a name that was read."""
    told = json.loads(names.read([record])[record.pk].said)
    who = who_of(told["who"])
    return [Row(number, who, _facts(facts)) for number, facts in told["rows"]]


def let_go(record: WaitingRecord) -> None:
    """It is decided: what it said is taken out at once, the rest goes by its day."""
    WaitingRecord.objects.filter(pk=record.pk, decided_at=None).update(
        said="", decided_at=timezone.now()
    )


def _written(rows: list[Told]) -> str:
    who = rows[0].row.who
    return json.dumps(
        {
            "who": plain_who(who),
            "rows": [(one.row.number, _plain(one.row.facts)) for one in rows],
        }
    )


def _plain(told: dict) -> dict:
    """Dates as texts; what is not told is left out."""
    return {
        name: {"day": value.isoformat()} if isinstance(value, date) else value
        for name, value in told.items()
        if value not in (None, "")
    }


def _facts(plain: dict) -> dict:
    return {
        name: date.fromisoformat(value["day"]) if isinstance(value, dict) else value
        for name, value in plain.items()
    }


def plain_who(who: Who) -> dict:
    """What a row says of somebody, for JSON; `who_of` reads it again."""
    return _plain(asdict(who))


def who_of(plain: dict) -> Who:
    known = {one.name for one in fields(Who)}
    return Who(**{name: value for name, value in _facts(plain).items() if name in known})
