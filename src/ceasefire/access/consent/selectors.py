"""Reads of consents, as the discloser's own people."""

from datetime import date, timedelta

from django.db.models import F, QuerySet

from ceasefire.access.consent.models import Consent, ConsentNotice
from ceasefire.access.consent.standing import recipient

DUE_DAYS = 30
_WITH = ("record_key", "recipient")


def of_person(key: str) -> QuerySet[Consent]:
    """Everything that was said for one person, the newest first."""
    return Consent.objects.filter(person_key=key).select_related(*_WITH)


def one(pk: int) -> Consent | None:
    found = Consent.objects.filter(pk=pk).select_related(*_WITH)
    return found.annotate(recorder=F("recorded_by__display_name")).first()


def due(today: date) -> QuerySet[Consent]:
    """Consents whose last day comes within 30 days, the earliest first."""
    agreed = Consent.objects.filter(answer=Consent.Answer.AGREED, revoked_at=None)
    days = (today, today + timedelta(days=DUE_DAYS))
    return agreed.filter(expires_on__range=days).select_related(*_WITH).order_by("expires_on", "pk")


def notices() -> QuerySet[ConsentNotice]:
    """What nobody of the discloser has seen yet."""
    return ConsentNotice.objects.filter(seen_at=None).select_related(
        "consent__record_key", "consent__recipient"
    )


def like(said: dict, today: date) -> list[Consent]:
    """What stands already for this person, recipient, voice and some of the same information."""
    standing = of_person(said["person"]).filter(
        revoked_at=None, voice=said["voice"], scopes__overlap=said["scopes"]
    )
    return [each for each in standing if _same(each, said) and _stands(each, today)]


def _same(each: Consent, said: dict) -> bool:
    return recipient(each) == recipient(
        Consent(recipient=said["recipient"], recipient_outside=said["recipient_outside"])
    )


def _stands(each: Consent, today: date) -> bool:
    return each.is_refusal or each.is_live(today)
