"""One shooting: what is known, in what precision, where from, and how that changed."""

import re
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from ceasefire.access.roles import Role
from ceasefire.registry.models import Incident
from ceasefire.registry.selectors import history, near
from tests.registry.conftest import FIRST_FILE, victim
from tests.shooting_review.invented import ZONE

DAY = date(2026, 1, 3)
WEEK = timedelta(days=7)


@pytest.fixture
def told_of(signed_in):
    """told_of(shooting, "?known=2026-01-06"): the text of its page, as the captain reads it."""
    client = signed_in(Role.CAPTAIN)

    def read(one, asked=""):
        answer = client.get(f"/shootings/{one.pk}/{asked}")
        assert answer.status_code == 200
        words = re.sub(r"<[^>]+>", " ", answer.content.decode())
        return re.sub(r"\s+", " ", words)

    return read


@pytest.mark.parametrize("pk", ["999999", "99999999999999999999999999"])
def test_an_absent_shooting_answers_like_any_address_that_does_not_exist(pk, signed_in, shoot):
    shoot(DAY)
    client = signed_in(Role.CAPTAIN)
    absent = client.get(f"/shootings/{pk}/")
    assert absent.status_code == 404
    assert absent.content == client.get("/shootings/no-such-page").content


def test_a_day_is_never_shown_as_midnight(told_of, shoot):
    told = told_of(shoot(DAY, (0, 0)))
    assert "3 Jan 2026, time of day not known" in told
    assert "00:00" not in told
    assert "12:00" not in told


def test_a_minute_and_an_hour_are_shown_in_the_citys_time(told_of, shoot):
    at = datetime(2026, 1, 3, 22, 10, tzinfo=ZONE)
    clock = {"occurred_from": at, "occurred_to": at + timedelta(minutes=1)}
    assert "3 Jan 2026, 22:10" in told_of(shoot(DAY, occurred_precision="minute", **clock))
    hour = {"occurred_from": at.replace(minute=0), "occurred_to": at + timedelta(hours=1)}
    told = told_of(shoot(DAY, occurred_precision="hour", **hour))
    assert "in the hour from 22:00" in told


def test_what_a_feed_does_not_say_is_said_to_be_unknown(told_of, shoot):
    told = told_of(shoot(DAY, victims=None, killed=None, injured=True))
    assert "not known from this feed" in told


def test_stated_and_found_place_are_both_told_where_they_disagree(told_of, shoot):
    spellings = {"neighbourhood_stated": "ST. JOHNS", "neighbourhood_found": "St Johns"}
    told = told_of(shoot(DAY, (0, 0), district_stated="12", district_found="14", **spellings))
    assert "The source states the district 12; the coordinates lie in 14." in told
    assert "The source states the neighbourhood" not in told


def test_what_is_near_is_within_400_metres_and_90_days(told_of, shoot):
    here = shoot(DAY, (0, 0), incident_number="HERE")
    shoot(DAY + timedelta(days=90), (399, 0), incident_number="CLOSE")
    shoot(DAY + timedelta(days=91), (0, 0), incident_number="LATER")
    shoot(DAY, (283, 283), incident_number="CORNER")
    shoot(DAY, (282, 282), incident_number="INSIDE")
    shoot(DAY, (0, 10), incident_number="GONE", withheld_at=FIRST_FILE, review_due=DAY)
    shoot(DAY, incident_number="NOWHERE")
    found = [str(one.incident) for one in near.near(here)]
    assert found == ["INSIDE", "CLOSE"]
    told = told_of(here)
    assert "90 days after" in told
    assert "399 m" in told


def test_every_published_row_is_named_with_its_file_row_and_fingerprint(told_of, printed):
    one = printed(victim(1), victim(1, age=31))
    record = one.records.order_by("row_number").first()
    told = told_of(one)
    assert f"publication-0.csv Rivermouth feed {record.row_number}" in told
    assert record.batch.sha256[:12] in told
    assert "First printed" in told


def test_the_people_hit_are_listed_as_the_source_records_them(told_of, printed):
    told = told_of(printed(victim(1, age=31, sex="F", fatal="Y"), victim(1, age=17)))
    assert "died 31 F" in told
    assert "survived 17 M" in told


def test_history_tells_each_change_field_by_field(told_of, printed, publish):
    one = printed(victim(1, block="100 OAK ST"))
    publish([victim(1, block="200 ELM ST", fatal="Y")])
    told = told_of(one)
    assert "Address: from “100 OAK ST” to “200 ELM ST”" in told
    assert "Outcome: from “survived” to “died”" in told
    assert "Printed with other values" in told


def test_a_reader_sees_the_values_of_an_earlier_date(told_of, printed, publish):
    one = printed(victim(1, block="100 OAK ST"))
    publish([victim(1, block="200 ELM ST", fatal="Y")])
    then = (FIRST_FILE + timedelta(days=2)).date()
    earlier, today = told_of(one, f"?known={then}"), told_of(one)
    assert "as they were known on" in earlier
    assert "Injury shooting" in earlier
    assert "Fatal shooting" in today
    facts, told = (text.split("What is known")[1].split("Agency")[0] for text in (earlier, today))
    assert "100 OAK ST" in facts
    assert "200 ELM ST" not in facts
    assert "200 ELM ST" in told


def test_before_it_was_printed_a_shooting_was_not_in_the_register(told_of, printed):
    one = printed(victim(1))
    told = told_of(one, f"?known={(FIRST_FILE - WEEK).date()}")
    assert "was not yet in the register" in told
    assert "100 OAK ST" not in told.split("History")[0]


def test_a_dropped_shooting_is_withheld_and_says_until_when(told_of, printed, publish):
    one = printed(victim(1))
    publish([])
    told = told_of(one)
    assert "dropped this shooting" in told
    assert "Dropped by the publisher" in told
    one.refresh_from_db()
    assert one.review_due == (FIRST_FILE + WEEK).date() + timedelta(days=60)
    before = history.as_known(one, FIRST_FILE + timedelta(days=1))
    assert before.withheld_at is None
    assert history.as_known(one, FIRST_FILE + WEEK * 2).withheld_at == FIRST_FILE + WEEK


def test_a_page_asks_the_database_the_same_number_of_questions_for_any_history(
    signed_in, printed, publish, django_assert_max_num_queries
):
    one = printed(victim(1), victim(1, age=31))
    for street in ("2 ELM ST", "3 ELM ST", "4 ELM ST"):
        publish([victim(1, block=street), victim(1, age=31, block=street)])
    client = signed_in(Role.ANALYST)
    with django_assert_max_num_queries(35):
        client.get(f"/shootings/{one.pk}/")


def test_the_kind_worked_out_for_an_earlier_date_is_the_databases_own(shoot):
    numbers, flags = (None, 0, 1), (None, True, False)
    for victims, killed, wounded, injured in product(numbers, numbers, numbers, flags):
        said = {"victims": victims, "killed": killed, "wounded": wounded, "injured": injured}
        saved = shoot(DAY, **said)
        assert history.kind_of(Incident(**said)) == saved.kind, said


def test_values_that_would_be_markup_stay_text(signed_in, shoot):
    client = signed_in(Role.CAPTAIN)
    shoot(DAY, (0, 0), address="<script>alert(1)</script>", incident_number="<b>1")
    for path in ("", "points.geojson"):
        assert b"<script>alert" not in client.get(f"/shootings/{path}").content
