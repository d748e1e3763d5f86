"""Verbs: plan, open and close a session; who attends; code, contest and settle a shooting."""

import hashlib
import secrets
from collections import Counter
from datetime import date
from math import ceil
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.models import Agency, User
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted, require_change
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.refusals import in_words
from ceasefire.access.retention.rules import latest_purge
from ceasefire.access.sealing.services import record_key_make
from ceasefire.problem_analysis.sessions import requiring, selectors
from ceasefire.problem_analysis.sessions.models import (
    Attendee,
    Code,
    Contest,
    Guest,
    Listed,
    Session,
    Settlement,
)
from ceasefire.registry.lint import require_fit, require_words
from ceasefire.registry.sources.selectors import numbered

State = Session.State
INTELLIGENCE = RecordClass.INTELLIGENCE
INVOLVED = (Code.Involvement.CONFIRMED, Code.Involvement.SUSPECTED)


@transaction.atomic
def session_plan(
    *, kind: str, title: str, on: date, agenda: str, window_start: date | None = None,
    window_end: date | None = None, share: int = 20, chair: User | None = None,
    seed: int | None = None,
) -> Session:  # fmt: skip
    """Plan a session. The same title on the same day finds what is planned.

    window_start, window_end: of the shootings of an incident review, both days included. share:
    per cent of them that a second coder codes too. chair: left out, whoever plans it. seed: left
    out, drawn. Raises NotPermitted, ValidationError by field.
    """
    actor = require_change(Session)
    require_words(title=title, agenda=agenda)
    require_fit(title=title, agenda=agenda)
    if kind == Session.Kind.INCIDENT_REVIEW:
        _require_window(window_start, window_end)
    else:
        requiring.groups_on()
        window_start = window_end = None
    if not 0 <= share <= 100:
        raise ValidationError({"share": _("Write a number from 0 to 100.")})
    if chair and chair.pk not in selectors.may_chair().values_list("pk", flat=True):
        raise ValidationError({"chair": _("An analyst or a captain of your agency chairs it.")})
    told = {"title": title.strip(), "on": on, "agency_id": actor.agency_id}
    found, new = requiring.once(
        Session.objects.filter(**told).first,
        lambda: None,
        lambda: Session.objects.create(
            **told, kind=kind, window_start=window_start, window_end=window_end,
            agenda=agenda.strip(), share=share, chair_id=chair.pk if chair else actor.user_id,
            record_class=INTELLIGENCE, basis_on=on,
            seed=secrets.randbelow(2**31) if seed is None else seed,
        ),
    )  # fmt: skip
    if new:
        audit.record("sessions.planned", found, result="done")
    return found


def _require_window(start: date | None, end: date | None) -> None:
    if start is None or end is None:
        raise ValidationError({"window_start": _("Say from which day to which shootings count.")})
    if end < start:
        raise ValidationError({"window_end": _("The last day is not before the first.")})


@transaction.atomic
def session_open(*, session: Session) -> None:
    """List the shootings of its window, draw those for a second coder, and open it.

    A shooting that is withheld, unfounded or too old for any intelligence on it to be kept is left
    out. Opening an open session changes nothing. Raises NotPermitted, ValidationError.
    """
    require_change(Session)
    held = Session.objects.select_for_update().get(pk=session.pk)
    if held.state != State.PLANNED:
        return
    if held.is_review:
        _list(held)
    with in_words():
        Session.objects.filter(pk=held.pk).update(state=State.OPEN)
    audit.record("sessions.opened", held, result="done")
    session.refresh_from_db()


def _list(session: Session) -> None:
    today = timezone.localdate()
    found = [
        one for one in selectors.shootings(session.window_start, session.window_end)
        if latest_purge(INTELLIGENCE, one.occurred_on) > today
    ]  # fmt: skip
    if not found:
        raise ValidationError(
            {"window_start": _("No shooting of these days is in the register, or may be coded.")}
        )
    second = _drawn(session.seed, [one.pk for one in found], session.share)
    with in_words():
        Listed.objects.bulk_create(
            Listed(
                session=session, incident=one, second_due=one.pk in second,
                record_class=INTELLIGENCE, basis_on=one.occurred_on,
                purge_on=latest_purge(INTELLIGENCE, one.occurred_on),
            )
            for one in found
        )  # fmt: skip


