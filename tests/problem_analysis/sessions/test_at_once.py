"""Several people at once in one session, and one person in two windows: one safe outcome each."""

from collections import Counter
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

from ceasefire.access import identity
from ceasefire.access.purposes.services import stating
from ceasefire.problem_analysis.sessions import selectors, services
from ceasefire.problem_analysis.sessions.auditing import Said, group_walk
from ceasefire.problem_analysis.sessions.models import (
    Attendee,
    Code,
    Guest,
    Listed,
    Session,
    Walked,
)
from ceasefire.registry.groups.selectors import picture_of
from tests.problem_analysis.sessions.conftest import NOT, code, plan, stated
from tests.threads import together

pytestmark = pytest.mark.django_db(transaction=True)


def _all_of(review) -> list[Exception]:
    """Code whatever waits, one after another, as somebody at the page does."""
    refused = []
    while one := selectors.mine_to_code(review).first():
        try:
            code(one)
        except ValidationError as refusal:
            refused.append(refusal)
    return refused


def test_two_coders_walk_the_same_session_and_each_shooting_has_the_codes_it_wants(
    review, staff, why
):
    told = together(*[(staff[who], stated(why, _all_of, review)) for who in ("officer", "captain")])
    refused = [str(one) for each in told for one in each]
    assert all("meanwhile" in one for one in refused)
    with identity.acting(staff["analyst"]), stating(why):
        wanted = {one.pk: 1 + one.second_due for one in Listed.objects.all()}
        assert Counter(Code.objects.values_list("listed", flat=True)) == wanted
        assert not selectors.contested(review).exists()


@pytest.mark.parametrize("which", ["once", "due"])
def test_the_same_person_codes_the_same_in_two_windows_and_it_is_one_code(
    request, which, staff, why
):
    listed = request.getfixturevalue(which)
    told = together(*[(staff["officer"], stated(why, code, listed))] * 2)
    assert told[0] == told[1]
    assert isinstance(told[0], Code)


def test_the_same_person_codes_differently_in_two_windows_and_one_code_stands(due, staff, why):
    told = together(
        (staff["officer"], stated(why, code, due)),
        (staff["officer"], stated(why, code, due, **NOT)),
    )
    assert sorted(type(one).__name__ for one in told) == ["Code", "ValidationError"]
    assert "You have coded this shooting" in str(told)
    with identity.acting(staff["officer"]), stating(why):
        assert Code.objects.count() == 1


def test_two_open_a_session_at_once_and_its_list_is_drawn_once(shot, rivermouth, being, staff, why):
    with being("analyst"):
        made = plan()
    told = together(
        *[(staff[who], stated(why, services.session_open, session=made))
          for who in ("analyst", "captain")]
    )  # fmt: skip
    assert told == [None, None]
    with being("analyst"):
        assert Listed.objects.count() == 12
        assert Listed.objects.filter(second_due=True).count() == 3


def test_a_session_is_opened_and_closed_at_once_and_closes_only_after_it_opened(
    shot, rivermouth, being, staff, why
):
    with being("analyst"):
        made = plan()
    opened, closed = together(
        (staff["analyst"], stated(why, services.session_open, session=made)),
        (staff["captain"], stated(why, services.session_close, session=made, words="Enough.")),
    )
    assert opened is None
    assert closed is None or "open it first" in str(closed)
    with being("analyst"):
        assert Session.objects.get().state == ("open" if closed else "closed")
        assert Listed.objects.count() == 12


def test_two_close_a_session_at_once_and_its_minutes_are_written_once(review, being, staff, why):
    told = together(
        *[(staff[who], stated(why, services.session_close, session=review, words=who))
          for who in ("analyst", "captain")]
    )  # fmt: skip
    assert told == [None, None]
    with being("analyst"):
        assert (
            Session.objects.get().closed_by_id == staff[Session.objects.get().closing_words].user_id
        )


def test_a_plan_somebody_attending_and_a_guest_sent_twice_at_once_are_one_each(
    review, police_agency, being, staff, why
):
    analyst = staff["analyst"]
    planned = together(*[(analyst, stated(why, plan, title="Another"))] * 2)
    assert planned[0] == planned[1]
    enter = stated(why, services.attendance_enter, session=review, username="probation")
    attest = stated(
        why, services.guest_attest, session=review, name="Rosa Delgado", agency=police_agency,
        token=UUID(int=7),
    )  # fmt: skip
    for verb in (enter, attest):
        one, other = together((analyst, verb), (analyst, verb))
        assert one == other
        assert isinstance(one, Attendee | Guest)


def test_two_say_different_things_of_a_group_at_once_and_the_second_is_told(
    audit, group, being, staff, why
):
    walks = [
        stated(why, group_walk, session=audit, group=group, said=Said(size=size))
        for size in ((5, 9), (20, 40))
    ]
    told = together(*[(staff["analyst"], walk) for walk in walks])
    assert sorted(type(one).__name__ for one in told) == ["ValidationError", "Walked"]
    assert "meanwhile" in str(told)
    with being("analyst"):
        assert Walked.objects.count() == 1
        size = picture_of(group).newest["size"]
        assert (size.low, size.high) in ((5, 9), (20, 40))
