"""A file into the register: whole or not at all, the same file twice changes nothing."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.intake import loading, pipelines, services
from ceasefire.intake.models import Batch, RowFault, StagedRow
from ceasefire.registry.models import Incident, SourceRecord, Victim
from ceasefire.registry.services import city_set

pytestmark = pytest.mark.django_db
HEADER = [
    "Incident Number",
    "Date",
    "Time",
    "Block",
    "Latitude",
    "Longitude",
    "Age",
    "Sex",
    "Fatal",
]
START = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def feed(operator, police_agency):
    city_set(name="Rivermouth", time_zone="America/Chicago", projected_system=32615)
    return services.feed_open(name="police", agency=police_agency)


def victim(number, *, age=25, day=3, sex="M", fatal="N", block="100 OAK ST"):
    return [f"26-{number:04d}", f"1/{day}/2026", "21:15", block, "29.1", "-93.0", age, sex, fatal]


def others(count=8):
    """Rows that make the layout plain, far from the ones that a test is about."""
    return [victim(9000 + n, age=20 + n, day=1 + n % 3, fatal="Y" if n == 3 else "N")
            for n in range(count)] + [victim(9000, age=44)]  # fmt: skip


@pytest.fixture
def publish(feed, tmp_path):
    """publish([rows]) loads them as the feed's next publication."""
    published = []

    def load(rows):
        path = tmp_path / f"publication-{len(published)}.csv"
        with open(path, "w", newline="") as file:
            csv.writer(file).writerows([HEADER, *others(), *rows])
        as_of = START + timedelta(days=7 * len(published))
        published.append(path)
        return loading.load(path, feed=feed, as_of=as_of)

    return load


def counts(batch):
    return (batch.added, batch.changed, batch.unchanged, batch.vanished)


def test_one_row_per_victim_becomes_incidents_with_their_victims(publish):
    batch = publish([victim(1, fatal="Y"), victim(1, age=31)])
    incident = Incident.objects.get(incident_number="26-0001")
    assert batch.mapping.mapping["unit"] == "victim"
    assert (incident.victims, incident.killed, incident.wounded) == (2, 1, 1)
    assert incident.kind == Incident.Kind.FATAL
    assert incident.victim_rows.count() == 2


def test_the_same_publication_again_changes_nothing(publish):
    publish([victim(1)])
    before = list(SourceRecord.objects.order_by("id").values())
    again = publish([victim(1)])
    assert counts(again) == (0, 0, 10, 0)
    assert list(SourceRecord.objects.order_by("id").values()) == before


def test_two_identical_rows_are_two_victims(publish):
    publish([victim(1), victim(1)])
    assert Victim.objects.filter(incident__incident_number="26-0001").count() == 2
    assert counts(publish([victim(1), victim(1)])) == (0, 0, 11, 0)
    assert counts(publish([victim(1)])) == (0, 0, 10, 1)


def test_a_changed_row_keeps_its_incident_and_its_history(publish):
    publish([victim(1, block="100 OAK ST")])
    first = Incident.objects.get(incident_number="26-0001")
    batch = publish([victim(1, block="200 ELM ST")])
    assert counts(batch) == (0, 1, 9, 0)
    incident = Incident.objects.get(incident_number="26-0001")
    assert (incident.pk, incident.address) == (first.pk, "200 ELM ST")
    old, new = incident.records.order_by("known_from")
    assert (old.address, old.known_to, new.follows) == ("100 OAK ST", batch.as_of, old)


def test_a_corrected_age_counts_as_one_gone_and_one_new_but_keeps_the_victim(publish):
    publish([victim(1, age=25)])
    person = Victim.objects.get(incident__incident_number="26-0001")
    batch = publish([victim(1, age=26)])
    assert counts(batch) == (1, 0, 9, 1)
    assert batch.report["replaced"] == 1
    person.refresh_from_db()
    assert person.age == 26
    assert not SourceRecord.objects.filter(withheld_at__isnull=False).exists()


def test_a_corrected_date_keeps_the_incident(publish):
    publish([victim(1, day=3)])
    before = Incident.objects.get(incident_number="26-0001")
    publish([victim(1, day=4)])
    after = Incident.objects.get(incident_number="26-0001")
    assert (after.pk, after.occurred_on.day) == (before.pk, 4)


def test_a_row_that_vanished_is_withheld_for_review_never_deleted(publish):
    publish([victim(1), victim(2)])
    batch = publish([victim(1)])
    gone = Incident.objects.get(incident_number="26-0002")
    assert gone.withheld_at == batch.as_of
    assert gone.review_due == batch.as_of.date() + timedelta(days=60)
    assert gone.records.get().withheld_at == batch.as_of


