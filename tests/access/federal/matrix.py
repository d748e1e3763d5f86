"""The pages of immigration requests in the access matrix."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from ceasefire.access import identity
from ceasefire.access.federal.models import DelegatedAuthority, ImmigrationRequest
from ceasefire.access.federal.services import request_record
from ceasefire.access.models import Agency
from ceasefire.access.partitions import Room
from ceasefire.access.services import agency_record
from tests.access_matrix.declaring import Page

ABSENT, YEAR = [10**9], timezone.now().year


def a_request(reader) -> list:
    with reader.acting(Room.AGGREGATE):
        made = request_record(
            received_at=timezone.now() - timedelta(minutes=1), body=reader.planted, means="phone",
            about="address",
        )  # fmt: skip
    return [made.pk]


def _nobody_s_agency(words: str) -> Agency:
    with identity.acting(identity.OPERATOR):
        return agency_record(name=f"{words} {uuid.uuid4()}", kind=Agency.Kind.PROSECUTOR)


def a_delegation(reader) -> list:
    """Of an agency where nobody is, so that nobody has to attest for it."""
    agency = _nobody_s_agency(reader.planted)
    made = DelegatedAuthority.objects.create(
        agency=agency, since=date.today() - timedelta(days=9), source="The agreement of 2026"
    )
    return [made.pk]


def a_year(reader) -> list:
    a_request(reader)
    return [YEAR]


def _form(_reader) -> dict:
    when = timezone.localtime() - timedelta(days=1)
    return {
        "received_at": f"{when:%Y-%m-%dT%H:%M}", "body": "Field office", "means": "phone",
        "about": "address", "answer": "refused",
    }  # fmt: skip


def _mark(_reader) -> dict:
    free = Agency.objects.exclude(pk__in=DelegatedAuthority.objects.values("agency"))
    nobodys = free.filter(name__startswith="Nobody's").earliest("pk")
    return {"agency": nobodys.pk, "since": "2026-01-05", "source": "The agreement of 2026"}


def _of_the_year(**more) -> Page:
    return Page(a_year, absent=[1900], planted=lambda _reader: "", **more)


PAGES = {
    "account_attest": Page(private=True, leads=("this_week",), planted=lambda _reader: "<h1>"),
    "federal:requests": Page(beside=a_request, model=ImmigrationRequest, private=True),
    "federal:new": Page(
        model=ImmigrationRequest, form=_form, planted=lambda _reader: "Record a request"
    ),
    "federal:one": Page(a_request, model=ImmigrationRequest, private=True, absent=ABSENT),
    "federal:report": _of_the_year(),
    "federal:report_csv": _of_the_year(writes=("aggregate.access_export", "access_export")),
    "federal:report_pdf": _of_the_year(text=lambda answer: ""),
    "federal:agencies": Page(beside=a_delegation, model=DelegatedAuthority, form=_mark),
    "federal:unmark": Page(
        a_delegation, model=DelegatedAuthority, absent=ABSENT, form=lambda _reader: {}
    ),
}  # fmt: skip
