"""The pages of sessions, as those who plan, code and settle work with them."""

import pytest
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.problem_analysis.sessions.models import Code, Guest, Listed, Session
from ceasefire.registry.groups.services import policy_end
from tests.problem_analysis.sessions.conftest import CODE, DAY, NOT, TODAY, code
from tests.registry.groups.pages import sent, shown

PLAN = {
    "kind": "incident_review", "title": "Spring", "on": TODAY, "share": 20,
    "window_start": TODAY - 60 * DAY, "window_end": TODAY - 40 * DAY, "agenda": "One by one.",
}  # fmt: skip


def test_a_session_is_planned_opened_coded_and_closed(shot, at, being, staff):
    analyst, officer = at("analyst"), at("officer")
    made = sent(analyst, "problem_analysis:plan", **PLAN, chair=staff["captain"].user_id)
    pk = int(made.url.rstrip("/").rpartition("/")[2])
    sent(analyst, "problem_analysis:attended", pk, username="probation")
    sent(analyst, "problem_analysis:open", pk)
    page = shown(officer, "problem_analysis:session", pk)
    assert "0 of 12 shootings are coded" in page
    assert "Test Probation" in page
    assert staff["captain"].name in page
    with being("officer"):
        first = Listed.objects.filter(session=pk).order_by("incident__occurred_on")[0]
    answer = sent(officer, "problem_analysis:code", first.pk, **CODE)
    assert answer.status_code == 302
    assert f"/shootings/{first.pk}/" not in answer.url  # the next one
    assert "1 of 12" in shown(officer, "problem_analysis:session", pk)
    assert "Something was left" in sent(analyst, "problem_analysis:close", pk).content.decode()
    sent(analyst, "problem_analysis:close", pk, words="Time ran out.")
    assert "Time ran out." in shown(analyst, "problem_analysis:minutes", pk)


def test_a_code_that_cannot_be_is_said_at_its_field_and_what_was_typed_is_kept(once, at):
    page = sent(
        at("officer"), "problem_analysis:code", once.pk, **CODE | {"basis": "", "words": "Night."}
    ).content.decode()
    assert "Say whose group it is" in page
    assert "Night." in page


def test_the_second_coder_is_told_that_one_code_is_in_and_not_what_it_says(due, at, being):
    with being("officer"):
        code(due, words="Two cars came.")
    analyst = at("analyst")
    page = shown(analyst, "problem_analysis:code", due.pk)
    assert "Two cars came." not in page
    assert 'name="involvement"' in page
    sent(analyst, "problem_analysis:code", due.pk, **NOT)
    assert "Two cars came." in shown(analyst, "problem_analysis:code", due.pk)


def test_agreement_says_too_few_and_counts_the_table(differ, review, at):
    page = shown(at("captain"), "problem_analysis:agreement", review.pk)
    assert "too few" in page
    assert "0 of 1 shootings, 0%" in page


def test_what_is_contested_is_settled_by_somebody_else_on_the_page(differ, review, at, being):
    captain = at("captain")
    assert "The two coders differ" in shown(captain, "problem_analysis:contested", review.pk)
    form = {one: CODE[one] for one in ("involvement", "basis", "motivated", "circumstance")}
    form["words"] = "Both were read."
    assert sent(at("officer"), "problem_analysis:settle", differ.pk, **form).status_code == 403
    assert sent(captain, "problem_analysis:settle", differ.pk, **form).status_code == 302
    assert "Nothing is contested" in shown(captain, "problem_analysis:contested", review.pk)
    assert "Both were read." in shown(captain, "problem_analysis:code", differ.pk)


def test_a_guest_is_attested_by_the_chair_and_is_a_number_on_the_minutes(
    review, at, being, police_agency
):
    client = at("analyst")
    form = {"name": "Rosa Delgado", "agency": police_agency.pk,
            "token": "6d1b2c0e-3b59-4f0c-9d3a-0d8a2f1f2b11"}  # fmt: skip
    for _twice in range(2):
        assert sent(client, "problem_analysis:guest", review.pk, **form).status_code == 302
    assert sent(at("captain"), "problem_analysis:guest", review.pk, **form).status_code == 403
    page = shown(client, "problem_analysis:minutes", review.pk)
    assert "Rosa Delgado" not in page
    with being("analyst"):
        assert f"Guest {Guest.objects.get().pk}" in page


def test_a_group_audit_goes_from_group_to_group(audit, group, at):
    client = at("analyst")
    assert "Dock Street" in shown(client, "problem_analysis:groups", audit.pk)
    page = sent(client, "problem_analysis:walk", audit.pk, group.pk, low=9, high=4)
    assert "Write a range" in page.content.decode()
    sent(client, "problem_analysis:walk", audit.pk, group.pk, low=4, high=9, activity="low")
    assert "4 to 9" in shown(client, "groups:group", group.pk)
    assert "gone through" in shown(client, "problem_analysis:groups", audit.pk)


def test_whoever_reads_an_audit_and_does_not_say_of_groups_is_led_nowhere_closed(audit, group, at):
    captain = at("captain")
    page = shown(captain, "problem_analysis:groups", audit.pk)
    assert "to go through" in page
    assert f"/groups/{group.pk}/" not in page
    assert ">Go on<" not in page


@pytest.mark.parametrize("name", ["groups", "walk", "session"])
def test_c31_without_a_policy_the_pages_of_an_audit_answer_404(audit, group, policy, at, name):
    client = at("analyst")
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        policy_end(policy=policy, because="Taken back by the council.")
    words = [audit.pk, group.pk] if name == "walk" else [audit.pk]
    assert client.get(reverse(f"problem_analysis:{name}", args=words)).status_code == 404


@pytest.mark.parametrize("who", ["outreach", "director", "probation"])
def test_whoever_is_not_of_the_citys_police_gets_none_of_it(review, once, at, who):
    client = at(who)
    for name, pk in (("session", review.pk), ("code", once.pk), ("minutes", review.pk)):
        answer = client.get(reverse(f"problem_analysis:{name}", args=[pk]))
        assert answer.status_code in (403, 404)
        assert "Review of the spring" not in answer.content.decode()


def test_a_code_sent_after_the_session_closed_is_refused_in_words(once, review, at, being):
    from ceasefire.problem_analysis.sessions.services import session_close

    with being("analyst"):
        session_close(session=review, words="Enough.")
    answer = sent(at("officer"), "problem_analysis:code", once.pk, **CODE)
    assert answer.status_code == 200
    assert "closed" in answer.content.decode()
    with being("officer"):
        assert not Code.objects.exists()
        assert Session.objects.get().state == "closed"
