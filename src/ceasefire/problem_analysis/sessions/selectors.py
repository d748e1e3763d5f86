"""Sessions as their readers find them, and the codes that a study may take from them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import identity
from ceasefire.access.models import Membership, User
from ceasefire.access.roles import Role
from ceasefire.problem_analysis.sessions.models import COMPARED, Code, Listed, Session, Settlement
from ceasefire.registry.groups import selectors as groups
from ceasefire.registry.models import Incident

Involvement = Code.Involvement
# Whoever plans and leads a session, and may chair it.
LEADING = frozenset({Role.ANALYST, Role.CAPTAIN})


def shootings(start: date, end: date) -> QuerySet[Incident]:
    """The shootings of these days, both included, that stand in the register."""
    found = Incident.objects.filter(occurred_on__range=(start, end), withheld_at=None)
    unfounded = Incident.Verification.UNFOUNDED
    return found.exclude(verification=unfounded).order_by("occurred_on", "pk")


def sessions() -> QuerySet[Session]:
    return Session.objects.annotate(chaired=F("chair__display_name"))


def may_chair() -> QuerySet[User]:
    """The accounts of the reader's own agency whose role leads a session, by name."""
    today = timezone.localdate()
    current = Membership.objects.filter(
        Q(ends=None) | Q(ends__gte=today), agency=identity.current().agency_id,
        role__in=LEADING, ended_at=None, starts__lte=today,
    )  # fmt: skip
    found = User.objects.only("username", "display_name").order_by("display_name")
    return found.filter(pk__in=current.values("user"))


def listed(session: Session) -> QuerySet[Listed]:
    """Its shootings in the order in which they happened, but those withheld meanwhile."""
    found = Listed.objects.filter(session=session, incident__withheld_at=None)
    return found.select_related("incident").order_by("incident__occurred_on", "pk")


def mine_to_code(session: Session) -> QuerySet[Listed]:
    """The shootings of an open session that the reader may still code."""
    own = Code.objects.filter(coder=identity.current().user_id).values("listed")
    wanting = Q(codes_in=0) | Q(codes_in=1, second_due=True)
    return listed(session).filter(wanting).exclude(pk__in=own)


def contested(session: Session) -> QuerySet[Listed]:
    return listed(session).filter(contested=True)


@dataclass(frozen=True)
class Progress:
    """Shootings of a session: on its list, with a first code, due for a second and with one."""

    shootings: int
    coded: int
    second_due: int
    second_in: int
    contested: int


def progress(session: Session) -> Progress:
    told = Listed.objects.filter(session=session).aggregate(
        shootings=Count("pk"), coded=Count("pk", filter=Q(codes_in__gte=1)),
        second_due=Count("pk", filter=Q(second_due=True)),
        second_in=Count("pk", filter=Q(codes_in=2)),
        contested=Count("pk", filter=Q(contested=True)),
    )  # fmt: skip
    return Progress(**told)


def left(session: Session) -> dict[str, int]:
    """What is not done: codes, second codes, contested shootings, groups; each counted."""
    if not session.is_review:
        return {"groups": len(not_walked(session))}
    done = progress(session)
    return {
        "codes": done.shootings - done.coded, "second": done.second_due - done.second_in,
        "contested": done.contested,
    }  # fmt: skip


def not_walked(session: Session) -> list[groups.Picture]:
    """The groups that the audit has not gone through yet, by name."""
    seen = set(session.walked.values_list("group_id", flat=True))
    return [one for one in groups.pictures() if one.group.pk not in seen]


def pairs(session: Session) -> list[tuple[Code, Code]]:
    """First and second code of each shooting that has both."""
    found: dict[int, list[Code]] = {}
    for one in Code.objects.filter(listed__session=session, listed__codes_in=2).order_by("nth"):
        found.setdefault(one.listed_id, []).append(one)
    return [(both[0], both[1]) for both in found.values() if len(both) == 2]


@dataclass(frozen=True)
class Given:
    """What stands of one shooting: by which session, and how it came to stand."""

    incident_id: int
    session_id: int
    involvement: str
    basis: str
    motivated: str
    circumstance: str
    circumstance_2: str
    how: str  # only, agreed or settled


@dataclass(frozen=True)
class Codes:
    """The codes of the shootings of some days; how many are contested still, or not coded."""

    given: list[Given]
    contested: int
    uncoded: int


