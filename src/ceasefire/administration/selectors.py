"""Reads on accounts and agreements. None of them holds content of any room."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils import timezone

from ceasefire.access import identity
from ceasefire.access.asking import NoRole, accounts
from ceasefire.access.criminal_history.models import HistoryCertificate
from ceasefire.access.identity import Actor
from ceasefire.access.models import Agency, Agreement, Membership, User
from ceasefire.access.partitions import Room
from ceasefire.access.policies import policy_of
from ceasefire.access.roles import Role
from ceasefire.access.sign_in import lockout
from ceasefire.administration.alike import alike, folded
from ceasefire.administration.terms import State, Term, term_of

RUNS_OUT_DAYS = 30
# All that these pages need of an account; never the hash of its password.
SHOWN = ("username", "display_name")


@dataclass(frozen=True)
class Person:
    """An account with the role that decides; `reason` is None where that role opens."""

    user: User
    held: Membership | None
    reason: NoRole | None
    closing: bool
    seen: datetime | None

    @property
    def has_access(self) -> bool:
        return self.reason is None

    def has_open_role(self, today: date) -> bool:
        """Whether a role stands, whatever keeps it from opening."""
        held = self.held
        return held is not None and not held.ended_at and not (held.ends and held.ends < today)

    def waits(self, today: date) -> bool:
        """Whether somebody must certify the role before it opens, or opens again."""
        until = self.held and self.held.certified_until
        return self.has_open_role(today) and (until is None or until < today)

    def runs_out(self, today: date) -> bool:
        until = self.held and self.held.certified_until
        soon = today + timedelta(days=RUNS_OUT_DAYS)
        return self.has_open_role(today) and until is not None and today <= until <= soon


def may_certify(actor: Actor, held: Membership) -> bool:
    """Whether this reader may certify the role: neither the holder nor the opener may."""
    own = actor.user_id in (held.user_id, held.opened_by_id)
    return policy_of(Membership).may_change(actor) and not own


def meets_criminal_history(held: Membership | None) -> bool:
    """Whether the role works in the room in which criminal-history data lies."""
    return held is not None and not held.ended_at and Role(held.role).room is Room.INVESTIGATIVE


def history_certificate(held: Membership) -> HistoryCertificate | None:
    """The newest that was not ended, whether or not its last day is over."""
    held_now = HistoryCertificate.objects.filter(
        account=held.user_id, agency=held.agency_id, ended_at=None
    )
    return held_now.annotate(recorded_by_name=F("recorded_by__display_name")).first()


def people(user_id: int | None = None) -> list[Person]:
    """Every account, or one, in the order of names; nothing for whoever keeps no accounts."""
    found = accounts(user_id)
    held = (
        Membership.objects.filter(pk__in=[one.membership_id for one in found if one.membership_id])
        .select_related("agency")
        .annotate(
            opened_by_name=F("opened_by__display_name"),
            certified_by_name=F("certified_by__display_name"),
        )
        .in_bulk()
    )
    users = User.objects.only(*SHOWN).in_bulk([one.user_id for one in found])
    told = [
        Person(users[one.user_id], held.get(one.membership_id), one.reason, one.closing, one.seen)
        for one in found
    ]
    return sorted(told, key=lambda person: (folded(str(person.user)), person.user.username))


def locked(everybody: list[Person]) -> list[Person]:
    names = lockout.locked_among(person.user.username for person in everybody)
    return [person for person in everybody if person.user.username in names]


def people_alike(*, display_name: str, username: str) -> list[User]:
    """Accounts that may belong to the person about to get one."""
    return [
        user
        for user in User.objects.only(*SHOWN)
        if alike(user.display_name, display_name)
        or alike(user.username, username)
        or folded(user.username) == folded(username)
    ]


def agencies_alike(name: str) -> list[Agency]:
    return [agency for agency in Agency.objects.all() if alike(agency.name, name)]


@dataclass(frozen=True)
class Party:
    """An agency with what it has signed, and how many people have a role there."""

    agency: Agency
    term: Term
    people: int


def parties(everybody: list[Person], today: date) -> list[Party]:
    """Every agency, in the order of names."""
    signed = defaultdict(list)
    for agreement in Agreement.objects.all():
        signed[agreement.agency_id].append(agreement)
    staff = Counter(p.held.agency_id for p in everybody if p.has_open_role(today))
    return [
        Party(agency, term_of(signed[agency.pk], today), staff[agency.pk])
        for agency in sorted(Agency.objects.all(), key=lambda agency: folded(agency.name))
    ]


def losing_access(agreement: Agreement, today: date) -> list[Person]:
    """Who reads now and would not if this agreement ended: nobody, where another one stands."""
    others = Agreement.objects.filter(agency_id=agreement.agency_id).exclude(pk=agreement.pk)
    if term_of(others, today).opens:
        return []
    agency = agreement.agency_id
    return [p for p in people() if p.has_access and p.held.agency_id == agency]


@dataclass(frozen=True)
class Due:
    """What waits for whoever keeps accounts."""

    parties: list[Party]
    mine: list[Person]
    others: list[Person]
    run_out: list[Person]
    asleep: list[Person]
    locked: list[Person]

    @property
    def count(self) -> int:
        return sum(map(len, (self.parties, self.mine, self.run_out, self.asleep, self.locked)))


def due(actor: Actor, everybody: list[Person], today: date) -> Due:
    waiting = [person for person in everybody if person.waits(today)]
    mine = [person for person in waiting if may_certify(actor, person.held)]
    return Due(
        parties=sorted(
            (party for party in parties(everybody, today) if _is_due(party)), key=_soonest
        ),
        mine=mine,
        others=[person for person in waiting if person not in mine],
        run_out=[person for person in everybody if person.runs_out(today)],
        asleep=[person for person in everybody if person.reason == NoRole.ASLEEP],
        locked=locked(everybody),
    )


def _is_due(party: Party) -> bool:
    """Also an agency with people and nothing in force; one without either is history."""
    nothing = not party.term.opens and party.term.state != State.COMING
    return party.term.warns or (nothing and party.people > 0)


def _soonest(party: Party) -> date:
    return party.term.agreement.closed_from if party.term.agreement else date.min


def own_term(actor: Actor, today: date) -> Term | None:
    """What the reader's own agency has signed, where its people are to be told of its end."""
    term = term_of(Agreement.objects.filter(agency_id=actor.agency_id), today)
    return term if term.warns else None


def this_week(actor: Actor) -> dict:
    """For the first page: the warning to an agency's people, and to keepers what is due."""
    today = timezone.localdate()
    shown = {"term": own_term(actor, today)}
    if actor.role in (Role.ADMINISTRATOR, Role.DIRECTOR):
        with identity.outside_rooms():
            shown["accounts_due"] = due(actor, people(), today)
    return shown
