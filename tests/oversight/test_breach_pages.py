"""The breach kit on its pages, from suspicion to the last letter."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ceasefire.access import audit, identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.breach.models import Breach
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role

pytestmark = pytest.mark.django_db
NEW, LIST = reverse("oversight:breach_new"), reverse("oversight:breaches")
KEY = "registry.person:12"


def said(**words):
    today = timezone.localdate().isoformat()
    return {
        "account": "officer", "since": today, "until": today, "found_on": today,
        "found_by": "The night desk", "reported_on": today, "suspicion": "A lost telephone.",
    } | words  # fmt: skip


@pytest.fixture
def looked(account):
    with identity.acting(actor_of_user(account(Role.OFFICER))):
        audit.record("page.shown", "registry.incident:7", subjects=[KEY], fields=["dob"])


@pytest.fixture
def auditor(looked, signed_in):
    return signed_in(Role.AUDITOR)


@pytest.fixture
def breach(auditor):
    return auditor.post(NEW, said()).url


def test_c54_from_suspicion_to_the_close_on_one_page(auditor, breach):
    page = auditor.get(breach).content.decode()
    for words in (KEY, "Facts of shootings", "Letter to each person", "646A.604", "dob"):
        assert words in page
    wrong = {"for_letters": f"About {KEY}.", "for_letters_es": "", "contact": "Office"}
    assert "names no record" in auditor.post(f"{breach}words/", wrong).content.decode()
    words = {"for_letters": "A telephone was lost.", "for_letters_es": "Se perdió un teléfono.",
             "contact": "Office, 555-0100"}  # fmt: skip
    assert auditor.post(f"{breach}words/", words).status_code == 302
    for asked in (
        {"to": "people", "language": "es", "key": KEY},
        {"to": "attorney_general", "language": "en"},
    ):
        letter = auditor.get(f"{breach}letter/", asked)
        assert letter["Content-Type"] == "application/pdf"
        assert letter.content.startswith(b"%PDF")
    for kind in ("contained", "scoped", "people", "closed"):
        assert auditor.post(f"{breach}step/", {"kind": kind, "words": "Done."}).status_code == 302
    assert "Closed" in auditor.get(LIST).content.decode()
    late = auditor.post(f"{breach}step/", {"kind": "vendor", "words": "Late."})
    assert "This breach is closed" in late.content.decode()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"account": ""}, "Name one account, or choose one agency"),
        ({"account": "nobody"}, "There is no account of that name"),
        ({"since": "2026-02-02", "until": "2026-02-01"}, "The end comes after"),
        ({"found_on": "2999-01-01", "reported_on": "2999-01-01"}, "less than or equal to"),
        ({"reported_on": "2020-01-01"}, "or later"),
        ({"since": "0001-01-01", "until": "9999-12-31"}, "greater than or equal to"),
        ({"found_by": ""}, "This field is required"),
        ({"agency": "999999"}, "Select a valid choice"),
    ],
)
def test_a_breach_that_makes_no_sense_is_said_at_its_field_and_not_opened(auditor, words, why):
    answer = auditor.post(NEW, said(**words))
    assert answer.status_code == 200
    assert why in answer.content.decode()
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        assert not Breach.objects.exists()


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({}, "This field is required"),
        ({"to": "everybody", "language": "en"}, "Select a valid choice"),
        ({"to": "people", "language": "fr"}, "Select a valid choice"),
        ({"to": "people", "language": "en"}, "First write what happened"),
    ],
)
def test_a_letter_that_cannot_be_made_says_why(auditor, breach, asked, why):
    assert why in auditor.get(f"{breach}letter/", asked).content.decode()


def test_a_whole_agency_may_be_suspected(auditor, police_agency):
    made = auditor.post(NEW, said(account="", agency=police_agency.pk))
    assert "everybody at the agency" in auditor.get(made.url).content.decode()


def test_a_clock_that_has_run_out_is_overdue_here_and_on_the_overview(auditor):
    long_ago = (timezone.localdate() - timedelta(days=50)).isoformat()
    made = auditor.post(NEW, said(found_on=long_ago, reported_on=long_ago))
    assert "overdue" in auditor.get(made.url).content.decode()
    page = auditor.get(reverse("oversight:overview")).content.decode()
    assert 'class="late">1<' in page


def test_a_privacy_officer_reads_the_own_agency_s_breach_and_does_nothing(breach, client, account):
    client.force_login(account(Role.PRIVACY_OFFICER))
    page = client.get(breach)
    assert page.status_code == 200
    assert KEY in page.content.decode()
    assert "<textarea" not in page.content.decode()
    for path in ("step/", "words/"):
        assert client.post(f"{breach}{path}", {"kind": "scoped", "words": "x"}).status_code == 404
