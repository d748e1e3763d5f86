"""What is due: agreements that end, roles to certify, accounts asleep, names locked, the crew."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.models import Membership
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.services import account_open, membership_certify
from ceasefire.access.sign_in import lockout
from ceasefire.administration import crew, selectors
from ceasefire.administration.selectors import may_certify
from tests.conftest import PASSWORD

PAGE = reverse("administration:accounts")
DAY = "%-d %b %Y"


def day(days):
    return f"{timezone.localdate() + timedelta(days=days):{DAY}}"


def opened(by, role, agency, username="new"):
    """Somebody's account, opened by this person."""
    with identity.acting(actor_of_user(by), Room.ACCOUNT):
        return account_open(
            username=username, password=PASSWORD, display_name=f"New {username}", role=role,
            agency=agency, starts=timezone.localdate(),
        )  # fmt: skip


def lock(username):
    with identity.outside_rooms():
        cache.set(lockout._lock(username), True, 900)


def test_when_nothing_is_due_the_page_says_so(administrator, director):
    text = administrator.get(PAGE).text
    assert "Nothing is due" in text
    assert "<table" not in text


@pytest.mark.parametrize(
    ("days", "words"),
    [(90, "ends in 90 days"), (1, "ends in 1 day"), (0, "ends today"), (-3, "Closing: read and")],
)
def test_an_agreement_that_ends_or_closes_is_due_with_the_day_nothing_opens(
    administrator, account, world, days, words
):
    account(Role.OUTREACH)
    world.agreement_ends("outreach", days)
    text = administrator.get(PAGE).text
    assert words in text
    assert day(days + 61) in text


def test_an_agreement_that_runs_on_is_not_due(administrator, account, world):
    account(Role.OUTREACH)
    world.agreement_ends("outreach", 91)
    assert "Rivermouth community" not in administrator.get(PAGE).text


def test_people_without_an_agreement_are_due_and_an_agency_without_people_is_history(
    administrator, account, world
):
    account(Role.OUTREACH)
    world.agreement_ends("outreach", -61)
    assert "Rivermouth community" in administrator.get(PAGE).text
    Membership.objects.filter(user__username="outreach").update(
        ended_at=timezone.now(), ended_because="left"
    )
    assert "Rivermouth community" not in administrator.get(PAGE).text


def test_a_role_waits_for_whoever_has_neither_got_nor_opened_it(
    administrator, director, world, police_agency
):
    opened(world.user("administrator"), Role.CAPTAIN, police_agency)
    own, other = administrator.get(PAGE), director.get(PAGE)
    assert [p.user.username for p in own.context["due"].others] == ["new"]
    assert [p.user.username for p in other.context["due"].mine] == ["new"]
    assert "another administrator or the director certifies them" in own.text
    assert "certified it." in other.text


def test_a_certificate_is_due_thirty_days_before_it_runs_out(administrator, account, world):
    account(Role.OUTREACH)
    for days, due in ((31, False), (30, True), (0, True)):
        world.certified_for("outreach", days)
        names = [p.user.username for p in administrator.get(PAGE).context["due"].run_out]
        assert names == (["outreach"] if due else [])
    world.certified_for("outreach", -1)
    assert [p.user.username for p in administrator.get(PAGE).context["due"].mine] == ["outreach"]


def test_sleeping_accounts_and_locked_names_are_listed(administrator, account, world):
    account(Role.OUTREACH)
    account(Role.OFFICER)
    world.asleep("outreach")
    lock("officer")
    page = administrator.get(PAGE)
    assert [p.user.username for p in page.context["due"].asleep] == ["outreach"]
    assert [p.user.username for p in page.context["due"].locked] == ["officer"]
    assert "Accounts asleep" in page.text
    assert "Names locked" in page.text


def test_a_page_costs_the_same_queries_however_many_people_there_are(
    administrator, director, account, world, police_agency, django_assert_max_num_queries
):
    for number in range(12):
        opened(world.user("administrator"), Role.OFFICER, police_agency, f"officer-{number}")
    for name in ("accounts", "people", "agencies", "roles"):
        with django_assert_max_num_queries(32):
            assert director.get(reverse(f"administration:{name}")).status_code == 200
    with django_assert_max_num_queries(34):
        director.get("/")


def test_the_smallest_crew_of_three_can_renew_every_certificate_and_two_cannot(
    administrator, director, world
):
    """Decision by trying: the first administrator opens the director, who opens a second one."""
    first, head = world.user("administrator"), world.user("director")
    agency = world.held("administrator").agency
    Membership.objects.filter(user=head).update(opened_by=first)
    keepers = [first, head]

    def without_a_certifier():
        roles = [Membership.objects.get(user=user) for user in keepers]
        actors = [actor_of_user(user) for user in keepers]
        return [
            held.user for held in roles if not any(may_certify(actor, held) for actor in actors)
        ]

    assert without_a_certifier() == [head]
    second = opened(head, Role.ADMINISTRATOR, agency)
    with identity.acting(actor_of_user(first), Room.ACCOUNT):
        membership_certify(membership=second.memberships.get(), today=timezone.localdate())
    keepers.append(second)
    assert len(keepers) == crew.KEEPING.people
    assert without_a_certifier() == []


def test_the_page_of_roles_says_how_many_people_are_missing(administrator, director):
    roles = reverse("administration:roles")
    page = administrator.get(roles)
    assert page.context["missing"] == 1
    assert "1 more person is needed" in page.text
    assert "Keeps accounts and the machine; sees no content of any room." in page.text
    assert "1 more person is needed" in administrator.get(PAGE).text


def test_people_who_keep_nothing_see_no_person(account, office):
    actor = actor_of_user(account(Role.OUTREACH))
    with identity.acting(actor, Room.ACCOUNT):
        assert selectors.people() == []
