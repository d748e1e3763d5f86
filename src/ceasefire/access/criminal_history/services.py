"""Verbs: certify a person for criminal-history data, end that."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.criminal_history.models import HistoryCertificate
from ceasefire.access.models import Membership
from ceasefire.access.policies import require_change


@transaction.atomic
def history_certify(
    *, membership: Membership, screened_on: date, certified_on: date, certified_until: date,
    source: str,
) -> HistoryCertificate:  # fmt: skip
    """Record the certificate that the person's agency gave; it takes the place of the one before.

    source: where it is written, such as the number of the certificate. The same again changes
    nothing. Raises NotPermitted, and ValidationError by field.
    """
    actor = require_change(HistoryCertificate)
    said = HistoryCertificate(
        account_id=membership.user_id, agency_id=membership.agency_id, screened_on=screened_on,
        certified_on=certified_on, certified_until=certified_until, source=source.strip(),
        recorded_by_id=actor.user_id,
    )  # fmt: skip
    if faults := dict(_faults(said)):
        raise ValidationError(faults)
    standing = HistoryCertificate.objects.select_for_update().filter(
        account=said.account_id, agency=said.agency_id, ended_at=None
    )
    told = ("screened_on", "certified_on", "certified_until", "source")
    for one in standing:
        if all(getattr(one, name) == getattr(said, name) for name in told):
            return one
    standing.update(ended_at=timezone.now())
    said.save(force_insert=True)
    audit.record("history.certified", said, result="done", detail={"account": membership.user_id})
    return said


@transaction.atomic
def history_certificate_end(*, certificate: HistoryCertificate) -> None:
    """From now on the person is shown no criminal-history data. Repeating it changes nothing."""
    require_change(HistoryCertificate)
    held = HistoryCertificate.objects.filter(pk=certificate.pk, ended_at=None)
    if held.update(ended_at=timezone.now()):
        detail = {"account": certificate.account_id}
        audit.record("history.ended", certificate, result="done", detail=detail)


def _faults(said: HistoryCertificate):
    """Field -> what to do about it."""
    if said.account_id == said.recorded_by_id:
        yield "source", _("Somebody else records your certificate.")
    if not said.source:
        yield "source", _("Say where it is written, for example the number of the certificate.")
    if said.screened_on > said.certified_on:
        yield "screened_on", _("The screening comes before the certificate.")
    if said.certified_until < said.certified_on:
        yield "certified_until", _("The last day comes after the first.")
    elif said.certified_until > _two_years_after(said.certified_on):
        yield "certified_until", _("A certificate lasts two years at most.")


def _two_years_after(day: date) -> date:
    # As the database counts: from 29 February to the 28th.
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 2, day=28 if leap else day.day)
