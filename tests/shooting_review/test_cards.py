"""What a card says about a shooting and about those near it."""

from datetime import UTC, date, datetime

from django.utils import translation

from ceasefire.registry.models import Victim
from ceasefire.shooting_review.packet.model import OpenWindow
from ceasefire.shooting_review.panels.cards import _alert, _area, occurred

WEDNESDAY = date(2021, 3, 24)


def card_of(packet, number):
    return next(card for card in packet.cards if str(card.shooting) == number)


def window(within, until, ratio, beyond=0.5):
    return OpenWindow(None, beyond, within, WEDNESDAY, until, ratio)


def test_the_alert_of_a_card_is_one_sentence_of_the_widest_and_the_strongest():
    windows = (
        window(100.0, date(2021, 3, 27), 6.84),
        window(200.0, date(2021, 4, 7), 2.1, 100.0),
        window(400.0, date(2021, 3, 31), 1.6, 300.0),
    )
    with translation.override("en"):
        several, one = _alert(windows), _alert(windows[1:2])
    assert several == (
        "Opened a near-repeat window: more shootings than chance within 400 m until 7 Apr, "
        "most within 100 m until 27 Mar (6.8 times)."
    )
    assert "chance at 100 to 200 m until 7 Apr (2.1 times)." in one
    assert _alert(()) == ""


def test_the_place_found_comes_first_and_the_stated_one_only_where_it_differs():
    with translation.override("en"):
        assert _area("FOUNDRY", "Mill End") == "Mill End (stated: FOUNDRY)"
        assert _area("MT. TABOR", "Mt Tabor") == "Mt Tabor"
        assert _area("OUT", "") == "OUT"


def test_days_since_the_last_shooting_count_to_400_metres_and_no_further(shoot, build):
    shoot(WEDNESDAY, (0, 0), incident_number="now")
    shoot(date(2021, 3, 10), (400, 0))
    shoot(date(2021, 3, 20), (400.2, 0))
    card = card_of(build("2021-W12"), "now")
    assert card.days_since_last == 14
    assert len(card.nearby) == 1


def test_the_look_back_is_a_year(shoot, build):
    shoot(WEDNESDAY, (0, 0), incident_number="now")
    shoot(date(2020, 3, 23), (0, 0))
    assert card_of(build("2021-W12"), "now").days_since_last is None
    shoot(date(2020, 3, 24), (0, 0))
    assert card_of(build("2021-W12"), "now").days_since_last == 365


def test_two_shootings_of_one_day_are_zero_days_apart(shoot, build):
    shoot(WEDNESDAY, (0, 0), incident_number="now")
    shoot(WEDNESDAY, (50, 0))
    assert card_of(build("2021-W12"), "now").days_since_last == 0


def test_linked_means_near_in_space_and_time_or_the_same_place_within_a_year(shoot, build):
    shoot(WEDNESDAY, (0, 0), incident_number="now")
    shoot(date(2021, 3, 10), (300, 0), incident_number="near, 14 days")
    shoot(date(2021, 3, 9), (300, 0), incident_number="near, 15 days")
    shoot(date(2020, 6, 1), (0.3, 0), incident_number="same place")
    shoot(date(2021, 3, 26), (0, 200), incident_number="later in the week")
    links = card_of(build("2021-W12"), "now").links
    assert [(str(link.shooting), link.days) for link in links] == [
        ("later in the week", 2),
        ("near, 14 days", -14),
        ("same place", -296),
    ]


def test_shootings_on_hold_or_outside_the_city_are_not_linked(shoot, build):
    shoot(WEDNESDAY, (0, 0), incident_number="now")
    shoot(WEDNESDAY, (0, 0), verification="hold")
    shoot(WEDNESDAY, (10, 0), in_city=False)
    assert card_of(build("2021-W12"), "now").links == ()


def test_a_card_names_its_victims_without_a_name(shoot, build):
    made = shoot(WEDNESDAY, incident_number="now", victims=2)
    Victim.objects.create(incident=made, fatal=False, age=19, sex="M")
    Victim.objects.create(incident=made, fatal=True, age_low=25, age_high=34, sex="F")
    victims = card_of(build("2021-W12"), "now").victims
    assert [(v.age, v.age_low, v.fatal) for v in victims] == [(19, None, False), (None, 25, True)]


def test_a_time_is_shown_only_as_precisely_as_it_was_recorded(shoot, build):
    evening = datetime(2021, 3, 25, 5, 30, tzinfo=UTC)  # 22:30 on the 24th in the city
    shoot(WEDNESDAY, incident_number="minute", occurred_precision="minute", occurred_from=evening)
    shoot(WEDNESDAY, incident_number="hour", occurred_precision="hour",
          occurred_from=evening.replace(minute=0))  # fmt: skip
    shoot(WEDNESDAY, incident_number="day")
    packet = build("2021-W12")
    with translation.override("en"):
        told = {
            number: occurred(card_of(packet, number).shooting, packet.time_zone)
            for number in ("minute", "hour", "day")
        }
    assert told["minute"].endswith("22:30")
    assert "between 22:00 and 23:00" in told["hour"]
    assert told["day"].endswith("(time of day not known)")
    assert "00:00" not in told["day"]