def test_a_row_that_returns_counts_again(publish):
    publish([victim(1), victim(2)])
    publish([victim(1)])
    batch = publish([victim(1), victim(2)])
    back = Incident.objects.get(incident_number="26-0002")
    assert (back.withheld_at, batch.report["returned"], batch.added) == (None, 1, 1)
    assert back.victims == 1


def test_a_rolling_feed_loses_only_rows_inside_its_days(publish, feed):
    feed.coverage, feed.rolling_days = "rolling", 5
    feed.save()
    publish([victim(1, day=1), victim(2, day=4)])
    batch = publish([])  # as of 12 January: covers from the 7th on
    assert batch.vanished == 0


def test_an_older_publication_is_refused(publish, feed, tmp_path):
    publish([victim(1)])
    path = tmp_path / "older.csv"
    path.write_text("Incident Number,Date\n1,1/2/2026\n")
    with pytest.raises(services.IntakeRefused, match="in their order"):
        loading.load(path, feed=feed, as_of=START - timedelta(days=1))


def test_a_fault_while_applying_leaves_the_register_as_it_was(publish, monkeypatch):
    publish([victim(1)])
    before = list(Incident.objects.order_by("id").values())

    def fail(**_):
        raise RuntimeError("the power went")

    monkeypatch.setattr(pipelines, "corrections_reapply", fail)
    with pytest.raises(RuntimeError):
        publish([victim(2)])
    assert list(Incident.objects.order_by("id").values()) == before
    assert Batch.objects.first().state == Batch.State.APPLYING


def test_an_interrupted_batch_is_found_again_and_finished(publish, monkeypatch, feed, tmp_path):
    whole = pipelines.corrections_reapply
    monkeypatch.setattr(pipelines, "corrections_reapply", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish([victim(1)])
    monkeypatch.setattr(pipelines, "corrections_reapply", whole)
    # A crash of the database empties the staging table.
    StagedRow.objects.all().delete()
    batch = loading.load(tmp_path / "publication-0.csv", feed=feed, as_of=START)
    assert (batch.state, batch.added) == (Batch.State.APPLIED, 10)
    assert Batch.objects.count() == 1


def test_rows_at_fault_are_reported_and_many_of_them_make_the_file_wait(publish):
    bad = ["26-0002", "1/2/1899", "21:15", "X", "29.1", "-93.0", "25", "M", "N"]
    with pytest.raises(services.IntakeRefused, match="waits for a person"):
        publish([victim(1), bad])
    batch = Batch.objects.get()
    fault = RowFault.objects.get(batch=batch, rejected=True)
    assert (batch.state, batch.rejected, fault.row_number) == (Batch.State.WAITING, 1, 12)
    assert "1899" in fault.reason
    applied = services.batch_apply(batch=batch, despite="Known slip of the records office.")
    assert (applied.state, applied.added) == (Batch.State.APPLIED, 10)


def test_the_register_as_known_on_a_date_can_be_read_back(publish):
    publish([victim(1, block="100 OAK ST")])
    publish([victim(1, block="200 ELM ST")])

    def known(day):
        held = SourceRecord.objects.filter(known_from__lte=day, incident_number="26-0001")
        return [record.address for record in held if not record.known_to or record.known_to > day]

    assert known(START + timedelta(days=1)) == ["100 OAK ST"]
    assert known(START + timedelta(days=8)) == ["200 ELM ST"]


people = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from([18, 25, 40]), st.sampled_from(["A ST", "B ST"])),
    max_size=8,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(first=people, second=people)
def test_whatever_is_published_next_the_register_holds_just_that(feed, tmp_path, first, second):
    """Every standing row is a row of the newest publication, as often as it stands there."""
    from django.db import transaction

    with transaction.atomic():
        for n, rows in enumerate((first, second)):
            path = tmp_path / f"{n}.csv"
            with open(path, "w", newline="") as file:
                lines = [victim(number, age=age, block=block) for number, age, block in rows]
                csv.writer(file).writerows([HEADER, *others(), *lines])
            batch = loading.load(path, feed=feed, as_of=START + timedelta(days=n))
            assert batch.added + batch.changed + batch.unchanged == batch.rows
        standing = SourceRecord.objects.filter(
            known_to=None, withheld_at=None, incident_number__lt="26-9000"
        )
        found = sorted((r.incident_number, r.age, r.address) for r in standing)
        assert found == sorted((f"26-{number:04d}", age, block) for number, age, block in second)
        assert Victim.objects.filter(record__in=standing).count() == len(second)
        transaction.set_rollback(True)
