"""One shooting: everything known, where it came from, and how that changed."""

from dataclasses import dataclass, field
from datetime import date

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access.roles import Role
from ceasefire.kit import maps
from ceasefire.kit.tables import Number
from ceasefire.registry import pictures, words
from ceasefire.registry.forms import KnownForm
from ceasefire.registry.models import Correction, Incident
from ceasefire.registry.parts import CORRECTABLE, INCIDENT, VICTIM
from ceasefire.registry.selectors import history, listing, near
from ceasefire.registry.services import city_now
from ceasefire.registry.views.shootings import readers
from ceasefire.web.navigation import address

# Said even where they are not known, because a reader looks for them.
ALWAYS = ("occurred", "address", "place", "hurt")


@dataclass(frozen=True)
class Fact:
    """One line of the page; part: what an analyst corrects, where this line can be corrected."""

    label: str
    said: str
    part: str = ""
    by_hand: Correction | None = None
    notes: list[str] = field(default_factory=list)


@readers
def shooting(request, pk):
    standing = found_or_404(pk)
    form = KnownForm(request.GET)
    day = form.cleaned_data.get("known") if form.is_valid() else None
    row = _as_known(standing, day) if day else standing
    rows = history.records(standing)
    made = list(standing.corrections.all())
    told = {
        "standing": standing,
        "row": row,
        "known_form": form,
        "known_on": day,
        "records": _records(rows),
        "events": history.events(standing, rows, made),
        "may_write": request.actor.role == Role.ANALYST,
        "may_read_people": address("people:shooting", request.actor, [standing.pk]),
    }
    return render(request, "registry/shooting.html", told | (_shown(row, made, day) if row else {}))


def _as_known(standing: Incident, day: date) -> Incident | None:
    return history.as_known(standing, history.end_of(day, city_now().time_zone))


def _shown(row: Incident, made: list[Correction], day: date | None) -> dict:
    """What the page says of the values that stand, or stood on the day asked for."""
    close = near.near(row)
    facts = _facts(row, [] if day else made)
    named = {fact.part for fact in facts}
    return {
        "facts": facts,
        "missing": [part for part in CORRECTABLE.values() if part.key not in named],
        "badges": words.badges(row),
        "disagreements": history.place_words(row),
        "victim_columns": [_("Victim"), *(str(part.label) for part in VICTIM)],
        "victim_rows": _victims(row, day),
        "near": close,
        "near_m": near.NEAR_M,
        "near_days": near.NEAR_DAYS,
        "map": _map(row, close),
    }


def _facts(row: Incident, made: list[Correction]) -> list[Fact]:
    by_hand = history.standing_corrections(made)
    source = history.source_words(row) if by_hand else {}
    found = [_standing(row, by_hand.get("verification"))]
    for part in INCIDENT:
        if part.key in ALWAYS or part.key in by_hand or part.known(row):
            said = words.victims(row) if part.key == "hurt" else part.say(row)
            notes = _notes(part.key, part.say(row), by_hand.get(part.key), source)
            correctable = part.key if part.key in CORRECTABLE else ""
            found.append(Fact(str(part.label), said, correctable, by_hand.get(part.key), notes))
    return [*found, *_found_places(row)]


def _standing(row: Incident, judged: Correction | None) -> Fact:
    said = str(row.get_verification_display())
    return Fact(_("Standing"), said, notes=_notes("verification", said, judged, {}))


def _notes(part: str, said: str, correction: Correction | None, source: dict) -> list[str]:
    """Who set a value and why, and what the source says where that differs."""
    if correction is None:
        return []
    told = {
        "who": correction.made_by,
        "when": words.moment(correction.made_at),
        "why": correction.reason,
    }
    notes = [_("Set by hand by %(who)s on %(when)s: %(why)s") % told]
    if source.get(part) not in (None, said):
        notes.append(_("The source says: %(said)s") % {"said": source[part]})
    return notes


def _found_places(row: Incident) -> list[Fact]:
    outside = _("outside the city") if row.in_city is False else ""
    pairs = (
        (_("District, from the coordinates"), row.district_found),
        (_("Neighbourhood, from the coordinates"), row.neighbourhood_found or outside),
    )
    return [Fact(label, name) for label, name in pairs if name]


def _victims(row: Incident, day: date | None) -> list[list]:
    """One line for each person hit, where the feed has a row for each."""
    if history.unit_of(row) != history.VICTIM_UNIT:
        return []
    at = history.end_of(day, city_now().time_zone) if day else timezone.now()
    lines = history.victim_lines(row, at)
    return [[_("Victim %(n)d") % {"n": n}, *line] for n, line in enumerate(lines, start=1)]


def _records(rows: list) -> dict:
    columns = [
        _("File"), _("Feed"), Number(_("Row")), Number(_("Batch")), _("As of"), _("Fingerprint"),
        _("Now"),
    ]  # fmt: skip
    lines = [
        [
            row.file_name,
            row.feed_title,
            row.row_number,
            row.batch_id,
            row.as_of,
            row.sha256[:12],
            _now(row),
        ]
        for row in reversed(rows)
    ]
    return {"columns": columns, "rows": lines}


def _now(row) -> str:
    if row.known_to is not None:
        return _("replaced on %(when)s") % {"when": words.moment(row.known_to)}
    if row.withheld_at is not None:
        return _("dropped by the publisher on %(when)s") % {"when": words.moment(row.withheld_at)}
    return _("stands")


def _map(row: Incident, close: list[near.Near]):
    """The place with a ring of 400 m; None where it is not known."""
    if row.latitude is None:
        return None
    here = maps.Highlight(row.latitude, row.longitude, near.NEAR_M, _("This shooting"))
    return maps.draw(
        boundaries=listing.outlines(),
        points=pictures.map_points([one.incident for one in close]),
        kinds=pictures.map_kinds(),
        highlight=here,
        title=_("Where it happened"),
        sentence=_("The place of this shooting, and shootings within %(m)s and %(days)d days.")
        % {"m": words.metres(near.NEAR_M), "days": near.NEAR_DAYS},
    )


def found_or_404(pk: int) -> Incident:
    """A shooting that the reader may see; any other answers as if it did not exist."""
    incident = Incident.objects.select_related("agency").filter(pk=pk).first()
    if incident is None:
        raise Http404
    return incident