def codes(start: date, end: date) -> Codes:
    """The codes of the shootings of these days, both included, as closed sessions left them.

    Of several sessions the newest that coded a shooting counts.
    """
    standing = set(shootings(start, end).values_list("pk", flat=True))
    rows = Listed.objects.filter(
        session__state=Session.State.CLOSED, incident_id__in=standing, codes_in__gte=1
    )
    newest = {one.incident_id: one for one in rows.order_by("session__on", "session_id")}
    return _codes(newest.values(), len(standing))


def codes_of(session: Session) -> Codes:
    """The same of one session, as far as it has come and the reader may see it."""
    rows = listed(session)
    return _codes(rows.filter(codes_in__gte=1), rows.count())


def _codes(rows: Iterable[Listed], shootings: int) -> Codes:
    rows = list(rows)
    clear = {one.pk: one for one in rows if not one.contested}
    said = _said(clear)
    given = [_given(clear[pk], *both) for pk, both in said.items()]
    disputed = len(rows) - len(clear)
    return Codes(given, disputed, shootings - disputed - len(given))


def _said(wanted: dict[int, Listed]) -> dict[int, tuple]:
    """Shooting on the list -> what stands, and how."""
    found: dict[int, tuple] = {}
    for one in Code.objects.filter(listed__in=wanted).order_by("nth"):
        found.setdefault(one.listed_id, (one, "only" if one.nth == 1 else "agreed"))
        if one.nth == 2:
            found[one.listed_id] = (found[one.listed_id][0], "agreed")
    for one in Settlement.objects.filter(listed__in=wanted).order_by("pk"):
        found[one.listed_id] = (one, "settled")
    return found


def _given(row: Listed, said: Code | Settlement, how: str) -> Given:
    told = {name: getattr(said, name) for name in (*COMPARED, "circumstance_2")}
    return Given(row.incident_id, row.session_id, **told, how=how)


@dataclass(frozen=True)
class Share:
    """Shootings in which a group was involved. Every figure counts shootings, not people."""

    confirmed: int
    suspected: int
    not_involved: int
    undetermined: int
    without_code: int

    @property
    def involved(self) -> int:
        return self.confirmed + self.suspected

    @property
    def determined(self) -> int:
        return self.involved + self.not_involved

    @property
    def shootings(self) -> int:
        return self.determined + self.undetermined + self.without_code

    @property
    def of_determined(self) -> float | None:
        return self.involved / self.determined if self.determined else None

    @property
    def of_all(self) -> float | None:
        return self.involved / self.shootings if self.shootings else None


def share(of: Codes) -> Share:
    """Confirmed and suspected, of those with a determination and of all."""
    told = Counter(one.involvement for one in of.given)
    return Share(
        told[Involvement.CONFIRMED], told[Involvement.SUSPECTED], told[Involvement.NOT],
        told[Involvement.UNDETERMINED], of.contested + of.uncoded,
    )  # fmt: skip


def attended(session: Session) -> list[tuple[str, str]]:
    """(name, agency) of the accounts that attended; a guest's name is behind its own door."""
    found = session.attendees.select_related("agency").order_by("pk")
    return list(found.values_list("account__display_name", "agency__name"))


def codes_seen(row: Listed) -> QuerySet[Code]:
    """Its codes, as far as the reader may see them."""
    return Code.objects.filter(listed=row).annotate(by=F("coder__display_name"))


def contests(row: Listed) -> QuerySet:
    return row.contests.annotate(by=F("contested_by__display_name"))


def settlements(row: Listed) -> QuerySet[Settlement]:
    return row.settlements.annotate(settler=F("settled_by__display_name"))


def coded_by_reader(row: Listed) -> bool:
    return Code.objects.filter(listed=row, coder=identity.current().user_id).exists()


def outcomes(session: Session) -> list[Listed]:
    """Its shootings, each with what stands of it as `given`, or None."""
    given = {one.incident_id: one for one in codes_of(session).given}
    rows = list(listed(session))
    for row in rows:
        row.given = given.get(row.incident_id)
    return rows


def walked(session: Session) -> list[list]:
    """Group, whether it was confirmed, last violence."""
    if session.is_review:
        return []
    names = groups.names()
    return [
        [names.get(one.group_id, str(one.group_id)),
         _("unchanged") if one.unchanged else _("something new"), one.last_violence_on]
        for one in session.walked.order_by("pk")
    ]  # fmt: skip
