"""Agencies, people and roles as tables and lists print them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ceasefire.access.asking import NoRole
from ceasefire.access.criminal_history.models import HistoryCertificate
from ceasefire.access.models import Agency, Agreement, Membership
from ceasefire.access.roles import HELD_AT, Role
from ceasefire.administration.crew import RULES, Rule, here_now
from ceasefire.administration.selectors import Party, Person
from ceasefire.administration.terms import State, Term
from ceasefire.kit.tables import Badge, Link, Number

NEAREST = min(Agreement.WARN_DAYS)
STATES: dict[NoRole | None, tuple[Promise, str]] = {
    None: (gettext_lazy("has access"), "ok"),
    NoRole.NEVER: (gettext_lazy("no role yet"), "due"),
    NoRole.CLOSED: (gettext_lazy("account closed"), ""),
    NoRole.ENDED: (gettext_lazy("role ended"), ""),
    NoRole.COMING: (gettext_lazy("not begun"), ""),
    NoRole.AGREEMENT: (gettext_lazy("no agreement in force"), "late"),
    NoRole.CERTIFICATION: (gettext_lazy("waits for a certificate"), "due"),
    NoRole.ATTESTATION: (gettext_lazy("has not attested this quarter"), "due"),
    NoRole.DETAILED: (gettext_lazy("suspended: immigration enforcement"), "late"),
    NoRole.ASLEEP: (gettext_lazy("asleep"), "due"),
}
READS_ONLY = (gettext_lazy("reads only: agreement closing"), "due")
# What keeps a person out, said to whoever may put it right.
REMEDIES: dict[NoRole, Promise] = {
    NoRole.NEVER: gettext_lazy("This account has no role, so it opens nothing. Give it one."),
    NoRole.CLOSED: gettext_lazy("This account is closed and opens nothing."),
    NoRole.ENDED: gettext_lazy(
        "The role has ended, so this account opens nothing. Give it another role if it needs one."
    ),
    NoRole.COMING: gettext_lazy("The role has not begun. It opens from its first day."),
    NoRole.AGREEMENT: gettext_lazy(
        "The agency has no agreement in force, so nobody of it has access. Record the renewed "
        "agreement at the agency."
    ),
    NoRole.CERTIFICATION: gettext_lazy(
        "The role opens nothing until somebody other than its holder and its opener certifies it."
    ),
    NoRole.ATTESTATION: gettext_lazy(
        "This quarter the person has not attested to having no immigration enforcement duty. "
        "Signing in asks for it; nobody else can."
    ),
    NoRole.DETAILED: gettext_lazy(
        "The person is detailed to immigration enforcement, so the access is suspended."
    ),
    NoRole.ASLEEP: gettext_lazy(
        "Nobody has used this account for 90 days. Ask whether the person still needs it, then "
        "wake it or end the role."
    ),
}


def state(person: Person) -> Badge:
    return Badge(*(READS_ONLY if person.has_access and person.closing else STATES[person.reason]))


def state_choices() -> list[tuple[str, Promise]]:
    return [(reason.value if reason else "access", words) for reason, (words, _k) in STATES.items()]


def _link(person: Person) -> Link:
    return Link(str(person.user), reverse("administration:person", args=[person.user.pk]))


def _at(agency: Agency) -> Link:
    return Link(agency.name, reverse("administration:agency", args=[agency.pk]))


def term(standing: Term) -> Badge:
    """The state of an agency's agreement, with the days that are left where that matters."""
    if standing.state is None:
        return Badge(_("nothing signed"), "late")
    if standing.state == State.LIVE and standing.warns:
        n = standing.days_left
        words = ngettext("ends in %(n)s day", "ends in %(n)s days", n) if n else _("ends today")
        return Badge(words % {"n": n}, "late" if standing.stage == NEAREST else "due")
    kinds = {State.LIVE: "ok", State.CLOSING: "late", State.OVER: "late", State.ENDED: "late"}
    return Badge(standing.state.label, kinds.get(standing.state, ""))


def party_columns() -> list:
    return [_("Agency"), _("Kind"), _("Agreement"), _("Last day"), Number(_("People with a role"))]


def party_rows(parties: Iterable[Party]) -> list[list]:
    return [
        [
            *(_at(party.agency), party.agency.get_kind_display(), term(party.term)),
            *(party.term.agreement and party.term.agreement.ends, party.people),
        ]
        for party in parties
    ]


def due_party_columns() -> list:
    return [
        *(_("Agency"), _("Agreement"), _("Last day"), _("Nothing opens from")),
        Number(_("People with a role")),
    ]


def due_party_rows(parties: Iterable[Party]) -> list[list]:
    return [
        [
            *(_at(party.agency), term(party.term)),
            *(party.term.agreement and party.term.agreement.ends, _shut_from(party.term)),
            party.people,
        ]
        for party in parties
    ]


def _shut_from(standing: Term) -> object:
    return standing.agreement.closed_from if standing.opens else _("now")


def agreement_columns(may_end: bool) -> list[str]:
    columns = [_("Document"), _("First day"), _("Last day"), _("State"), _("Recorded by")]
    return [*columns, _("After breach or misuse")] if may_end else columns


def agreement_rows(agreements: Iterable[Agreement], today, may_end: bool) -> list[list]:
    return [
        [
            *(one.document, one.starts, one.ends, _agreement_state(one, today), one.recorded_by),
            *([_ending(one, today)] if may_end else []),
        ]
        for one in agreements
    ]


