"""One card per shooting, as a meeting reads it in three minutes."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ceasefire.registry.facts import OccurredPrecision
from ceasefire.registry.models import Incident
from ceasefire.registry.shootings.shooting import Shooting
from ceasefire.shooting_review.packet.cards import LOOK_BACK_DAYS, NEAR_DAYS, NEAR_M
from ceasefire.shooting_review.packet.model import Card, Link, OpenWindow, Packet, VictimFact
from ceasefire.shooting_review.packet.notes import differ
from ceasefire.shooting_review.panels import words
from ceasefire.shooting_review.panels.coverage import coverage
from ceasefire.shooting_review.panels.parts import CardGroup, CardPart
from ceasefire.shooting_review.panels.place_maps import Atlas

LINKS_TOLD = 5


def groups(packet: Packet, atlas: Atlas) -> list[CardGroup]:
    week = CardGroup(
        "shootings",
        _("This week's shootings"),
        _("%(n)s, in the order of their days.") % {"n": words.shootings(len(packet.cards))}
        if packet.cards
        else coverage(packet) or _("No verified shooting inside the city this week."),
        [_card(packet, card, atlas) for card in packet.cards],
    )
    since = CardGroup(
        "since",
        _("Since the week ended"),
        _(
            "%(n)s from the end of the week to the midnight before the review. They are in "
            "no count of this packet."
        )
        % {"n": words.shootings(len(packet.cards_since))},
        [_card(packet, card, atlas) for card in packet.cards_since],
    )
    return [week, since] if packet.cards_since else [week]


def _card(packet: Packet, card: Card, atlas: Atlas) -> CardPart:
    row = card.shooting
    return CardPart(
        key=f"incident-{row.id}",
        title=str(row),
        badge=str(Incident.Kind(row.kind).label),
        facts=[fact for fact in _facts(packet, card) if fact[1]],
        lines=_lines(card),
        alert=_alert(card.windows),
        place_map=atlas.around(card),
    )


def _facts(packet: Packet, card: Card) -> list[tuple[str, str]]:
    row = card.shooting
    return [
        (_("Occurred"), occurred(row, packet.time_zone)),
        (_("Address"), row.address),
        (_("District"), _area(row.district_stated, row.district_found)),
        (_("Neighbourhood"), _area(row.neighbourhood_stated, row.neighbourhood_found)),
        (_("Premises"), ", ".join(part for part in (row.premises, row.setting) if part)),
        (_("Victims"), _victims(card)),
        (_("Verification"), _verification(row)),
        (_("Source"), _source(card, packet.time_zone)),
    ]


def occurred(row: Shooting, zone: str) -> str:
    """Date and time with its precision in words; never a time that nobody recorded."""
    day = words.day(row.occurred_on)
    if row.occurred_precision == OccurredPrecision.MINUTE and row.occurred_from:
        return f"{day}, {_clock(row.occurred_from, zone)}"
    if row.occurred_precision == OccurredPrecision.HOUR and row.occurred_from:
        end = _clock(row.occurred_from + timedelta(hours=1), zone)
        between = {"day": day, "start": _clock(row.occurred_from, zone), "end": end}
        return _("%(day)s, between %(start)s and %(end)s") % between
    return _("%(day)s (time of day not known)") % {"day": day}


def _clock(moment, zone: str) -> str:
    return formats.date_format(moment.astimezone(ZoneInfo(zone)), "H:i")


def _area(stated: str, found: str) -> str:
    """As found from the boundary file; what the source states beside it only where it differs."""
    if differ(stated, found):
        return _("%(found)s (stated: %(stated)s)") % {"found": found, "stated": stated}
    return found or stated


def _victims(card: Card) -> str:
    if card.victims:
        return "; ".join(_victim(victim) for victim in card.victims)
    row = card.shooting
    if row.people_hit is None:
        return _("number not known from this file")
    told = ngettext("%(n)d victim", "%(n)d victims", row.people_hit) % {"n": row.people_hit}
    if not row.people_hit:
        return _("nobody hurt")
    return (
        told
        if row.people_killed is None
        else _("%(victims)s, %(killed)d fatal") % {"victims": told, "killed": row.people_killed}
    )


def _victim(victim: VictimFact) -> str:
    outcomes = {True: _("killed"), False: _("wounded"), None: _("outcome not known")}
    return ", ".join(part for part in (_age(victim), victim.sex, outcomes[victim.fatal]) if part)


def _age(victim: VictimFact) -> str:
    if victim.age is not None:
        return _("age %(age)d") % {"age": victim.age}
    if victim.age_low is None:
        return (
            _("age not known")
            if victim.age_high is None
            else _("age up to %(high)d") % {"high": victim.age_high}
        )
    if victim.age_high is None:
        return _("age %(low)d or over") % {"low": victim.age_low}
    return _("age %(low)d to %(high)d") % {"low": victim.age_low, "high": victim.age_high}


def _verification(row: Shooting) -> str:
    told = str(Incident.Verification(row.verification).label)
    return f"{told}: {row.verification_reason}" if row.verification_reason else told


def _source(card: Card, zone: str) -> str:
    if not card.sources:
        return _("entered by hand")
    first = card.sources[0]
    rows = ", ".join(str(source.row_number) for source in card.sources)
    told = {
        "feed": first.feed,
        "file": first.file_name,
        "rows": rows,
        "moment": words.moment(first.as_of, zone),
    }
    text = ngettext(
        "%(feed)s, %(file)s, row %(rows)s, as of %(moment)s",
        "%(feed)s, %(file)s, rows %(rows)s, as of %(moment)s",
        len(card.sources),
    )
    corrected = _("; corrected by hand: %(fields)s") % {"fields": ", ".join(card.corrected)}
    return text % told + (corrected if card.corrected else "")


def _lines(card: Card) -> list[str]:
    if not card.shooting.placed:
        return [
            _(
                "The place of this shooting is not known: no map, no linked shootings, no "
                "near-repeat window."
            )
        ]
    return [_since_last(card), *_links(card)]


def _since_last(card: Card) -> str:
    told = {"reach": words.metres(NEAR_M), "n": words.shootings(len(card.nearby))}
    if card.days_since_last is None:
        return _("No other shooting within %(reach)s in the last year.") % told
    if card.days_since_last == 0:
        return _("Another within %(reach)s on the same day; %(n)s there in the year before.") % told
    told["days"] = words.days(card.days_since_last)
    return _("%(days)s since the last within %(reach)s; %(n)s there in the year before.") % told


def _links(card: Card) -> list[str]:
    if not card.links:
        return []
    told = "; ".join(_link(link) for link in card.links[:LINKS_TOLD])
    rest = len(card.links) - LINKS_TOLD
    more = _("; and %(n)d more") % {"n": rest} if rest > 0 else ""
    limits = {"reach": words.metres(NEAR_M), "days": words.days(NEAR_DAYS), "year": LOOK_BACK_DAYS}
    lead = _("Linked (within %(reach)s and %(days)s, or the same place within %(year)d days): ")
    return [lead % limits + told + more + "."]


def _link(link: Link) -> str:
    where = _("same place") if link.same_place else words.metres(link.metres)
    if link.days == 0:
        when = _("same day")
    elif link.days < 0:
        when = _("%(days)s before") % {"days": words.days(-link.days)}
    else:
        when = _("%(days)s after") % {"days": words.days(link.days)}
    return f"{link.shooting} ({where}, {when})"


def _alert(windows: tuple[OpenWindow, ...]) -> str:
    """How far and how long at most, and where it is strongest; the panel's table has the rest."""
    if not windows:
        return ""
    strongest = max(windows, key=lambda window: window.ratio)
    told = {
        "widest": words.reach(0, max(window.within_m for window in windows)),
        "last": _short_day(max(window.until for window in windows)),
        "where": words.reach(strongest.beyond_m, strongest.within_m),
        "until": _short_day(strongest.until),
        "ratio": words.number(strongest.ratio, 1),
    }
    one = _(
        "Opened a near-repeat window: more shootings than chance %(where)s until %(until)s "
        "(%(ratio)s times)."
    )
    several = _(
        "Opened a near-repeat window: more shootings than chance %(widest)s until %(last)s, "
        "most %(where)s until %(until)s (%(ratio)s times)."
    )
    return (several if len(windows) > 1 else one) % told


def _short_day(day: date) -> str:
    return formats.date_format(day, "j M")
