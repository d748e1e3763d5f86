"""What is kept and until when, in the access matrix."""

import itertools
from datetime import date, timedelta

from ceasefire.access.retention import purging
from ceasefire.access.retention.holds import hold_request
from ceasefire.access.retention.models import Hold, Order, RetentionRule
from ceasefire.access.retention.orders import order_receive
from tests.access_matrix.declaring import Page

ABSENT, LATER = [10**9], itertools.count(1)


def an_order(reader) -> list:
    with reader.acting():
        made = order_receive(
            kind="expunge", court=reader.planted, reference="26CR1", received_on=date.today()
        )
    return [made.pk]


def a_hold(reader) -> list:
    with reader.acting():
        return [hold_request(cause=Hold.Cause.values[0], matter=reader.planted).pk]


def a_certificate(_reader) -> list:
    return [purging.purge_due().id]


def _rule(_reader) -> dict:
    since = date.today() + timedelta(days=next(LATER))
    return {
        "record_class": "intelligence", "effective_from": since.isoformat(), "least_months": 0,
        "most_months": 12, "basis": "Ordinance 1",
    }  # fmt: skip


def _says(words: str, **more) -> Page:
    return Page(planted=lambda _reader: words, **more)


PAGES = {
    "oversight:retention": _says("What is kept, and until when"),
    "oversight:certificates": _says("Certificates of what was destroyed"),
    "oversight:certificate": Page(
        a_certificate, absent=ABSENT, planted=lambda _reader: "As it was finished"
    ),
    "oversight:holds": _says("Legal holds"),
    "oversight:orders": _says("Orders to expunge or set aside"),
    "oversight:rules": _says("How long each class is kept", model=RetentionRule, form=_rule),
    "oversight:log_removals": _says(
        "How long the log is kept", form=lambda _reader: {"older_than": "2024-01-01"}
    ),
    "oversight:retention_records": _says("Holds and orders"),
    "oversight:own_order_new": _says(
        "Take in a court", model=Order,
        form=lambda _reader: {
            "kind": "expunge", "court": "Circuit Court", "reference": "26CR2",
            "received_on": (date.today() - timedelta(days=1)).isoformat(),
        },
    ),
    "oversight:own_order": Page(
        an_order, model=Order, private=True, absent=ABSENT, form=lambda _reader: {"step": "seal"}
    ),
    "oversight:own_hold_new": _says(
        "Ask for a legal hold", model=Hold,
        form=lambda _reader: {"cause": Hold.Cause.values[0], "matter": "Case 26CV1"},
    ),
    # A hold's steps want two people: tests/oversight/test_retention.py sends them.
    "oversight:own_hold": Page(a_hold, model=Hold, private=True, absent=ABSENT),
}  # fmt: skip
