"""What an analyst sets by hand: it stands, says who and why, and later loads leave it so."""

import threading
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection, transaction

from ceasefire.access import identity
from ceasefire.access.identity import Actor
from ceasefire.access.policies import NotPermitted
from ceasefire.access.roles import Role
from ceasefire.registry import corrections
from ceasefire.registry.corrections import CannotSet
from ceasefire.registry.models import Correction, Incident
from ceasefire.registry.selectors import history, near
from tests.registry.conftest import victim
from tests.shooting_review.invented import MIDDLE_X, MIDDLE_Y, ZONE, to_degrees

DAY = date(2026, 1, 3)
WHY = "seen on the report"


def degrees(east, north):
    longitude, latitude = to_degrees().transform(MIDDLE_X + east, MIDDLE_Y + north)
    return {"latitude": latitude, "longitude": longitude}


def typed(number="26-0001", day=DAY, at=None, **more):
    occurred = corrections.occurred_values(day, at, str(ZONE))
    return {"incident_number": number, **occurred, **more}


@pytest.fixture
def enter(feed):
    def by_hand(**said):
        return corrections.incident_enter(
            agency=feed.agency, zone=str(ZONE), reason=WHY, said=typed(**said)
        )

    return by_hand


def fresh(incident):
    return Incident.objects.get(pk=incident.pk)


def test_a_correction_outlives_a_publication_that_changes_the_same_field(
    printed, publish, signed_in
):
    one = printed(victim(1, block="100 OAK ST"))
    corrections.incident_correct(
        incident=one, part="address", values={"address": "9 FIR LN"}, reason=WHY
    )
    publish([victim(1, block="200 ELM ST")])
    assert fresh(one).address == "9 FIR LN"
    page = signed_in(Role.CAPTAIN).get(f"/shootings/{one.pk}/").content.decode()
    facts = page.split("What is known")[1].split("</dl>")[0]
    assert "9 FIR LN" in facts
    assert "The source says: 200 ELM ST" in facts
    assert WHY in facts


def test_a_corrected_place_finds_its_metres_again_and_outlives_a_publication(printed, publish):
    one = printed(victim(1))
    corrections.incident_correct(incident=one, part="place", values=degrees(120, -40), reason=WHY)
    publish([victim(1, at=("45.6", "-122.6"))])
    row = fresh(one)
    assert (row.x_m, row.y_m) == pytest.approx((MIDDLE_X + 120, MIDDLE_Y - 40), abs=0.02)


def test_a_withdrawn_correction_gives_the_field_back_to_its_source(printed, publish):
    one = printed(victim(1))
    corrections.incident_correct(incident=one, part="place", values=degrees(120, -40), reason=WHY)
    publish([victim(1, at=("45.6", "-122.6"), block="200 ELM ST")])
    source = Incident.objects.get(incident_number="26-9001")
    row = corrections.correction_withdraw(incident=one, part="place")
    assert (row.latitude, row.longitude) == (45.6, -122.6)
    assert row.x_m != pytest.approx(MIDDLE_X + 120, abs=1)
    assert (source.latitude, row.address) == (45.40, "200 ELM ST")
    assert not one.corrections.filter(withdrawn_at=None).exists()


def test_the_same_correction_twice_is_one(printed):
    one = printed(victim(1))
    for _again in range(2):
        corrections.incident_correct(
            incident=one, part="address", values={"address": "9 FIR LN"}, reason=WHY
        )
    assert Correction.objects.count() == 1


def test_a_new_correction_replaces_the_old_and_both_are_remembered(printed):
    one = printed(victim(1))
    for street in ("9 FIR LN", "8 FIR LN"):
        corrections.incident_correct(
            incident=one, part="address", values={"address": street}, reason=f"because {street}"
        )
    assert fresh(one).address == "8 FIR LN"
    told = [event.told for event in history.events(one, [], list(one.corrections.all()))]
    assert sum("Set by hand" in line for line in told) == 2
    assert sum("Ended what was set" in line for line in told) == 1


