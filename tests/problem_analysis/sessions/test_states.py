"""Whoever calls which verb in whatever order: what must never be true of a session never is."""

from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ceasefire.access.policies import NotPermitted
from ceasefire.problem_analysis.sessions import selectors, services
from ceasefire.problem_analysis.sessions.models import Code, Listed, Session
from tests.problem_analysis.sessions.conftest import CODE, DAY, NOT, TODAY, code, plan

WHO = ("analyst", "captain", "captain2", "officer")
LEAD = ("analyst", "captain", "captain2")
SAID = {"group": CODE, "none": NOT, "sure": CODE | {"confidence": "confirmed"}}
JUDGED = {one: CODE[one] for one in ("involvement", "basis", "motivated", "circumstance")}
somebody = leader = st.sampled_from(WHO)
which = st.integers(0, 2)


class Row:
    """What the model knows of a shooting on the list."""

    def __init__(self, listed):
        self.pk, self.due = listed.pk, listed.second_due
        self.codes, self.contests, self.settled_by = {}, set(), []
        self.contested = False

    def wants(self, who) -> bool:
        return who not in self.codes and len(self.codes) < 1 + self.due

    def blind(self, closed) -> bool:
        return self.due and len(self.codes) == 1 and not closed

    def differ(self) -> bool:
        involved = {said["involvement"] for said in self.codes.values()}
        return len(involved) > 1


def test_c29_whatever_is_tried_in_whatever_order_a_session_keeps_to_its_rules(
    shoot, staff, being, rivermouth, why
):
    for n in range(3):
        shoot(TODAY - (60 - n) * DAY, incident_number=f"S-{n}")

    class Sessions(RuleBasedStateMachine):
        @initialize()
        def begin(self):
            self.savepoint = transaction.savepoint()
            with being("analyst"):
                self.session = plan(share=50)
            self.state, self.rows, self.attended, self.frozen = "planned", [], set(), None

        @contextmanager
        def trying(self, who, may):
            """In that person's name; refused, and nothing else, unless the model says it may be."""
            with being(who):
                if may:
                    yield
                else:
                    with pytest.raises((ValidationError, NotPermitted)):
                        yield

        @rule(who=leader)
        def open(self, who):
            with self.trying(who, who in LEAD):
                services.session_open(session=self.session)
                if self.state == "planned":
                    self.rows = [Row(one) for one in Listed.objects.order_by("pk")]
                    self.state = "open"

        @rule(who=leader)
        def close(self, who):
            with self.trying(who, who in LEAD and self.state != "planned"):
                services.session_close(session=self.session, words="Time ran out.")
                self.state = "closed"
                self.frozen = self.frozen or self.told()

        @rule(who=leader, name=st.sampled_from(["officer", "probation", "outreach"]))
        def attend(self, who, name):
            new = self.state != "closed" and name != "outreach"
            with self.trying(who, who in LEAD and (new or name in self.attended)):
                services.attendance_enter(session=self.session, username=name)
                self.attended.add(name)

        @precondition(lambda self: self.rows)
        @rule(who=somebody, nth=which, said=st.sampled_from(sorted(SAID)))
        def code(self, who, nth, said):
            row, told = self.rows[nth], SAID[said]
            new = row.wants(who) and self.state == "open"
            with self.trying(who, new or row.codes.get(who) == told):
                code(Listed.objects.get(pk=row.pk), **told)
                row.codes[who] = told
                row.contested |= new and row.differ()

        @precondition(lambda self: self.rows)
        @rule(who=somebody, nth=which)
        def contest(self, who, nth):
            row = self.rows[nth]
            may = row.codes and not row.blind(self.state == "closed")
            with self.trying(who, may or who in row.contests):
                services.code_contest(listed=Listed.objects.get(pk=row.pk), reason="It is wrong.")
                row.contested |= who not in row.contests
                row.contests.add(who)

        @precondition(lambda self: self.rows)
        @rule(who=somebody, nth=which)
        def settle(self, who, nth):
            row = self.rows[nth]
            again = row.settled_by[-1:] == [who] and not row.contested
            with self.trying(who, again or (row.contested and who not in row.codes)):
                services.code_settle(
                    listed=Listed.objects.get(pk=row.pk), words="Both were read.", **JUDGED
                )
                row.settled_by += [] if again else [who]
                row.contested = False

        @precondition(lambda self: self.frozen)
        @rule(change=st.sampled_from([{"state": "open"}, {"state": "planned"}, {"minutes": {}}]))
        def write_past_the_verbs(self, change):
            with being("analyst"), pytest.raises(DatabaseError), transaction.atomic():
                Session.objects.filter(pk=self.session.pk).update(**change)

        def told(self):
            """All that closing fixes."""
            return (
                Session.objects.filter(pk=self.session.pk).values().get(),
                list(self.session.attendees.order_by("pk").values()),
                list(Code.objects.order_by("pk").values()),
                list(Listed.objects.order_by("pk").values("pk", "second_due", "codes_in")),
            )

        @invariant()
        def the_state_is_the_models(self):
            with being("captain"):
                assert Session.objects.get(pk=self.session.pk).state == self.state
                assert self.session.attendees.count() == len(self.attended)
                contested = {one.pk for one in selectors.contested(self.session)}
            assert contested == {row.pk for row in self.rows if row.contested}

        @invariant()
        def a_closed_session_never_changes(self):
            if self.frozen:
                with being("analyst"):
                    assert self.told() == self.frozen

        @invariant()
        def a_blind_code_is_its_coders_alone_by_either_wall(self):
            for who in WHO:
                seen = sorted(
                    (row.pk, staff[by].user_id) for row in self.rows for by in row.codes
                    if by == who or not row.blind(self.state == "closed")
                )  # fmt: skip
                with being(who):
                    assert sorted(Code.objects.values_list("listed", "coder")) == seen
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT listed_id, coder_id FROM problem_analysis_code")
                        assert sorted(cursor.fetchall()) == seen

        @invariant()
        def nobody_settles_what_they_coded(self):
            assert not any(set(row.codes) & set(row.settled_by) for row in self.rows)

        @invariant()
        def agreement_counts_what_two_people_coded(self):
            both = sorted(row.pk for row in self.rows if len(row.codes) == 2)
            with being("captain"):
                pairs = selectors.pairs(self.session)
            assert sorted(one.listed_id for one, _two in pairs) == both
            assert all(one.coder_id != two.coder_id for one, two in pairs)

        def teardown(self):
            transaction.savepoint_rollback(self.savepoint)

    Sessions.TestCase.settings = settings(
        max_examples=12, stateful_step_count=18, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    Sessions.TestCase().runTest()