def _agreement_state(one: Agreement, today) -> Badge | str:
    if one.ended_at:
        why = _("Ended at once: %(why)s, by %(who)s. %(words)s")
        told = {"why": one.get_ended_because_display(), "who": one.ended_by}
        return why % (told | {"words": one.ended_words})
    kinds = {State.LIVE: "ok", State.CLOSING: "due"}
    return Badge(one.state(today).label, kinds.get(one.state(today), ""))


def _ending(one: Agreement, today) -> Link | str:
    if one.ended_at or one.state(today) == State.OVER:
        return ""
    return Link(_("End at once"), reverse("administration:agreement_end", args=[one.pk]))


def people_columns() -> list[str]:
    return [_("Name"), _("User name"), _("Role"), _("Agency"), _("State"), _("Last here")]


def people_rows(people: Iterable[Person]) -> list[list]:
    return [
        [
            *(_link(person), person.user.username, _role(person.held), _agency(person.held)),
            *(state(person), person.seen or _("never")),
        ]
        for person in people
    ]


def _role(held: Membership | None) -> str:
    return held.get_role_display() if held else ""


def _agency(held: Membership | None) -> str:
    return held.agency.name if held else ""


def _opener(held: Membership) -> str:
    return held.opened_by_name or _("the home's first set-up")


def staff_columns() -> list[str]:
    return [_("Name"), _("Role"), _("State"), _("Certified until"), _("Last here")]


def staff_rows(people: Iterable[Person]) -> list[list]:
    return [
        [
            *(_link(person), _role(person.held), state(person)),
            *(person.held.certified_until, person.seen or _("never")),
        ]
        for person in people
    ]


def waiting_columns() -> list[str]:
    return [_("Name"), _("Role"), _("Agency"), _("Opened by"), _("First day")]


def waiting_rows(people: Iterable[Person]) -> list[list]:
    return [
        [
            *(_link(person), _role(person.held), _agency(person.held)),
            *(_opener(person.held), person.held.starts),
        ]
        for person in people
    ]


def expiring_columns() -> list[str]:
    return [_("Name"), _("Role"), _("Agency"), _("Certified until")]


def expiring_rows(people: Iterable[Person]) -> list[list]:
    return [
        [_link(one), _role(one.held), _agency(one.held), one.held.certified_until] for one in people
    ]


def asleep_columns() -> list[str]:
    return [_("Name"), _("Role"), _("Agency"), _("Last here")]


def asleep_rows(people: Iterable[Person]) -> list[list]:
    return [
        [_link(one), _role(one.held), _agency(one.held), one.seen or _("never")] for one in people
    ]


def held_facts(person: Person) -> list[tuple]:
    """What is known of an account and of the role that decides."""
    held = person.held
    facts = [(_("User name"), person.user.username), (_("Last here"), person.seen or _("never"))]
    if held is None:
        return facts
    return [
        *((_("Role"), held.get_role_display()), (_("Agency"), _at(held.agency)), *facts),
        *((_("First day"), held.starts), (_("Last day"), held.ends)),
        (_("Opened by"), _opener(held)),
        *((_("Certified on"), held.certified_on), (_("Certified until"), held.certified_until)),
        *((_("Certified by"), held.certified_by_name), (_("Ended"), held.ended_at)),
        (_("Because"), held.get_ended_because_display()),
    ]


def history_facts(certificate: HistoryCertificate | None) -> list[tuple]:
    """Until when a person may be shown criminal-history data, and who says so."""
    if certificate is None:
        return []
    return [
        (_("Screened on"), certificate.screened_on),
        (_("Certified on"), certificate.certified_on),
        (_("Certified until"), certificate.certified_until),
        (_("Where it is written"), certificate.source),
        (_("Recorded by"), certificate.recorded_by_name),
    ]


def past_columns() -> list[str]:
    return [_("Role"), _("Agency"), _("First day"), _("Ended"), _("Because")]


def past_rows(roles: Iterable[Membership]) -> list[list]:
    return [
        [
            *(one.get_role_display(), one.agency.name, one.starts, one.ended_at or one.ends),
            one.get_ended_because_display(),
        ]
        for one in roles
    ]


def role_columns() -> list[str]:
    return [_("Role"), _("What it is"), _("Exists at"), _("Works in")]


def role_rows() -> list[list]:
    return [[role.label, role.sentence, kinds_of(role), _works_in(role)] for role in Role]


def kinds_of(role: Role) -> str:
    return ", ".join(str(Agency.Kind(kind).label) for kind in HELD_AT[role])


def _works_in(role: Role) -> str:
    return _("Accounts, no room") if role == Role.ADMINISTRATOR else role.room.label


def rule_columns() -> list:
    return [_("What takes several people"), _("Who"), Number(_("People")), _("Here now"), _("Why")]


def rule_rows(everybody: list[Person]) -> list[list]:
    return [
        [rule.what, _who(rule), rule.people, _here(rule, everybody), rule.why] for rule in RULES
    ]


def _who(rule: Rule) -> str:
    if not rule.roles:
        return _("In each agency that does it")
    return ", ".join(str(role.label) for role in Role if role in rule.roles)


def _here(rule: Rule, everybody: list[Person]) -> Badge | str:
    if not rule.roles:
        return ""
    n = here_now(rule, everybody)
    return Badge(str(n), "ok" if n >= rule.people else "late")