def _drawn(seed: int, incidents: list[int], share: int) -> set[int]:
    """The share of them that this seed gives: the same whenever and wherever it is asked."""
    order = sorted(incidents, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())
    return set(order[: ceil(len(order) * share / 100)])


@transaction.atomic
def session_close(*, session: Session, words: str = "") -> None:
    """From now on its codes and its attendance stay as they are; what was left is in its minutes.

    words: why something was left, where something was. Closing a closed session changes nothing.
    Raises NotPermitted, ValidationError by field.
    """
    require_change(Session)
    require_fit(words=words)
    held = Session.objects.select_for_update().get(pk=session.pk)
    if held.state == State.CLOSED:
        return
    requiring.state(held.pk, State.OPEN)
    left = selectors.left(held)
    if any(left.values()) and not words.strip():
        raise ValidationError({"words": _("Something was left: say why it closes all the same.")})
    with in_words():
        Session.objects.filter(pk=held.pk).update(
            state=State.CLOSED, closing_words=words.strip(), minutes=_minutes(held, left),
            closed_at=timezone.now(),
        )  # fmt: skip
    audit.record("sessions.closed", held, result="done", detail=left)
    session.refresh_from_db()


def _minutes(session: Session, left: dict[str, int]) -> dict:
    """Numbers of rows and counts: whom and what they stand for is looked up when it is shown."""
    listed = Listed.objects.filter(session=session)
    return {
        "accounts": list(session.attendees.order_by("pk").values_list("account_id", flat=True)),
        "guests": list(session.guests.order_by("pk").values_list("pk", flat=True)),
        "incidents": list(listed.order_by("pk").values_list("incident_id", flat=True)),
        "groups": list(session.walked.order_by("pk").values_list("group_id", flat=True)),
        "codes": dict(Counter(str(one) for one in listed.values_list("codes_in", flat=True))),
        "left": left,
    }


@transaction.atomic
def attendance_enter(*, session: Session, username: str) -> Attendee:
    """Somebody with an account attends. Entering it again changes nothing.

    Raises NotPermitted, ValidationError by field.
    """
    require_change(Attendee)
    account = User.objects.filter(username=username.strip()).only("pk").first()
    refused = ValidationError(
        {"username": _("No account of law enforcement has this name. Look at it again.")}
    )
    if account is None:
        raise refused
    told = {"session": session, "account_id": account.pk}
    try:
        found, new = requiring.once(
            Attendee.objects.filter(**told).first,
            lambda: requiring.state(session.pk, State.PLANNED, State.OPEN),
            lambda: Attendee.objects.create(**told),
        )
    except ValidationError as error:
        # Whether there is such an account elsewhere is told to nobody.
        raise refused if "agency" in getattr(error, "error_dict", {}) else error from None
    if new:
        audit.record("sessions.attended", session, result="done")
    return found


@transaction.atomic
def guest_attest(*, session: Session, name: str, agency: Agency, token: UUID) -> Guest:
    """The chair attests that somebody without an account is present.

    token: of the form; sent twice it is one guest. Raises NotPermitted, ValidationError by field.
    """
    actor = require_change(Guest)
    require_words(name=name)
    if actor.user_id != session.chair_id:
        raise NotPermitted(_("The chair alone attests who is present without an account."))
    requiring.attending(agency)
    found, new = requiring.once(
        Guest.objects.filter(token=token).first,
        lambda: requiring.state(session.pk, State.PLANNED, State.OPEN),
        lambda: Guest.objects.create(
            session=session, agency=agency, name=" ".join(name.split()), token=token,
            record_key=record_key_make(room=Room.INVESTIGATIVE), record_class=INTELLIGENCE,
            basis_on=session.on,
        ),
    )  # fmt: skip
    if new:
        audit.record("sessions.attended", session, result="done", detail={"guest": found.pk})
    return found


