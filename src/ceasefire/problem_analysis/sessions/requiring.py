"""What stands in the way of a verb, said in the reader's language before the database says it.

The database keeps the same (migration 0002), and is the last wall.
"""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ceasefire.access import identity
from ceasefire.access.models import Agency
from ceasefire.access.retention.refusals import in_words
from ceasefire.problem_analysis.sessions import selectors
from ceasefire.problem_analysis.sessions.models import Listed, Session
from ceasefire.registry.groups import selectors as groups

State = Session.State
ATTENDING = (
    Agency.Kind.POLICE, Agency.Kind.NEIGHBOUR_POLICE, Agency.Kind.FEDERAL, Agency.Kind.PROSECUTOR,
    Agency.Kind.PROBATION,
)  # fmt: skip


def once(
    find: Callable[[], object], require: Callable[[], None], make: Callable[[], object]
) -> tuple[object, bool]:
    """What stands already or is made now, and whether it is new.

    Of two at once the second is refused, by `require` or by the database: who is refused looks
    once more, and finds what the first has made, or is told what stands in the way since. Raises
    ValidationError.
    """
    for last in (False, True):
        if held := find():
            return held, False
        try:
            require()
            with in_words():
                return make(), True
        except ValidationError:
            if last:
                raise
    raise AssertionError("The second time returns or raises.")


def state(session_id: int, *states: str) -> None:
    now = Session.objects.only("state").get(pk=session_id).state
    if now in states:
        return
    raise ValidationError(
        {
            State.PLANNED: _("The session is planned: open it first."),
            State.OPEN: _("The session is open already."),
            State.CLOSED: _("The session is closed: nothing is written in it any more."),
        }[State(now)]
    )


def groups_on() -> None:
    if not groups.are_on():
        raise ValidationError(
            {"kind": _("Groups are off: no published policy of the city is recorded and in force.")}
        )


def attending(agency: Agency) -> None:
    if agency.kind not in ATTENDING:
        raise ValidationError({"agency": _("Only law enforcement attends.")})


def to_code(listed: Listed) -> None:
    state(listed.session_id, State.OPEN)
    if selectors.coded_by_reader(listed):
        raise ValidationError(
            _(
                "You have coded this shooting: contest what is wrong. A second coder is"
                " somebody else."
            )
        )
    if Listed.objects.get(pk=listed.pk).left <= 0:
        raise ValidationError(_("Somebody has coded this shooting meanwhile."))


def to_contest(listed: Listed) -> None:
    now = Listed.objects.select_related("session").get(pk=listed.pk)
    if not now.codes_in:
        raise ValidationError(_("Nobody has coded this shooting yet."))
    if now.left > 0 and now.session.state == State.OPEN:
        raise ValidationError(_("Its second coder is still to come: contest it after that."))


def to_settle(listed: Listed) -> None:
    if not Listed.objects.get(pk=listed.pk).contested:
        raise ValidationError(_("Nothing is contested here: somebody has settled it."))
    if selectors.coded_by_reader(listed) or identity.current().user_id is None:
        raise ValidationError(_("It is settled by somebody who has not coded this shooting."))


def to_walk(session: Session) -> None:
    if session.is_review:
        raise ValidationError(_("Groups are gone through in a group audit alone."))
    groups_on()
    state(session.pk, State.OPEN)
