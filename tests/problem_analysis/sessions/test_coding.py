"""Sessions and codes: what the verbs and the database hold to."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from ceasefire.access import identity, names
from ceasefire.access.models import Agency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.access.roles import Role
from ceasefire.access.services import agency_record
from ceasefire.problem_analysis.sessions import selectors, services
from ceasefire.problem_analysis.sessions.models import (
    Attendee,
    Code,
    Contest,
    Guest,
    Listed,
    Session,
    Settlement,
)
from tests.problem_analysis.sessions.conftest import CODE, DAY, NOT, TODAY, code, plan
from tests.registry.affiliations.conftest import source
from tests.threads import together

SETTLE = {one: CODE[one] for one in ("involvement", "basis", "motivated", "circumstance")}


def settle(listed, **more):
    return services.code_settle(listed=listed, words="Both reports were read.", **SETTLE | more)


def test_the_share_for_a_second_coder_is_drawn_once_and_the_same_for_the_same_seed(review, being):
    with being("analyst"):
        drawn = set(Listed.objects.filter(second_due=True).values_list("incident", flat=True))
        assert len(drawn) == 3
        services.session_open(session=review)
        again = plan(title="Again")
        services.session_open(session=again)
        other = plan(title="Other", seed=8)
        services.session_open(session=other)
        told = [
            set(one.listed.filter(second_due=True).values_list("incident", flat=True))
            for one in (again, other)
        ]
    assert told[0] == drawn
    assert told[1] != drawn


def test_a_plan_is_made_once_and_its_window_has_a_first_and_a_last_day(review, being):
    with being("analyst"):
        assert plan() == review
        for wrong in (
            {"window_start": None}, {"window_end": TODAY - 90 * DAY}, {"share": 101},
            {"agenda": " "},
        ):  # fmt: skip
            with pytest.raises(ValidationError):
                plan(title="Wrong", **wrong)


def test_a_window_without_a_shooting_is_not_opened(review, being):
    with being("analyst"):
        empty = plan(title="Empty", window_start=TODAY - DAY, window_end=TODAY)
        with pytest.raises(ValidationError, match="No shooting of these days"):
            services.session_open(session=empty)


def test_c29_the_second_coder_does_not_see_the_first_code_until_the_own_is_in(due, being):
    with being("officer"):
        first = code(due)
        assert Code.objects.get() == first
    with being("analyst"):
        assert not Code.objects.exists()
        with connection.cursor() as cursor:  # the second wall, by itself
            cursor.execute("SELECT count(*) FROM problem_analysis_code")
            assert cursor.fetchone() == (0,)
        due.refresh_from_db()
        assert due.codes_in == 1
        code(due, **NOT)
        assert Code.objects.count() == 2
    with being("captain"):
        assert Code.objects.count() == 2


def test_where_one_code_is_due_it_is_seen_at_once_and_no_second_is_taken(once, being):
    with being("officer"):
        code(once)
    with being("analyst"):
        assert Code.objects.count() == 1
        with pytest.raises(ValidationError, match="meanwhile"):
            code(once)


def test_nobody_is_the_own_second_coder(due, being):
    with being("officer"):
        held = code(due)
        assert code(due) == held
        with pytest.raises(ValidationError, match="somebody else"):
            code(due, **NOT)
        assert Code.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"basis": ""}, "basis"),
        ({"involvement": "undetermined"}, "basis"),
        ({"involvement": "confirmed"}, "rests_on"),
        ({"involvement": "not", "basis": "", "motivated": "yes"}, "motivated"),
        ({"circumstance_2": "retaliation"}, "circumstance_2"),
        ({"words": "They are members of the mosque."}, "words"),
    ],
)
def test_a_code_that_cannot_be_is_refused_at_its_field(once, being, wrong, field):
    with being("officer"):
        with pytest.raises(ValidationError) as refusal:
            code(once, **wrong)
        assert field in refusal.value.message_dict


@pytest.mark.parametrize(
    "wrong",
    [
        {"basis": ""}, {"involvement": "undetermined"}, {"involvement": "confirmed"},
        {"involvement": "not", "basis": "", "motivated": "yes"},
        {"circumstance_2": "retaliation"},
    ],
)  # fmt: skip
def test_c39_the_database_refuses_it_too(once, being, wrong):
    with being("officer"), pytest.raises(DatabaseError), transaction.atomic():
        Code.objects.create(listed=once, **CODE | wrong)


def test_a_code_rests_on_a_source_of_the_register_or_on_a_report(review, policy, being):
    with being("analyst"):
        first, second = Listed.objects.filter(second_due=False)[:2]
        cited = source()
        confirmed = {"involvement": "confirmed", "rests_on": cited.number.lower()}
        assert code(first, **confirmed).source == cited
        assert code(second, **confirmed | {"rests_on": "26-0412"}).source is None


def test_codes_that_differ_are_contested_and_settled_by_neither_coder(differ, review, being):
    assert differ.contested
    for coder in ("officer", "analyst"):
        with being(coder), pytest.raises(ValidationError, match="has not coded"):
            settle(differ)
    with being("captain"):
        assert list(selectors.contested(review)) == [differ]
        settle(differ)
        assert settle(differ) == Settlement.objects.get()
        assert not selectors.contested(review).exists()
        assert Code.objects.count() == 2
        (given,) = selectors.codes_of(review).given
        assert (given.how, given.involvement) == ("settled", "suspected")


def test_an_agreed_code_is_contested_afterwards_and_settled_again(once, review, being):
    with being("officer"):
        code(once)
    with being("analyst"):
        for _twice in range(2):
            services.code_contest(listed=once, reason="The report was withdrawn.")
        assert Contest.objects.count() == 1
        assert selectors.codes_of(review).contested == 1
    with being("captain"):
        settle(once, involvement="undetermined", basis="")
        assert selectors.share(selectors.codes_of(review)).undetermined == 1
        with pytest.raises(ValidationError, match="Nothing is contested"):
            settle(once)


def test_what_nobody_has_coded_and_what_is_blind_cannot_be_contested(due, once, being):
    with being("officer"):
        code(due)
        for one in (due, once):
            with pytest.raises(ValidationError):
                services.code_contest(listed=one, reason="Wrong.")


def test_a_session_goes_from_planned_to_open_to_closed_and_stays_so(review, being):
    with being("analyst"):
        with pytest.raises(ValidationError, match="say why it closes"):
            services.session_close(session=review)
        for _twice in range(2):
            services.session_close(session=review, words="The window was too wide.")
        assert review.minutes["left"] == {"codes": 12, "second": 3, "contested": 0}
        assert review.minutes["accounts"] == []
        for state in ("planned", "open"):
            with pytest.raises(DatabaseError), transaction.atomic():
                Session.objects.filter(pk=review.pk).update(state=state)
        with pytest.raises(DatabaseError), transaction.atomic():
            Session.objects.filter(pk=review.pk).update(closing_words="Other words.")
        planned = plan(title="Later")
        with pytest.raises(DatabaseError), transaction.atomic():
            Session.objects.filter(pk=planned.pk).update(state="closed", minutes={})


def test_closing_freezes_codes_and_attendance_and_opens_what_was_blind(due, review, staff, being):
    with being("officer"):
        code(due)
    with being("analyst"):
        services.session_close(session=review, words="Time ran out.")
        assert Code.objects.count() == 1
        with pytest.raises(ValidationError, match="closed"):
            code(due)
        with pytest.raises(ValidationError, match="closed"):
            services.attendance_enter(session=review, username="officer")


def test_a_study_is_given_the_codes_of_closed_sessions_and_the_newest_of_each(
    once, differ, review, being
):
    window = (review.window_start, review.window_end)
    with being("officer"):
        code(once)
        assert selectors.codes(*window).given == []
    with being("analyst"):
        services.session_close(session=review, words="Enough.")
        told = selectors.codes(*window)
        assert [(one.incident_id, one.how) for one in told.given] == [(once.incident_id, "only")]
        assert (told.contested, told.uncoded) == (1, 10)
        later = plan(title="Later", on=TODAY, share=0)
        services.session_open(session=later)
        code(later.listed.get(incident=once.incident), **NOT)
        services.session_close(session=later, words="One alone.")
        assert [one.involvement for one in selectors.codes(*window).given] == ["not"]


def test_the_share_of_shootings_with_a_group_is_told_of_determinations_and_of_all(review, being):
    said = [CODE, NOT, NOT, CODE | {"involvement": "undetermined", "basis": ""}]
    with being("officer"):
        for listed, told in zip(Listed.objects.filter(second_due=False), said, strict=False):
            code(listed, **told)
        share = selectors.share(selectors.codes_of(review))
    assert (share.involved, share.determined, share.shootings) == (1, 3, 12)
    assert share.of_determined == pytest.approx(1 / 3)
    assert share.of_all == pytest.approx(1 / 12)


def test_a_shooting_that_is_withheld_meanwhile_is_given_to_no_study(once, review, being):
    with being("officer"):
        code(once)
    identity_of = once.incident_id
    from django.utils import timezone

    from ceasefire.registry.models import Incident

    Incident.objects.filter(pk=identity_of).update(withheld_at=timezone.now(), review_due=TODAY)
    with being("officer"):
        assert selectors.codes_of(review).given == []


def test_law_enforcement_attends_and_nobody_else(review, staff, being):
    with being("analyst"):
        for _twice in range(2):
            services.attendance_enter(session=review, username="probation")
        assert Attendee.objects.get().agency.kind == "probation"
        for other in ("outreach", "director", "nobody"):
            with pytest.raises(ValidationError, match="No account of law enforcement"):
                services.attendance_enter(session=review, username=other)
        assert Attendee.objects.count() == 1


def test_the_chair_attests_who_is_present_without_an_account_and_the_name_is_sealed(review, being):
    with identity.acting(identity.OPERATOR):
        neighbour = agency_record(name="Eastbank Police", kind=Agency.Kind.NEIGHBOUR_POLICE)
        outreach = agency_record(name="Lantern", kind=Agency.Kind.COMMUNITY)
    told = {"session": review, "name": "Rosa  Delgado", "token": uuid4()}
    with being("captain"), pytest.raises(NotPermitted):
        services.guest_attest(agency=neighbour, **told)
    with being("analyst"):
        for _twice in range(2):
            made = services.guest_attest(agency=neighbour, **told)
        assert Guest.objects.count() == 1
        assert names.read([made])[made.pk].name == "Rosa Delgado"
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("SELECT name FROM problem_analysis_guest")
        with pytest.raises(ValidationError):
            services.guest_attest(agency=outreach, **told | {"token": uuid4()})


def test_c08_nobody_reads_a_session_who_has_not_said_what_for(review, staff):
    with identity.acting(staff["analyst"]):
        assert not Session.objects.exists()


@pytest.mark.parametrize("name", ["director", "outreach"])
def test_c17_outside_law_enforcement_nobody_reads_or_writes_anything_of_a_session(
    review, being, name
):
    with being(name, Room.INVESTIGATIVE):
        assert not Session.objects.exists()
        with pytest.raises(NotPermitted):
            plan(title="Other")


def test_a_neighbouring_police_officer_reads_none_of_it(once, review, being, account, why):
    from ceasefire.access.asking import actor_of_user
    from ceasefire.access.purposes.services import stating

    with identity.acting(identity.OPERATOR):
        eastbank = agency_record(name="Eastbank Police", kind=Agency.Kind.NEIGHBOUR_POLICE)
    neighbour = actor_of_user(account(Role.OFFICER, agency=eastbank, username="neighbour"))
    with being("officer"):
        code(once)
    with identity.acting(neighbour), stating(why):
        assert not Session.objects.exists()
        assert not Code.objects.exists()
        with pytest.raises(NotPermitted):
            code(once)


def test_an_officer_codes_and_plans_nothing(review, being):
    with being("officer"), pytest.raises(NotPermitted):
        plan(title="Other")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_code_a_shooting_at_once_one_does(once, staff, why):
    told = together(*[(staff[who], lambda: _stated(why, once)) for who in ("officer", "captain")])
    assert sorted(type(one).__name__ for one in told) == ["Code", "ValidationError"]


@pytest.mark.django_db(transaction=True)
def test_two_coders_of_a_shooting_that_wants_two_save_at_once_and_both_stand(due, staff, why):
    told = together(*[(staff[who], lambda: _stated(why, due)) for who in ("officer", "captain")])
    assert [type(one).__name__ for one in told] == ["Code", "Code"]
    assert {one.nth for one in told} == {1, 2}
    with identity.acting(staff["analyst"]):
        from ceasefire.access.purposes.services import stating

        with stating(why):
            assert set(Code.objects.values_list("blind", flat=True)) == {False}


@pytest.mark.django_db(transaction=True)
def test_a_code_saved_while_the_session_closes_is_in_or_refused_and_never_blind(
    due, review, staff, why
):
    from ceasefire.access.purposes.services import stating

    def close():
        with stating(why):
            services.session_close(session=review, words="Time ran out.")

    saved, closed = together(
        (staff["officer"], lambda: _stated(why, due)), (staff["analyst"], close)
    )
    assert closed is None
    with identity.acting(staff["captain"]), stating(why):
        assert Code.objects.filter(blind=False).count() == isinstance(saved, Code)
        assert Session.objects.get(pk=review.pk).state == "closed"
    assert isinstance(saved, Code | ValidationError)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_settle_at_once_one_does(differ, staff, why):
    from ceasefire.access.purposes.services import stating

    def settled():
        with stating(why):
            return settle(differ)

    told = together((staff["captain"], settled), (staff["captain2"], settled))
    assert sorted(type(one).__name__ for one in told) == ["Settlement", "ValidationError"]


def _stated(why, listed):
    from ceasefire.access.purposes.services import stating

    with stating(why):
        return code(listed)
