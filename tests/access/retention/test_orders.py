"""C28: an order is searched, sealed, carried out and certified within sixty days."""

import base64
import hashlib
import json
from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ceasefire.access import identity
from ceasefire.access.audit import seals
from ceasefire.access.consent.models import Consent
from ceasefire.access.consent.services import consent_record
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.access.retention import ledger, purging, selectors
from ceasefire.access.retention.holds import hold_end, hold_request
from ceasefire.access.retention.models import Frozen, Order
from ceasefire.access.retention.orders import (
    order_carry_out,
    order_counts,
    order_find,
    order_receive,
    order_return,
    order_seal,
    order_withdraw,
    orders_alarm,
)
from tests.access.retention.conftest import NAME, TODAY, as_, name_of
from tests.kept_house import Known, Participant, ParticipantToken, Sighting
from tests.walls import as_owner


def receive(people, by="analyst", days_ago=0):
    with as_(people[by]):
        return order_receive(
            kind=Order.Kind.EXPUNGE, court="Circuit Court", reference=f"26CR1, {NAME}",
            received_on=TODAY - timedelta(days_ago),
        )  # fmt: skip


def found(people, order, record, by="analyst", way=Frozen.Way.DESTROY):
    with as_(people[by]):
        order_find(order=order, label=record._meta.label_lower, number=record.pk, way=way)


def test_c28_an_order_from_its_intake_to_its_signed_return(people, suspect, sighting):
    one = suspect()
    sighting(one)
    order = receive(people)
    found(people, order, one)
    with as_(people["officer"]):
        assert not Known.objects.exists()
        assert not Sighting.objects.exists()
    with as_(people["analyst"]):
        order_seal(order=order)
        order_carry_out(order=order)
        assert order.state == "carried_out"
    with as_(people["captain"]):
        order_return(order=order)
    assert order.state == "returned"
    said = json.loads(order.return_text)
    assert {(d["what"], d["rows"]) for d in said["done"]} >= {
        ("house.known", 1), ("house.sighting", 1)
    }  # fmt: skip
    assert said["certified_by"] == people["captain"].name
    assert NAME.split()[0] not in order.return_text
    assert hashlib.sha256(order.return_text.encode()).hexdigest() == order.return_hash
    seals.key().public_key().verify(base64.b64decode(order.signature), order.return_text.encode())
    assert str(_reference(people, order)) == ("(destroyed)")
    assert len(ledger.marks()) == 2


def _reference(people, order):
    with as_(people["captain"]):
        return Order.objects.get(pk=order.pk).reference


def test_c28_searches_are_silent_from_day_0(people, client_file):
    client = client_file()
    order = receive(people, by="manager")
    found(people, order, client, by="manager")
    for actor in (people["manager"], people["second"], people["worker"], identity.OPERATOR):
        with as_(actor, Room.SERVICES), connection.cursor() as cursor:
            assert not Participant.objects.exists()
            assert not ParticipantToken.objects.exists()
            cursor.execute("SELECT count(*) FROM house_participant")
            assert cursor.fetchone() == (0,)


def test_c28_the_silent_tokens_of_a_destroyed_client_are_gone_too(
    transactional_db, people, client_file
):
    order = receive(people, by="manager")
    found(people, order, client_file(), by="manager")
    with as_(people["manager"]):
        order_seal(order=order)
        order_carry_out(order=order)
    with as_owner() as owner:
        assert owner.execute("SELECT count(*) FROM house_participanttoken").fetchone() == (0,)


def test_c28_day_45_alarms_and_day_61_is_a_breach_each_told_once(people):
    order = receive(people)

    def told(day):
        with as_(identity.OPERATOR):
            return orders_alarm(TODAY + timedelta(day))

    assert [told(44), told(45), told(46), told(60)] == [[], [(order.pk, False)], [], []]
    assert [told(61), told(62)] == [[(order.pk, True)], []]
    with as_(people["auditor"]):
        (open_order,) = selectors.orders_open()
        assert open_order.alarmed_at
        assert open_order.breached_at
        assert open_order.day(TODAY + timedelta(61)) == 61