@transaction.atomic
def shooting_code(
    *, listed: Listed, involvement: str, motivated: str, circumstance: str, confidence: str,
    basis: str = "", circumstance_2: str = "", words: str = "", rests_on: str = "",
) -> Code:  # fmt: skip
    """Code a shooting: as its first coder, or, where that is due, as its second.

    basis: whose group it is, where one is involved. rests_on: number of a source or a report.
    Saying the same again finds it; a code is never written over, but may be contested.
    Raises NotPermitted, ValidationError by field.
    """
    actor = require_change(Code)
    require_fit(words=words, rests_on=rests_on)
    said = {
        "involvement": involvement, "basis": basis, "motivated": motivated,
        "circumstance": circumstance, "circumstance_2": circumstance_2,
        "confidence": confidence, "words": words.strip(),
        "rests_on": " ".join(rests_on.upper().split()),
    }  # fmt: skip
    _require_sense(said)
    if involvement == Code.Involvement.CONFIRMED and not said["rests_on"]:
        raise ValidationError(
            {"rests_on": _("“Confirmed” rests on a source or a report: give its number.")}
        )
    told = {"listed": listed, "coder_id": actor.user_id, **said}
    found, new = requiring.once(
        Code.objects.filter(**told).first,
        lambda: requiring.to_code(listed),
        lambda: Code.objects.create(**told, source=numbered(said["rests_on"])),
    )
    if new:
        found.refresh_from_db()
        audit.record("sessions.coded", listed, result="done", detail={"nth": found.nth})
    return found


def _require_sense(said: dict) -> None:
    if said["involvement"] in INVOLVED and not said["basis"]:
        raise ValidationError({"basis": _("Say whose group it is: the victim's or the suspect's.")})
    if said["involvement"] not in INVOLVED and said["basis"]:
        raise ValidationError({"basis": _("Leave it out where no group is known to be involved.")})
    if said["involvement"] == Code.Involvement.NOT and said["motivated"] == Code.Motivated.YES:
        raise ValidationError(
            {"motivated": _("Where no group is involved, it was not for a group's sake.")}
        )
    if said["circumstance_2"] and said["circumstance_2"] == said["circumstance"]:
        raise ValidationError({"circumstance_2": _("Choose another one, or none.")})


@transaction.atomic
def code_contest(*, listed: Listed, reason: str) -> Contest:
    """Say why a code is wrong: it is settled again. Saying the same again changes nothing.

    Raises NotPermitted, ValidationError by field.
    """
    actor = require_change(Contest)
    require_words(reason=reason)
    require_fit(reason=reason)
    told = {"listed": listed, "reason": reason.strip(), "contested_by_id": actor.user_id}
    found, new = requiring.once(
        Contest.objects.filter(**told).first,
        lambda: requiring.to_contest(listed),
        lambda: Contest.objects.create(**told),
    )
    if new:
        audit.record("sessions.contested", listed, result="done")
    return found


@transaction.atomic
def code_settle(
    *, listed: Listed, words: str, involvement: str, motivated: str, circumstance: str,
    basis: str = "", circumstance_2: str = "",
) -> Settlement:  # fmt: skip
    """Settle a contested shooting, as somebody who has not coded it. Both codes are kept.

    Raises NotPermitted, ValidationError by field, also where somebody has settled it meanwhile.
    """
    actor = require_change(Settlement)
    require_words(words=words)
    require_fit(words=words)
    said = {
        "involvement": involvement, "basis": basis, "motivated": motivated,
        "circumstance": circumstance, "circumstance_2": circumstance_2,
    }  # fmt: skip
    _require_sense(said)
    told = {"listed": listed, "words": words.strip(), "settled_by_id": actor.user_id, **said}
    found, new = requiring.once(
        lambda: _settled(told),
        lambda: requiring.to_settle(listed),
        lambda: Settlement.objects.create(**told),
    )
    if new:
        audit.record("sessions.settled", listed, result="done")
    return found


def _settled(told: dict) -> Settlement | None:
    """The same, where it is what stands."""
    of = told["listed"].pk
    newest = Settlement.objects.filter(listed=of).last()
    stands = newest and not Listed.objects.get(pk=of).contested
    same = stands and all(getattr(newest, name) == told[name] for name in told if name != "listed")
    return newest if same else None
