"""What one row tells of a person: each kind of file in the register's own facts.

A row may tell two things ("victim and suspect", a booking and its release).
"""

import re
from collections.abc import Callable, Iterator

from ceasefire.intake.models import Feed
from ceasefire.intake.words import outcome
from ceasefire.registry.people.models import BallisticLead, Contact, Involvement

Kind, Role = Feed.Kind, Involvement.Role
Told = dict[str, object]

# In the order in which they are looked for; each word is taken out of the text once it is met.
_ROLES: tuple[tuple[str, Role], ...] = (
    (r"intended (?:target|victim)|objetivo", Role.INTENDED),
    (r"shot at|fired (?:at|upon)|not (?:hit|struck)", Role.SHOT_AT),
    (r"charged|defendant|acusad[oa]", Role.CHARGED),
    (r"arrest\w*|detenid[oa]", Role.ARRESTED),
    (r"suspects?|perpetrators?|perp|offenders?|shooters?|sospechos[oa]s?|susp", Role.SUSPECT),
    (r"witness(?:es)?|testigos?|wit", Role.WITNESS),
    (r"victims?|v[ií]ctimas?|vic|deceased|decedent", Role.VICTIM),
    (r"associates?|persons? of interest|other|mentioned|asociad[oa]s?", Role.ASSOCIATE),
)
_SHORT = {"v": Role.VICTIM, "s": Role.SUSPECT, "w": Role.WITNESS, "a": Role.ARRESTED}


def roles_of(text: str, hurt: str | None = None) -> list[Role]:
    """Every role that a text names; a victim by the outcome, where a column tells it."""
    left = text.casefold().strip()
    found = [_SHORT[left]] if left in _SHORT else []
    for pattern, role in _ROLES:
        left, times = re.subn(rf"\b(?:{pattern})\b", " ", left)
        if times:
            found.append(role)
    died = outcome(hurt or text)
    if died is not None and Role.VICTIM in found:
        found[found.index(Role.VICTIM)] = Role.VICTIM_KILLED if died else Role.VICTIM_HURT
    return found


def _involvement(told: Told) -> Iterator[dict]:
    for role in roles_of(told["role"], told.get("outcome")):
        yield {
            "incident_number": told["incident_number"], "role": role.value, "age": told.get("age")
        }  # fmt: skip


def _arrest(told: Told) -> Iterator[dict]:
    said = (told.get("contact_kind") or "").casefold()
    arrested = not re.search(r"contact|stop|field|interview|encounter|contacto", said)
    yield _contact(
        told, Contact.Kind.ARREST if arrested else Contact.Kind.CONTACT, told["on"],
        charge_class=told.get("charge_class") or "", incident_number=told.get("incident_number"),
        event=told.get("incident_number") or "",
    )  # fmt: skip


def _jail(told: Told) -> Iterator[dict]:
    yield _contact(told, Contact.Kind.BOOKING, told["booked_on"])
    if told.get("released_on"):
        yield _contact(told, Contact.Kind.RELEASE, told["released_on"])


def _contact(told: Told, kind: Contact.Kind, on, **more) -> dict:
    return {
        "kind": kind.value, "on": on, "number": told.get("report_number") or "",
        "charge": told.get("charge") or "", "place": told.get("place") or "", **more,
    }  # fmt: skip


def _court(told: Told) -> Iterator[dict]:
    names = ("on", "cause", "charge", "disposition")
    yield {name: told.get(name) for name in names} | {"court": told.get("court") or ""}


def _supervision(told: Told) -> Iterator[dict]:
    texts = {name: told.get(name) or "" for name in ("status", "officer", "office")}
    yield texts | {name: told.get(name) for name in ("starts", "ends")}


def _ballistics(told: Told) -> Iterator[dict]:
    said = (told.get("strength") or "").casefold()
    hit = re.search(r"\bhit\b|confirm", said) and not re.search(r"unconfirm|not ", said)
    strength = BallisticLead.Strength.HIT if hit else BallisticLead.Strength.LEAD
    yield {
        "incident_number": told["incident_number"],
        "other_incident_number": told["other_incident_number"],
        "number": told.get("report_number") or "", "strength": strength.value, "on": told.get("on"),
    }  # fmt: skip


def _prior_list(told: Told) -> Iterator[dict]:
    """What is told of somebody on a list is said by whoever attests the row."""
    yield {}


FACTS_OF: dict[str, Callable[[Told], Iterator[dict]]] = {
    Kind.INVOLVEMENTS: _involvement,
    Kind.ARRESTS: _arrest,
    Kind.COURT: _court,
    Kind.SUPERVISION: _supervision,
    Kind.JAIL: _jail,
    Kind.BALLISTICS: _ballistics,
    Kind.PRIOR_LIST: _prior_list,
}