def test_a_correction_counts_from_the_day_it_was_made(printed):
    one = printed(victim(1))
    before = corrections.timezone.now()
    corrections.incident_correct(
        incident=one, part="hurt", values=corrections.hurt_values(2, 1), reason=WHY
    )
    assert fresh(one).kind == Incident.Kind.FATAL
    then, now = (history.as_known(fresh(one), at) for at in (before, corrections.timezone.now()))
    assert (then.kind, then.victims) == (Incident.Kind.INJURY, 1)
    assert (now.kind, now.victims) == (Incident.Kind.FATAL, 2)


@pytest.mark.parametrize("part", ["incident_number", "verification", "incident_key", "x_m"])
def test_only_what_was_said_of_a_shooting_is_corrected(part, printed):
    with pytest.raises(CannotSet):
        corrections.incident_correct(
            incident=printed(victim(1)), part=part, values={part: "x"}, reason=WHY
        )


def test_nothing_is_set_without_a_reason(printed):
    one = printed(victim(1))
    with pytest.raises(CannotSet, match="Say why"):
        corrections.incident_judge(incident=one, verification="unfounded", reason="  ")
    assert fresh(one).verification == "verified"


def test_nobody_but_an_analyst_sets_anything(printed):
    one = printed(victim(1))
    with identity.acting(Actor("Captain", Role.CAPTAIN)), pytest.raises(NotPermitted):
        corrections.incident_judge(incident=one, verification="hold", reason=WHY)


def test_a_shooting_is_held_called_unfounded_and_verified_again(printed, publish):
    one = printed(victim(1))
    for verification in ("hold", "unfounded"):
        row = corrections.incident_judge(incident=one, verification=verification, reason=WHY)
        assert (row.verification, row.verification_reason) == (verification, WHY)
    publish([victim(1, block="200 ELM ST")])
    assert fresh(one).verification == "unfounded"
    row = corrections.incident_judge(incident=one, verification="verified", reason="a victim came")
    assert (row.verification, row.verification_reason) == ("verified", "")


def test_a_shooting_brought_back_stays_though_its_publisher_drops_it_again(printed, publish):
    one = printed(victim(1))
    publish([])
    assert fresh(one).withheld_at is not None
    row = corrections.withheld_bring_back(incident=one, reason=WHY)
    assert (row.withheld_at, row.review_due) == (None, None)
    publish([victim(1, block="200 ELM ST")])
    publish([])
    assert fresh(one).withheld_at is None


def test_a_shooting_kept_withheld_is_looked_at_again(printed, publish):
    one = printed(victim(1))
    publish([])
    row = corrections.withheld_keep(incident=one, reason=WHY)
    assert row.withheld_at is not None
    assert row.review_due == corrections.timezone.localdate() + timedelta(days=60)
    publish([victim(1)])
    row = fresh(one)
    assert (row.withheld_at, row.review_due) == (None, None)
    with pytest.raises(CannotSet):
        corrections.withheld_keep(incident=one, reason=WHY)


def test_a_shooting_entered_by_hand_joins_the_row_that_a_feed_prints_later(enter, printed):
    entered = enter(number="26-0001", address="9 FIR LN", offence="Assault")
    assert entered.new
    assert (entered.incident.feed, entered.incident.occurred_precision) == (None, "day")
    one = printed(victim(1, block="100 OAK ST"))
    assert one.pk == entered.incident.pk
    assert one.feed is not None
    # The feed leads in what it says; what it does not say stays as it was typed.
    assert (one.address, one.occurred_precision, one.offence) == ("100 OAK ST", "minute", "Assault")
    assert Incident.objects.filter(incident_number="26-0001").count() == 1


def test_what_was_typed_is_known_of_its_day_after_a_feed_has_joined_it(enter, printed):
    entered = enter(number="26-0001", address="9 FIR LN").incident
    then = corrections.timezone.now()
    one = printed(victim(1, block="100 OAK ST"))
    assert one.address == "100 OAK ST"
    told = history.events(one, history.records(one), list(one.corrections.all()))
    assert any(change.after == "9 FIR LN" for event in told for change in event.changes)
    assert history.as_known(entered, then).address == "9 FIR LN"


