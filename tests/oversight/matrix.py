"""The auditor's pages in the access matrix."""

from datetime import date, timedelta

from ceasefire.access.audit.models import AuditReview
from tests.access_matrix.declaring import Page

MONDAY = date(2026, 1, 5)


def _monday(reader) -> date:
    return MONDAY + timedelta(weeks=reader.agency.pk)


def _week(reader) -> str:
    return f"{_monday(reader):%G-W%V}"


def a_review(reader):
    made, _new = AuditReview.objects.get_or_create(
        week=_monday(reader), defaults={"due": _monday(reader) + timedelta(days=14)}
    )
    return [made.pk]


PAGES = {
    "oversight:accesses": Page(beside=a_review, model=AuditReview, planted=_week),
    "oversight:week": Page(
        a_review, model=AuditReview, absent=[10**9],
        planted=_week,
        form=lambda _reader: {"words": "Ten lines looked at; each had its cause."},
    ),
}  # fmt: skip
