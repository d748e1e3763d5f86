"""The pages of oversight in the access matrix: the log, its reviews, alerts, budgets, breaches."""

import itertools
from datetime import date, timedelta

from django.utils import timezone

from ceasefire.access.audit.models import AuditReview
from ceasefire.access.breach.models import Breach
from ceasefire.access.budgets.models import ReadingAlert, ReadingBudget
from ceasefire.access.models import User
from tests.access_matrix.declaring import Page
from tests.walls import as_owner

ABSENT, MONDAY, MORE = [10**9], date(2026, 1, 5), itertools.count(50)


def _monday(reader) -> date:
    return MONDAY + timedelta(weeks=reader.agency.pk)


def _week(reader) -> str:
    return f"{_monday(reader):%G-W%V}"


def a_review(reader) -> list:
    made, _new = AuditReview.objects.get_or_create(
        week=_monday(reader), defaults={"due": _monday(reader) + timedelta(days=14)}
    )
    return [made.pk]


def an_alert(reader) -> list:
    """Only a function writes alerts, when a budget is met; and the owner."""
    with as_owner() as owner:
        owner.execute(
            "UPDATE access_readingalert SET seen_at = now(), words = 'seen' WHERE user_id = %s",
            [reader.user.pk],
        )
        return owner.execute(
            "INSERT INTO access_readingalert (user_id, agency_id, span, allowed, at, last_at,"
            " times, words) VALUES (%s, %s, 'hour', 1, now(), now(), 1, '') RETURNING id",
            [reader.user.pk, reader.agency.pk],
        ).fetchone()


def _who(reader) -> str:
    return f"{reader.user.display_name}"


def a_breach(reader) -> list:
    now, today = timezone.now(), timezone.localdate()
    made = Breach.objects.create(
        agency=reader.agency, since=now - timedelta(days=2), until=now, found_on=today,
        found_by="An auditor", reported_on=today, suspicion=reader.planted, opened_at=now,
    )  # fmt: skip
    return [made.pk]


def a_budget(_reader) -> list:
    return ["analyst"]


def _breach_form(reader) -> dict:
    # The city's day may be another than the machine's.
    today = (timezone.localdate() - timedelta(days=1)).isoformat()
    return {
        "account": User.objects.only("username").get(pk=reader.user.pk).username, "since": today,
        "until": today, "found_on": today, "found_by": "An auditor", "reported_on": today,
        "suspicion": "A password was shared.",
    }  # fmt: skip


def _says(words: str) -> Page:
    return Page(planted=lambda _reader: words)


PAGES = {
    "oversight:overview": _says("Oversight"),
    "oversight:accesses": _says("Who looked at what"),
    "oversight:person": _says("Who looked at this person"),
    "oversight:account": _says("Everything this account did"),
    "oversight:purposes": _says("What people looked for"),
    "oversight:week": Page(
        a_review, model=AuditReview, absent=ABSENT, planted=_week,
        form=lambda _reader: {"words": "Ten lines looked at; each had its cause."},
    ),
    "oversight:alerts": Page(beside=an_alert, model=ReadingAlert, planted=_who),
    "oversight:alert": Page(
        an_alert, model=ReadingAlert, absent=ABSENT, planted=_who,
        form=lambda _reader: {"words": "A file was being checked."},
    ),
    "oversight:budgets": _says("Reading budgets"),
    "oversight:budget": Page(
        a_budget, model=ReadingBudget, absent=["no-such-role"],
        planted=lambda _reader: "Crime analyst",
        form=lambda _reader: {"an_hour": next(MORE), "a_day": 900, "after_step_up": 5},
    ),
    "oversight:breaches": Page(
        beside=a_breach, model=Breach, planted=lambda reader: reader.agency.name
    ),
    "oversight:breach_new": Page(
        model=Breach, planted=lambda _reader: "Open a breach", form=_breach_form
    ),
    "oversight:breach": Page(a_breach, model=Breach, absent=ABSENT),
    "oversight:breach_step": Page(
        a_breach, model=Breach, absent=ABSENT,
        form=lambda _reader: {"kind": "contained", "words": "The account was closed."},
    ),
    "oversight:breach_words": Page(
        a_breach, model=Breach, absent=ABSENT, form=lambda _reader: {"contact": "555 0100"}
    ),
    "oversight:breach_letter": Page(a_breach, model=Breach, absent=ABSENT),
}  # fmt: skip