def test_a_shooting_without_a_number_joins_by_date_time_and_address(enter, publish):
    entered = enter(number="", at=time(21, 15), address="100 Oak  St")
    nameless = victim(1)
    nameless[0] = ""
    publish([nameless])
    assert fresh(entered.incident).feed is not None


def test_a_number_that_starts_again_each_year_is_known_by_its_year(enter, feed, publish):
    publish([victim(1)])
    saved = feed.mappings.get()
    saved.mapping["fields"]["incident_number"]["yearly"] = True
    saved.save()
    keys = {
        corrections.key_of(feed.agency, typed(day=date(year, 5, 1)), str(ZONE))
        for year in (2025, 2026)
    }
    assert len(keys) == 2


def test_the_same_entry_twice_is_one_shooting(enter):
    first, again = enter(), enter()
    assert (first.new, again.new) == (True, False)
    assert first.incident == again.incident


def test_an_entry_needs_a_number_or_a_date_and_a_place(enter):
    with pytest.raises(CannotSet, match="incident number"):
        enter(number="")


def test_more_killed_than_hit_is_refused():
    with pytest.raises(CannotSet, match="More people were killed"):
        corrections.hurt_values(1, 2)


@pytest.mark.parametrize(
    ("day", "where", "found"),
    [(DAY, (150, 0), True), (DAY + timedelta(days=1), (0, 199), True), (DAY, (201, 0), False),
     (DAY + timedelta(days=2), (0, 0), False)],
)  # fmt: skip
def test_a_likely_duplicate_is_within_a_day_and_200_metres(day, where, found, shoot):
    one = shoot(day, where)
    likely = near.likely_duplicates(typed(number="", **degrees(0, 0)), {})
    assert (one in likely) is found


ENTRY = {
    "incident_number": "26-0500", "occurred_day": "2026-01-03", "occurred_time": "21:15",
    "address": "9 FIR LN", "victims": "2", "killed": "1", "injured": "", "reason": WHY,
}  # fmt: skip


def test_entering_shows_likely_duplicates_first_and_goes_on_only_past_them(
    signed_in, printed, police_agency
):
    known = printed(victim(500))
    client = signed_in(Role.ANALYST)
    asked = ENTRY | {"agency": police_agency.pk}
    answer = client.post("/shootings/enter/", asked)
    assert f'href="/shootings/{known.pk}/"' in answer.content.decode()
    assert b"another shooting" in answer.content
    other = ENTRY | {"agency": police_agency.pk, "incident_number": "26-0501"}
    made = client.post("/shootings/enter/", other)
    one = Incident.objects.get(incident_number="26-0501")
    assert made.headers["Location"] == f"/shootings/{one.pk}/"
    assert (one.kind, one.wounded, one.occurred_precision) == ("fatal", 1, "minute")
    assert one.occurred_from == datetime(2026, 1, 3, 21, 15, tzinfo=ZONE)
    assert WHY in client.get(f"/shootings/{one.pk}/").content.decode()
    again = client.post("/shootings/enter/", other | {"another": "on"})
    assert again.headers["Location"] == f"/shootings/{one.pk}/"


def test_what_was_typed_is_kept_when_the_form_fails(signed_in, police_agency, rivermouth):
    client = signed_in(Role.ANALYST)
    for slip in ({"latitude": "45"}, {"victims": "1", "killed": "4"}, {"reason": ""},
                 {"incident_number": "", "address": ""}):  # fmt: skip
        answer = client.post("/shootings/enter/", ENTRY | {"agency": police_agency.pk} | slip)
        assert answer.status_code == 200
        assert b"errorlist" in answer.content
        assert 'value="2026-01-03"' in answer.content.decode()
    assert not Incident.objects.exists()


CORRECTED = {
    "occurred": {"occurred_day": "2026-01-02", "occurred_time": ""},
    "place": {"latitude": "45.5", "longitude": "-122.7"},
    "hurt": {"victims": "4", "killed": "0"},
    "reported": {"reported_on": "2026-01-04"},
    "officer_involved": {"officer_involved": "false"},
    "weapon": {"weapon": "handgun"},
}


