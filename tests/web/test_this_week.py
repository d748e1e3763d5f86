"""What this week's page says is next, and what waits for a decision."""

from datetime import UTC, date, datetime

import pytest

from ceasefire.access.roles import Role
from ceasefire.intake.models import Batch, Feed
from ceasefire.registry.models import City, Incident
from ceasefire.shooting_review.weeks import Week

TUESDAY = 1


@pytest.mark.parametrize(
    ("today", "week"),
    [
        (date(2026, 11, 22), "2026-W47"),
        (date(2026, 11, 23), "2026-W47"),
        (date(2026, 11, 24), "2026-W47"),
        (date(2026, 11, 25), "2026-W48"),
    ],
)
def test_the_next_review_is_never_one_that_was_held(today, week):
    assert str(Week.next_reviewed(today, TUESDAY)) == week
    assert Week.next_reviewed(today, TUESDAY).review_day(TUESDAY) >= today


def test_the_page_names_the_week_and_the_day_of_the_coming_review(signed_in, operator, monkeypatch):
    City.objects.create(id=1, name="Rivermouth", time_zone="America/New_York",
                        projected_system=2272, review_weekday=TUESDAY)  # fmt: skip
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2026, 11, 22))
    shown = signed_in(Role.CAPTAIN).get("/").context
    assert (str(shown["week"]), shown["review_day"]) == ("2026-W47", date(2026, 11, 24))


def test_a_week_without_a_known_shooting_shows_no_nought(signed_in, operator, police_agency):
    known = datetime(2026, 1, 1, tzinfo=UTC)
    Incident.objects.create(
        agency=police_agency, incident_key="00000000-0000-0000-0000-000000000001",
        occurred_on=date(2020, 1, 1), occurred_precision="day", first_known=known,
        last_changed=known,
    )  # fmt: skip
    text = signed_in(Role.CAPTAIN).get("/").content.decode()
    assert 'class="count"' not in text
    assert "The newest in the register is of 1 Jan 2020." in text


def test_every_file_that_waits_for_a_person_is_counted(signed_in, operator, police_agency):
    now = datetime(2026, 11, 20, tzinfo=UTC)
    for state in Batch.State:
        feed = Feed.objects.create(name=state.value, title=state.value, agency=police_agency)
        Batch.objects.create(
            feed=feed, as_of=now, file_name="a.csv", sha256="0" * 64, size=1, state=state,
            loaded_by="test", applied_at=now, refusal="no" if state == "refused" else "",
        )  # fmt: skip
    assert signed_in(Role.ANALYST).get("/").context["waiting"] == 3


def test_a_district_is_offered_once_as_found_and_the_only_stated_ones_last(operator, db):
    from ceasefire.access.models import Agency
    from ceasefire.registry.selectors.filtering import Filter, places_of

    agency = Agency.objects.create(name="Rivermouth Police", kind=Agency.Kind.POLICE)
    known = datetime(2026, 1, 1, tzinfo=UTC)
    pairs = [("FOUNDRY", "Foundry"), ("FOUNDRY", ""), ("Zoo", "Zoo"), ("OUT", "")]
    for number, (stated, found) in enumerate(pairs):
        Incident.objects.create(
            agency=agency, incident_key=f"00000000-0000-0000-0000-00000000000{number}",
            occurred_on=date(2026, 1, 1), occurred_precision="day", first_known=known,
            last_changed=known, district_stated=stated, district_found=found,
        )  # fmt: skip
    assert places_of(Filter())[0] == ["Foundry", "Zoo", "OUT"]
