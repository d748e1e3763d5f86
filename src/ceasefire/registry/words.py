"""How the pages write what the register knows about a shooting, in the reader's language."""

from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ceasefire.kit.tables import Badge
from ceasefire.registry.facts import IncidentFacts, OccurredPrecision, VictimFacts
from ceasefire.registry.models import Incident

Verification = Incident.Verification


def number(value: float, places: int = 0) -> str:
    return formats.number_format(round(value, places), decimal_pos=places, force_grouping=True)


def day(value: date) -> str:
    return formats.date_format(value, "DATE_FORMAT")


def moment(value: datetime) -> str:
    return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")


def clock(value: datetime) -> str:
    return formats.date_format(timezone.localtime(value), "H:i")


def not_known() -> str:
    return _("not known")


def text(value: str) -> str:
    return value or not_known()


def whole(value: int | None) -> str:
    return not_known() if value is None else number(value)


def yes_no(value: bool | None) -> str:
    return {True: _("yes"), False: _("no"), None: not_known()}[value]


def occurred(row: IncidentFacts) -> str:
    """The day, and the time only as precisely as it is known: a day alone is never midnight."""
    if row.occurred_on is None:
        return _("date not known")
    if row.occurred_precision == OccurredPrecision.MINUTE:
        return _("%(day)s, %(time)s") % {"day": day(row.occurred_on), "time": _start(row)}
    if row.occurred_precision == OccurredPrecision.HOUR:
        return _("%(day)s, in the hour from %(time)s") % {
            "day": day(row.occurred_on),
            "time": _start(row),
        }
    return _("%(day)s, time of day not known") % {"day": day(row.occurred_on)}


def occurred_briefly(row: IncidentFacts) -> str:
    """For a list: the day, and the time where it is known to the minute or hour."""
    if row.occurred_on is None:
        return _("not known")
    precise = (OccurredPrecision.MINUTE, OccurredPrecision.HOUR)
    words = day(row.occurred_on)
    return f"{words}, {_start(row)}" if row.occurred_precision in precise else words


def _start(row: IncidentFacts) -> str:
    return clock(row.occurred_from)


def coordinates(row: IncidentFacts) -> str:
    if row.latitude is None:
        return not_known()
    return f"{row.latitude:.5f}, {row.longitude:.5f}"


def victims(row: Incident) -> str:
    """How many people were hit, or that the feed does not say."""
    if victims_unknown(row):
        return _("not known from this feed")
    if not row.victims:
        return _("nobody hit")
    told = ngettext("%(n)s person", "%(n)s people", row.victims) % {"n": number(row.victims)}
    if row.killed is None:
        return _("%(people)s, not known how many died") % {"people": told}
    return _("%(people)s, %(killed)s killed") % {"people": told, "killed": number(row.killed)}


def victims_briefly(row: Incident) -> str:
    """For a list, where the words for what no feed says would stand in every line."""
    return not_known() if victims_unknown(row) else victims(row)


def victims_unknown(row: Incident) -> bool:
    return row.victims is None and row.kind != Incident.Kind.NO_INJURY


def hurt(row: IncidentFacts) -> str:
    """Every figure about those hit, as one line of a history."""
    parts = [
        _("victims %(n)s") % {"n": whole(row.victims)},
        _("killed %(n)s") % {"n": whole(row.killed)},
        _("wounded %(n)s") % {"n": whole(row.wounded)},
        _("anybody injured: %(answer)s") % {"answer": yes_no(row.injured)},
    ]
    return "; ".join(parts)


def kind(row: Incident) -> str:
    return str(Incident.Kind(row.kind).label)


def outcome(victim: VictimFacts) -> str:
    return {True: _("died"), False: _("survived"), None: not_known()}[victim.fatal]


def age(victim: VictimFacts) -> str:
    """The age, or the band that the source gives."""
    if victim.age is not None:
        return number(victim.age)
    low, high = victim.age_low, victim.age_high
    if low is None and high is None:
        return not_known()
    if high is None:
        return _("%(age)s or older") % {"age": number(low)}
    if low is None:
        return _("%(age)s or younger") % {"age": number(high)}
    return _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}


def place(row: Incident) -> str:
    """Address, neighbourhood and district, as far as they are known."""
    within = _("district %(name)s") % {"name": district(row)} if district(row) else ""
    known = (row.address, neighbourhood(row), within)
    return ", ".join(dict.fromkeys(part for part in known if part)) or _("no place known")


def district(row: Incident) -> str:
    """As found from the boundary file; as stated where the place is not known."""
    return row.district_found or row.district_stated


def neighbourhood(row: Incident) -> str:
    return row.neighbourhood_found or row.neighbourhood_stated


def standing(row: Incident) -> str:
    """Whether the shooting counts, and if not why."""
    label = str(Verification(row.verification).label)
    return f"{label}: {row.verification_reason}" if row.verification_reason else label


def badges(row: Incident) -> list[Badge]:
    """What keeps a shooting from being counted like the others."""
    found = []
    if row.withheld_at is not None:
        found.append(Badge(_("Withheld"), "late"))
    if row.verification == Verification.HOLD:
        found.append(Badge(_("On hold"), "due"))
    if row.verification == Verification.UNFOUNDED:
        found.append(Badge(_("Unfounded"), "late"))
    if row.in_city is False:
        found.append(Badge(_("Outside the city"), "info"))
    return found


def shootings(count: int) -> str:
    return ngettext("%(n)s shooting", "%(n)s shootings", count) % {"n": number(count)}


def metres(value: float) -> str:
    return _("%(n)s m") % {"n": number(value)}


def days_apart(days: int) -> str:
    """How long before (negative) or after."""
    if days == 0:
        return _("the same day")
    told = ngettext("%(n)s day", "%(n)s days", abs(days)) % {"n": number(abs(days))}
    return (_("%(days)s before") if days < 0 else _("%(days)s after")) % {"days": told}


def plain(name: str) -> str:
    """A name without regard to case, blanks and marks, to compare two spellings of it."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
