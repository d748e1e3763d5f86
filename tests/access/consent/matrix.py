"""The pages of consents in the access matrix."""

from datetime import date, timedelta

from ceasefire.access.consent.models import Consent
from ceasefire.access.consent.services import consent_record, consent_revoke
from ceasefire.access.models import Agency
from ceasefire.access.partitions import Room
from tests.access_matrix.declaring import Page

ABSENT, UNKNOWN = [10**9], ["outreach.client:7999999"]


def _key(reader) -> str:
    return f"outreach.client:{7_000_000 + reader.user.pk}"


def _said(reader) -> Consent:
    """What was said about the reader's client, with the planted words as what it is for."""
    today = date.today()
    with reader.acting(Room.SERVICES):
        return consent_record(
            person=_key(reader), scopes=["plan"], purpose=reader.planted, answer="agreed",
            voice="person", given_on=today, expires_on=today + timedelta(days=5), method="paper",
            signature="A. Client", recipient_outside="Somebody outside",
        )  # fmt: skip


def a_consent(reader) -> list:
    return [_said(reader).pk]


def a_client(reader) -> list:
    _said(reader)
    return [_key(reader)]


def a_notice(reader) -> list:
    """What a consent that was taken back leaves for the discloser's people."""
    said = _said(reader)
    with reader.acting(Room.SERVICES):
        consent_revoke(consent=said, how="phone")
        return [said.notices.get().pk]


def _form(reader) -> dict:
    today = date.today() - timedelta(days=1)  # the city's day may be another than the machine's
    return {
        "answer": "agreed", "voice": "person", "scopes": ["plan"], "purpose": "To plan",
        "given_on": today.isoformat(), "method": "paper", "signature": "A. Client", "again": "on",
        "expires_on": (today + timedelta(days=90)).isoformat(),
        "recipient": Agency.objects.get(name="ovp B").pk,
    }  # fmt: skip


PAGES = {
    "consent:due": Page(beside=a_consent, model=Consent, private=True, planted=_key),
    "consent:person": Page(
        a_client, model=Consent, private=True, blank=True, absent=UNKNOWN,
        planted=lambda _reader: "Somebody outside",
    ),
    "consent:new": Page(
        a_client, model=Consent, private=True, blank=True, absent=UNKNOWN, planted=_key, form=_form
    ),
    "consent:one": Page(a_consent, model=Consent, private=True, absent=ABSENT),
    "consent:revoke": Page(
        a_consent, model=Consent, private=True, absent=ABSENT, planted=_key,
        form=lambda _reader: {"how": "in_person"},
    ),
    "consent:seen": Page(
        a_notice, model=Consent, private=True, blank=True, absent=ABSENT, form=lambda _reader: {}
    ),
}  # fmt: skip
