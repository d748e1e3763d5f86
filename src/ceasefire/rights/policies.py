"""Clerks take requests in and see who asks; each holder answers in its own room; others decide.

*Clerks* are privacy officers, at any agency, and auditors. *Holders* keep records about people:
those who would answer for each closed room. An entry is decided by law enforcement of another
agency than the one that wrote it, and an appeal by an auditor, who is outside all of it.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from ceasefire.access.models import Agency
from ceasefire.access.narrowing import OwnAgency, column, names
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.retention.dependencies import Falls, hangs
from ceasefire.access.roles import STANDINGS, Role, standings
from ceasefire.rights.models import ANSWERS, NAMES, Contest, Correction, Due, Request

CLERK_ROLES = frozenset({Role.PRIVACY_OFFICER, Role.AUDITOR})
ANSWERING = {
    Room.INVESTIGATIVE: standings(Role.ANALYST, Role.CAPTAIN, at="police"),
    Room.SHARED: standings(Role.DIRECTOR),
    Room.SERVICES: standings(Role.OUTREACH, Role.CASE_MANAGER, Role.VICTIM_SERVICES),
}
# The kinds of agency that hold records of people: every one of them owes every request an answer.
HOLDER_KINDS = (
    Agency.Kind.POLICE, Agency.Kind.CEASEFIRE, Agency.Kind.OVP, Agency.Kind.COMMUNITY,
    Agency.Kind.HOSPITAL,
)  # fmt: skip
CLERKS = standings(*CLERK_ROLES)
HOLDERS = frozenset().union(*ANSWERING.values())
DECIDERS = (
    standings(Role.PROSECUTOR, Role.PROBATION)
    | standings(Role.CAPTAIN, at="police")
    | standings(Role.CAPTAIN, at="neighbour_police")
)
OUTSIDERS = standings(Role.AUDITOR)


@dataclass(frozen=True)
class Filled:
    """Limits a reader to rows in which this column has been filled."""

    column: str
    words = _("These are the rows that have come so far.")

    def rows(self, actor) -> Q:
        return Q(**{f"{self.column}__isnull": False})

    def condition(self, model, full, limited):
        return sql.SQL(
            "((SELECT wall.admits({full})) OR ({of} IS NOT NULL AND (SELECT wall.admits({lim}))))"
        ).format(of=column(model, self.column), full=names(full), lim=names(limited))


@dataclass(frozen=True)
class OwnOrAsked:
    """Limits a holder to the own answers, and an auditor to those that a person wants reviewed."""

    words = _("These are the own agency's answers, and for an auditor those to be reviewed.")

    def rows(self, actor) -> Q:
        if actor.standing in OUTSIDERS:
            return Q(review_asked_at__isnull=False)
        return Q(agency_id=actor.agency_id)

    def condition(self, model, full, limited):
        # At next to no cost, so that it is asked before anything of the reader's own.
        return sql.SQL(
            "((review_asked_at IS NOT NULL AND (SELECT wall.admits({asking})))"
            " OR (SELECT wall.admits({full}))"
            " OR wall.same({of}, (SELECT wall.own_or('{{}}', {own}, 'agency', NULL))))"
        ).format(
            full=names(full),
            asking=names(OUTSIDERS & frozenset(limited)),
            of=column(model, "agency"),
            own=names(frozenset(limited) - OUTSIDERS),
        )


@dataclass(frozen=True)
class ToDecide:
    """Limits who decides to the entries of other agencies, and an auditor to what was appealed."""

    words = _("These are the entries of other agencies, and for an auditor those appealed.")

    def rows(self, actor) -> Q:
        if actor.standing in OUTSIDERS:
            return Q(appealed_at__isnull=False)
        return ~Q(agency_id=actor.agency_id)

    def condition(self, model, full, limited):
        return sql.SQL(
            "((SELECT wall.admits({full}))"
            " OR (appealed_at IS NOT NULL AND (SELECT wall.admits({asking})))"
            " OR ((SELECT wall.admits({deciding}))"
            " AND NOT wall.same({of}, (SELECT wall.own_agency()))))"
        ).format(
            full=names(full), of=column(model, "agency"),
            asking=names(OUTSIDERS & frozenset(limited)),
            deciding=names(frozenset(limited) - OUTSIDERS),
        )  # fmt: skip


REVIEWED = ("review_outcome", "review_words", "reviewed_by", "reviewed_at")
GIVEN_ONCE = ("identity_on", "identity_by", "identity_how", "closed_at", "closed_by",
              "closed_because")  # fmt: skip
declare(
    Request,
    Policy(
        Room.AGGREGATE, full=CLERKS, limited=HOLDERS, by=Filled("identity_on"), change=CLERKS,
        named=dict.fromkeys(NAMES, CLERKS | HOLDERS), while_closing=True, stays=True,
        fixed=tuple(
            one.name for one in Request._meta.concrete_fields if one.name not in GIVEN_ONCE
        ),
    ),
)  # fmt: skip
declare(
    Due,
    Policy(
        Room.AGGREGATE, full=CLERKS, limited=HOLDERS, by=OwnAgency(), change=CLERKS,
        fixed=("request", "agency", "due_on", "done_at"), while_closing=True, stays=True,
    ),
)  # fmt: skip
for room, model in ANSWERS.items():
    declare(
        model,
        Policy(
            room, limited=ANSWERING[room] | OUTSIDERS, by=OwnOrAsked(),
            change=ANSWERING[room] | OUTSIDERS,
            fixed=tuple(
                one.name for one in model._meta.concrete_fields if one.name not in REVIEWED
            ),
            stamped=("answered_by", "answered_at"), while_closing=True, stays=True,
        ),
    )  # fmt: skip
OPENED = (
    *("request", "entry", "subject", "known_as", "agency", "entered_by", "language", "says"),
    *("words", "opened_by", "opened_at", "due_on"),
)
POLICE = ANSWERING[Room.INVESTIGATIVE]
declare(
    Contest,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, limited=(DECIDERS | OUTSIDERS) - POLICE, by=ToDecide(),
        change=POLICE | DECIDERS | OUTSIDERS, fixed=OPENED, stamped=("opened_by", "opened_at"),
        while_closing=True, stays=True,
    ),
)  # fmt: skip
EVERYONE = frozenset(STANDINGS)
declare(
    Correction,
    Policy(
        Room.AGGREGATE, full=CLERKS, limited=EVERYONE - CLERKS, by=OwnAgency(), change=EVERYONE,
        fixed=("entry", "subject", "agency", "last_received_at", "made_at", "due_on"),
        while_closing=True, stays=True,
    ),
)  # fmt: skip

hangs(Due, "request", Falls.WITH)
hangs(Contest, "request", Falls.WITH)
hangs(Contest, "entry", Falls.WITH)
hangs(Contest, "subject", Falls.WITH)
hangs(Correction, "entry", Falls.WITH)
hangs(Correction, "subject", Falls.WITH)
for model in ANSWERS.values():
    hangs(model, "request", Falls.WITH)
