"""Rows of the log as tables print them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ceasefire.access import audit
from ceasefire.access.audit.models import AuditReview
from ceasefire.access.audit.selectors import Anomaly, Entry
from ceasefire.access.models import User
from ceasefire.access.roles import Role
from ceasefire.kit.tables import Badge, Link

RESULTS = {
    "shown": (gettext_lazy("shown"), ""),
    "done": (gettext_lazy("done"), "ok"),
    "denied": (gettext_lazy("denied"), "late"),
    "failed": (gettext_lazy("failed"), "late"),
}


def entry_columns() -> list[str]:
    return [_("When"), _("Who"), _("What"), _("Record"), _("Persons shown"), _("Result")]


def entry_rows(entries: list[Entry]) -> list[list]:
    names = names_of(entry.user_id for entry in entries)
    return [_entry_row(entry, names) for entry in entries]


def _entry_row(entry: Entry, names: dict[int, str]) -> list:
    what = f"{_sentence(entry.verb)} ({entry.route})" if entry.route else _sentence(entry.verb)
    record = f"{entry.object_type}:{entry.object_id}" if entry.object_type else ""
    return [
        *(entry.at, _who(entry, names), what, record, ", ".join(entry.subject_keys)),
        Badge(*RESULTS[entry.result]),
    ]


def _sentence(verb: str) -> str:
    """A verb that an earlier version of the product knew is shown as it was written."""
    try:
        return str(audit.sentence(verb))
    except audit.UnknownVerb:
        return verb


def _who(entry: Entry, names: dict[int, str]) -> str:
    if entry.role is None:
        return _("nobody signed in")
    role = Role(entry.role).label if entry.role in Role.values else entry.role
    return f"{names[entry.user_id]}, {role}" if entry.user_id in names else str(role)


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
    elif one.kind == "hours":
        words = ngettext("%(n)s time outside opening hours", "%(n)s times outside opening hours", n)
    else:
        words = ngettext("%(n)s refusal in a row", "%(n)s refusals in a row", n)
    return words % {"n": n}
