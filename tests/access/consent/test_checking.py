"""Who may be told what: each rule of a consent, at both walls, and against a plain model of it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access import consent, identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.consent.links import Link, LinkClosed, opened
from ceasefire.access.consent.models import Consent, ConsentNotice
from ceasefire.access.consent.services import consent_revoke
from ceasefire.access.consent.standing import opens
from ceasefire.access.explaining import explain
from ceasefire.access.partitions import Room
from ceasefire.access.roles import HELD_AT, Role
from ceasefire.access.services import agency_record
from tests.access.consent.conftest import KEY
from tests.house import CasePlan
from tests.walls import as_owner, shows

TODAY = date.today()


def allowed(people, agencies, who, scope="plan", *, discloser="owner", recipient="partner"):
    with identity.acting(people[who]):
        return consent.allows(
            KEY, scope, discloser=agencies[discloser].pk, recipient=agencies[recipient].pk
        )


def plans(actor) -> list[str]:
    """What a reader gets through the policies."""
    with identity.acting(actor, Room.SERVICES):
        return list(CasePlan.objects.values_list("words", flat=True))


def raw_plans(actor) -> list[str]:
    """What a reader gets with raw SQL."""
    with identity.acting(actor, Room.SERVICES), connection.cursor() as cursor:
        cursor.execute("SELECT words FROM services.house_caseplan")
        return [words for (words,) in cursor]


def test_c13_a_consent_opens_just_its_scope_to_just_its_recipient(people, agencies, say, plan):
    assert plans(people["partner"]) == raw_plans(people["partner"]) == []
    say()
    for who in ("owner", "partner"):
        assert plans(people[who]) == raw_plans(people[who]) == ["the plan"]
        assert allowed(people, agencies, who)
        assert not allowed(people, agencies, who, "attendance")
    for who in ("outsider", "police"):
        assert plans(people[who]) == raw_plans(people[who]) == []
        assert not allowed(people, agencies, who)


def test_c13_attendance_alone_does_not_open_the_plan(people, agencies, say, plan):
    say(scopes=["attendance"])
    assert allowed(people, agencies, "partner", "attendance")
    assert not allowed(people, agencies, "partner", "plan")
    assert plans(people["partner"]) == raw_plans(people["partner"]) == []


@pytest.fixture
def no_row_security(transactional_db):
    """As if the second wall had a hole in this table."""
    with as_owner() as owner:
        owner.execute("ALTER TABLE services.house_caseplan DISABLE ROW LEVEL SECURITY")
        yield
        owner.execute("ALTER TABLE services.house_caseplan ENABLE ROW LEVEL SECURITY")


def test_c13_the_first_wall_alone_holds_too(no_row_security, people, say, plan):
    assert raw_plans(people["outsider"]) == ["the plan"]
    assert plans(people["partner"]) == []
    say()
    assert plans(people["partner"]) == ["the plan"]
    for who in ("outsider", "police"):
        assert plans(people[who]) == []


def test_c13_what_is_opened_is_read_and_never_changed(people, say, plan):
    say()
    with identity.acting(people["partner"], Room.SERVICES), connection.cursor() as cursor:
        cursor.execute("UPDATE services.house_caseplan SET words = 'x'")
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM services.house_caseplan")
        assert cursor.rowcount == 0
        cursor.execute("SELECT id FROM services.access_consent")
        assert cursor.fetchall() == []


def test_c13_a_consent_recorded_elsewhere_opens_nothing_of_this_file(people, agencies, plan):
    """Another organisation cannot write itself a paper for somebody else's client."""
    from ceasefire.access.consent.services import consent_record

    with identity.acting(people["outsider"], Room.SERVICES):
        consent_record(
            person=KEY, scopes=["plan"], purpose="x", answer="agreed", voice="person",
            given_on=TODAY, expires_on=TODAY, method="paper", signature="forged",
            recipient=agencies["partner"],
        )  # fmt: skip
    assert plans(people["partner"]) == raw_plans(people["partner"]) == []
    assert not allowed(people, agencies, "partner")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"expires_on": None}, "expires_on"),
        ({"expires_on": date(TODAY.year + 2, 1, 1)}, "expires_on"),
        ({"signature": ""}, "signature"),
        ({"method": "spoken"}, "witness"),
        ({"method": ""}, "method"),
        ({"purpose": " "}, "purpose"),
        ({"scopes": []}, "scopes"),
        ({"recipient": None}, "recipient"),
        ({"recipient_outside": "Also somebody"}, "recipient"),
        ({"to": "owner"}, "recipient"),
        ({"to": "probation"}, "scopes"),
        ({"to": "bureau", "scopes": ["engaged"]}, "recipient"),
        ({"given_on": TODAY + timedelta(days=2)}, "given_on"),
    ],
)
def test_c13_what_a_consent_cannot_leave_out_is_named_at_its_field(say, change, told):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError) as refusal:
        say(**change)
    assert told in refusal.value.message_dict


