"""Clocks, certificates, holds, orders and rules on their pages, and who takes which step."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.retention import purging
from ceasefire.access.retention.models import Hold, Order
from tests.access.retention.conftest import (  # noqa: F401
    NAME,
    as_,
    keys,
    ledger_of_its_own,
    people,
    suspect,
)
from tests.kept_house import Known
from tests.people import Person

AUDITOR_PAGES = ("retention", "certificates", "holds", "orders", "rules", "log_removals")


def address(name, *words):
    return reverse(f"oversight:{name}", args=words)


@pytest.fixture
def pages(people):  # noqa: F811
    """A browser of one of the people: pages("analyst")."""
    from ceasefire.access.models import User

    def open_as(name):
        browser = Person()
        browser.force_login(User.objects.get(pk=people[name].user_id))
        return browser

    return open_as


def order_of(people, **words):  # noqa: F811
    from ceasefire.access.retention.orders import order_receive

    with as_(people["analyst"]):
        return order_receive(
            **{"kind": "expunge", "court": "Circuit Court", "reference": f"26CR1, {NAME}",
               "received_on": date.today()} | words
        )  # fmt: skip


def test_c24_the_queue_counts_and_names_nobody(pages, suspect):  # noqa: F811
    suspect(months=61)
    page = pages("auditor").get(address("retention")).content.decode()
    assert "Suspects, intelligence" in page
    assert NAME.split()[0] not in page


def test_c27_a_certificate_says_how_much_went(pages, suspect):  # noqa: F811
    suspect(months=61)
    with as_(identity.OPERATOR):
        done = purging.purge_due()
    page = pages("auditor").get(address("certificate", done.id)).content.decode()
    assert done.hash in page
    assert "As it was finished" in page
    assert (
        f"Certificate {done.id}" in pages("auditor").get(address("certificates")).content.decode()
    )


def test_c28_an_order_past_its_sixty_days_is_a_breach_on_the_auditors_page(pages, people):  # noqa: F811
    order_of(people, received_on=date.today() - timedelta(61))
    browser = pages("auditor")
    page = browser.get(address("orders")).content.decode()
    assert "breach: day 61 of 60" in page
    assert "26CR1" not in page
    assert "past its 60 days" in browser.get(address("retention")).content.decode()


@pytest.mark.parametrize("name", ["captain", "manager", "administrator"])
def test_only_an_auditor_looks_over_it(pages, name):
    for page in AUDITOR_PAGES:
        expected = 200 if (page, name) == ("rules", "administrator") else 404
        assert pages(name).get(address(page)).status_code == expected


def test_c28_an_order_goes_its_way_by_two_people(pages, people, suspect):  # noqa: F811
    one = suspect()
    analyst, captain = pages("analyst"), pages("captain")
    said = {"kind": "expunge", "court": "Circuit Court", "reference": f"26CR1, {NAME}"}
    refused = analyst.post(address("own_order_new"), said | {"received_on": "soon"})
    assert "Enter a valid date" in refused.content.decode()
    analyst.post(address("own_order_new"), said | {"received_on": date.today().isoformat()})
    with as_(people["analyst"]):
        order = Order.objects.get()
    page = address("own_order", order.pk)
    for key in ("house.known:999999", "house.participant:1", "nowhere.at_all:1"):
        missing = analyst.post(page, {"key": key, "way": "destroy"})
        assert "There is no such record" in missing.content.decode()
    analyst.post(page, {"key": f"house.known:{one.pk}", "way": "destroy"})
    with as_(people["officer"]):
        assert not Known.objects.exists()
    for step in ("seal", "carry_out"):
        analyst.post(page, {"step": step})
    own = analyst.get(page).content.decode()
    assert "The next step is another" in own
    assert analyst.post(page, {"step": "return"}).status_code == 403
    captain.post(page, {"step": "return"})
    shown = captain.get(page).content.decode()
    assert "The return, as it was signed" in shown
    assert "(destroyed)" in shown


def test_c26_a_hold_is_asked_for_by_one_and_approved_by_another(pages, people, suspect):  # noqa: F811
    one = suspect()
    analyst, captain = pages("analyst"), pages("captain")
    analyst.post(address("own_hold_new"), {"cause": "case", "matter": "State v. Somebody"})
    with as_(people["analyst"]):
        hold = Hold.objects.get()
    page = address("own_hold", hold.pk)
    analyst.post(page, {"key": f"house.known:{one.pk}"})
    assert analyst.post(page, {"review_on": later(30)}).status_code == 403
    far = captain.post(page, {"review_on": later(181)}).content.decode()
    assert "within 180 days" in far
    captain.post(page, {"review_on": later(30)})
    assert "30 days left" in pages("auditor").get(address("holds")).content.decode()
    captain.post(page, {"step": "end"})
    with as_(people["officer"]):
        assert Known.objects.exists()


def later(days):
    return (date.today() + timedelta(days)).isoformat()


@pytest.mark.parametrize("name", ["outsider", "neighbour", "officer", "worker"])
def test_c28_anothers_order_and_one_that_is_not_there_get_the_same_answer(pages, people, name):  # noqa: F811
    order = order_of(people)
    browser = pages(name)
    answers = [browser.get(address("own_order", n)) for n in (order.pk, 10**9)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize(
    "sent", [{"step": "burn"}, {"key": "", "way": "x"}, {"key": "a\x00b", "way": "redact"}, {}]
)
def test_bad_input_is_never_an_error_of_the_product(pages, people, sent):  # noqa: F811
    order = order_of(people)
    assert pages("analyst").post(address("own_order", order.pk), sent).status_code in (200, 404)


def test_an_administrator_publishes_a_rule_and_an_auditor_does_not(pages):
    rule = {
        "record_class": "intelligence", "effective_from": date.today().isoformat(),
        "least_months": 0, "most_months": 36, "basis": "Directive 0660",
    }  # fmt: skip
    browser = pages("administrator")
    wrong = browser.post(address("rules"), rule | {"most_months": 61}).content.decode()
    assert "only ever kept shorter" in wrong
    assert "is published" in browser.post(address("rules"), rule, follow=True).content.decode()
    assert "Directive 0660" in pages("auditor").get(address("rules")).content.decode()
    assert pages("auditor").post(address("rules"), rule).status_code == 403


def test_c21_removing_old_rows_of_the_log_wants_two_auditors(pages):
    first, second = pages("auditor"), pages("auditor2")
    young = first.post(address("log_removals"), {"older_than": later(-30)}).content.decode()
    assert "The log is kept a year at least" in young
    first.post(address("log_removals"), {"older_than": later(-400)})
    from ceasefire.access.retention.models import LogRemoval

    with identity.acting(identity.OPERATOR):
        asked = LogRemoval.objects.get()
    own = first.post(address("log_removals"), {"removal": asked.pk}, follow=True).content.decode()
    assert "Another auditor" in own
    done = second.post(address("log_removals"), {"removal": asked.pk}, follow=True)
    assert "rows were removed" in done.content.decode()
    assert second.post(address("log_removals"), {"removal": 10**9}).status_code == 404


def test_a_page_costs_the_same_queries_however_many_orders(
    pages, people, django_assert_max_num_queries  # noqa: F811
):  # fmt: skip
    for _n in range(12):
        order_of(people)
    browser = pages("auditor")
    with django_assert_max_num_queries(30):
        assert browser.get(address("orders")).status_code == 200