def test_c28_a_returned_order_has_no_clock(people):
    order = receive(people, days_ago=70)
    with as_(people["analyst"]):
        order_seal(order=order)
        order_carry_out(order=order)
    with as_(people["captain"]):
        order_return(order=order)
    with as_(identity.OPERATOR):
        assert orders_alarm(TODAY) == []


def test_c28_who_took_an_order_in_does_not_certify_it(people):
    order = receive(people, by="captain")
    with as_(people["captain"]):
        order_seal(order=order)
        order_carry_out(order=order)
        with pytest.raises(NotPermitted):
            order_return(order=order)
    with as_(people["officer"]), pytest.raises((NotPermitted, ObjectDoesNotExist)):
        order_return(order=order)
    with as_(people["analyst"]), pytest.raises(NotPermitted):
        order_return(order=order)
    with as_(people["neighbour"]), pytest.raises(ObjectDoesNotExist):
        order_return(order=order)
    with as_(people["colleague"]):
        assert order_return(order=order).state == "returned"


def test_c28_nothing_is_skipped_not_even_by_raw_sql(people, suspect):
    order = receive(people)
    for state in ("carried_out", "returned"):
        with (
            as_(people["captain"]), connection.cursor() as cursor,
            pytest.raises(DatabaseError), transaction.atomic(),
        ):  # fmt: skip
            cursor.execute("UPDATE access_order SET state = %s", [state])
    for change in ("received_on = current_date - 9", "court = 'x'", "run_id = 1"):
        with (
            as_(people["captain"]), connection.cursor() as cursor,
            pytest.raises(DatabaseError), transaction.atomic(),
        ):  # fmt: skip
            cursor.execute(f"UPDATE access_order SET state = 'sealed', {change}")
    with as_(people["analyst"]), pytest.raises(ValidationError, match="search is finished"):
        order_carry_out(order=order)
    with as_(people["analyst"]):
        order_seal(order=order)
    with as_(people["captain"]), pytest.raises(DatabaseError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(state="received")


def test_c28_a_record_that_tells_of_others_is_redacted(people, suspect, sighting):
    one = suspect(words="With two others.")
    order = receive(people)
    with as_(people["analyst"]), pytest.raises(ValidationError, match="cannot be redacted"):
        order_find(order=order, label="house.sighting", number=1, way=Frozen.Way.REDACT)
    found(people, order, one, way=Frozen.Way.REDACT)
    with as_(people["analyst"]):
        order_seal(order=order)
        order_carry_out(order=order)
        assert not Known.objects.exists()
        assert {(c["what"], c["way"]) for c in order_counts(order)} == {("house.known", "redact")}
    with as_(people["captain"]):
        order_return(order=order)
        assert (name_of(Known.objects.get()), Known.objects.get().words) == ("(redacted)", "")


def test_c28_a_hold_comes_before_an_order_and_the_clock_runs_on(people, suspect):
    one = suspect()
    with as_(people["analyst"]):
        hold = hold_request(cause="case", matter="x", records=(one,))
    order = receive(people)
    found(people, order, one)
    with as_(people["analyst"]):
        order_seal(order=order)
        with pytest.raises(ValidationError, match="legal hold"):
            order_carry_out(order=order)
        assert order.is_open
    with as_(people["captain"]):
        hold_end(hold=hold)
    with as_(people["analyst"]):
        assert not Known.objects.exists()
        assert order_carry_out(order=order).state == "carried_out"


def test_a_withdrawn_order_lets_its_records_speak_again(people, suspect):
    one = suspect()
    order = receive(people)
    found(people, order, one)
    with as_(people["captain"]):
        order_withdraw(order=order)
        assert Known.objects.get(pk=one.pk)


@pytest.mark.parametrize("field", ["court", "reference"])
def test_an_order_is_written_as_it_stands(people, field):
    words = {"court": "x", "reference": "x", field: " "}
    with as_(people["analyst"]), pytest.raises(ValidationError) as refusal:
        order_receive(kind=Order.Kind.EXPUNGE, received_on=TODAY, **words)
    assert field in refusal.value.message_dict


def test_an_order_does_not_come_tomorrow(people):
    with as_(people["analyst"]), pytest.raises(ValidationError) as refusal:
        order_receive(
            kind=Order.Kind.EXPUNGE, court="x", reference="x", received_on=TODAY + timedelta(9)
        )
    assert "received_on" in refusal.value.message_dict


STEPS = {
    ("received", "seal"): "sealed", ("received", "withdraw"): "withdrawn",
    ("sealed", "withdraw"): "withdrawn", ("sealed", "carry_out"): "carried_out",
    ("carried_out", "return"): "returned",
}  # fmt: skip
VERBS = {
    "seal": order_seal, "carry_out": order_carry_out, "return": order_return,
    "withdraw": order_withdraw,
}  # fmt: skip


def test_c28_only_the_right_person_takes_only_the_next_step(people, suspect):
    """Any order of attempts by either of two people: the state is always the model's."""
    assert all(people[name] for name in ("analyst", "captain", "officer"))

    class Orders(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.savepoint = transaction.savepoint()
            self.order, self.expected = receive(people), "received"
            self.record = suspect()
            self.silent = False

        @rule(verb=st.sampled_from(sorted(VERBS)), who=st.sampled_from(["analyst", "captain"]))
        def step(self, verb, who):
            wants_head = verb in ("return", "withdraw")
            may = who == "captain" or not wants_head
            following = STEPS.get((self.expected, verb)) if may else None
            with as_(people[who]):
                if following:
                    VERBS[verb](order=self.order)
                    self.expected = following
                else:
                    with pytest.raises((ValidationError, NotPermitted)):
                        VERBS[verb](order=self.order)

        @precondition(lambda self: self.expected in ("received", "sealed") and not self.silent)
        @rule()
        def find(self):
            found(people, self.order, self.record)
            self.silent = True

        @invariant()
        def the_state_is_the_models(self):
            with as_(people["analyst"]):
                assert Order.objects.get(pk=self.order.pk).state == self.expected

        @invariant()
        def the_record_is_seen_or_silent_or_gone(self):
            with as_(people["officer"]):
                shown = Known.objects.filter(pk=self.record.pk).exists()
            assert shown == (not self.silent or self.expected == "withdrawn")

        def teardown(self):
            transaction.savepoint_rollback(self.savepoint)

    Orders.TestCase.settings = settings(
        max_examples=12, stateful_step_count=8, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    Orders.TestCase().runTest()


def test_two_carry_out_the_same_order_and_it_happens_once(people, suspect):
    order = receive(people)
    found(people, order, suspect())
    with as_(people["analyst"]):
        order_seal(order=order)
        assert purging.purge_order(order=order)
        assert purging.purge_order(order=order) is None


def test_c28_what_a_client_consented_to_falls_silent_and_goes_with_the_file(people, client_file):
    """A consent names its file by key, not by a foreign key."""
    client = client_file()
    with as_(people["manager"]):
        consent_record(
            person=f"house.participant:{client.pk}", scopes=["attendance"], purpose="Housing",
            answer=Consent.Answer.DECLINED, voice=Consent.Voice.PERSON, given_on=TODAY,
            recipient_outside=NAME,
        )  # fmt: skip
    order = receive(people, by="manager")
    found(people, order, client, by="manager")
    with as_(people["second"]):
        assert not Consent.objects.exists()
    with as_(people["manager"]):
        order_seal(order=order)
        order_carry_out(order=order)
        assert ("access.consent", 1) in {(c["what"], c["rows"]) for c in order_counts(order)}
