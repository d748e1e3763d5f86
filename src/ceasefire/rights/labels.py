"""Requests, what is owed, contests and corrections as tables and lists of facts print them."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access.partitions import Room
from ceasefire.kit.tables import Badge, Link
from ceasefire.rights.models import Answer, Contest, Correction, Request


def request_columns() -> list[str]:
    return [_("Request"), _("Came"), _("How"), _("Asks"), _("State")]


def request_rows(found) -> list[list]:
    return [
        [Link(str(one), reverse("rights:one", args=[one.pk])), one.received_at,
         one.get_means_display(), one.get_kind_display(), _state(one)]
        for one in found
    ]  # fmt: skip


def _state(one: Request) -> Badge:
    if one.closed_at:
        return Badge(_("closed"), "info")
    if one.identity_on is None:
        return Badge(_("who asks is not shown yet"), "due")
    return Badge(_("an answer is late"), "late") if one.late else Badge(_("asked"), "ok")


def request_facts(one: Request, told) -> list[tuple]:
    return [
        (_("Name"), told.name),
        (_("Date of birth"), told.born),
        (_("Where the letters go"), told.contact),
        (_("Asks"), one.get_kind_display()),
        (_("What is wrong"), told.words),
        (_("Language of the letters"), one.get_language_display()),
        (_("How it came"), one.get_means_display()),
        (_("Came"), one.received_at),
        (_("Taken in by"), one.taker),
        (_("At"), one.agency and str(one.agency)),
        (_("Who asks was shown"), one.identity_on),
        (_("Shown by"), one.get_identity_how_display() if one.identity_how else ""),
        (_("Seen by"), one.identifier),
        (_("Closed"), one.closed_at),
        (_("Closed because"), one.closed_because),
    ]


def due_columns() -> list[str]:
    return [_("Holder"), _("Answer due"), _("Answered")]


def due_rows(found) -> list[list]:
    return [[str(one.agency), one.due_on, _done(one)] for one in found]


def _done(one) -> object:
    if one.done_at:
        return one.done_at
    return _late(one.due_on) or Badge(_("not yet"), "info")


def _late(day: date) -> Badge | None:
    return Badge(_("late"), "late") if day < timezone.localdate() else None


def owed_columns() -> list[str]:
    return [_("Request"), _("Asks"), _("Who asks was shown"), _("Answer due"), _("State")]


def owed_rows(found) -> list[list]:
    return [
        [Link(f"R-{one.request_id}", reverse("answers:answer", args=[one.request_id])),
         one.request.get_kind_display(), one.request.identity_on, one.due_on,
         _late(one.due_on) or Badge(_("asked"), "ok")]
        for one in found
    ]  # fmt: skip


def review_columns() -> list[str]:
    return [_("Request"), _("Holder"), _("The answer"), _("Answered"), _("State")]


def review_rows(found, room: Room) -> list[list]:
    return [
        [Link(f"R-{one.request_id}", reverse(f"answers:review_{room.value}", args=[one.pk])),
         str(one.agency), one.get_outcome_display(), one.answered_at, _review_state(one)]
        for one in found
    ]  # fmt: skip


def _review_state(one: Answer) -> Badge:
    if one.review_outcome:
        return Badge(one.get_review_outcome_display(), "ok")
    return Badge(_("to review"), "due")


def review_facts(one: Answer) -> list[tuple]:
    return [
        (_("Holder"), str(one.agency)),
        (_("The answer"), one.get_outcome_display()),
        (_("What is told"), "; ".join(line for _head, lines in one.told or [] for line in lines)),
        (_("Why something is not told"), one.because),
        (_("Answered by"), one.who),
        (_("Answered"), one.answered_at),
        (_("What you found"), one.get_review_outcome_display() if one.review_outcome else ""),
        (_("The reasons"), one.review_words),
    ]


def contest_columns() -> list[str]:
    return [_("Contest"), _("Written by"), _("Opened"), _("Decision due"), _("State")]


def contest_rows(found) -> list[list]:
    return [
        [Link(str(one), reverse("contests:one", args=[one.pk])), str(one.agency),
         one.opened_at, one.appeal_due_on or one.due_on, _contest_state(one)]
        for one in found
    ]  # fmt: skip


def appeal_columns() -> list[str]:
    return [_("Appeal"), _("Written by"), _("Came"), _("Decision due"), _("State")]


def appeal_rows(found) -> list[list]:
    return [
        [Link(str(one), reverse("contests:appeal", args=[one.pk])), str(one.agency),
         one.appealed_at, one.appeal_due_on, _contest_state(one)]
        for one in found
    ]  # fmt: skip


def _contest_state(one: Contest) -> Badge:
    waits = not one.outcome or (one.appealed_at and not one.appeal_outcome)
    if not waits:
        return Badge(Contest.Outcome(one.stands).label, "ok")
    if (one.appeal_due_on or one.due_on) < timezone.localdate():
        return Badge(_("late: hidden until it is decided"), "late")
    return Badge(_("before an outsider") if one.appealed_at else _("to decide"), "due")


def contest_facts(one: Contest) -> list[tuple]:
    return [
        (_("What the entry says"), one.says),
        (_("Written by"), str(one.agency)),
        (_("What the person says"), one.words),
        (_("Opened"), one.opened_at),
        (_("Opened by"), one.opener),
        (_("Decision due"), one.due_on),
        (_("The decision"), one.get_outcome_display() if one.outcome else ""),
        (_("The reasons"), one.reasons),
        (_("Decided by"), one.decider),
        (_("Of"), one.decided_agency and str(one.decided_agency)),
        (_("Decided"), one.decided_at),
        (_("What the person says to the decision"), one.appeal_words),
        (_("Appeal due"), one.appeal_due_on),
        (_("The outsider's decision"), one.get_appeal_outcome_display()
         if one.appeal_outcome else ""),
        (_("The outsider's reasons"), one.appeal_reasons),
        (_("The outsider"), one.outsider),
    ]  # fmt: skip


def correction_columns() -> list[str]:
    return [_("Entry"), _("Agency"), _("Received last"), _("Due"), _("Done"), _("How")]


def correction_rows(found) -> list[list]:
    return [
        [one.entry, str(one.agency), one.last_received_at, one.due_on, _corrected(one),
         one.done_how]
        for one in found
    ]  # fmt: skip


def _corrected(one: Correction) -> object:
    return one.done_at or _late(one.due_on) or Badge(_("not yet"), "info")
