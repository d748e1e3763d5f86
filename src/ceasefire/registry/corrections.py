"""What an analyst sets by hand. Every verb is safe to repeat and keeps who, when and why.

Each locks its shooting first and reads the corrections after, as a load does: whichever of the
two comes second sees what the first has done.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access.models import Agency
from ceasefire.access.policies import require_change
from ceasefire.kit.values.numbers import stable_text
from ceasefire.registry import laying
from ceasefire.registry.facts import OccurredPrecision
from ceasefire.registry.keys import incident_key
from ceasefire.registry.models import Correction, Incident
from ceasefire.registry.parts import CORRECTABLE, STANDING, WITHHOLDING, Part
from ceasefire.registry.recording import REVIEW_WITHIN_DAYS
from ceasefire.registry.selectors.history import said_by_source

Verification = Incident.Verification
MARK = 16


class CannotSet(ValidationError):
    """The register refuses, with the reason and the remedy in words."""


class EditedMeanwhile(CannotSet):
    """Somebody else has set the same part since the form was opened."""


@dataclass(frozen=True)
class Entered:
    incident: Incident
    new: bool


def occurred_values(day: date, at: time | None, zone: str) -> dict[str, object]:
    """The columns of "occurred": to the minute where the time is known, else the day alone."""
    start = datetime.combine(day, at or time.min, ZoneInfo(zone))
    if at is None:
        end = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))
    else:
        end = start + timedelta(minutes=1)
    precision = OccurredPrecision.DAY if at is None else OccurredPrecision.MINUTE
    return {
        "occurred_on": day,
        "occurred_from": start,
        "occurred_to": end,
        "occurred_precision": precision,
    }


def hurt_values(
    victims: int | None, killed: int | None, injured: bool | None = None
) -> dict[str, object]:
    """The columns of "people hit", from what is known of them."""
    if victims is not None and killed is not None and killed > victims:
        raise CannotSet(_("More people were killed than were hit; correct one of the two."))
    both = victims is not None and killed is not None
    return {
        "victims": victims,
        "killed": killed,
        "wounded": victims - killed if both else None,
        "injured": victims > 0 if victims is not None else injured,
    }


def _tidied(said: dict[str, object]) -> dict[str, object]:
    """The number and every text with the blanks that the intake would leave them."""
    number = stable_text(said.get("incident_number", ""))
    texts = {name: value for name, value in said.items() if isinstance(value, str)}
    blanks = {name: " ".join(value.split()) for name, value in texts.items()}
    return said | blanks | {"incident_number": " ".join(number.split())}


def key_of(agency: Agency, said: dict[str, object], zone: str) -> UUID:
    """The key under which a feed of the agency would know the same shooting."""
    said = _tidied(said)
    at = said.get("occurred_from")
    timed = said.get("occurred_precision") == OccurredPrecision.MINUTE
    local = at.astimezone(ZoneInfo(zone)) if timed else None
    named = ("incident_number", "occurred_on", "address", "latitude", "longitude")
    return incident_key(
        **{name: said[name] for name in named if name in said},
        occurred_minute=local.hour * 60 + local.minute if local else None,
        yearly=_numbers_start_yearly(agency),
    )


def _numbers_start_yearly(agency: Agency) -> bool:
    feeds = agency.feed_set.order_by("pk", "-mappings__version").distinct("pk")
    saved = feeds.values_list("mappings__mapping__fields__incident_number__yearly", flat=True)
    return any(saved)


@transaction.atomic
def incident_enter(
    *, agency: Agency, zone: str, reason: str, said: dict[str, object]
) -> Entered:  # fmt: skip
    """Enter a shooting by hand, or find the one that is already known under the same key.

    said: column -> value, in whole parts; unknown columns left out. zone: the city's.
    Raises CannotSet where neither a number nor a date and a place tell it from others.
    """
    actor = require_change(Incident)
    said = _tidied(said)
    _require_reason(reason)
    _require_identity(said)
    now = timezone.now()
    defaults = {
        "occurred_precision": OccurredPrecision.UNKNOWN,
        "first_known": now,
        "last_changed": now,
    }
    incident, new = Incident.objects.get_or_create(
        agency=agency,
        incident_key=key_of(agency, said, zone),
        defaults={**defaults, "incident_number": said["incident_number"]},
    )
    if new:
        known = {column: value for column, value in said.items() if value not in (None, "")}
        made = _record(incident, known, reason, actor.name, made_at=now)
        _save(incident, laying.lay_over(incident, made, laying.lookup()))
    return Entered(incident, new)


def _require_identity(said: dict[str, object]) -> None:
    place = said.get("address") or said.get("latitude") is not None
    if not (said.get("incident_number") or (said.get("occurred_on") and place)):
        raise CannotSet(_("Give the incident number, or the date with an address or a place."))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise CannotSet(_("Say why, so that the next reader can judge it."))


def mark(incident: Incident, part: Part) -> str:
    """What a form remembers of a part as it was opened: another when, and only when, it changes."""
    said = [str(getattr(incident, column)) for column in part.columns]
    return sha256(json.dumps(said).encode()).hexdigest()[:MARK]


@transaction.atomic
def incident_correct(
    *, incident: Incident, part: str, values: dict[str, object], reason: str, seen: str = ""
) -> Incident:
    """Set one part of a shooting by hand; later loads leave it so.

    values: every column of the part. seen: its `mark` when the form was opened, where there was
    one. Raises CannotSet for a part that nobody corrects by hand, EditedMeanwhile.
    """
    if part not in CORRECTABLE:
        raise CannotSet(_("This is the publisher's own and is not corrected by hand."))
    return _set_part(incident, CORRECTABLE[part], values, reason, seen)


@transaction.atomic
def incident_judge(
    *, incident: Incident, verification: str, reason: str, seen: str = ""
) -> Incident:
    """Hold a shooting, call it unfounded, or verify it again. Raises EditedMeanwhile."""
    kept = "" if verification == Verification.VERIFIED else reason.strip()
    values = {"verification": Verification(verification), "verification_reason": kept}
    return _set_part(incident, STANDING, values, reason, seen)


@transaction.atomic
def withheld_keep(*, incident: Incident, reason: str) -> Incident:
    """Leave a shooting withheld that its publisher dropped, and look again later."""
    incident = _locked(incident)
    if incident.withheld_at is None:
        raise CannotSet(_("This shooting is not withheld any more."))
    again = timezone.localdate() + timedelta(days=REVIEW_WITHIN_DAYS)
    return _set_part(incident, WITHHOLDING, {"review_due": again}, reason)


@transaction.atomic
def withheld_bring_back(*, incident: Incident, reason: str) -> Incident:
    """Show a shooting again although its publisher dropped it."""
    return _set_part(incident, WITHHOLDING, {"withheld_at": None, "review_due": None}, reason)


@transaction.atomic
def correction_withdraw(*, incident: Incident, part: str) -> Incident:
    """Give a part back to its source: what the standing rows say now, or nothing."""
    actor = require_change(Correction)
    incident = _locked(incident)
    source = said_by_source(incident)
    if source is None:
        raise CannotSet(
            _("No feed has printed this shooting, so there is nothing to go back to. Correct it.")
        )
    standing = _standing(incident, CORRECTABLE[part].columns)
    if not standing:
        return incident
    _end(standing, actor.name)
    columns = set(CORRECTABLE[part].columns)
    for column in columns:
        setattr(incident, column, source[column])
    if "latitude" in columns:
        laying.find_place(incident, laying.lookup())
        columns.update(laying.FOUND_COLUMNS)
    _save(incident, columns)
    return incident


def _set_part(
    incident: Incident, part: Part, values: dict[str, object], reason: str, seen: str = ""
) -> Incident:
    actor = require_change(Correction)
    _require_reason(reason)
    incident = _locked(incident)
    standing = _standing(incident, part.columns)
    wanted = {column: _plain(value) for column, value in values.items()}
    if standing and {one.field: one.value for one in standing} == wanted:
        return incident
    if seen and seen != mark(incident, part):
        raise EditedMeanwhile(
            _(
                "Somebody else has changed this since you opened the page. Above is what stands "
                "now, below is what you wrote. Save again if yours is right."
            )
        )
    _end(standing, actor.name)
    made = _record(incident, values, reason, actor.name)
    _save(incident, laying.lay_over(incident, made, laying.lookup()))
    return incident


def _locked(incident: Incident) -> Incident:
    return Incident.objects.select_for_update().get(pk=incident.pk)


def _standing(incident: Incident, columns: Iterable[str]) -> list[Correction]:
    return list(incident.corrections.filter(field__in=columns, withdrawn_at=None))


def _end(standing: list[Correction], who: str) -> None:
    for correction in standing:
        correction.withdrawn_at, correction.withdrawn_by = timezone.now(), who
    Correction.objects.bulk_update(standing, ["withdrawn_at", "withdrawn_by"])


def _record(
    incident: Incident, values: dict[str, object], reason: str, who: str, made_at=None
) -> list[Correction]:
    made = [
        Correction(
            incident=incident, field=column, value=_plain(value), reason=reason.strip(), made_by=who
        )
        for column, value in values.items()
    ]
    Correction.objects.bulk_create(made)
    if made_at:
        # What was typed at first is told from a later correction by its moment.
        Correction.objects.filter(pk__in=[one.pk for one in made]).update(made_at=made_at)
    return made


def _plain(value: object) -> object:
    """A value as JSON holds it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _save(incident: Incident, columns: set[str]) -> None:
    incident.last_changed = timezone.now()
    incident.save(update_fields=[*sorted(columns), "last_changed"])
    incident.refresh_from_db(fields=["kind"])
