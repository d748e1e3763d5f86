"""The first page tells an agency's people when its agreement ends, and keepers what is due."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ceasefire.access.roles import Role
from ceasefire.access.services import agreement_record
from tests.administration.test_due import day, lock, opened


@pytest.mark.parametrize("role", [Role.OUTREACH, Role.OFFICER, Role.PROBATION, Role.OVP_ANALYST])
def test_people_are_told_in_their_own_room_that_their_agreement_ends(role, as_role, world):
    reader = as_role(role)
    assert "agreement" not in reader.get("/").text
    for days, words in ((90, "agreement ends on"), (-10, "agreement ended on")):
        world.agreement_ends(role.value, days)
        text = reader.get("/").text
        assert words in text
        assert f"from {day(days + 61)} on nothing opens" in text.replace("From", "from")


def test_a_renewal_ends_the_warning(as_role, world):
    reader = as_role(Role.OUTREACH)
    world.agreement_ends("outreach", 0)
    assert "agreement ends on" in reader.get("/").text
    today, agency = timezone.localdate(), world.held("outreach").agency
    ends = today + timedelta(days=364)
    agreement_record(agency=agency, document="Renewal", starts=today, ends=ends)
    assert "agreement ends on" not in reader.get("/").text


@pytest.mark.parametrize("role", [Role.OUTREACH, Role.AUDITOR])
def test_an_agencys_end_is_no_news_to_another(role, as_role, world, account):
    """Also to whoever reads every agreement, and who is told of the own one all the same."""
    reader = as_role(role)
    account(Role.OFFICER)
    world.agreement_ends("officer", 10)
    assert "agreement" not in reader.get("/").text
    world.agreement_ends("officer", 300)
    world.agreement_ends(role.value, 10)
    assert "agreement ends on" in reader.get("/").text


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DIRECTOR])
def test_keepers_see_what_is_due_in_figures_with_the_way_there(
    role, administrator, director, as_role, account, world, police_agency
):
    opener = {Role.ADMINISTRATOR: "director", Role.DIRECTOR: "administrator"}[role]
    opened(world.user(opener), Role.CAPTAIN, police_agency, "captain")
    account(Role.OUTREACH)
    world.agreement_ends("outreach", 20)
    lock("outreach")
    page = as_role(role).get("/")
    due = page.context["accounts_due"]
    figures = {name: len(getattr(due, name)) for name in ("parties", "mine", "others", "locked")}
    assert figures == {"parties": 1, "mine": 1, "others": 0, "locked": 1}
    assert 'href="/administration/#agreements"' in page.text
    assert 'href="/administration/#mine"' in page.text


def test_nobody_else_sees_the_figures(as_role):
    for role in (Role.OUTREACH, Role.OFFICER, Role.AUDITOR):
        assert "accounts_due" not in as_role(role).get("/").context
