"""The pages about sessions in the access matrix."""

from ceasefire.access.retention.classes import RecordClass
from ceasefire.problem_analysis.sessions.models import (
    Attendee,
    Code,
    Contest,
    Guest,
    Listed,
    Session,
    Settlement,
    Walked,
)
from tests.access_matrix.declaring import Page
from tests.problem_analysis.sessions.conftest import CODE, NOT, TODAY
from tests.registry.affiliations.conftest import AGO, numbers
from tests.registry.groups.matrix import by_policy, group
from tests.registry.matrix import shooting
from tests.registry.people.matrix import for_a_shooting

ABSENT = [10**9]
CLOCK = {"record_class": RecordClass.INTELLIGENCE, "basis_on": TODAY - AGO}


def session(reader, **more) -> Session:
    told = {
        "agency": reader.agency, "kind": "incident_review", "on": TODAY,
        "title": f"{reader.planted} {next(numbers)}",
        "window_start": TODAY - AGO, "window_end": TODAY, "agenda": "Each shooting.", "seed": 1,
        "chair": reader.user,
    }  # fmt: skip
    return Session.objects.create(**told | more, **CLOCK)


def _open(one: Session) -> None:
    Session.objects.filter(pk=one.pk).update(state="open")


@for_a_shooting
def planned(reader):
    return [session(reader).pk]


@for_a_shooting
def opened(reader):
    one = session(reader)
    _open(one)
    return [one.pk]


@by_policy
def an_audit(reader):
    one = session(reader, kind="group_audit", window_start=None, window_end=None)
    group(reader)
    _open(one)
    return [one.pk]


@by_policy
def an_audit_and_a_group(reader):
    one = session(reader, kind="group_audit", window_start=None, window_end=None)
    _open(one)
    return [one.pk, group(reader).pk]


def listed(reader, **more) -> Listed:
    one = session(reader)
    made = Listed.objects.create(session=one, incident=shooting(reader), **more, **CLOCK)
    _open(one)
    return made


@for_a_shooting
def a_shooting(reader):
    return [listed(reader).pk]


@for_a_shooting
def a_coded_shooting(reader):
    one = listed(reader)
    Code.objects.create(listed=one, coder=someone(reader), **CODE)
    return [one.pk]


@for_a_shooting
def a_contested_shooting(reader):
    one = listed(reader)
    Code.objects.create(listed=one, coder=someone(reader), **CODE)
    Contest.objects.create(listed=one, reason=reader.planted)
    return [one.pk]


@for_a_shooting
def a_session_with_something_contested(reader):
    one = listed(reader)
    Code.objects.create(listed=one, coder=someone(reader), **CODE)
    Contest.objects.create(listed=one, reason=reader.planted)
    return [one.session_id]


def someone(reader):
    """Another account than the reader's, so that the reader may settle."""
    from ceasefire.access.models import User

    return User.objects.only("pk").exclude(pk=reader.user.pk).order_by("pk").first()


def _plan(reader):
    return {
        "kind": "incident_review", "title": f"Review {next(numbers)}", "on": TODAY,
        "window_start": TODAY - AGO, "window_end": TODAY, "share": 20, "agenda": "Each shooting.",
        "chair": reader.user.pk,
    }  # fmt: skip


JUDGED = {one: CODE[one] for one in ("involvement", "basis", "motivated", "circumstance")}
PAGES = {
    "problem_analysis:sessions": Page(beside=planned, model=Session),
    "problem_analysis:plan": Page(
        model=Session, planted=lambda _reader: "Plan a session", form=_plan
    ),
    "problem_analysis:session": Page(opened, model=Session, absent=ABSENT),
    "problem_analysis:open": Page(planned, model=Session, absent=ABSENT),
    "problem_analysis:close": Page(
        opened, model=Session, absent=ABSENT, form=lambda _reader: {"words": "Time ran out."}
    ),
    "problem_analysis:attended": Page(
        opened, model=Attendee, absent=ABSENT,
        form=lambda reader: {"username": reader.user.username},
    ),
    "problem_analysis:guest": Page(opened, model=Guest, absent=ABSENT),
    "problem_analysis:minutes": Page(opened, model=Session, absent=ABSENT),
    "problem_analysis:agreement": Page(opened, model=Session, absent=ABSENT),
    "problem_analysis:contested": Page(
        a_session_with_something_contested, model=Session, absent=ABSENT
    ),
    "problem_analysis:groups": Page(an_audit, model=Session, absent=ABSENT),
    "problem_analysis:walk": Page(
        an_audit_and_a_group, model=Walked, absent=[10**9, 1],
        form=lambda _reader: {"unchanged": "yes"},
    ),
    "problem_analysis:code": Page(
        a_shooting, model=Code, absent=ABSENT, form=lambda _reader: dict(NOT)
    ),
    "problem_analysis:contest": Page(
        a_coded_shooting, model=Contest, absent=ABSENT,
        form=lambda _reader: {"reason": "The report was withdrawn."},
    ),
    "problem_analysis:settle": Page(
        a_contested_shooting, model=Settlement, absent=ABSENT,
        form=lambda _reader: JUDGED | {"words": "Both reports were read."},
    ),
}  # fmt: skip
