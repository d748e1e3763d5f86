"""Rows of the log as tables print them."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ceasefire.access import audit
from ceasefire.access.audit.models import AuditReview
from ceasefire.access.audit.selectors import Anomaly, Entry, State
from ceasefire.access.budgets.models import ReadingAlert, ReadingBudget
from ceasefire.access.models import Agency, User
from ceasefire.access.roles import Role
from ceasefire.kit.tables import Badge, Link, Number
from ceasefire.oversight.places import place

RESULTS = {
    "shown": (gettext_lazy("shown"), ""),
    "done": (gettext_lazy("done"), "ok"),
    "denied": (gettext_lazy("denied"), "late"),
    "failed": (gettext_lazy("failed"), "late"),
}


class Known(NamedTuple):
    """Names that stand beside numbers of the log."""

    people: dict[int, str]
    agencies: dict[int, str]


class Part(NamedTuple):
    """One column of lines of the log."""

    title: Promise
    cell: Callable[[Entry, Known], object]


Shape = tuple[Part, ...]


def entry_rows(entries: list[Entry], shape: Shape) -> list[list]:
    known = Known(
        names_of(entry.user_id for entry in entries),
        dict(Agency.objects.values_list("pk", "name")),
    )
    return [[part.cell(entry, known) for part in shape] for entry in entries]


def _record(entry: Entry, known: Known) -> str:
    if not entry.object_type:
        return ""
    return f"{entry.object_type}:{entry.object_id}" if entry.object_id else entry.object_type


WHEN = Part(gettext_lazy("When"), lambda entry, known: entry.at)
WHO = Part(gettext_lazy("Who"), lambda entry, known: _who(entry, known))
WHAT = Part(gettext_lazy("What"), lambda entry, known: _sentence(entry.verb))
WHERE = Part(gettext_lazy("Where"), lambda entry, known: place(entry.route) if entry.route else "")
RECORD = Part(gettext_lazy("Record"), _record)
PERSONS = Part(gettext_lazy("Persons shown"), lambda entry, known: ", ".join(entry.subject_keys))
PURPOSE = Part(gettext_lazy("Purpose"), lambda entry, known: entry.purpose)
RESULT = Part(gettext_lazy("Result"), lambda entry, known: Badge(*RESULTS[entry.result]))
LINE = (WHEN, WHO, WHAT, WHERE, RECORD, PERSONS, RESULT)
LOOK = (WHEN, WHO, WHAT, WHERE, PURPOSE, RESULT)
DEED = (WHEN, WHAT, WHERE, RECORD, PERSONS, PURPOSE, RESULT)


def _sentence(verb: str) -> str:
    """A verb that an earlier version of the product knew is shown as it was written."""
    try:
        return str(audit.sentence(verb))
    except audit.UnknownVerb:
        return verb


def _who(entry: Entry, known: Known) -> str:
    if entry.role is None:
        return _("nobody signed in")
    agency = known.agencies.get(entry.agency_id)
    words = [known.people.get(entry.user_id), _role(entry.role), agency]
    return ", ".join(str(word) for word in words if word)


def _role(role: str) -> str:
    return str(Role(role).label) if role in Role.values else role


def viewer_columns() -> list:
    return [_("Who"), _("Role"), Number(_("Times shown"))]


def viewer_rows(times: dict[tuple[int | None, str | None], int]) -> list[list]:
    """Whoever was shown a person, those most often first."""
    names = names_of(user_id for user_id, _role_name in times)
    ordered = sorted(times.items(), key=lambda one: -one[1])
    return [
        [names.get(user_id, _("nobody signed in")), _role(role or ""), many]
        for (user_id, role), many in ordered
    ]


def names_of(accounts: Iterable[int | None]) -> dict[int, str]:
    """Account -> the person's name, as pages show it."""
    known = User.objects.only("username", "display_name")
    found = known.filter(pk__in={account for account in accounts if account})
    return {user.pk: str(user) for user in found}


def review_columns() -> list[str]:
    return [_("Week"), _("Due by"), _("State")]


def review_rows(reviews: list[AuditReview]) -> list[list]:
    return [
        [Link(str(review), reverse("oversight:week", args=[review.pk])), review.due, _state(review)]
        for review in reviews
    ]


def _state(review: AuditReview) -> Badge:
    if review.is_late(timezone.localdate()):
        return Badge(_("late, escalated"), "late")
    return Badge(_("to review"), "due")


def anomaly_columns() -> list[str]:
    return [_("What is unusual"), _("Who"), _("From")]


def anomaly_rows(found: list[Anomaly]) -> list[list]:
    names = names_of(anomaly.user_id for anomaly in found)
    return [[_anomaly(one), names.get(one.user_id, one.user_id), one.at] for one in found]


def _anomaly(one: Anomaly) -> str:
    n = one.times
    if one.kind == "bulk":
        words = ngettext(
            "%(n)s person shown within an hour", "%(n)s persons shown within an hour", n
        )
    elif one.kind == "peers":
        words = ngettext(
            "%(n)s person shown in the week, far more than others of this role",
            "%(n)s persons shown in the week, far more than others of this role",
            n,
        )
    elif one.kind == "hours":
        words = ngettext("%(n)s time outside opening hours", "%(n)s times outside opening hours", n)
    else:
        words = ngettext("%(n)s refusal in a row", "%(n)s refusals in a row", n)
    return words % {"n": n}


def state_facts(state: State | None) -> list[tuple]:
    """How the log stands; nothing for whoever does not read it."""
    if state is None:
        return []
    found = {None: "", True: _("whole"), False: _("NOT whole: tell whoever keeps the machine")}
    return [
        (_("Last sealed"), state.sealed_at or Badge(_("never"), "late")),
        (_("Lines that wait for a seal"), state.unsealed),
        (_("Last verified"), state.verified_at or Badge(_("never"), "due")),
        (_("The log was found"), found[state.whole]),
    ]


def alert_columns() -> list:
    return [_("Last time"), _("Who"), _("Agency"), _("Budget"), Number(_("Refused")), _("State")]


def alert_row(alert: ReadingAlert) -> list:
    link = Link(date_format(localtime(alert.last_at), "SHORT_DATETIME_FORMAT"),
                reverse("oversight:alert", args=[alert.pk]))  # fmt: skip
    state = Badge(_("closed"), "ok") if alert.seen_at else Badge(_("to look into"), "due")
    return [link, alert.who, alert.at_agency, _budget(alert), alert.times, state]


def _budget(alert: ReadingAlert) -> str:
    words = _("%(n)s persons in %(span)s")
    return words % {"n": alert.allowed, "span": alert.get_span_display()}


def alert_facts(alert: ReadingAlert) -> list[tuple]:
    return [
        (_("Who"), alert.who),
        (_("Agency"), alert.at_agency),
        (_("Budget that was met"), _budget(alert)),
        (_("First refused"), alert.at),
        (_("Last refused"), alert.last_at),
        (_("Times refused"), alert.times),
        (_("Looked into by"), alert.who_seen),
        (_("Looked into"), alert.seen_at),
        (_("What it was"), alert.words),
    ]


def budget_columns() -> list:
    return [
        *(_("Role"), Number(_("Persons in an hour")), Number(_("In a day"))),
        Number(_("More after a second step")),
    ]


def budget_rows(known: dict[str, ReadingBudget]) -> list[list]:
    """In the order of the roles."""
    return [
        [
            Link(Role(role).label, reverse("oversight:budget", args=[role])),
            *(known[role].an_hour, known[role].a_day, known[role].after_step_up),
        ]
        for role in Role.values
        if role in known
    ]
