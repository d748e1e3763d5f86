"""Verbs: record a source; say that two go back to one origin."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.partitions import Room
from ceasefire.access.policies import require_change
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.refusals import in_words
from ceasefire.access.retention.rules import latest_purge
from ceasefire.access.sealing.tokens import fold, keyed
from ceasefire.registry.lint import require_fit, require_words
from ceasefire.registry.models import Incident
from ceasefire.registry.sources.models import Source


@transaction.atomic
def source_record(
    *, form: str, number: str, on: date, reliability: str, content: str, words: str,
    lawful: bool, first_told: str = "", repeats: Source | None = None,
    incident: Incident | None = None, agency=None,
) -> Source:  # fmt: skip
    """Store a document once; the same number again finds what is there.

    first_told: number of the tip, call or informant's file that it goes back to: all that name
    the same have one origin, and the number itself is not kept. repeats: an earlier source that
    it only says again. Raises NotPermitted, ValidationError by field.
    """
    actor = require_change(Source)
    agency_id = agency.pk if agency else actor.agency_id
    number = " ".join(number.upper().split())
    require_words(number=number, words=words)
    require_fit(words=words)
    if not lawful:
        raise ValidationError({"lawful": _("What was not obtained lawfully is not kept.")})
    if on > timezone.localdate():
        raise ValidationError({"on": _("This day has not come yet.")})
    if latest_purge(RecordClass.INTELLIGENCE, on) <= timezone.localdate():
        raise ValidationError({"on": _("It is too old to be kept: five years are the most.")})
    held = Source.objects.filter(agency_id=agency_id, number=number).first()
    if held:
        return held
    origin = {} if not (repeats or first_told.strip()) else {
        "origin": repeats.origin if repeats else _origin(agency_id, first_told)
    }  # fmt: skip
    with in_words():
        source = Source.objects.create(
            agency_id=agency_id, form=form, number=number, on=on, incident=incident,
            reliability=reliability, content=content, words=words.strip(), lawful=lawful,
            record_class=RecordClass.INTELLIGENCE, basis_on=on, **origin,
        )  # fmt: skip
    audit.record("sources.recorded", source, result="done")
    return source


def _origin(agency_id: int, told: str):
    return keyed(f"origin\x1e{agency_id}\x1e{fold(told)}", Room.INVESTIGATIVE)


@transaction.atomic
def sources_join(*, one: Source, other: Source) -> None:
    """Two sources turn out to go back to one origin: from now on they count once.

    A tie that is left with fewer than two origins is shown to nobody from this moment on, until it
    has another. Repeating it changes nothing.
    """
    require_change(Source)
    if one.origin == other.origin:
        return
    Source.objects.filter(origin=other.origin).update(origin=one.origin)
    audit.record("sources.one_origin", one, result="done", detail={"other": other.pk})
