"""What the overview of oversight puts together: what waits, and which pages there are."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access.audit.models import AuditReview
from ceasefire.access.breach import selectors as breaches
from ceasefire.access.breach.models import BreachStep
from ceasefire.access.budgets.selectors import alerts_open
from ceasefire.access.exports.models import Export
from ceasefire.access.identity import Actor
from ceasefire.web.navigation import address

EXPORT_DAYS = timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """One line of what waits. kind: due, late, or "" for a figure that only informs."""

    words: str
    many: int
    kind: str
    url: str | None


@dataclass(frozen=True)
class Way:
    label: Promise
    url: str
    words: Promise


# Every page that oversight may have; one that is not built, or not open to the reader, is left out.
WAYS = (
    ("oversight:accesses", gettext_lazy("The log"),
     gettext_lazy("Every page opened, every search, every refusal.")),
    ("oversight:person", gettext_lazy("Who looked at this person"),
     gettext_lazy("By the number of the record.")),
    ("oversight:account", gettext_lazy("Everything this account did"),
     gettext_lazy("For which purpose, and where.")),
    ("oversight:alerts", gettext_lazy("Reading in bulk"),
     gettext_lazy("Accounts that met their reading budget.")),
    ("oversight:budgets", gettext_lazy("Reading budgets"),
     gettext_lazy("How many persons each role may be shown.")),
    ("oversight:breaches", gettext_lazy("Breaches"),
     gettext_lazy("What a suspected account saw, the clocks, the letters.")),
    ("exports:list", gettext_lazy("Exports"), gettext_lazy("What left the product.")),
    ("oversight:openings", gettext_lazy("Records opened in an emergency"),
     gettext_lazy("Uses that wait for their review.")),
    ("oversight:purposes", gettext_lazy("What people looked for"),
     gettext_lazy("The purposes that were stated, and for what.")),
    ("oversight:retention", gettext_lazy("Retention"),
     gettext_lazy("What is due to be deleted, holds, certificates.")),
    ("oversight:interests", gettext_lazy("Declared conflicts of interest"),
     gettext_lazy("Who has declared what, and matches to look at.")),
)  # fmt: skip


def ways(actor: Actor) -> list[Way]:
    found = ((label, address(name, actor), words) for name, label, words in WAYS)
    return [Way(label, url, words) for label, url, words in found if url]


def due(actor: Actor, reviews: list[AuditReview]) -> list[Due]:
    """What waits for the reader, the overdue first; the database leaves out what is not theirs."""
    today = timezone.localdate()
    late = sum(review.is_late(today) for review in reviews)
    open_, running, overdue = _breaches(today)
    alerts = len(alerts_open())
    lines = [
        _line(_("Weekly reviews overdue"), late, "late", None),
        _line(_("Weekly reviews to do"), len(reviews) - late, "due", None),
        _line(_("Alerts of reading in bulk"), alerts, "due", address("oversight:alerts", actor)),
        _line(_("Breach duties overdue"), overdue, "late", address("oversight:breaches", actor)),
        _line(_("Breach duties running"), running, "due", address("oversight:breaches", actor)),
        _line(_("Breaches not closed"), open_, "due", address("oversight:breaches", actor)),
        _line(_("Exports taken in seven days"), _exports(), "", address("exports:list", actor)),
    ]
    return sorted(lines, key=lambda line: line.kind != "late")


def _line(words: str, many: int, kind: str, url: str | None) -> Due:
    return Due(words, many, kind if many else "", url)


def _breaches(today) -> tuple[int, int, int]:
    """Breaches that are open, their duties that still run, and those that are overdue."""
    closed = BreachStep.objects.filter(kind=BreachStep.Kind.CLOSED).values("breach")
    open_ = breaches.breaches().exclude(pk__in=closed)
    clocks = [
        clock
        for breach in open_
        for clock in breaches.clocks(
            breach, len(breaches.scope(breach).subjects), breaches.steps(breach), today
        )
        if clock.done is None
    ]
    overdue = sum(clock.late for clock in clocks)
    return len(open_), len(clocks) - overdue, overdue


def _exports() -> int:
    return Export.objects.filter(taken_at__gt=timezone.now() - EXPORT_DAYS).count()
