"""What this week's page shows to each role: what is due, what happened, what to do next."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access.exceptional import selectors as exceptional
from ceasefire.access.gates import LAW_ENFORCEMENT_REVIEW
from ceasefire.access.identity import Actor
from ceasefire.access.purposes import binding
from ceasefire.access.purposes.services import purpose_live
from ceasefire.access.roles import Role
from ceasefire.administration import selectors as administration
from ceasefire.intake.models import Batch
from ceasefire.kit.tables import Badge, Number
from ceasefire.registry.matching.selectors import to_decide
from ceasefire.registry.models import City, Incident
from ceasefire.registry.shootings import counting
from ceasefire.registry.shootings.shooting import shootings
from ceasefire.shooting_review.weeks import Week
from ceasefire.web.navigation import address

NEWEST = 8
STATE_KINDS = {
    Batch.State.APPLIED: "ok",
    Batch.State.WAITING: "due",
    Batch.State.STAGED: "due",
    Batch.State.REFUSED: "late",
}
# A file in one of these goes no further until somebody decides.
FOR_A_PERSON = (Batch.State.RECEIVED, Batch.State.STAGED, Batch.State.WAITING)
# What a part will bring to this page, for the roles whose part is not built yet.
TO_COME: dict[Role, Promise] = {
    Role.DIRECTOR: gettext_lazy(
        "Here you will see what law enforcement has released to you, the notifications that are "
        "due with their clocks, and the referrals nobody has answered."
    ),
    Role.OUTREACH: gettext_lazy(
        "Here you will see referrals to answer, first contacts that are due and mediations to "
        "check again."
    ),
    Role.OVP_ANALYST: gettext_lazy(
        "Here you will see the month's figures, as numbers only and with small counts left out."
    ),
    Role.AUDITOR: gettext_lazy(
        "Here you will see who looked at what, the reviews that are overdue and what is due to "
        "be deleted."
    ),
}


@dataclass(frozen=True)
class Counted:
    """Shootings of a week by kind, in incidents, under the definition that its packet uses."""

    total: int
    kinds: list[tuple[str, int]]
    definition: str


def this_week(actor: Actor) -> dict:
    """Everything that the page needs for this reader."""
    shown = {"today": timezone.localdate(), "to_come": TO_COME.get(actor.role)}
    shown |= administration.this_week(actor)
    shown["glass"] = exceptional.this_week(actor)
    if actor.role in LAW_ENFORCEMENT_REVIEW:
        shown |= _review(actor)
    if address("intake:feeds", actor):
        shown |= _loading(actor)
    if queue := address("people:queue", actor):
        shown |= {"queue_url": queue, "records": _records_to_decide()}
    return shown


def _records_to_decide() -> int | None:
    """Pairs of records that wait for the reader; None until the reader has said what for."""
    with binding.none():
        binding.bind(purpose_live())
        return to_decide().count() if binding.current() else None


def _review(actor: Actor) -> dict:
    """The week that the coming review goes through, which may not have ended yet."""
    weekday = _review_weekday()
    week = Week.next_reviewed(timezone.localdate(), weekday)
    return {
        "week": week,
        "review_day": week.review_day(weekday),
        "counted": _counted(week),
        "newest": Incident.objects.aggregate(newest=Max("occurred_on"))["newest"],
        "packet_url": address("shooting_review:packet", actor, [str(week)]),
        "shootings_url": address("registry:shootings", actor),
    }


def _review_weekday() -> int:
    """As the city has set it; before that, as it is set where nobody says otherwise."""
    return (City.objects.first() or City()).review_weekday


def _counted(week: Week) -> Counted:
    rule = counting.rules()(week.end)
    rows = [row.kind for row in shootings(week.start, week.end) if rule.counts(row)]
    by_kind = Counter(rows)
    kinds = [(str(kind.label), by_kind[kind]) for kind in Incident.Kind if by_kind[kind]]
    return Counted(len(rows), kinds, rule.words)


def _loading(actor: Actor) -> dict:
    """Newest files, and what waits for the analyst's decision."""
    newest = Batch.objects.select_related("feed")[:NEWEST]
    today = timezone.localdate()
    return {
        "loads": True,
        "feeds_url": address("intake:feeds", actor),
        "load_url": address("intake:load", actor),
        "withheld_url": address("registry:withheld", actor),
        "batch_columns": [_("File"), _("Feed"), _("As of"), _("State"), Number(_("New rows"))],
        "batch_rows": [_batch_row(batch) for batch in newest],
        "waiting": Batch.objects.filter(state__in=FOR_A_PERSON).count(),
        "on_hold": Incident.objects.filter(verification=Incident.Verification.HOLD).count(),
        "withheld": Incident.objects.exclude(withheld_at=None).count(),
        "overdue": Incident.objects.filter(review_due__lt=today).exclude(withheld_at=None).count(),
    }


def _batch_row(batch: Batch) -> list:
    state = Badge(batch.get_state_display(), STATE_KINDS.get(batch.state, ""))
    return [batch.file_name, batch.feed.title, batch.as_of, state, batch.added]
