"""A packet of an earlier day says what was known on that day."""

import uuid
from datetime import UTC, date, datetime

import pytest

from ceasefire.intake.models import Batch, FeedMapping
from ceasefire.registry.models import Correction, Incident, SourceRecord
from ceasefire.registry.shootings.known import shootings
from tests.shooting_review.invented import facts

DAY = date(2021, 3, 24)
MARCH_26, MARCH_29, APRIL_5 = (
    datetime(2021, 3, 26, 12, tzinfo=UTC),
    datetime(2021, 3, 29, 12, tzinfo=UTC),
    datetime(2021, 4, 5, 12, tzinfo=UTC),
)


@pytest.fixture
def publish(feed):
    """Write what a publication said about an incident: publish(incident, as_of, until, ...)."""

    def batch(as_of, unit):
        mapping, _ = FeedMapping.objects.get_or_create(
            feed=feed, version=1, defaults={"mapping": {"unit": unit}, "confirmed_by": "test"}
        )
        return Batch.objects.get_or_create(
            feed=feed, as_of=as_of,
            defaults={"file_name": f"{as_of:%d-%m}.csv", "sha256": "0" * 64, "size": 1,
                      "state": "applied", "applied_at": as_of, "mapping": mapping,
                      "loaded_by": "test"},
        )[0]  # fmt: skip

    def record(incident, as_of, until=None, *, at=None, unit="incident", row=2, **more):
        return SourceRecord.objects.create(
            feed=feed, batch=batch(as_of, unit), row_number=row, incident=incident,
            content_key=uuid.uuid4(), rest_key=uuid.uuid4(), known_from=as_of, known_to=until,
            **facts(more.pop("day", DAY), at, **more),
        )  # fmt: skip

    return record


def test_a_shooting_published_later_is_not_there_yet(shoot, publish, build):
    publish(shoot(DAY, first_known=MARCH_26), MARCH_26)
    publish(shoot(DAY, first_known=APRIL_5), APRIL_5)
    assert build("2021-W12", as_of=date(2021, 3, 25)).count.incidents == 0
    assert build("2021-W12", as_of=date(2021, 3, 30)).count.incidents == 1
    assert build("2021-W12", as_of=date(2021, 4, 5)).count.incidents == 2
    assert build("2021-W12").count.incidents == 2


def test_a_changed_row_shows_the_value_of_the_day(shoot, publish, build):
    made = shoot(DAY, (0, 0), victims=3, killed=1, first_known=MARCH_26)
    publish(made, MARCH_26, APRIL_5, victims=2, killed=0)
    publish(made, APRIL_5, victims=3, killed=1)
    then = build("2021-W12", as_of=date(2021, 3, 30))
    assert (then.count.victims, then.count.killed) == (2, 0)
    assert then.cards[0].shooting.kind == Incident.Kind.INJURY
    now = build("2021-W12", as_of=date(2021, 4, 5))
    assert (now.count.victims, now.count.killed) == (3, 1)
    assert now.cards[0].shooting.kind == Incident.Kind.FATAL


def test_a_row_that_moved_to_another_week_is_counted_where_it_was_thought_to_be(
    shoot, publish, build
):
    made = shoot(date(2021, 3, 16), first_known=MARCH_26)
    publish(made, MARCH_26, APRIL_5, day=DAY)
    publish(made, APRIL_5, day=date(2021, 3, 16))
    assert build("2021-W12", as_of=date(2021, 3, 30)).count.incidents == 1
    assert build("2021-W12").count.incidents == 0


def test_a_withheld_row_counts_until_the_day_it_was_withheld(shoot, publish, build):
    made = shoot(DAY, withheld_at=APRIL_5, review_due=date(2021, 6, 1), first_known=MARCH_26)
    record = publish(made, MARCH_26)
    SourceRecord.objects.filter(pk=record.pk).update(withheld_at=APRIL_5)
    assert build("2021-W12", as_of=date(2021, 3, 30)).count.incidents == 1
    assert build("2021-W12", as_of=date(2021, 4, 5)).count.incidents == 0


def test_rows_of_victims_fold_into_one_incident(shoot, publish, build):
    made = shoot(DAY, victims=2, killed=1, first_known=MARCH_26)
    for row, fatal in ((2, True), (3, False)):
        publish(made, MARCH_26, unit="victim", row=row, fatal=fatal, victims=None, killed=None)
    packet = build("2021-W12", as_of=date(2021, 3, 30))
    count = packet.count
    assert (count.incidents, count.victims, count.killed) == (1, 2, 1)
    assert [victim.fatal for victim in packet.cards[0].victims] == [True, False]
    assert [source.row_number for source in packet.cards[0].sources] == [2, 3]


def test_a_correction_counts_from_the_day_it_was_made(shoot, publish, build):
    made = shoot(DAY, (0, 0), verification="hold", first_known=MARCH_26)
    publish(made, MARCH_26)
    held = Correction.objects.create(
        incident=made, field="verification", value="hold", reason="casings?", made_by="test"
    )
    Correction.objects.filter(pk=held.pk).update(made_at=MARCH_29)
    assert build("2021-W12", as_of=date(2021, 3, 27)).count.incidents == 1
    assert build("2021-W12", as_of=date(2021, 3, 30)).count.incidents == 0


def test_a_shooting_entered_by_hand_is_known_from_then_on(shoot, build):
    shoot(DAY, feed=None, first_known=MARCH_29)
    assert build("2021-W12", as_of=date(2021, 3, 27)).count.incidents == 0
    assert build("2021-W12", as_of=date(2021, 3, 30)).count.incidents == 1


def test_as_known_today_is_the_register_as_it_stands(four_years, publish):
    for made in four_years[-40:]:
        publish(made, made.first_known, day=made.occurred_on, incident_number=made.incident_number,
                district_stated=made.district_stated)  # fmt: skip
    first = four_years[-40].occurred_on
    known = shootings(first, date(2022, 1, 1), before=datetime(2030, 1, 1, tzinfo=UTC))
    assert [row.incident_number for row in known] == [r.incident_number for r in four_years[-40:]]


def test_a_corrected_number_of_dead_makes_the_shooting_fatal_from_then_on(shoot, publish, build):
    made = shoot(DAY, killed=1, first_known=MARCH_26)
    publish(made, MARCH_26, killed=0)
    correction = Correction.objects.create(
        incident=made, field="killed", value=1, reason="died in hospital", made_by="test"
    )
    Correction.objects.filter(pk=correction.pk).update(made_at=MARCH_29)
    kinds = [build("2021-W12", as_of=date(2021, 3, day)).cards[0].shooting.kind for day in (27, 30)]
    assert kinds == [Incident.Kind.INJURY, Incident.Kind.FATAL]
