"""Verbs on reading budgets and their alerts."""

import logging
import time

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.audit.recording import apart
from ceasefire.access.budgets.models import ReadingAlert, ReadingBudget
from ceasefire.access.budgets.refusals import OverBudget
from ceasefire.access.policies import require_change
from ceasefire.access.walls import proof

log = logging.getLogger("ceasefire.audit")
VALID_SECONDS = 60


def refusal_note(over: OverBudget) -> None:
    """The refusal's own row and the reviewers' alert, which stay though the page is lost."""
    log.warning("A reading beyond the budget was refused (%s, %s).", over.span, over.allowed)
    with apart() as cursor:
        cursor.execute("SELECT wall.reading_refused(%s, %s)", [over.span, over.allowed])


def step_up(*, user_id: int) -> bool:
    """Open the smaller second allowance of an account that was refused within the hour.

    To be called when the account's person has shown a second factor. Once an hour; tells whether.
    """
    until = int(time.time()) + VALID_SECONDS
    signed = proof.mac(f"step_up:{user_id}:{until}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.reading_step_up(%s, %s)", [until, signed])
        return cursor.fetchone()[0]


def on_second_factor(sender, user, reauthenticated=False, **_kwargs) -> None:
    """The sign-in library's signal: somebody who is signed in has shown a second factor again."""
    if reauthenticated:
        step_up(user_id=user.pk)


@transaction.atomic
def alert_close(*, alert: ReadingAlert, words: str) -> ReadingAlert:
    """Say what an alert was. Raises NotPermitted, ValidationError."""
    actor = require_change(ReadingAlert)
    held = ReadingAlert.objects.select_for_update(of=["self"]).get(pk=alert.pk)
    if held.seen_at:
        raise ValidationError(_("Somebody has closed this alert already."))
    if not words.strip():
        raise ValidationError(_("Say what it was and what you did about it."))
    held.seen_by_id, held.seen_at, held.words = actor.user_id, timezone.now(), words.strip()
    held.save(update_fields=["seen_by", "seen_at", "words"])
    audit.record("reading.alert_closed", held, result="done")
    return held


@transaction.atomic
def budget_set(*, role: str, an_hour: int, a_day: int, after_step_up: int) -> ReadingBudget:
    """Set a role's budget. Raises NotPermitted, and ValidationError for figures that do not fit."""
    require_change(ReadingBudget)
    budget = ReadingBudget.objects.select_for_update().get(role=role)
    before = [budget.an_hour, budget.a_day, budget.after_step_up]
    budget.an_hour, budget.a_day, budget.after_step_up = an_hour, a_day, after_step_up
    budget.full_clean()
    budget.save(update_fields=["an_hour", "a_day", "after_step_up"])
    detail = {"role": role, "before": before, "after": [an_hour, a_day, after_step_up]}
    audit.record("reading.budget_set", budget, result="done", detail=detail)
    return budget
