"""Verbs on a breach: open it, write what its letters say, note what was done."""

import re
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.breach import selectors
from ceasefire.access.breach.models import Breach, BreachStep
from ceasefire.access.models import Agency, User
from ceasefire.access.policies import require_change

KEY = re.compile(r"\b[a-z_]+\.[a-z_]+:\d+\b")


@transaction.atomic
def breach_open(
    *, agency: Agency, account: User | None, since: datetime, until: datetime, found_on: date,
    found_by: str, reported_on: date, suspicion: str,
) -> Breach:  # fmt: skip
    """Open the record of a suspected account, or of everybody at an agency.

    Raises NotPermitted, and ValidationError naming the field.
    """
    actor = require_change(Breach)
    breach = Breach(
        account=account, agency=agency, since=since, until=until, found_on=found_on,
        found_by=found_by.strip(), reported_on=reported_on, suspicion=suspicion.strip(),
        opened_by_id=actor.user_id, opened_at=timezone.now(),
    )  # fmt: skip
    _require_sense(breach)
    breach.full_clean(exclude=["opened_by"])
    breach.save(force_insert=True)
    audit.record("breach.opened", breach, result="done")
    return breach


def _require_sense(breach: Breach) -> None:
    wrong = {}
    if breach.until <= breach.since:
        wrong["until"] = _("The end comes after the beginning.")
    if breach.found_on > timezone.localdate():
        wrong["found_on"] = _("A breach is found today at the latest.")
    if breach.reported_on < breach.found_on:
        wrong["reported_on"] = _("It is reported on the day it was found, or later.")
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def words_set(*, breach: Breach, for_letters: str, for_letters_es: str, contact: str) -> Breach:
    """What happened and whom to call, as every letter says it.

    Raises NotPermitted, and ValidationError for names.
    """
    require_change(Breach)
    held = _open(breach)
    held.for_letters = _naming_nobody("for_letters", for_letters)
    held.for_letters_es = _naming_nobody("for_letters_es", for_letters_es)
    held.contact = _naming_nobody("contact", contact)
    held.save(update_fields=["for_letters", "for_letters_es", "contact"])
    audit.record("breach.words_set", held, result="done")
    return held


def _naming_nobody(field: str, words: str) -> str:
    """A letter goes to one person: it names no record and nobody who works here."""
    words = words.strip()
    if found := KEY.search(words):
        raise ValidationError({field: _("A letter names no record: take out %s.") % found[0]})
    for name in User.objects.values_list("display_name", flat=True):
        if name and re.search(rf"\b{re.escape(name)}\b", words, re.IGNORECASE):
            raise ValidationError({field: _("A letter names nobody: take out %s.") % name})
    return words


@transaction.atomic
def step_note(*, breach: Breach, kind: str, words: str) -> BreachStep:
    """Note that a step was taken, by whom and when. Once each; nothing after closing.

    Raises NotPermitted, and ValidationError that says what is missing.
    """
    actor = require_change(BreachStep)
    held = _open(breach)
    if not words.strip():
        raise ValidationError({"words": _("Say what was done.")})
    if kind == BreachStep.Kind.CLOSED:
        _require_done(held)
    step = BreachStep(
        breach=held, kind=kind, by_id=actor.user_id, at=timezone.now(), words=words.strip()
    )
    try:
        with transaction.atomic():
            step.save(force_insert=True)
    except IntegrityError:
        raise ValidationError({"kind": _("This step has been noted already.")}) from None
    audit.record("breach.stepped", held, result="done", detail={"step": kind})
    return step


def _open(breach: Breach) -> Breach:
    """The record itself, alone: whoever closes it at this moment comes before or after."""
    held = Breach.objects.select_for_update(of=["self"]).get(pk=breach.pk)
    if BreachStep.objects.filter(breach=held, kind=BreachStep.Kind.CLOSED).exists():
        raise ValidationError({"kind": _("This breach is closed.")})
    return held


def _require_done(breach: Breach) -> None:
    taken = selectors.steps(breach)
    kinds = {step.kind for step in taken}
    if not kinds >= {BreachStep.Kind.CONTAINED, BreachStep.Kind.SCOPED}:
        raise ValidationError({"kind": _("First end the access and establish what was seen.")})
    persons = len(selectors.scope(breach).subjects)
    left = selectors.clocks(breach, persons, taken, timezone.localdate())
    if unmet := [clock.duty.label for clock in left if clock.done is None]:
        duties = ", ".join(map(str, unmet))
        raise ValidationError({"kind": _("Not yet met: %s.") % duties})
