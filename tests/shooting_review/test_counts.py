"""What a packet counts, what it leaves out, and how it compares."""

from datetime import date, timedelta

import pytest

from ceasefire.registry.models import Definition, Incident
from ceasefire.shooting_review import answers

WEDNESDAY = date(2021, 3, 24)


def test_only_verified_shootings_inside_the_city_that_stand_are_counted(shoot, build):
    shoot(WEDNESDAY, (0, 0), incident_number="yes")
    shoot(WEDNESDAY, incident_number="yes, place not known")
    shoot(WEDNESDAY, (0, 0), incident_number="held", verification="hold")
    shoot(WEDNESDAY, (0, 0), verification="unfounded", verification_reason="fireworks")
    shoot(WEDNESDAY, (9e4, 0), in_city=False)
    shoot(WEDNESDAY, (0, 0), withheld_at="2021-03-25T00:00Z", review_due=date(2021, 5, 1))
    packet = build("2021-W12")
    assert packet.count.incidents == 2
    assert {card.shooting.incident_number for card in packet.cards} == {
        "yes",
        "yes, place not known",
    }
    assert {reason: len(rows) for reason, rows in packet.notes.left_out.items()} == {
        "hold": 1,
        "unfounded": 1,
        "withheld": 1,
        "outside": 1,
    }


def test_the_citys_own_definition_says_what_counts_from_its_day_on(shoot, build):
    Definition.objects.create(
        kind="verified_shooting",
        effective_from=date(2021, 3, 22),
        value={"kinds": ["fatal", "injury"], "excludes": ["officer-involved", "Suicide"]},
        words="Somebody was hit, and no officer fired.",
    )
    shoot(WEDNESDAY, victims=1)
    shoot(WEDNESDAY, victims=0)
    shoot(WEDNESDAY, killed=1, officer_involved=True)
    shoot(WEDNESDAY, killed=1, offence="Death investigation - SUICIDE")
    assert build("2021-W12").count.incidents == 1
    assert build("2021-W12").rule.words == "Somebody was hit, and no officer fired."
    shoot(WEDNESDAY - timedelta(weeks=1), victims=0)
    assert build("2021-W11").count.incidents == 1


def test_victims_are_added_up_and_incidents_are_not_victims(shoot, build):
    shoot(WEDNESDAY, victims=3, killed=1)
    shoot(WEDNESDAY, victims=1, killed=0)
    count = build("2021-W12").count
    assert (count.incidents, count.victims, count.killed) == (2, 4, 1)


def test_victims_are_not_known_where_one_incident_does_not_say(shoot, build):
    shoot(WEDNESDAY, victims=3, killed=1)
    shoot(WEDNESDAY, victims=None, killed=None)
    count = build("2021-W12").count
    assert (count.victims, count.killed, count.silent) == (None, None, 1)
    assert (count.at_least, count.killed_at_least) == (3, 1)


def test_a_shooting_that_hurt_nobody_has_no_victims_whatever_the_file_leaves_blank(shoot, build):
    shoot(WEDNESDAY, injured=False, victims=None, killed=None)
    count = build("2021-W12").count
    assert (count.victims, count.killed) == (0, 0)


def test_the_days_between_the_week_and_the_review_have_cards_and_are_in_no_count(shoot, build):
    shoot(date(2021, 3, 28))
    shoot(date(2021, 3, 29), incident_number="monday")
    shoot(date(2021, 3, 30), incident_number="the review day itself")
    packet = build("2021-W12")
    assert packet.count.incidents == 1
    assert [str(card.shooting) for card in packet.cards_since] == ["monday"]
    assert build("2021-W12", extra=False).cards_since == ()