@pytest.mark.parametrize("part", CORRECTED)
def test_an_analyst_corrects_and_gives_back_through_the_pages(part, signed_in, printed):
    one = printed(victim(1))
    client = signed_in(Role.ANALYST)
    page = f"/shootings/{one.pk}/correct/{part}/"
    assert client.get(page).status_code == 200
    assert b"errorlist" in client.post(page, CORRECTED[part]).content
    assert client.post(page, CORRECTED[part] | {"reason": WHY}).status_code == 302
    told = client.get(f"/shootings/{one.pk}/").content.decode()
    assert WHY in told
    client.post(f"/shootings/{one.pk}/withdraw/{part}/")
    told = client.get(f"/shootings/{one.pk}/").content.decode()
    assert WHY not in told.split("</dl>")[0]
    assert WHY in told.split("History")[1]


def test_a_known_time_stands_in_the_form_so_that_saving_the_day_does_not_lose_it(
    signed_in, printed
):
    one = printed(victim(1))
    page = signed_in(Role.ANALYST).get(f"/shootings/{one.pk}/correct/occurred/").content.decode()
    assert 'value="21:15"' in page


def test_an_analyst_judges_and_reviews_through_the_pages(signed_in, printed, publish):
    one = printed(victim(1))
    publish([])
    client = signed_in(Role.ANALYST)
    assert f"/shootings/{one.pk}/review/" in client.get("/shootings/withheld/").content.decode()
    decided = {"decision": "bring_back", "reason": WHY}
    assert client.post(f"/shootings/{one.pk}/review/", decided).status_code == 302
    assert fresh(one).withheld_at is None
    assert client.get(f"/shootings/{one.pk}/review/").status_code == 404
    judged = {"verification": "unfounded", "reason": "a firework"}
    assert client.post(f"/shootings/{one.pk}/standing/", judged).status_code == 302
    assert "a firework" in client.get(f"/shootings/{one.pk}/").content.decode()


def test_a_part_that_nobody_corrects_does_not_exist(signed_in, printed):
    one = printed(victim(1))
    client = signed_in(Role.ANALYST)
    for part in ("incident_number", "nonsense", "verification"):
        assert client.get(f"/shootings/{one.pk}/correct/{part}/").status_code == 404
        assert client.post(f"/shootings/{one.pk}/withdraw/{part}/").status_code == 404


@pytest.fixture
def beside():
    """beside(verb): run it in a thread of its own; fails if it does not wait for this one."""

    def run(verb):
        def apart():
            with identity.acting(identity.OPERATOR):
                verb()
            connection.close()

        thread = threading.Thread(target=apart)
        thread.start()
        thread.join(timeout=0.5)
        assert thread.is_alive(), "it did not wait"
        return thread

    return run


def addressed(one, street):
    return corrections.incident_correct(
        incident=one, part="address", values={"address": street}, reason=WHY
    )


@pytest.mark.django_db(transaction=True)
def test_a_correction_made_while_a_load_is_under_way_is_not_lost(printed, beside):
    one = printed(victim(1))
    with transaction.atomic():
        Incident.objects.filter(pk=one.pk).update(address="200 ELM ST")
        hand = beside(lambda: addressed(one, "9 FIR LN"))
    hand.join(timeout=20)
    assert fresh(one).address == "9 FIR LN"


@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_at_once_the_later_stands_and_the_earlier_is_remembered(printed, beside):
    one = printed(victim(1))
    with transaction.atomic():
        addressed(one, "9 FIR LN")
        hand = beside(lambda: addressed(one, "8 FIR LN"))
    hand.join(timeout=20)
    assert fresh(one).address == "8 FIR LN"
    stands = {made.value: made.withdrawn_at is None for made in one.corrections.all()}
    assert stands == {"9 FIR LN": False, "8 FIR LN": True}


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_the_same_shooting_at_once_enter_one(enter):
    start, made = threading.Barrier(2), []

    def by_hand():
        with identity.acting(identity.OPERATOR):
            start.wait()
            made.append(enter(address="9 FIR LN"))
        connection.close()

    both = [threading.Thread(target=by_hand) for _one in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=30)
    assert sorted(one.new for one in made) == [False, True]
    assert Incident.objects.count() == 1
    assert Incident.objects.get().address == "9 FIR LN"
