"""The demo's incident review and its group audit, held and closed by its staff as a city would.

The captain chairs both. In the review the officer codes first, as `incident_reviews.csv` tells,
the analyst second, as `second_codes.csv` tells, and the captain settles what differs. In the audit
the analyst goes through every group: its rivals are those with whom reviews tell of shootings.
"""

from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from ceasefire.access import identity
from ceasefire.access.models import User
from ceasefire.access.purposes.services import stating
from ceasefire.access.retention.rules import latest_purge
from ceasefire.demo.files import Files, actor, looked_for
from ceasefire.problem_analysis.sessions import selectors, services
from ceasefire.problem_analysis.sessions.auditing import Said, group_walk
from ceasefire.problem_analysis.sessions.models import Listed, Session
from ceasefire.registry.groups.models import Group
from ceasefire.registry.groups.selectors import names
from ceasefire.registry.models import Incident

SECOND = "second_codes.csv"
REVIEW, AUDIT = "Review of the newest shootings", "Yearly group audit"
# As many of the newest shootings, in whole days, as one session gets through.
MOST = 60
# So many per cent of them have a second coder that agreement can be told (30 pairs).
SHARE = 60
PRESENT = ("captain", "officer", "analyst")
BETWEEN = {
    "involvement": "suspected", "basis": "both", "motivated": "yes", "circumstance": "group_feud",
}  # fmt: skip
UNTOLD = {
    "involvement": "undetermined", "basis": "", "motivated": "undetermined",
    "circumstance": "unknown",
}  # fmt: skip


def build(folder: Path) -> None:
    """Hold what is not held yet. A city of an earlier version has no second coder, nor sessions."""
    if not (folder / SECOND).exists():
        return
    files = Files(folder)
    with identity.acting(actor("analyst")):
        reference = looked_for()
        with stating(reference):
            closed = Session.objects.filter(state=Session.State.CLOSED)
            held = set(closed.values_list("title", flat=True))
    if REVIEW not in held:
        _Review(files, reference).hold()
    if AUDIT not in held:
        _audit(files, reference)


@contextmanager
def _being(name: str, reference: str):
    """In this person's name, for a stated purpose; all of it or nothing."""
    with identity.acting(actor(name)), stating(reference), transaction.atomic():
        yield


def _plan(files: Files, kind: str, title: str, agenda: str, **more) -> Session:
    """Planned by the analyst, with everybody who is present."""
    session = services.session_plan(
        kind=kind, title=title, on=files.day(files.end.isoformat()), agenda=agenda,
        chair=User.objects.only("pk").get(username="captain"), seed=files.end.toordinal(), **more,
    )  # fmt: skip
    for username in PRESENT:
        services.attendance_enter(session=session, username=username)
    services.session_open(session=session)
    return session


class _Review:
    """One incident review; each person's part of it is one commit."""

    def __init__(self, files: Files, reference: str):
        self.files, self.reference = files, reference
        self.told = {
            row["INCIDENT_NO"]: row["REVIEW_NO"] for row in files.rows("incident_reviews.csv")
        }
        self.second = {row["INCIDENT_NO"]: row["BETWEEN"] == "Y" for row in files.rows(SECOND)}

    def hold(self) -> None:
        with _being("analyst", self.reference):
            window = _window(self.files.end)
            # Years after the city's last day no intelligence on its shootings may be kept.
            if latest_purge(services.INTELLIGENCE, window[0]) <= date.today():
                return
            session = _plan(
                self.files, "incident_review", REVIEW,
                "Every shooting of these weeks: who was involved, and why.",
                window_start=window[0], window_end=window[1], share=SHARE,
            )  # fmt: skip
        with _being("officer", self.reference):
            for row in selectors.mine_to_code(session):
                self._first(row)
        with _being("analyst", self.reference):
            for row in selectors.mine_to_code(session):
                self._second(row)
        with _being("captain", self.reference):
            for row in selectors.contested(session):
                self._settle(row)
            services.session_close(session=session)

    def _review_of(self, row: Listed) -> str:
        return self.told.get(row.incident.incident_number, "")

    def _first(self, row: Listed) -> None:
        review = self._review_of(row)
        services.shooting_code(
            listed=row, confidence="probable" if review else "possible", rests_on=review,
            **BETWEEN if review else UNTOLD,
        )  # fmt: skip

    def _second(self, row: Listed) -> None:
        between = self.second.get(row.incident.incident_number, False)
        services.shooting_code(
            listed=row, confidence="probable" if between else "possible",
            **BETWEEN if between else UNTOLD,
        )  # fmt: skip

    def _settle(self, row: Listed) -> None:
        review = self._review_of(row)
        words = f"Review {review} names both groups." if review else "No review names two groups."
        services.code_settle(listed=row, words=words, **BETWEEN if review else UNTOLD)


def _window(end: date) -> tuple[date, date]:
    """The newest days, up to the city's last, with no more than MOST shootings."""
    found = selectors.shootings(date.min, end).order_by("-occurred_on", "-pk")
    newest = list(found.values_list("occurred_on", flat=True)[: MOST + 1])
    # The day of the shooting that is one too many is left out whole.
    first = newest[-1] + timedelta(days=len(newest) > MOST)
    return min(first, end), end


def _audit(files: Files, reference: str) -> None:
    told = files.rows("incident_reviews.csv")
    with _being("analyst", reference):
        session = _plan(
            files, "group_audit", AUDIT,
            "Every group: whether it is active, its size, its allies and its rivals.",
        )  # fmt: skip
        by_code = _groups(files)
        last = _last_violence(told, session.on)
        for code, group in by_code.items():
            rivals = {other for pair in _pairs(told) if code in pair for other in pair - {code}}
            group_walk(
                session=session, group=group, last_violence_on=last.get(code),
                said=Said(rivals=[by_code[other] for other in sorted(rivals & by_code.keys())]),
            )  # fmt: skip
    with _being("captain", reference):
        services.session_close(session=session)


def _groups(files: Files) -> dict[str, Group]:
    """The city's code of each group -> the group that has its name."""
    standing = Group.objects.in_bulk()
    named = {name: standing[pk] for pk, name in names().items()}
    return {
        row["group_id"]: named[row["name"]]
        for row in files.rows("groups.csv") if row["name"] in named
    }  # fmt: skip


def _pairs(told: list[dict]) -> set[frozenset[str]]:
    return {frozenset((row["VICTIM_GROUP"], row["SUSPECT_GROUP"])) for row in told}


def _last_violence(told: list[dict], until: date) -> dict[str, date]:
    """Group's code -> day of the newest reviewed shooting in which it stood on either side."""
    numbers = {row["INCIDENT_NO"] for row in told}
    days = dict(
        Incident.objects.filter(incident_number__in=numbers, occurred_on__lte=until)
        .values_list("incident_number", "occurred_on")
    )  # fmt: skip
    found: dict[str, date] = {}
    for row in told:
        if day := days.get(row["INCIDENT_NO"]):
            for code in (row["VICTIM_GROUP"], row["SUSPECT_GROUP"]):
                found[code] = max(day, found.get(code, day))
    return found