AT_SQL = {
    "consent_ends_within_twelve_months": "expires_on = given_on + 367",
    "consent_is_signed_or_witnessed": "signature = NULL",
    "consent_has_one_recipient": "recipient_id = NULL",
    "consent_tells_somebody_else": "recipient_id = discloser_id",
    "consent_says_what_it_covers": "scopes = '{}'",
    "consent_names_a_person": "person_key = 'A. Client'",
    "consent_taken_back_says_how": "revoked_at = now()",
    "a_guardian_speaks_for_a_minor": "voice = 'guardian'",
}


@pytest.mark.parametrize("name", AT_SQL)
@pytest.mark.django_db(transaction=True)
def test_c13_the_database_refuses_a_consent_that_lacks_something(say, name):
    say()
    with as_owner() as owner, pytest.raises(Exception, match=name):
        owner.execute(f"UPDATE services.access_consent SET {AT_SQL[name]}")


def test_c13_what_was_signed_is_never_written_anew(people, say):
    said = say()
    with (
        identity.acting(people["owner"], Room.SERVICES),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        Consent.objects.filter(pk=said.pk).update(expires_on=TODAY + timedelta(days=300))


def test_c13_signature_purpose_and_outside_recipient_are_sealed(say, people):
    said = say(to=None, recipient_outside="Dr. Outside")
    with identity.acting(people["owner"], Room.SERVICES), connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM services.access_consent AS c")
        (row,) = cursor.fetchone()
    assert not [word for word in ("Client", "together", "Outside") if shows(row, word)]
    with identity.acting(people["owner"], Room.SERVICES):
        kept = Consent.objects.get(pk=said.pk)
        assert (kept.signature, kept.recipient_outside) == ("A. Client", "Dr. Outside")


@pytest.mark.parametrize("role", list(Role))
def test_c13_law_enforcement_and_those_who_see_numbers_hear_no_even_where_the_paper_names_them(
    role, people, agencies, say, account
):
    """A paper may name their agency; what crosses then goes through a door, and no cell opens."""
    kind = HELD_AT[role][0]
    with identity.acting(identity.OPERATOR):
        agency = agencies["named"] = agency_record(name="Named", kind=kind)
    say(to="named", scopes=["engaged"])
    people["reader"] = actor_of_user(account(role, agency, username="reader"))
    hears = {Role.OUTREACH, Role.CASE_MANAGER, Role.VICTIM_SERVICES, Role.DIRECTOR,
             Role.OVP_COORDINATOR}  # fmt: skip
    told = allowed(people, agencies, "reader", "engaged", recipient="named")
    with identity.acting(people["reader"]), connection.cursor() as cursor:
        cursor.execute("SELECT wall.consented(%s, 'engaged', %s, %s)",
                       [KEY, agencies["owner"].pk, agency.pk])  # fmt: skip
        assert told == cursor.fetchone()[0] == (role in hears)


def test_c13_nobody_but_the_two_agencies_is_answered(people, agencies, say):
    say()
    with identity.acting(people["outsider"]), connection.cursor() as cursor:
        cursor.execute("SELECT wall.consented(%s, 'plan', %s, %s)",
                       [KEY, agencies["owner"].pk, agencies["partner"].pk])  # fmt: skip
        assert cursor.fetchone() == (False,)
    for who in ("outsider", "partner", "police"):
        asked = "SELECT * FROM wall.consents_standing('plan', %s, NULL)"
        with (
            identity.acting(people[who], Room.SERVICES),
            connection.cursor() as cursor,
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            cursor.execute(asked, [agencies["partner"].pk])


def test_an_undeclared_scope_is_an_error_and_never_a_yes(people, agencies):
    with pytest.raises(consent.UnknownScope, match="everything"):
        allowed(people, agencies, "partner", "everything")


def test_c14_expiry_closes_at_the_end_of_the_last_day(people, agencies, say, plan):
    long_ago = TODAY - timedelta(days=30)
    say(given_on=long_ago, expires_on=TODAY - timedelta(days=2))
    assert not allowed(people, agencies, "partner")
    say(given_on=long_ago, expires_on=TODAY + timedelta(days=1))
    assert allowed(people, agencies, "partner")


def test_c14_revocation_closes_the_next_request_and_tells_the_discloser(
    people, agencies, say, plan
):
    said = say()
    assert plans(people["partner"]) == ["the plan"]
    with identity.acting(people["owner"], Room.SERVICES):
        assert consent_revoke(consent=said, how="phone")
        assert not consent_revoke(consent=said, how="phone")
        assert ConsentNotice.objects.get().agency_id == agencies["owner"].pk
    assert plans(people["partner"]) == raw_plans(people["partner"]) == []
    assert not allowed(people, agencies, "partner")
    with identity.acting(people["partner"], Room.SERVICES):
        assert not ConsentNotice.objects.exists()


def test_c14_what_was_taken_back_never_stands_again(people, say):
    said = say()
    with identity.acting(people["owner"], Room.SERVICES):
        consent_revoke(consent=said, how="in_person")
        with pytest.raises(IntegrityError, match="stays taken back"), transaction.atomic():
            Consent.objects.filter(pk=said.pk).update(
                revoked_at=None, revoked_by=None, revoked_how=""
            )


def test_c14_a_signed_link_asks_again_at_each_opening(people, agencies, say):
    said = say()
    token = Link(KEY, "plan", agencies["owner"].pk, agencies["partner"].pk).token
    with identity.acting(people["partner"], Room.SERVICES):
        assert opened(token).person == KEY
        with pytest.raises(LinkClosed):
            opened(token + "x")
    with identity.acting(people["outsider"], Room.SERVICES), pytest.raises(LinkClosed):
        opened(token)
    with identity.acting(people["owner"], Room.SERVICES):
        consent_revoke(consent=said, how="letter")
    with identity.acting(people["partner"], Room.SERVICES), pytest.raises(LinkClosed):
        opened(token)


def test_c15_a_minor_s_yes_needs_a_guardian_s_and_a_refusal_by_either_closes(people, agencies, say):
    say(guardian_needed=True)
    assert not allowed(people, agencies, "partner")
    say(voice="guardian", signature="A. Parent")
    assert allowed(people, agencies, "partner")
    no = say("declined", "guardian")
    assert not allowed(people, agencies, "partner")
    say(guardian_needed=True)
    assert not allowed(people, agencies, "partner"), "a minor's new yes does not outweigh it"
    with identity.acting(people["owner"], Room.SERVICES):
        consent_revoke(consent=no, how="in_person")
    assert allowed(people, agencies, "partner")


def test_c15_a_later_yes_of_the_same_voice_ends_a_refusal(people, agencies, say):
    say("declined")
    assert not allowed(people, agencies, "partner")
    say()
    assert allowed(people, agencies, "partner")
    say("declined")
    assert not allowed(people, agencies, "partner")


VOICES = st.sampled_from(["person", "guardian"])
ACTS = st.tuples(
    st.sampled_from(["agreed", "declined", "revoke"]),
    VOICES,
    st.booleans(),
    st.sampled_from([-2, 0, 5]),
    st.sampled_from(["partner", "outsider"]),
    st.sampled_from([("plan",), ("attendance",), ("attendance", "plan")]),
)


def expected(said: list[dict], recipient: str, scope: str) -> bool:
    """The rule in plain words, over what was said, the earliest first."""
    papers = [one for one in said if one["to"] == recipient and scope in one["scopes"]]
    papers = [one for one in papers if not one["revoked"]]

    def agrees(one):
        return one["answer"] == "agreed" and one["days"] >= 0

    def voice_says_yes(voice):
        own = [one for one in papers if one["voice"] == voice]
        own = [one for one in own if agrees(one) or one["answer"] == "declined"]
        return bool(own) and own[-1]["answer"] == "agreed"

    minor = any(one["minor"] for one in papers if agrees(one) or one["answer"] == "declined")
    return voice_says_yes("person") and (not minor or voice_says_yes("guardian"))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(ACTS, max_size=7))
def test_c13_whatever_is_said_in_whatever_order_the_walls_follow_the_rule(
    people, agencies, say, plan, acts
):
    said: list[dict] = []
    with transaction.atomic():
        for answer, voice, minor, days, to, scopes in acts:
            if answer == "revoke":
                if said and not said[-1]["revoked"]:
                    with identity.acting(people["owner"], Room.SERVICES):
                        consent_revoke(consent=said[-1]["row"], how="phone")
                    said[-1]["revoked"] = True
                continue
            row = say(
                answer, voice, to=to, scopes=list(scopes), guardian_needed=minor,
                given_on=TODAY - timedelta(days=9), expires_on=TODAY + timedelta(days=days),
            )  # fmt: skip
            said.append({"row": row, "answer": answer, "voice": voice, "days": days, "to": to,
                         "minor": minor or voice == "guardian", "scopes": scopes,
                         "revoked": False})  # fmt: skip
        with identity.acting(people["owner"], Room.SERVICES):
            papers = list(Consent.objects.filter(person_key=KEY))
        for paper in papers:
            to = next(name for name, one in agencies.items() if one.pk == paper.recipient_id)
            shown = paper.is_live(TODAY) and all(
                expected(said, to, scope) for scope in paper.scopes
            )
            assert opens(paper, papers, TODAY) == shown
        for who in ("partner", "outsider"):
            for scope in ("plan", "attendance"):
                right = expected(said, who, scope)
                assert allowed(people, agencies, who, scope, recipient=who) == right
            right = ["the plan"] if expected(said, who, "plan") else []
            assert plans(people[who]) == raw_plans(people[who]) == right
        assert plans(people["police"]) == raw_plans(people["police"]) == []
        transaction.set_rollback(True)


def test_a_file_s_readers_are_found_by_index(people, agencies, plan):
    """Both ways in serve an index: the own agency's rows, and the people who agreed."""
    with identity.acting(people["partner"], Room.SERVICES), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT * FROM services.house_caseplan")
        told = "\n".join(line for (line,) in cursor)
    assert "BitmapOr" in told
    assert "Seq Scan on house_caseplan" not in told


def test_explaining_says_that_an_opened_row_is_read_and_not_changed(people, say, plan):
    asked = f"house.caseplan:{plan.pk}"
    assert not explain(asked, people["partner"]).yes
    say()
    told = explain(asked, people["partner"])
    assert told.yes
    assert "This person may not change it." in told.because
    assert "This person may change it." in explain(asked, people["owner"]).because


def test_c14_nobody_makes_a_notice_of_another_organisation_s_consent(people, agencies, say):
    """One that was there already would keep its own organisation from taking the consent back."""
    held = say()
    for number in (held.pk, 10**9):
        with (
            identity.acting(people["partner"], Room.SERVICES),
            pytest.raises(ProgrammingError, match="belongs to the organisation of its consent"),
            transaction.atomic(),
        ):
            ConsentNotice.objects.create(consent_id=number, agency=agencies["partner"])
    with identity.acting(people["owner"], Room.SERVICES):
        assert consent_revoke(consent=held, how="phone")
        assert ConsentNotice.objects.get().agency_id == agencies["owner"].pk