def test_every_window_agrees_with_counting_by_hand(four_years, build):
    packet = build("2021-W12")
    days = list(Incident.objects.values_list("occurred_on", flat=True))
    assert len(packet.comparisons) == 5
    for row in packet.comparisons:
        by_hand = sum(row.window.start <= day <= row.window.end for day in days)
        assert row.count == by_hand
        assert row.expected == pytest.approx(by_hand / row.weeks)
        assert row.low <= row.expected <= row.high
    for row in packet.to_date:
        by_hand = sum(row.window.start <= day <= row.window.end for day in days)
        assert row.count.incidents == by_hand
    assert packet.weekly[-1] == packet.count.incidents
    assert sum(packet.weekly[:-1]) == next(
        row.count for row in packet.comparisons if row.window.name == "trailing_52_weeks"
    )


def test_windows_without_history_are_absent_not_zero(shoot, build):
    first = date(2020, 12, 28)
    for step in range(0, 91, 2):
        shoot(first + timedelta(days=step))
    packet = build("2021-W12")
    assert [row.window.name for row in packet.comparisons] == ["trailing_8_weeks"]
    assert {missing.window.name for missing in packet.no_history} == {
        "same_week_2020",
        "same_week_2019",
        "same_week_2018",
        "trailing_52_weeks",
    }


def test_one_stray_old_date_is_no_history(shoot, build):
    shoot(date(1965, 5, 5))
    for step in range(0, 91, 2):
        shoot(date(2020, 12, 28) + timedelta(days=step))
    packet = build("2021-W12")
    assert packet.history_begins >= date(2020, 12, 1)
    assert [row.window.name for row in packet.comparisons] == ["trailing_8_weeks"]


def test_a_file_that_starts_in_january_covers_the_whole_of_that_month(shoot, build):
    for step in range(0, 460, 3):
        shoot(date(2020, 1, 3) + timedelta(days=step))
    packet = build("2021-W12")
    assert packet.history_begins == date(2020, 1, 1)
    assert packet.to_date[1].window.start == date(2020, 1, 1)


def test_a_quiet_department_gets_a_packet_with_wide_limits(shoot, build):
    for year in (2017, 2018, 2019, 2020):
        for month in (2, 5, 7, 9, 12):
            shoot(date(year, month, 10), (0, 0))
    packet = build("2021-W12")
    assert packet.count.incidents == 0
    assert packet.count.victims == 0
    assert all(row.low == 0 for row in packet.comparisons)
    assert packet.windows == []


def test_a_register_without_shootings_gives_an_empty_packet(build):
    packet = build("2021-W12")
    assert packet.count.incidents == 0
    assert packet.comparisons == ()
    assert packet.as_of is None


def test_the_command_answers_with_the_fixed_keys(four_years, build):
    answer = answers.as_json(build("2021-W12"))
    assert set(answer) == {
        "week_start",
        "week_end",
        "incidents",
        "victims",
        "fatal_victims",
        "comparison",
        "near_repeat_windows",
        "covered_until",
    }
    assert answer["week_start"] == "2021-03-22"
    assert set(answer["comparison"][0]) == {
        "window", "start", "end", "count", "expected", "low", "high",
    }  # fmt: skip


def test_a_packet_reads_no_more_however_many_years_there_are(
    incident, four_years, build, django_assert_num_queries, django_assert_max_num_queries
):
    build("2021-W12")
    with django_assert_max_num_queries(14) as asked:
        build("2021-W12")
    Incident.objects.bulk_create(
        incident(date(2000, 1, 1) + timedelta(days=step), (0, 0)) for step in range(0, 6500, 3)
    )
    with django_assert_num_queries(len(asked)):
        packet = build("2021-W12")
    assert len(packet.comparisons) == 5


def test_an_unknown_city_is_refused_with_the_remedy(db, operator):
    from ceasefire.registry.services import CityNotSet
    from ceasefire.shooting_review import packet
    from ceasefire.shooting_review.weeks import Week

    with pytest.raises(CityNotSet, match=r"\./ceasefire city"):
        packet.build(Week.parse("2021-W12"))
